"""Key stores (PKCS #12) of a test authority sign through the command line, or it says why not."""

import base64
import hmac
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import PBES, serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from nca_stub.__main__ import main
from nca_stub.authority import KINDS, Authority, Issued, Kind, create_authority
from nca_stub.encoding import NULL, integer, octets, oid, sequence, set_of, tlv
from nca_stub.lists import RevocationLists
from nca_stub.orders import Order
from nca_stub.pbe import derived
from nca_stub.pkcs12 import key_store
from nca_stub.signing import sign_with_file
from shared.eds import der
from shared.eds.certificate import Certificate
from shared.eds.cms import Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.trust import Trust
from tests.eds.stage import AT, CONTENT, IIN, NAME
from tests.programs import OPENSSL, needs

PASSWORD = "Qwerty12"
NO_OLD_CIPHERS = "this openssl has no old ciphers: that of Debian has them"
LEGACY = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(1_024).hmac_hash(hashes.SHA1())  # noqa: S303 - as Java does.


@pytest.fixture(scope="module")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Authority]:
    folder = tmp_path_factory.mktemp("stores") / "nca"
    return {kind: create_authority(folder, AT - timedelta(days=2), kind) for kind in KINDS}


@pytest.fixture(scope="module")
def citizens(authorities: dict[Kind, Authority]) -> dict[Kind, Issued]:
    order = Order.individual(IIN, NAME, AT)
    return {kind: authority.issue(order) for kind, authority in authorities.items()}


def rsa_store(issued: Issued, encryption: object) -> bytes:
    assert isinstance(issued.key, rsa.RSAPrivateKey)
    return serialize_key_and_certificates(b"citizen", issued.key, issued.certificate, None, encryption)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "encryption",
    [
        BestAvailableEncryption(PASSWORD.encode()),
        LEGACY.key_cert_algorithm(PBES.PBESv1SHA1And3KeyTripleDESCBC).build(PASSWORD.encode()),
        NoEncryption(),
    ],
    ids=["PBES2 with AES", "3DES as Java writes it", "in the clear"],
)
def test_a_store_that_the_library_wrote_is_read(citizens: dict[Kind, Issued], encryption: object) -> None:
    issued = citizens["rsa"]
    password = "" if isinstance(encryption, NoEncryption) else PASSWORD
    key, certificate = key_store(rsa_store(issued, encryption), password)
    assert certificate.der == issued.der
    assert isinstance(key, rsa.RSAPrivateKey)
    assert key.private_numbers() == issued.key.private_numbers()  # type: ignore[union-attr]


@needs(OPENSSL)
def test_a_store_with_certificates_under_40_bit_rc2_is_read(citizens: dict[Kind, Issued], tmp_path: Path) -> None:
    (tmp_path / "citizen.pem").write_bytes(citizens["rsa"].pem())
    command = [str(OPENSSL.path), "pkcs12", "-export", "-legacy", "-in", "citizen.pem", "-out", "citizen.p12"]
    done = subprocess.run([*command, "-passout", f"pass:{PASSWORD}"], cwd=tmp_path, capture_output=True, check=False)
    if b"unsupported" in done.stderr or b"legacy" in done.stderr:
        pytest.skip(NO_OLD_CIPHERS)
    assert done.returncode == 0, done.stderr
    _, certificate = key_store((tmp_path / "citizen.p12").read_bytes(), PASSWORD)
    assert certificate.der == citizens["rsa"].der


def gost_store(issued: Issued, *, hidden: Path | None = None) -> bytes:
    """Return a store as Kalkan writes it: the key under 3DES, everything around it BER in Java's manner.

    The form was read off a store of the National Certification Authority's public test kit. With a folder to work in,
    the certificate is ``hidden`` there as it is in the kit, under 40-bit RC2 in pieces; else it lies in the clear.
    """
    salt, iterations = bytes(range(20)), 1024
    triple_des = sequence(oid("1.2.840.113549.1.12.1.3"), sequence(octets(salt), integer(iterations)))
    secret = _padded(der.read(_pkcs8(issued)).raw)
    encryptor = Cipher(
        TripleDES(derived("sha1", PASSWORD, (salt, iterations), (1, 24))),
        CBC(derived("sha1", PASSWORD, (salt, iterations), (2, 8))),
    ).encryptor()
    shrouded = sequence(triple_des, octets(encryptor.update(secret) + encryptor.finalize()))
    held = sequence(oid("1.2.840.113549.1.9.22.1"), tlv(0xA0, octets(issued.der)))
    key_bag = sequence(oid("1.2.840.113549.1.12.10.1.2"), tlv(0xA0, shrouded), _NAMES)
    certificate_bag = sequence(sequence(oid("1.2.840.113549.1.12.10.1.3"), tlv(0xA0, held), _NAMES))
    parts = [
        _endless(0x30, oid("1.2.840.113549.1.7.1"), _endless(0xA0, octets(sequence(key_bag)))),
        _endless(0x30, oid("1.2.840.113549.1.7.1"), _endless(0xA0, octets(certificate_bag))),
    ]
    if hidden:
        rc2 = sequence(oid("1.2.840.113549.1.12.1.6"), sequence(octets(salt), integer(iterations)))
        pieces = _under_rc2(certificate_bag, (salt, iterations), hidden)
        encrypted = _endless(
            0x30, oid("1.2.840.113549.1.7.1"), rc2, _endless(0xA0, octets(pieces[:8]), octets(pieces[8:]))
        )
        inner = _endless(0x30, integer(0), encrypted)
        parts[1] = _endless(0x30, oid("1.2.840.113549.1.7.6"), _endless(0xA0, inner))
    safe = _endless(0x30, *parts)
    wrapped = _endless(0x24, octets(safe[:1000]), octets(safe[1000:]))
    mac_key = derived("sha1", PASSWORD, (salt, iterations), (3, 20))
    digest = hmac.digest(mac_key, safe, "sha1")
    mac = sequence(sequence(sequence(oid("1.3.14.3.2.26"), NULL), octets(digest)), octets(salt), integer(iterations))
    return sequence(integer(3), sequence(oid("1.2.840.113549.1.7.1"), tlv(0xA0, wrapped)), mac)


