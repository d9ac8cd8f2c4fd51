"""Corners that a hostile eye looked into: dates at the ends of the calendar, numbers nobody expects, two meanings."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from nca_stub import certificates
from nca_stub.authority import Authority, Issued
from nca_stub.encoding import NULL, bits, integer, octets, oid, sequence, tlv
from nca_stub.keys import algorithm_of, sign
from nca_stub.profiles import RESPONDER
from nca_stub.responder import Responder
from nca_stub.signing import attribute
from nca_stub.stamper import Stamper, stamp_attribute, with_unsigned
from shared.eds import der
from shared.eds.__main__ import main
from shared.eds.certificate import Certificate
from shared.eds.cms import Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.evidence import RecordNotValid, record_of, verify_again
from shared.eds.gost.curves import CRYPTOPRO_A
from shared.eds.gost.gost94 import gost94
from shared.eds.gost.points import multiple_of_base
from shared.eds.gost_keys import KEY_2004, KINDS
from shared.eds.jws import SealNotValid, open_sealed
from shared.eds.ocsp import MOST_RESPONDERS, OcspAnswer, question
from shared.eds.report import report
from shared.eds.signed_data import SIGNING_TIME, TOKEN, SignedData
from shared.eds.trust import Chain, Trust
from shared.eds.verdict import Role
from tests.eds.bad_cases import Parts, resigned
from tests.eds.stage import AT, BIN, CITIZEN, CONTENT, IIN, OTHER_BIN, Stage
from tests.eds.stamp_cases import STAMPER, OddDesk
from tests.eds.test_crl import a_list
from tests.eds.test_ocsp import NONCE, ImpostorsResponder, chain_of

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ANYONE = Expected(None, roles=frozenset(Role), within=None)


class TestWhom:
    """A BIN that is asked for is asked of everyone, whatever their role."""

    def test_an_individual_does_not_sign_for_an_organisation_that_is_asked_for(self, either: Stage) -> None:
        assert either.verdict(either.sign(), replace(ANYONE, bin=BIN)).code == "no_bin"
        assert either.verdict(either.sign(), Expected(IIN, BIN)).code == "no_bin"

    def test_an_officials_bin_is_asked_whatever_the_roles(self, stage: Stage) -> None:
        signed = stage.sign(stage.official())
        assert stage.verdict(signed, replace(ANYONE, bin=BIN)).confirmed
        assert stage.verdict(signed, replace(ANYONE, bin=OTHER_BIN)).code == "bin_differs"


class TestTime:
    """Times at the ends of the calendar, and times that are none."""

    def test_a_certificate_without_a_known_end_is_confirmed(self, stage: Stage) -> None:
        """RFC 5280, 4.1.2.5: 99991231235959Z is what an authority writes that knows of no end."""
        end = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
        person = stage.person("endless", lambda: stage.order(not_after=end))
        verdict = stage.verdict(stage.sign(person))
        assert verdict.confirmed
        assert "9999-12-31" in report(verdict, "en")

    def test_however_long_ago_may_be_any_length(self, stage: Stage) -> None:
        assert stage.verdict(stage.sign(), replace(CITIZEN, within=timedelta.max)).confirmed

    def test_a_time_without_its_zone_is_the_callers_mistake_and_no_verdict(self, stage: Stage) -> None:
        with pytest.raises(ValueError, match="zone"):
            stage.verdict(stage.sign(), at=AT.replace(tzinfo=None))

    @pytest.mark.parametrize(
        "value",
        [
            (0x18, b"20261124050000.5Z"),
            (0x18, b"20261124050000+0500"),
            (0x18, b"20261124050000"),
            (0x18, b"20261124050060Z"),
            (0x18, b"20261124240000Z"),
            (0x18, b"00001124050000Z"),
            (0x17, b"2611240500Z"),
            (0x17, b"261124050000+0500"),
            (0x17, "٢61124050000Z".encode()),
        ],
    )
    def test_a_time_of_signing_in_another_form_is_refused(self, stage: Stage, value: tuple[int, bytes]) -> None:
        odd = attribute(SIGNING_TIME, tlv(*value))
        cms = stage.made(attributes=lambda parts: [*(one for one in parts if oid(SIGNING_TIME) not in one), odd])
        verdict = stage.verdict(cms)
        assert (verdict.status, verdict.code) == ("refused", "malformed")


def with_extension(parts: list[bytes], extension: bytes) -> list[bytes]:
    held = [one.raw for one in der.read(parts[7]).children[0].children]
    return [*parts[:7], tlv(0xA3, sequence(*held, extension))]


class TestCertificates:
    """Certificates that the authority itself signed, with something in them that must not be there."""

    @pytest.mark.parametrize(
        "change",
        [
            lambda parts: [
                *parts[:4],
                sequence(tlv(0x18, b"20261123050000.5Z"), tlv(0x17, b"270101000000Z")),
                *parts[5:],
            ],
            lambda parts: [tlv(0xA0), *parts[1:]],
            lambda parts: [*parts[:6], sequence(), parts[7]],
            lambda parts: [*parts[:7], tlv(0xA3)],
            lambda parts: with_extension(parts, sequence(oid("1.2.3"), b"\x02\x01\xff", octets(NULL))),
            lambda parts: with_extension(parts, sequence(oid("1.2.3"), b"\x01\x01\x00", octets(NULL))),
        ],
        ids=["half a second", "no version", "no key", "no extensions", "a number for a flag", "a default written out"],
    )
    def test_one_that_is_no_certificate_is_told_so(
        self, stage: Stage, change: Callable[[list[bytes]], list[bytes]]
    ) -> None:
        odd = resigned(stage, change)
        with pytest.raises(ValueError):  # noqa: PT011 - whichever it is.
            Certificate.read(odd)
        assert stage.verdict(stage.made(certificates=[odd])).code == "malformed"

    def test_a_pinned_authority_with_a_critical_extension_nobody_knows_is_a_mistake(self, stage: Stage) -> None:
        """RFC 5280, 4.2: name constraints, for example, are not read here; to pass over them would be wrong."""
        root = stage.authority.root
        for critical in (False, True):
            builder = certificates.authority(root.subject, stage.key, None, (AT, AT + DAY)).issuer_name(root.subject)
            builder = builder.add_extension(x509.NameConstraints([x509.DNSName("kz")], None), critical)
            odd = _read(stage.authority.sign(builder, stage.key))
            if critical:
                with pytest.raises(ValueError, match="critical"):
                    Trust([odd])
            else:
                assert Trust([odd]).is_pinned(odd)


def authorities(stage: Stage, below: int | None) -> Trust:
    """Return a trust of four: a root, one that may have so many below it, another, and the stage's issuing one."""
    issuing, key = stage.authority.issuing, stage.authority.issuing_key
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"TEST {place}")]) for place in range(3)]
    keys: list[Any] = [*(ec.generate_private_key(ec.SECP256R1()) for _ in names), key]
    usage, own = (
        issuing.extensions.get_extension_for_class(kind) for kind in (x509.KeyUsage, x509.SubjectKeyIdentifier)
    )
    chain = []
    for place, name in enumerate((*names, issuing.subject)):
        above = max(place - 1, 0)
        builder = x509.CertificateBuilder(names[above], name, keys[place].public_key(), 5 + place, AT - DAY, AT + DAY)
        constraints = x509.BasicConstraints(ca=True, path_length=below if place == 1 else None)
        builder = builder.add_extension(constraints, critical=True).add_extension(usage.value, critical=True)
        if name == issuing.subject:
            builder = builder.add_extension(own.value, critical=False)
        chain.append(_read(builder.sign(keys[above], hashes.SHA256())))
    return Trust(chain)


