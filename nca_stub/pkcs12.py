"""Key stores of the public TEST authority (``GOST512_….p12``, ``RSA256_….p12``): PKCS #12, read for signing (RFC 7292).

Only TEST keys: signing in Python does not hide a key from whoever measures its time, so production keys are refused.
"""

from collections.abc import Iterator
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key

from nca_stub import ber
from nca_stub.ber import Element
from nca_stub.gost import GostKey
from nca_stub.keys import PrivateKey
from nca_stub.pbe import decrypt, mac_holds
from shared.eds import der
from shared.eds.certificate import Certificate
from shared.eds.der_values import dotted

_DATA, _ENCRYPTED = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.6"
_KEY_BAG, _SHROUDED_KEY, _CERTIFICATE = (f"1.2.840.113549.1.12.10.1.{number}" for number in (1, 2, 3))
_MARK: Final = b"TEST"


def key_store(data: bytes, password: str) -> tuple[PrivateKey, Certificate]:
    """Return the key and its certificate; raises ValueError that says why a store is not read, or must not be used."""
    keys, certificates = _contents(data, password)
    for key in keys:
        info = _public_info(key)
        for certificate in certificates:
            if certificate.key == info:
                check_test(certificate)
                return key, certificate
    raise ValueError("The key store holds no key together with its certificate.")


def check_test(certificate: Certificate) -> None:
    """Raise ValueError unless the authority that issued a certificate calls itself a test one."""
    if _MARK not in certificate.issuer:
        raise ValueError("This is no key of a test authority: real keys sign in NCALayer, never here.")


def _contents(data: bytes, password: str) -> tuple[list[PrivateKey], list[Certificate]]:
    try:
        store = ber.read(data)
        safe = store.children[1].children[1].octets
        if len(store.children) > 2 and not mac_holds(store.children[2], safe, password):  # noqa: PLR2004 - MacData.
            raise ValueError("The password is not the key store's.")
        bags = [bag for part in ber.read(safe).children for bag in _bags(part, password)]
        keys = [_key(ber_, password) for kind, ber_ in bags if kind in {_KEY_BAG, _SHROUDED_KEY}]
        certificates = [Certificate.read(bag.children[1].octets) for kind, bag in bags if kind == _CERTIFICATE]
    except (IndexError, UnsupportedAlgorithm) as fault:
        raise ValueError("This is no PKCS #12 key store that can be read here.") from fault
    return keys, certificates


def _bags(part: Element, password: str) -> Iterator[tuple[str, Element]]:
    """Yield kind and value of every bag in one ContentInfo of the safe."""
    kind = dotted(part.children[0].octets)
    if kind == _DATA:
        content = part.children[1].octets
    elif kind == _ENCRYPTED:
        _, algorithm, encrypted = part.children[1].children[0].children[1].children
        content = decrypt(algorithm, encrypted.octets, password)
    else:
        raise ValueError("The key store is encrypted to a certificate, which is not read here.")
    for bag in ber.read(content).children:
        yield dotted(bag.children[0].octets), bag.children[1].children[0]


def _key(bag: Element, password: str) -> PrivateKey:
    """Return the private key of a bag, encrypted or not."""
    is_plain = bag.children[0].tag == der.INTEGER
    info = bag.raw if is_plain else decrypt(bag.children[0], bag.children[1].octets, password)
    try:
        return GostKey.read(info)
    except ValueError:
        key = load_der_private_key(info, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("The key is neither GOST 34.10-2015 nor RSA.")  # noqa: TRY004 - the store's content is wrong.
    return key


def _public_info(key: PrivateKey) -> bytes:
    if isinstance(key, GostKey):
        return key.public_info()
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
