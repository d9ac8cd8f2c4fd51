"""Identifiers that sort by the time they were made at."""

import secrets
from datetime import datetime
from uuid import UUID


def uuid7(at: datetime) -> UUID:
    """Return a version 7 UUID (RFC 9562, 5.7) of this moment; the standard library has it only from Python 3.14.

    Args:
        at: An aware time; the system's clock, not the machine's, so that ids and journal agree.
    """
    milliseconds = int(at.timestamp() * 1000)
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62
    return UUID(int=value | secrets.randbits(62))
