"""GOST: the vectors of the standards, groups and keys, and signatures by GOST keys that are confirmed."""

from dataclasses import replace

import pytest

from nca_stub.gost import GostKey
from nca_stub.keys import key_in
from shared.eds import gost_keys
from shared.eds.cms import Expected
from shared.eds.gost.curves import CRYPTOPRO_A, TC26_256_A, TC26_512_A, Curve
from shared.eds.gost.gost94 import gost94
from shared.eds.gost.points import multiple_of_base, x_of_sum
from shared.eds.gost.signature import PublicKey
from shared.eds.gost.streebog import streebog256, streebog512
from shared.eds.gost_keys import KEY_2015_256, KEY_2015_512
from shared.eds.verdict import Role
from tests.eds.gost_cases import point_of_order_two
from tests.eds.stage import BIN, IIN, OFFICIAL, Stage

M1 = (
    "3231303938373635343332313039383736353433323130393837363534333231"
    "30393837363534333231303938373635343332313039383736353433323130"
)
M2 = (
    "fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2f120fff0eeec20f120faf2fee5e2"
    "202ce8f6f3ede220e8e6eee1e8f0f2d1202ce8f0f2e5e220e5d1"
)
STREEBOG = {
    M1: (
        (
            "486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00"
            "fa1fbae42b1285c0352f227524bc9ab16254288dd6863dccd5b9f54a1ad0541b"
        ),
        "00557be5e584fd52a449b16b0251d05d27f94ab76cbaa6da890b59d8ef1e159d",
    ),
    M2: (
        (
            "28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f03"
            "7613966de4ee00531ae60f3b5a47f8dae06915d5f2f194996fcabf2622e6881e"
        ),
        "508f7e553c06501d749a66fc28c6cac0b005746d97537fa85d9e40904efed29d",
    ),
}
"""RFC 6986, 10: messages and digests, printed with the highest octet first."""


@pytest.mark.parametrize("message", STREEBOG)
def test_rfc_6986_streebog(message: str) -> None:
    data = bytes.fromhex(message)[::-1]
    assert (streebog512(data)[::-1].hex(), streebog256(data)[::-1].hex()) == STREEBOG[message]


def test_streebog_of_nothing_and_around_a_block() -> None:
    """The digest of nothing is of the standard's own implementations; the lengths are those where padding changes."""
    assert streebog256(b"").hex() == "3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb"
    assert streebog512(b"").hex().startswith("8e945da209aa869f0455928529bcae4679e9873ab707b55315f56ceb98bef0a7")
    assert len({streebog512(bytes(length)) for length in range(130)}) == 130


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"This is message, length=32 bytes", "b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa"),
        (
            b"Suppose the original message has length = 50 bytes",
            "471aba57a60a770d3a76130635c1fbea4ef14de51f78b4ae57dd893b62f55208",
        ),
        (b"", "ce85b99cc46752fffee35cab9a7b0278abb4c2d2055cff685af4912c49490f8d"),
        (b"abc", "f3134348c44fb1b2a277729e2285ebb5cb5e0f29c975bc753b70497c06a4d51d"),
    ],
)
def test_rfc_5831_digest_of_1994_with_the_test_boxes(message: bytes, digest: str) -> None:
    assert gost94(message).hex() == digest


