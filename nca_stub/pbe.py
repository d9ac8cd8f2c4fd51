"""Password-based decryption as PKCS #12 key stores use it (RFC 7292, appendix B and C; RFC 8018)."""

import hashlib
import hmac
from typing import Final

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, CipherAlgorithm
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from nca_stub import rc2
from nca_stub.ber import Element
from shared.eds.der_values import dotted

MOST_ITERATIONS: Final = 2_000_000
_KEY, _INITIAL, _MAC = 1, 2, 3
_TRIPLE_DES, _RC2_128, _RC2_40 = "1.2.840.113549.1.12.1.3", "1.2.840.113549.1.12.1.5", "1.2.840.113549.1.12.1.6"
_KEY_SIZES: Final = {_TRIPLE_DES: 24, _RC2_128: 16, _RC2_40: 5}
_PBES2, _PBKDF2 = "1.2.840.113549.1.5.13", "1.2.840.113549.1.5.12"
_DIGESTS: Final = {"1.3.14.3.2.26": "sha1", "2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.3": "sha512"}
_HMACS: Final = {"1.2.840.113549.2.7": "sha1", "1.2.840.113549.2.9": "sha256", "1.2.840.113549.2.11": "sha512"}
_CIPHERS: Final[dict[str, tuple[type[CipherAlgorithm], int]]] = {
    "1.2.840.113549.3.7": (TripleDES, 24),
    "2.16.840.1.101.3.4.1.2": (AES, 16),
    "2.16.840.1.101.3.4.1.22": (AES, 24),
    "2.16.840.1.101.3.4.1.42": (AES, 32),
}


class NotSupported(ValueError):
    """The key store is protected in a way that is not read here; the message names it."""


def decrypt(algorithm: Element, data: bytes, password: str) -> bytes:
    """Return what the data hold under the AlgorithmIdentifier; raises ValueError for a wrong password."""
    name, parameters = dotted(algorithm.children[0].octets), algorithm.children[1]
    if name == _PBES2:
        padded = _by_pbes2(parameters, data, password)
    elif name in _KEY_SIZES:
        salt, iterations = parameters.children[0].octets, _count(parameters.children[1])
        key = derived("sha1", password, (salt, iterations), (_KEY, _KEY_SIZES[name]))
        initial = derived("sha1", password, (salt, iterations), (_INITIAL, 8))
        padded = (
            _block_decrypt(TripleDES(key), initial, data) if name == _TRIPLE_DES else rc2.decrypted(key, initial, data)
        )
    else:
        raise NotSupported(f"The key store is encrypted by {name}, which is not read here.")
    if not padded or not 1 <= padded[-1] <= 16:  # noqa: PLR2004 - the longest block.
        raise ValueError("The password is not the key store's.")
    return padded[: -padded[-1]]


def mac_holds(mac: Element, content: bytes, password: str) -> bool:
    """Say whether the MacData belong to the content under the password."""
    info, salt, *count = mac.children
    name = dotted(info.children[0].children[0].octets)
    if name not in _DIGESTS:
        raise NotSupported(f"The key store is protected by a digest ({name}) that is not read here.")
    iterations = _count(count[0]) if count else 1
    size = hashlib.new(_DIGESTS[name]).digest_size
    key = derived(_DIGESTS[name], password, (salt.octets, iterations), (_MAC, size))
    return hmac.compare_digest(hmac.digest(key, content, _DIGESTS[name]), info.children[1].octets)


def derived(digest: str, password: str, salted: tuple[bytes, int], purpose: tuple[int, int]) -> bytes:
    """Return octets for a purpose, so many, from the password (RFC 7292, B.2)."""
    salt, iterations = salted
    identifier, size = purpose
    block = hashlib.new(digest).block_size
    said = password.encode("utf-16-be") + b"\0\0"
    mixed = bytearray(_filled(salt, block) + _filled(said, block))
    found = b""
    while len(found) < size:
        piece = hashlib.new(digest, bytes([identifier]) * block + mixed).digest()
        for _ in range(iterations - 1):
            piece = hashlib.new(digest, piece).digest()
        found += piece
        addend = int.from_bytes(_filled(piece, block), "big") + 1
        for start in range(0, len(mixed), block):
            total = int.from_bytes(mixed[start : start + block], "big") + addend
            mixed[start : start + block] = (total % (1 << 8 * block)).to_bytes(block, "big")
    return found[:size]


def _by_pbes2(parameters: Element, data: bytes, password: str) -> bytes:
    derivation, scheme = parameters.children
    salt, count, *more = derivation.children[1].children
    pseudo_random = next((dotted(one.children[0].octets) for one in more if one.children), "1.2.840.113549.2.7")
    cipher = _CIPHERS.get(dotted(scheme.children[0].octets))
    if dotted(derivation.children[0].octets) != _PBKDF2 or pseudo_random not in _HMACS or cipher is None:
        raise NotSupported("The key store is encrypted by a variant of PBES2 that is not read here.")
    kind, size = cipher
    key = hashlib.pbkdf2_hmac(_HMACS[pseudo_random], password.encode(), salt.octets, _count(count), size)
    return _block_decrypt(kind(key), scheme.children[1].octets, data)  # type: ignore[call-arg]


def _block_decrypt(algorithm: CipherAlgorithm, initial: bytes, data: bytes) -> bytes:
    decryptor = Cipher(algorithm, CBC(initial)).decryptor()
    return decryptor.update(data) + decryptor.finalize()


def _count(element: Element) -> int:
    iterations = int.from_bytes(element.octets, "big")
    if not 0 < iterations <= MOST_ITERATIONS:
        raise ValueError("The key store asks for too many iterations.")
    return iterations


def _filled(octets: bytes, block: int) -> bytes:
    """Repeat the octets up to a whole number of blocks."""
    size = -(-len(octets) // block) * block
    return (octets * (size // len(octets) + 1))[:size] if octets else b""
