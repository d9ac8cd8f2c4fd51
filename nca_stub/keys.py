"""The kinds of private keys that the stub makes and signs with, all of them TEST keys, as if they were one kind."""

import base64
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from nca_stub.encoding import NULL, oid, sequence
from nca_stub.gost import GostKey

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | GostKey

_RSA_SHA256 = sequence(oid("1.2.840.113549.1.1.11"), NULL)
_ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"))
_START, _END = b"-----BEGIN PRIVATE KEY-----", b"-----END PRIVATE KEY-----"


def pem_of(key: PrivateKey) -> bytes:
    """Return a key as unencrypted PKCS #8 PEM."""
    if isinstance(key, GostKey):
        return key.pem()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@lru_cache(maxsize=64)
def key_in(pem: bytes) -> PrivateKey:
    """Return the private key of an unencrypted PEM; raises ValueError where there is none that we can sign with.

    Keys are kept, all of them TEST keys: the library takes 90 ms to check one of 3072 bits.
    """
    _, start, rest = pem.partition(_START)
    body, end, _ = rest.partition(_END)
    if not start or not end:
        raise ValueError("There is no unencrypted PKCS #8 key in this file.")
    try:
        return GostKey.read(base64.b64decode(body))
    except ValueError:
        key = load_pem_private_key(pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ValueError("The key is neither GOST 34.10-2015 nor RSA nor EC.")  # noqa: TRY004 - the file's content is wrong.
    return key


def algorithm_of(key: PrivateKey) -> bytes:
    """Return the AlgorithmIdentifier (DER) of what ``sign`` makes with the key."""
    if isinstance(key, GostKey):
        return key.signature_algorithm
    return _RSA_SHA256 if isinstance(key, rsa.RSAPrivateKey) else _ECDSA_SHA256


def sign(key: PrivateKey, data: bytes) -> bytes:
    """Sign as authorities do: with SHA-256, or with the digest that belongs to a GOST key."""
    if isinstance(key, GostKey):
        return key.sign(data)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(data, ec.ECDSA(hashes.SHA256()))