RFC_7091_256 = Curve(
    name="RFC 7091, 7.1",
    size=32,
    p=0x8000000000000000000000000000000000000000000000000000000000000431,
    a=7,
    b=0x5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E,
    q=0x8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3,
    x=2,
    y=0x08E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8,
)
RFC_7091_512 = Curve(
    name="RFC 7091, 7.2",
    size=64,
    p=0x4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15DF1D852741AF4704A0458047E80E4546D35B8336FAC224DD81664BBF528BE6373,
    a=7,
    b=0x1CFF0806A31116DA29D8CFA54E57EB748BC5F377E49400FDD788B649ECA1AC4361834013B2AD7322480A89CA58E0CF74BC9E540C2ADD6897FAD0A3084F302ADC,
    q=0x4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15DA82F2D7ECB1DBAC719905C5EECC423F1D86E25EDBE23C595D644AAF187E6E6DF,
    x=0x24D19CC64572EE30F396BF6EBBFD7A6C5213B3B3D7057CC825F91093A68CD762FD60611262CD838DC6B60AA7EEE804E28BC849977FAC33B4B530F1B120248A9A,
    y=0x2BB312A43BD2CE6E0D020613C857ACDDCFBF061E91E5F2C3F32447C259F39B2C83AB156D77F1496BF7EB3351E1EE4E43DC1A18B91B24640B6DBB92CB1ADD371E,
)
VECTORS = [
    (
        RFC_7091_256,
        0x2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5,
        (
            0x7F2B49E270DB6D90D8595BEC458B50C58585BA1D4E9B788F6689DBD8E56FD80B,
            0x26F1B489D6701DD185C8413A977B3CBBAF64D1C593D26627DFFB101A87FF77DA,
        ),
        0x41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493,
        0x1456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40,
    ),
    (
        RFC_7091_512,
        0x3754F3CFACC9E0615C4F4A7C4D8DAB531B09B6F9C170C533A71D147035B0C5917184EE536593F4414339976C647C5D5A407ADEDB1D560C4FC6777D2972075B8C,
        (
            0x115DC5BC96760C7B48598D8AB9E740D4C4A85A65BE33C1815B5C320C854621DD5A515856D13314AF69BC5B924C8B4DDFF75C45415C1D9DD9DD33612CD530EFE1,
            0x37C7C90CD40B0F5621DC3AC1B751CFA0E2634FA0503B3D52639F5D7FB72AFD61EA199441D943FFE7F0C70A2759A3CDB84C114E1F9339FDF27F35ECA93677BEEC,
        ),
        0x2F86FA60A081091A23DD795E1E3C689EE512A3C82EE0DCC2643C78EEA8FCACD35492558486B20F1C9EC197C90699850260C93BCBCD9C5C3317E19344E173AE36,
        0x1081B394696FFE8E6585E7A9362D26B6325F56778AADBC081C0BFBE933D52FF5823CE288E8C4F362526080DF7F70CE406A6EEB1F56919CB92A9853BDE73E5B4A,
    ),
]
"""RFC 7091, 7.1 and 7.2: curve, e, the public key, r, s."""


def little(curve: Curve, *numbers: int) -> bytes:
    return b"".join(number.to_bytes(curve.size, "little") for number in numbers)


@pytest.mark.parametrize(("curve", "e", "point", "r", "s"), VECTORS, ids=["256 bits", "512 bits"])
def test_rfc_7091_signatures(curve: Curve, e: int, point: tuple[int, int], r: int, s: int) -> None:
    key = PublicKey.read(curve, little(curve, *point))
    digest = little(curve, e)
    assert key.confirms(little(curve, r, s), digest)
    assert not key.confirms(little(curve, r, s ^ 1), digest)
    assert not key.confirms(little(curve, r, s), little(curve, e ^ 1))
    assert not key.confirms(little(curve, s, r), digest)


@pytest.mark.parametrize(
    "curve", [TC26_512_A, TC26_256_A, CRYPTOPRO_A, RFC_7091_256, RFC_7091_512], ids=lambda c: c.name
)
def test_the_point_of_each_curve_lies_on_it_and_has_the_order_that_is_told(curve: Curve) -> None:
    base = (curve.x, curve.y)
    assert curve.holds_point(*base)
    assert x_of_sum(curve, curve.q, 0, base) is None
    assert x_of_sum(curve, 0, curve.q, base) is None
    assert x_of_sum(curve, curve.q - 1, 0, base) == curve.x
    assert x_of_sum(curve, 1, curve.q - 1, base) is None
    assert x_of_sum(curve, 1, 1, base) == multiple_of_base(curve, 2)[0]


