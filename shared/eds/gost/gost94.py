"""The digest GOST 34.11-94 with the standard's test S-box (RFC 5831; the cipher GOST 28147-89, RFC 5830).

It stands under 34.10-2004 in old certificates of authorities, and nowhere else: it is no longer to be signed with.
"""

from typing import Final

BLOCK: Final = 32
_MASK = (1 << 256) - 1
_WORD = 0xFFFFFFFF

_TEST_BOXES = (
    "4a92d80e6b1c7f53",
    "eb4c6dfa23810759",
    "581da342efc7609b",
    "7da1089fe46cb253",
    "6c715fd84a9e03b2",
    "4ba0721d36859cfe",
    "db413f590ae7682c",
    "1fd057a4923e6b8c",
)
_BOXES: Final = tuple(bytes(int(digit, 16) for digit in row) for row in _TEST_BOXES)
_C3: Final = 0xFF00FFFF000000FFFF0000FF00FFFF0000FF00FF00FF00FFFF00FF00FF00FF00
_KEY_ORDER: Final = (*range(8), *range(8), *range(8), *range(7, -1, -1))


def gost94(data: bytes) -> bytes:
    """Return the digest of 32 octets."""
    state = checksum = 0
    for start in range(0, len(data), BLOCK):
        block = int.from_bytes(data[start : start + BLOCK], "little")
        state = _stepped(state, block)
        checksum = checksum + block & _MASK
    state = _stepped(state, 8 * len(data))
    return _stepped(state, checksum).to_bytes(BLOCK, "little")


def _stepped(state: int, block: int) -> int:
    """Return the step function: keys, enciphering, mixing (RFC 5831, 5)."""
    enciphered = 0
    for place, key in enumerate(_keys(state, block)):
        enciphered |= _enciphered(state >> 64 * place & (1 << 64) - 1, key) << 64 * place
    mixed = _shifted(_shifted(enciphered, 12) ^ block, 1) ^ state
    return _shifted(mixed, 61)


def _keys(state: int, block: int) -> list[int]:
    """Return the four keys (5.1)."""
    keys = [_permuted(state ^ block)]
    for constant in (0, _C3, 0):
        state = _turned(state) ^ constant
        block = _turned(_turned(block))
        keys.append(_permuted(state ^ block))
    return keys


def _turned(vector: int) -> int:
    """Return A(Y): the sum of the two lowest of four words comes to the top, the others move down."""
    low, next_ = vector & (1 << 64) - 1, vector >> 64 & (1 << 64) - 1
    return (low ^ next_) << 192 | vector >> 64


def _permuted(vector: int) -> int:
    """Return P(Y): octet i + 4k of the result is octet 8i + k."""
    octets = vector.to_bytes(BLOCK, "little")
    return int.from_bytes(bytes(octets[8 * i + k] for k in range(8) for i in range(4)), "little")


def _enciphered(block: int, key: int) -> int:
    """Return 64 bits enciphered with GOST 28147-89 in 32 rounds (RFC 5830, 5)."""
    subkeys = [key >> 32 * place & _WORD for place in range(8)]
    low, high = block & _WORD, block >> 32
    for place in _KEY_ORDER:
        total = low + subkeys[place] & _WORD
        replaced = 0
        for nibble, box in enumerate(_BOXES):
            replaced |= box[total >> 4 * nibble & 15] << 4 * nibble
        low, high = high ^ (replaced << 11 & _WORD | replaced >> 21), low
    return low << 32 | high


def _shifted(vector: int, times: int) -> int:
    """Return ψ applied so often: sixteen words of 16 bits move down, a sum of six comes to the top (5.3)."""
    words = [vector >> 16 * place & 0xFFFF for place in range(16)]
    for _ in range(times):
        words = [*words[1:], words[0] ^ words[1] ^ words[2] ^ words[3] ^ words[12] ^ words[15]]
    return sum(word << 16 * place for place, word in enumerate(words))
