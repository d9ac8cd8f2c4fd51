"""RC2 (RFC 2268), decryption only: old key stores hold their certificates under it with 40 bits, as no secret."""

from typing import Final

_PI: Final = bytes.fromhex(
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2"
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82"
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626"
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7"
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec"
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731"
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9"
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad"
)
_BLOCK = 8
_MASK = 0xFFFF
_TURNS = (1, 2, 3, 5)


def decrypted(key: bytes, initial: bytes, data: bytes) -> bytes:
    """Return the data deciphered in CBC mode, its padding still on; the effective length is the key's own."""
    words = _expanded(key)
    found, before = bytearray(), initial
    for start in range(0, len(data), _BLOCK):
        block = data[start : start + _BLOCK]
        found += bytes(a ^ b for a, b in zip(_block(words, block), before, strict=True))
        before = block
    return bytes(found)


def _expanded(key: bytes) -> list[int]:
    """Return the 64 words of the expanded key (2)."""
    octets = bytearray(key)
    while len(octets) < 128:  # noqa: PLR2004 - the expanded key's length.
        octets.append(_PI[octets[-1] + octets[-len(key)] & 0xFF])
    octets[128 - len(key)] = _PI[octets[128 - len(key)]]
    for place in range(127 - len(key), -1, -1):
        octets[place] = _PI[octets[place + 1] ^ octets[place + len(key)]]
    return [int.from_bytes(octets[place : place + 2], "little") for place in range(0, 128, 2)]


def _block(words: list[int], block: bytes) -> bytes:
    """Undo mixing and mashing: five rounds, six, five, with a mashing round between them (4)."""
    state = [int.from_bytes(block[place : place + 2], "little") for place in range(0, 8, 2)]
    place = 63
    for rounds in (5, 6, 5):
        if place < 63:  # noqa: PLR2004 - not before the first rounds.
            for i in (3, 2, 1, 0):
                state[i] = state[i] - words[state[i - 1] & 63] & _MASK
        for _ in range(rounds):
            for i in (3, 2, 1, 0):
                turned = state[i] >> _TURNS[i] | state[i] << 16 - _TURNS[i] & _MASK
                chosen = (state[i - 1] & state[i - 2]) + (~state[i - 1] & state[i - 3])
                state[i] = turned - words[place] - chosen & _MASK
                place -= 1
    return b"".join(word.to_bytes(2, "little") for word in state)