@pytest.mark.parametrize("curve", [TC26_512_A, TC26_256_A], ids=lambda c: c.name)
def test_sums_agree_with_adding_one_by_one(curve: Curve) -> None:
    for u in range(1, 40):
        for v in (1, 2, 17):
            assert x_of_sum(curve, u, v, multiple_of_base(curve, 3)) == multiple_of_base(curve, u + 3 * v)[0]


def test_a_key_in_the_small_subgroup_of_the_256_bit_curve_is_no_key() -> None:
    point = point_of_order_two(TC26_256_A)
    assert TC26_256_A.holds_point(*point)
    with pytest.raises(ValueError, match="small subgroup"):
        PublicKey.read(TC26_256_A, little(TC26_256_A, *point))


def test_a_digest_of_zero_counts_as_one() -> None:
    """RFC 7091, 6.1 step 2: e = 0 becomes e = 1."""
    key = PublicKey.read(TC26_256_A, little(TC26_256_A, *multiple_of_base(TC26_256_A, 5)))
    r = multiple_of_base(TC26_256_A, 7)[0] % TC26_256_A.q
    signature = little(TC26_256_A, r, (r * 5 + 7) % TC26_256_A.q)
    for digest in (bytes(32), little(TC26_256_A, TC26_256_A.q), little(TC26_256_A, 1)):
        assert key.confirms(signature, digest)


@pytest.mark.parametrize(("size", "oid"), [(256, KEY_2015_256), (512, KEY_2015_512)])
def test_what_the_stub_signs_is_confirmed_and_its_key_is_written_and_read(size: int, oid: str) -> None:
    key = GostKey.generate(size)  # type: ignore[arg-type]
    assert (key.oid, key_in(key.pem())) == (oid, key)
    public = gost_keys.read(key.public_info())
    digest = streebog512 if size == 512 else streebog256
    signature = key.sign(b"content")
    assert public.confirms(signature, digest(b"content"))
    assert not public.confirms(signature, digest(b"another"))
    assert str(key.number) not in repr(key)


def test_a_citizens_gost_signature_is_confirmed(gost: Stage) -> None:
    verdict = gost.verdict(gost.sign())
    assert (verdict.status, verdict.code) == ("confirmed", "confirmed")
    assert verdict.signer is not None
    assert (verdict.signer.iin, verdict.signer.role) == (IIN, Role.INDIVIDUAL)
    assert len(verdict.evidence["chain"]) == 3


def test_a_key_of_256_bits_is_confirmed_too(gost: Stage) -> None:
    person = gost.person("256 bits", lambda: gost.order(key="gost256"))
    assert gost.verdict(gost.sign(person)).confirmed


def test_a_key_that_signs_and_authenticates_is_a_signing_key_under_gost(gost: Stage) -> None:
    """Since 2024 the authority gives people one GOST key for both."""
    order = gost.order()
    both = (*order.profile.purposes, "1.3.6.1.5.5.7.3.2")
    person = gost.person("both", lambda: replace(order, profile=replace(order.profile, purposes=both)))
    assert gost.verdict(gost.sign(person)).confirmed


@pytest.mark.parametrize("role", [Role.HEAD, Role.RIGHT_TO_SIGN])
def test_an_official_with_a_gost_key_is_confirmed_with_role_and_bin(gost: Stage, role: Role) -> None:
    verdict = gost.verdict(gost.sign(gost.official(role)), OFFICIAL)
    assert verdict.confirmed
    assert verdict.signer is not None
    assert (verdict.signer.role, verdict.signer.bin) == (role, BIN)


def test_anyone_may_be_expected(gost: Stage) -> None:
    assert gost.verdict(gost.sign(), Expected(None)).confirmed
    assert gost.verdict(gost.sign(gost.official()), Expected(None, roles=frozenset(Role))).confirmed