_NAMES = set_of(sequence(oid("1.2.840.113549.1.9.21"), set_of(octets(bytes(20)))))


def _endless(tag: int, *parts: bytes) -> bytes:
    """Return an element without a length, ended by two zeros (X.690, 8.1.3.6)."""
    return bytes([tag, 0x80]) + b"".join(parts) + b"\0\0"


def _padded(data: bytes) -> bytes:
    return data + bytes([8 - len(data) % 8]) * (8 - len(data) % 8)


def _under_rc2(data: bytes, salted: tuple[bytes, int], folder: Path) -> bytes:
    """Encrypt with 40-bit RC2, by the command of OpenSSL."""
    key, initial = (derived("sha1", PASSWORD, salted, purpose).hex() for purpose in ((1, 5), (2, 8)))
    (folder / "plain").write_bytes(data)
    legacy = ("-provider", "legacy", "-provider", "default")
    command = [
        str(OPENSSL.path),
        "enc",
        "-rc2-40-cbc",
        *legacy,
        "-K",
        key,
        "-iv",
        initial,
        "-in",
        "plain",
        "-out",
        "secret",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(NO_OLD_CIPHERS)
    return (folder / "secret").read_bytes()


def _pkcs8(issued: Issued) -> bytes:
    return base64.b64decode(b"".join(issued.key_pem().splitlines()[1:-1]))


@pytest.mark.parametrize(
    "hidden",
    [False, pytest.param(True, marks=needs(OPENSSL))],
    ids=["certificate in the clear", "certificate under RC2"],
)
def test_a_gost_store_signs_and_the_signature_is_confirmed(
    authorities: dict[Kind, Authority], citizens: dict[Kind, Issued], tmp_path: Path, *, hidden: bool
) -> None:
    store = tmp_path / "GOST512_0123.p12"
    store.write_bytes(gost_store(citizens["gost"], hidden=tmp_path if hidden else None))
    cms = sign_with_file(CONTENT, store, AT, PASSWORD)
    authority = authorities["gost"]
    trust = Trust([Certificate.read(one.public_bytes(Encoding.DER)) for one in (authority.issuing, authority.root)])
    lists = CrlStore(trust)
    lists.accept(RevocationLists(authority).full(AT))
    verdict = verify_cms(cms, CONTENT, trust=trust, revocation=lists, at=AT, expected=Expected(IIN))
    assert verdict.code == "confirmed"


def test_a_wrong_password_is_told(citizens: dict[Kind, Issued]) -> None:
    for store in (gost_store(citizens["gost"]), rsa_store(citizens["rsa"], BestAvailableEncryption(PASSWORD.encode()))):
        with pytest.raises(ValueError, match="password"):
            key_store(store, "another")


@pytest.mark.parametrize("junk", [b"0", b"0\x80", b"0\x03\x02\x01\x03", b"0\x82\xff\xff", b"0" + b"\x80" * 40])
def test_what_is_no_store_is_told(junk: bytes) -> None:
    with pytest.raises(ValueError, match=r"key store|ends|nested|length"):
        key_store(junk, PASSWORD)


def test_a_real_authoritys_key_is_refused(tmp_path: Path) -> None:
    """The name of an authority that is no test one suffices: such a key must not sign in Python."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) 2022")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 5, AT, AT + timedelta(days=1))
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=False)
    certificate = builder.sign(key, hashes.SHA256())
    store = tmp_path / "real.p12"
    store.write_bytes(serialize_key_and_certificates(None, key, certificate, None, NoEncryption()))
    with pytest.raises(ValueError, match="NCALayer"):
        sign_with_file(CONTENT, store, AT)


def test_the_command_signs_with_a_store(
    citizens: dict[Kind, Issued], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, content, signature = tmp_path / "GOST512_0123.p12", tmp_path / "content", tmp_path / "cms"
    store.write_bytes(gost_store(citizens["gost"]))
    content.write_bytes(CONTENT)
    common = ["--folder", str(tmp_path / "nca"), "--at", AT.isoformat(), "sign", "--in", str(content)]
    assert main([*common, "--key", str(store), "--password", "wrong", "--out", str(signature)]) == 1
    assert "password" in capsys.readouterr().err
    assert main([*common, "--key", str(store), "--password", PASSWORD, "--out", str(signature)]) == 0
    assert signature.read_bytes().startswith(b"0\x82")
