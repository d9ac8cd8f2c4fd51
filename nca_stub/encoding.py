"""A few lines that write DER: what the library has no builder for (X.690)."""

from datetime import datetime


def tlv(tag: int, *parts: bytes) -> bytes:
    """Return one element with the identifier octet, around the parts."""
    content = b"".join(parts)
    size = len(content)
    if size < 128:  # noqa: PLR2004 - X.690, 8.1.3.4: the short form ends here.
        return bytes([tag, size]) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE of the parts."""
    return tlv(0x30, *parts)


def set_of(*parts: bytes) -> bytes:
    """Return a SET OF the parts, sorted as DER asks."""
    return tlv(0x31, *sorted(parts))


def integer(number: int) -> bytes:
    """Return a non-negative INTEGER."""
    return tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def octets(content: bytes) -> bytes:
    """Return an OCTET STRING."""
    return tlv(0x04, content)


def bits(content: bytes) -> bytes:
    """Return a BIT STRING of whole octets."""
    return tlv(0x03, b"\0", content)


def oid(dotted: str) -> bytes:
    """Return an OBJECT IDENTIFIER from its dotted digits."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    content = bytearray()
    for arc in (40 * first + second, *rest):
        groups = [arc >> shift & 0x7F for shift in range(0, max(arc.bit_length(), 1), 7)]
        content += bytes(group | 0x80 for group in reversed(groups[1:])) + bytes(groups[:1])
    return tlv(0x06, bytes(content))


def utc_time(at: datetime) -> bytes:
    """Return a UTCTime from a time in UTC."""
    return tlv(0x17, f"{at:%y%m%d%H%M%SZ}".encode())


def generalized_time(at: datetime) -> bytes:
    """Return a GeneralizedTime from a time in UTC."""
    return tlv(0x18, f"{at:%Y%m%d%H%M%SZ}".encode())


NULL = b"\x05\x00"
