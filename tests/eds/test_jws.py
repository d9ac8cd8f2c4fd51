"""What seals our documents: JWS by an organisation's key, checked through the same trust as people's signatures."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from nca_stub.authority import Authority, Issued
from nca_stub.gost import GostKey
from nca_stub.orders import Order
from shared.eds.certificate import Certificate
from shared.eds.jws import Seal, SealNotValid, SealReader, jwk_of, open_sealed, thumbprint
from shared.eds.verdict import Role
from tests.eds.stage import AT, BIN, CLINIC, OTHER_BIN, Stage

TYP = "phc-document+json"
PAYLOAD = '{"outcome":"granted","сөз":"тексерілді"}'.encode()


def seal_of(issued: Issued) -> Seal:
    held = Certificate.read(issued.der), Certificate.read(issued.issuing.public_bytes(Encoding.DER))
    assert not isinstance(issued.key, GostKey)
    return Seal(issued.key, held)


def clinic(stage: Stage, kind: Literal["ec", "rsa"] = "ec") -> Issued:
    return stage.person(f"clinic {kind}", lambda: Order.organisation(BIN, CLINIC, AT, key=kind))


@pytest.fixture
def jws(stage: Stage) -> str:
    return seal_of(clinic(stage)).sign(PAYLOAD, typ=TYP)


def code(stage: Stage, jws: str, *, typ: str = TYP, bin_: str | None = BIN, days: int = 0) -> str:
    """Return why it is not opened, or ``opened``."""
    try:
        assert open_sealed(jws, typ=typ, trust=stage.trust, at=AT + timedelta(days=days), bin=bin_) == PAYLOAD
    except SealNotValid as refusal:
        return refusal.code
    return "opened"


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def with_header(jws: str, change: Callable[[dict[str, Any]], None]) -> str:
    first, rest = jws.split(".", 1)
    header = json.loads(base64.urlsafe_b64decode(first + "=="))
    change(header)
    return f"{text(json.dumps(header).encode())}.{rest}"


@pytest.mark.parametrize(("kind", "algorithm"), [("ec", "ES256"), ("rsa", "PS256")])
def test_a_sealed_document_opens(stage: Stage, kind: Literal["ec", "rsa"], algorithm: str) -> None:
    seal = seal_of(clinic(stage, kind))
    jws = seal.sign(PAYLOAD, typ=TYP)
    header = json.loads(base64.urlsafe_b64decode(jws.split(".")[0] + "=="))
    assert (header["alg"], header["typ"], header["kid"]) == (algorithm, TYP, thumbprint(seal.certificate))
    assert [base64.b64decode(one) for one in header["x5c"]] == [one.der for one in seal.chain]
    assert code(stage, jws) == code(stage, jws, bin_=None) == "opened"


def test_rs256_opens_too(stage: Stage) -> None:
    issued = clinic(stage, "rsa")
    assert isinstance(issued.key, rsa.RSAPrivateKey)
    jws = with_header(seal_of(issued).sign(PAYLOAD, typ=TYP), lambda header: header.update(alg="RS256"))
    signed = jws.rsplit(".", 1)[0]
    signature = issued.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    assert code(stage, f"{signed}.{text(signature)}") == "opened"


def test_another_typ_or_organisation_is_refused(stage: Stage, jws: str) -> None:
    assert code(stage, jws, typ="registry-answer+json") == "typ_differs"
    assert code(stage, jws, bin_=OTHER_BIN) == "bin_differs"


def test_a_certificate_out_of_force_is_refused(stage: Stage, jws: str) -> None:
    assert code(stage, jws, days=366) == "expired"
    assert code(stage, jws, days=-3) == "not_yet_valid"


def test_a_revoked_seal_is_refused_where_revocation_is_asked(stage: Stage) -> None:
    issued = stage.person("revoked clinic", lambda: Order.organisation(BIN, CLINIC, AT))
    jws = seal_of(issued).sign(PAYLOAD, typ=TYP)
    asking = SealReader(TYP, stage.trust, AT, BIN, stage.store())
    assert asking.read(jws) == PAYLOAD
    stage.lists.revoke(issued.certificate.serial_number, "keyCompromise", AT)
    with pytest.raises(SealNotValid, match="revoked"):
        replace(asking, revocation=stage.store()).read(jws)


@pytest.mark.parametrize("role", [None, Role.HEAD, Role.EMPLOYEE])
def test_a_persons_key_seals_nothing_even_one_of_the_organisation(stage: Stage, role: Role | None) -> None:
    issued = stage.official(role) if role else stage.citizen
    assert code(stage, seal_of(issued).sign(PAYLOAD, typ=TYP)) == "not_an_organisation"


def test_a_look_alikes_seal_is_refused(stage: Stage, look_alike_folder: Path) -> None:
    issued = Authority.open(look_alike_folder / "nca").issue(Order.organisation(BIN, CLINIC, AT))
    assert code(stage, seal_of(issued).sign(PAYLOAD, typ=TYP)) == "untrusted_authority"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda header: header.update(alg="none"), "signature_wrong"),
        (lambda header: header.update(alg="HS256"), "signature_wrong"),
        (lambda header: header.update(alg="RS256"), "signature_wrong"),
        (lambda header: header.update(alg="PS256"), "signature_wrong"),
        (lambda header: header.update(alg=["ES256"]), "malformed"),
        (lambda header: header.update(typ=TYP.upper()), "typ_differs"),
        (lambda header: header.pop("typ"), "malformed"),
        (lambda header: header.update(kid="another"), "certificate_reference_differs"),
        (lambda header: header.update(x5c=[]), "malformed"),
        (lambda header: header.update(x5c=header["x5c"] * 4), "malformed"),
        (lambda header: header.update(x5c=["AAAA"]), "malformed"),
        (lambda header: header.update(x5c=[5]), "malformed"),
        (lambda header: header.update(crit=["exp"]), "malformed"),
        (lambda header: header.update(jku="https://example.org/keys"), "malformed"),
        (lambda header: header.update(jwk={}), "malformed"),
        (lambda header: header.update(b64=False), "malformed"),
    ],
)
def test_a_changed_header_is_refused(
    stage: Stage, jws: str, change: Callable[[dict[str, Any]], None], expected: str
) -> None:
    assert code(stage, with_header(jws, change)) == expected


def test_the_public_key_as_a_secret_is_refused(stage: Stage, jws: str) -> None:
    key = clinic(stage).key
    assert not isinstance(key, GostKey)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = with_header(jws, lambda header: header.update(alg="HS256")).rsplit(".", 1)[0]
    forged = hmac.digest(public, signed.encode(), hashlib.sha256)
    assert code(stage, f"{signed}.{text(forged)}") == "signature_wrong"


def test_another_form_of_the_same_text_is_refused(stage: Stage, jws: str) -> None:
    first, second, third = jws.split(".")
    doubled = text(b'{"typ":"' + TYP.encode() + b'",' + base64.urlsafe_b64decode(first + "==")[1:])
    for other in (
        f"{jws}==",
        f"{jws}\n",
        f" {jws}",
        f"{first}.{second}",
        f"{jws}.{third}",
        f"{doubled}.{second}.{third}",
        f"{first}.{second}.{third[:-1]}",
        "",
        "..",
        "ж.ж.ж",
        "A" * 3_000_000,
    ):
        assert code(stage, other) in {"malformed", "signature_wrong"}


def test_no_changed_character_of_payload_or_signature_passes(stage: Stage, jws: str) -> None:
    first, second, third = jws.split(".")
    for part, whole in ((1, second), (2, third)):
        for place in range(len(whole)):
            other = whole[:place] + ("A" if whole[place] != "A" else "B") + whole[place + 1 :]
            changed = f"{first}.{other}.{third}" if part == 1 else f"{first}.{second}.{other}"
            assert code(stage, changed) in {"malformed", "signature_wrong"}


def test_a_seal_is_loaded_from_its_files_and_only_with_its_own_key(stage: Stage, tmp_path: Path) -> None:
    issued = clinic(stage)
    key, chain = tmp_path / "key.pem", tmp_path / "chain.pem"
    key.write_bytes(issued.key_pem())
    chain.write_bytes(issued.chain_pem())
    assert code(stage, Seal.from_files(key, chain).sign(PAYLOAD, typ=TYP)) == "opened"
    key.write_bytes(clinic(stage, "rsa").key_pem())
    with pytest.raises(ValueError, match="not the certificate's"):
        Seal.from_files(key, chain)


def test_the_key_is_published_as_a_jwk(stage: Stage) -> None:
    held = Certificate.read(clinic(stage).der)
    jwk = jwk_of(held)
    key = clinic(stage).key
    assert not isinstance(key, GostKey)
    numbers = key.public_key()
    assert isinstance(numbers, ec.EllipticCurvePublicKey)
    assert (jwk["kty"], jwk["crv"], jwk["alg"], jwk["kid"]) == ("EC", "P-256", "ES256", thumbprint(held))
    assert int.from_bytes(base64.urlsafe_b64decode(jwk["x"] + "="), "big") == numbers.public_numbers().x
    rsa_jwk = jwk_of(Certificate.read(clinic(stage, "rsa").der))
    assert (rsa_jwk["kty"], rsa_jwk["e"]) == ("RSA", "AQAB")