class TestChains:
    """Chains through several authorities."""

    @pytest.mark.parametrize(("below", "code"), [(None, "confirmed"), (2, "confirmed"), (1, "untrusted_authority")])
    def test_an_authority_has_no_more_below_it_than_it_may(self, stage: Stage, below: int | None, code: str) -> None:
        trust = authorities(stage, below)
        store = CrlStore(trust)
        store.accept(stage.lists.full(AT))
        assert verify_cms(stage.sign(), CONTENT, trust=trust, revocation=store, at=AT, expected=CITIZEN).code == code

    def test_authorities_of_34_10_2004_stand_above_keys_of_today(self, gost: Stage) -> None:
        """A root by 34.10-2004 with 34.11-94, as the real one of 2020; both pinned certificates are signed by it."""
        number = 77_000_001
        x, y = (one.to_bytes(32, "little") for one in multiple_of_base(CRYPTOPRO_A, number))
        kind = KINDS[KEY_2004]
        algorithm = sequence(oid(KEY_2004), sequence(oid(kind.curve_oid), oid(kind.digest_oid)))
        info = sequence(algorithm, bits(octets(x + y)))

        def signed(certificate: x509.Certificate, key: bytes | None) -> Certificate:
            parts = [one.raw for one in der.read(certificate.public_bytes(Encoding.DER)).children[0].children]
            body = sequence(*parts[:2], GOST_2004, *parts[3:6], key or parts[6], *parts[7:])
            return Certificate.read(sequence(body, GOST_2004, bits(by_34_10_2004(number, body))))

        trust = Trust([signed(gost.authority.root, info), signed(gost.authority.issuing, None)])
        store = CrlStore(trust)
        store.accept(gost.lists.full(AT))
        told = verify_cms(gost.sign(), CONTENT, trust=trust, revocation=store, at=AT, expected=CITIZEN)
        assert told.code == "confirmed"
        stranger = Trust([signed(gost.authority.root, info), _read(gost.authority.issuing)])
        told = verify_cms(gost.sign(), CONTENT, trust=stranger, revocation=store, at=AT, expected=CITIZEN)
        assert told.code == "untrusted_authority"


