import hashlib
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from shared.kit.envelope import EnvelopeRefused, Envelopes
from shared.kit.keys import KeysMissing, load_keys
from tests.fakes import ClockAt

NOON = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
PATH, BODY = "/internal/v1/requests", b'{"request_id": "1"}'


def pem_of(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem_of(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


GATEWAY, CLINIC = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())


class Pair:
    """A gateway that seals and a service that opens, under one clock."""

    def __init__(self) -> None:
        self.clock = ClockAt(NOON)
        self.gateway = Envelopes("gateway", pem_of(GATEWAY), {}, self.clock)
        self.service = Envelopes("home_visit", pem_of(CLINIC), {"gateway": public_pem_of(GATEWAY)}, self.clock)

    def sealed(self, audience: str = "home_visit") -> str:
        return self.gateway.seal("POST", PATH, BODY, audience)

    def opened(self, header: str | None, method: str = "POST", path: str = PATH, body: bytes = BODY) -> str:
        return self.service.open(header, method, path, body)

    def refusal(self, header: str | None, method: str = "POST", path: str = PATH, body: bytes = BODY) -> str:
        with pytest.raises(EnvelopeRefused) as refused:
            self.opened(header, method, path, body)
        return refused.value.code


def claims_at(moment: datetime, **changes: object) -> dict[str, object]:
    now = int(moment.timestamp())
    digest = urlsafe_b64encode(hashlib.sha256(BODY).digest()).rstrip(b"=").decode()
    claims: dict[str, object] = {"iss": "gateway", "aud": "home_visit", "iat": now, "exp": now + 60, "jti": "one"}
    return claims | {"htm": "POST", "htu": PATH, "bsh": digest} | changes


def forged(claims: dict[str, object], algorithm: str = "ES256", key: object = GATEWAY, **header: object) -> str:
    head = {"typ": "envelope+jwt", "kid": "gateway"} | header
    return "Envelope " + jwt.encode(claims, key, algorithm, head)  # type: ignore[arg-type]


def test_an_envelope_names_its_caller() -> None:
    pair = Pair()
    assert pair.opened(pair.sealed()) == "gateway"


def test_the_forgery_of_these_tests_is_right_but_for_what_each_test_breaks() -> None:
    assert Pair().opened(forged(claims_at(NOON))) == "gateway"


def test_an_envelope_opens_once() -> None:
    pair = Pair()
    header = pair.sealed()
    pair.opened(header)
    assert pair.refusal(header) == "opened-before"


def test_an_envelope_opens_once_even_when_its_life_ends_before_others() -> None:
    pair = Pair()
    short = forged(claims_at(NOON, exp=int(NOON.timestamp()) + 30))
    pair.opened(short)
    pair.clock.pass_by(timedelta(seconds=29))
    pair.opened(pair.sealed())
    assert pair.refusal(short) == "opened-before"


def test_opened_envelopes_are_forgotten_when_they_could_not_open_any_more() -> None:
    pair = Pair()
    for _ in range(20):
        pair.opened(pair.sealed())
    pair.clock.pass_by(timedelta(minutes=2))
    pair.opened(pair.sealed())
    assert (len(pair.service._opened), len(pair.service._closing)) == (1, 1)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("PUT", PATH, BODY), ("POST", PATH + "/x", BODY), ("POST", PATH, BODY + b" ")],
)
def test_an_envelope_is_bound_to_its_call(method: str, path: str, body: bytes) -> None:
    pair = Pair()
    assert pair.refusal(pair.sealed(), method, path, body) == "another-call"


def test_an_envelope_for_another_service_is_refused() -> None:
    pair = Pair()
    assert pair.refusal(pair.sealed("attachment")) == "not-valid"


@pytest.mark.parametrize(("seconds", "opens"), [(59, True), (60, False), (-5, True), (-6, False)])
def test_an_envelope_lives_for_a_minute(seconds: int, opens: bool) -> None:
    pair = Pair()
    header = pair.sealed()
    pair.clock.pass_by(timedelta(seconds=seconds))
    if opens:
        assert pair.opened(header) == "gateway"
    else:
        assert pair.refusal(header) == "not-now"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "no-envelope"),
        ("", "no-envelope"),
        ("Bearer abc.def.ghi", "no-envelope"),
        ("Envelope a.b", "no-envelope"),
        (forged(claims_at(NOON)) + "==", "no-envelope"),
        (forged(claims_at(NOON), "none", None), "no-envelope"),
        (forged(claims_at(NOON), "HS256", b"x" * 32), "no-envelope"),
        (forged(claims_at(NOON), typ="at+jwt"), "another-kind"),
        (forged(claims_at(NOON), jku="https://elsewhere.example/keys"), "another-kind"),
        (forged(claims_at(NOON), crit=["exp"]), "another-kind"),
        (forged(claims_at(NOON), kid="nobody"), "unknown-caller"),
        (forged(claims_at(NOON), key=CLINIC), "not-valid"),
        (forged(claims_at(NOON, iss="attachment")), "not-valid"),
        (forged(claims_at(NOON, aud="elsewhere")), "not-valid"),
        (forged(claims_at(NOON, exp=int(NOON.timestamp()) + 61)), "not-now"),
        (forged(claims_at(NOON, exp="9999999999")), "not-valid"),
        (forged({name: value for name, value in claims_at(NOON).items() if name != "exp"}), "not-valid"),
        (forged({name: value for name, value in claims_at(NOON).items() if name != "jti"}), "not-valid"),
    ],
)
def test_what_is_no_envelope_of_a_known_caller_is_refused(header: str | None, code: str) -> None:
    assert Pair().refusal(header) == code


def test_a_key_of_another_kind_is_not_taken() -> None:
    key = rsa.generate_private_key(65537, 2048)
    with pytest.raises(TypeError):
        Envelopes("gateway", pem_of(key), {})


def test_keys_are_read_by_the_names_of_their_files(tmp_path: Path) -> None:
    services = tmp_path / "services"
    services.mkdir()
    (services / "home_visit.key.pem").write_bytes(pem_of(CLINIC))
    (services / "gateway.pub.pem").write_bytes(public_pem_of(GATEWAY))
    service = load_keys(tmp_path, "home_visit", ["gateway"])
    assert service.open(
        Envelopes("gateway", pem_of(GATEWAY), {}).seal("POST", PATH, BODY, "home_visit"), "POST", PATH, BODY
    )


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing, match=r"gateway\.key\.pem"):
        load_keys(tmp_path, "gateway", [])


def test_sealing_and_opening_cost_less_than_a_millisecond() -> None:
    pair = Pair()
    begun = perf_counter()
    for _ in range(200):
        pair.opened(pair.sealed())
    # A quarter of a millisecond on an idle core; the rest is room for a busy machine.
    assert (perf_counter() - begun) / 200 < 0.001