GOST_2004 = sequence(oid("1.2.398.3.10.1.1.1.2"), NULL)


def by_34_10_2004(number: int, data: bytes) -> bytes:
    """Sign as an authority did (RFC 5832, 6.1), with one and the same k: a key of this test alone."""
    q, k = CRYPTOPRO_A.q, 123_456_789
    e = int.from_bytes(gost94(data), "little") % q or 1
    r = multiple_of_base(CRYPTOPRO_A, k)[0] % q
    return r.to_bytes(32, "little") + ((r * number + k * e) % q).to_bytes(32, "little")


class TestLists:
    """Lists whose entries or numbers say two things."""

    def test_a_delta_of_the_same_second_is_joined_to_the_full_list(self, stage: Stage) -> None:
        """EDS: the union is what is revoked; which of the two was signed first nobody knows."""
        serial = stage.citizen.certificate.serial_number
        store = CrlStore(stage.trust)
        store.accept(a_list(stage.authority, (x509.CRLNumber(14), False)))
        numbers = ((x509.CRLNumber(10), False), (x509.DeltaCRLIndicator(14), True))
        store.accept(a_list(stage.authority, *numbers, serials=(serial,)))
        assert stage.verdict(stage.sign(), revocation=store).code == "revoked"

    def test_an_entry_that_cannot_be_read_hides_no_revocation(self, stage: Stage) -> None:
        """Whoever is listed behind it is revoked, with a stamp too: since when nobody knows."""
        serial = stage.citizen.certificate.serial_number
        whole = der.read(a_list(stage.authority, (x509.CRLNumber(16), False), serials=(5, serial)))
        parts = [one.raw for one in whole.children[0].children]
        first, second = der.read(parts[5]).children
        odd = sequence(first.children[0].raw, tlv(0x18, b"20261124050000.5Z"))
        key = stage.authority.issuing_key
        body = sequence(*parts[:5], sequence(odd, second.raw), *parts[6:])
        store = CrlStore(stage.trust)
        store.accept(sequence(body, algorithm_of(key), bits(sign(key, body))))
        assert stage.verdict(stage.sign(), revocation=store).code == "revoked"
        assert stage.verdict(stage.stamped(), revocation=store).code == "revoked"

    def test_a_key_known_to_be_lost_before_the_stamp_was_not_good_then(self, stage: Stage) -> None:
        """RFC 5280, 5.3.2: the date of invalidity may lie before that of revocation."""
        builder = x509.RevokedCertificateBuilder(stage.citizen.certificate.serial_number, AT.replace(tzinfo=None))
        lost = x509.InvalidityDate((AT - 2 * DAY).replace(tzinfo=None))
        entry = builder.add_extension(lost, critical=False).build()
        crl = a_list(stage.authority, (x509.CRLNumber(15), False), entries=(entry,))
        store = CrlStore(stage.trust)
        store.accept(crl)
        stamped = stage.stamped(stage.sign(at=AT - DAY / 2), at=AT - DAY / 2)
        assert stage.verdict(stamped, revocation=store).code == "revoked"

    @pytest.mark.parametrize("serial", [-5, 0, 1 << 200])
    def test_serial_numbers_of_any_kind_are_found(self, stage: Stage, serial: int) -> None:
        odd = sequence(*_with_serial(stage, serial))
        certificate = Certificate.read(odd)
        assert certificate.serial == serial


def _with_serial(stage: Stage, serial: int) -> list[bytes]:
    size = serial.bit_length() // 8 + 1
    written = tlv(0x02, serial.to_bytes(size, "big", signed=True))
    whole = der.read(resigned(stage, lambda parts: [parts[0], written, *parts[2:]]))
    return [one.raw for one in whole.children]


def remade(
    stage: Stage, answer: bytes, change: Callable[[Parts], Parts] = lambda parts: parts, certificates: int = 1
) -> bytes:
    """Return an OCSP answer with some parts of its data changed, signed by the responder again."""
    key, held = Responder(stage.authority)._desk
    status, wrapped = der.read(answer).children
    kind, basic = wrapped.children[0].children
    data = sequence(*change([one.raw for one in der.read(basic.content).children[0].children]))
    signed = sequence(data, algorithm_of(key), bits(sign(key, data)), tlv(0xA0, sequence(*[held] * certificates)))
    return sequence(status.raw, tlv(0xA0, sequence(kind.raw, octets(signed))))


def saying(*extensions: bytes) -> Callable[[Parts], Parts]:
    """Return what puts these extensions in the place of an answer's own, which end its data."""
    return lambda parts: [*parts[:-1], tlv(0xA1, sequence(*extensions))]


NONCE_SAID = sequence(oid("1.3.6.1.5.5.7.48.1.2"), octets(octets(NONCE)))


class TestAnswers:
    """OCSP answers that prove nothing."""

    @pytest.fixture
    def answer(self, stage: Stage) -> bytes:
        return Responder(stage.authority).answer(question(chain_of(stage), NONCE), AT)

    def kind(self, stage: Stage, answer: bytes, nonce: bytes = NONCE) -> str:
        return OcspAnswer(answer, nonce).standing(chain_of(stage), AT).kind

    def test_an_empty_nonce_is_no_nonce(self, stage: Stage, answer: bytes) -> None:
        empty = sequence(oid("1.3.6.1.5.5.7.48.1.2"), octets(octets(b"")))
        assert self.kind(stage, remade(stage, answer)) == "good"
        assert self.kind(stage, remade(stage, answer, saying(empty)), b"") == "unknown"

    def test_an_answer_with_a_crowd_of_certificates_is_not_looked_through(self, stage: Stage, answer: bytes) -> None:
        """Each might cost the check of a signature."""
        assert self.kind(stage, remade(stage, answer, certificates=MOST_RESPONDERS)) == "good"
        assert self.kind(stage, remade(stage, answer, certificates=MOST_RESPONDERS + 1)) == "unknown"

    def test_an_answer_with_a_critical_extension_nobody_knows_proves_nothing(self, stage: Stage, answer: bytes) -> None:
        """RFC 6960, 4.4."""
        odd, flag = oid("1.2.3.4"), b"\x01\x01\xff"
        assert self.kind(stage, remade(stage, answer, saying(NONCE_SAID, sequence(odd, octets(NULL))))) == "good"
        critical = saying(NONCE_SAID, sequence(odd, flag, octets(NULL)))
        assert self.kind(stage, remade(stage, answer, critical)) == "unknown"

    def test_a_responder_with_a_critical_extension_nobody_knows_is_not_believed(self, stage: Stage) -> None:
        odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), NULL)
        asked = question(chain_of(stage), NONCE)
        usual = ImpostorsResponder(stage, RESPONDER, lambda builder: builder.add_extension(odd, critical=False))
        assert self.kind(stage, usual.answer(asked, AT)) == "good"
        critical = ImpostorsResponder(stage, RESPONDER, lambda builder: builder.add_extension(odd, critical=True))
        assert self.kind(stage, critical.answer(asked, AT)) == "unknown"

    def test_an_answer_that_speaks_twice_of_one_certificate_proves_nothing(self, stage: Stage, answer: bytes) -> None:
        def twice(parts: Parts) -> Parts:
            (single,) = der.read(parts[2]).children
            return [*parts[:2], sequence(single.raw, single.raw), *parts[3:]]

        assert self.kind(stage, remade(stage, answer, twice)) == "unknown"

    def test_an_answer_signed_for_another_authority_of_the_same_names_proves_nothing(
        self, stage: Stage, look_alike_folder: Path
    ) -> None:
        foreign = Responder(Authority.open(look_alike_folder / "nca"))
        issued = Issued(stage.key, stage.citizen.certificate, foreign.authority.issuing)
        foreign.authority.register.add_issued(issued.certificate.serial_number, issued.der)
        asked = question(Chain(Certificate.read(issued.der), (_read(foreign.authority.issuing),)), NONCE)
        assert self.kind(stage, foreign.answer(asked, AT)) == "unknown"


def _read(certificate: x509.Certificate) -> Certificate:
    return Certificate.read(certificate.public_bytes(Encoding.DER))


class TestRecords:
    """Evidence records with numbers and depths that no reader expects."""

    @pytest.fixture
    def told(self, stage: Stage) -> dict[str, Any]:
        store = stage.store()
        cms = stage.sign()
        verdict = stage.verdict(cms, revocation=store)
        return record_of((verdict.code, verdict.evidence), (cms, CONTENT), CITIZEN, lambda _: stage.lists.full(AT))

    @pytest.mark.parametrize(
        "change",
        [
            lambda told: told["expected"].update(within_seconds=1e300),
            lambda told: told["expected"].update(within_seconds=float("nan")),
            lambda told: told["expected"].update(iin=900101300017),
            lambda told: told["expected"].update(bin=["990140000017"]),
            lambda told: told.update(at="2026-11-24T05:00:00"),
        ],
    )
    def test_a_damaged_record_is_told_as_damaged(
        self, told: dict[str, Any], change: Callable[[dict[str, Any]], object]
    ) -> None:
        change(told)
        with pytest.raises(RecordNotValid):
            verify_again(told)

    @pytest.mark.parametrize("text", ["[" * 200_000, "[]", "7", "null", '{"format": 1}', "\ufeff{}"])
    def test_a_file_that_is_no_record_ends_with_2(
        self, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "record.json").write_text(text, "utf-8")
        assert main(["verify-evidence", str(tmp_path / "record.json")]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1

    def test_a_record_of_another_verifier_is_said_to_be_one(
        self, told: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "record.json"
        path.write_text(json.dumps(told))
        assert main(["verify-evidence", str(path), "--language", "en"]) == 0
        assert "another verifier" not in capsys.readouterr().out
        path.write_text(json.dumps(told | {"verifier": "eds 0"}))
        assert main(["verify-evidence", str(path), "--language", "en"]) == 0
        assert "The record was made by another verifier (eds 0)" in capsys.readouterr().out


class TestStamps:
    """Stamps whose authority nobody can judge any more, or that say more than is read."""

    def test_a_desk_that_lists_may_have_forgotten_is_not_judged_by_them(self, stage: Stage) -> None:
        """A stolen key of a desk that was revoked and then expired would stamp any time in the past."""
        desk = OddDesk(stage, STAMPER, not_after=AT + MINUTE)
        stamped, later = desk.stamped(stage.sign(), AT), AT + 3 * DAY
        verdict = stage.verdict(stamped, Expected(IIN, within=None), at=later, revocation=stage.store(later))
        assert (verdict.status, verdict.code) == ("undetermined", "revocation_forgotten")

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ((sequence(integer(1)), b"\x01\x01\xff", integer(9)), "confirmed"),
            ((integer(9), integer(9)), "time_stamp_wrong"),
            ((octets(b"x"),), "time_stamp_wrong"),
            ((tlv(0xA1, sequence(oid("1.2.3"), octets(b""))),), "confirmed"),
            ((tlv(0xA1, sequence(oid("1.2.3"), b"\x01\x01\xff", octets(b""))),), "time_stamp_wrong"),
        ],
        ids=["accuracy, ordering, nonce", "two nonces", "something else", "an extension", "a critical extension"],
    )
    def test_what_stands_behind_the_time_is_read_too(self, stage: Stage, more: tuple[bytes, ...], code: str) -> None:
        stamper, cms = Stamper(stage.authority), stage.sign()
        plain = SignedData.read(stamper.stamp(SignedData.read(cms).signature, AT), TOKEN).content or b""
        info = sequence(*(one.raw for one in der.read(plain).children), *more)
        stamped = with_unsigned(cms, stamp_attribute(stamper.sign_info(info, AT)))
        assert stage.verdict(stamped).code == code


def test_a_seal_with_an_endless_header_is_refused(stage: Stage) -> None:
    head = base64.urlsafe_b64encode(b"[" * 70_000).rstrip(b"=").decode()
    with pytest.raises(SealNotValid, match="malformed"):
        open_sealed(f"{head}.e30.e30", typ="x", trust=stage.trust, at=AT, bin=None)
