"""The trace that a request belongs to (W3C Trace Context): read or begun at the door, carried on every call."""

import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass

_TRACEPARENT = re.compile(rb"^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$")


@dataclass(frozen=True, slots=True)
class Trace:
    """One trace and our span in it, as lower-case hexadecimal digits."""

    trace_id: str
    span_id: str
    flags: str = "00"

    def header(self) -> str:
        """Return the ``traceparent`` that a call from this span carries."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def begin_trace(traceparent: bytes | None = None) -> Trace:
    """Begin our span in the trace of a ``traceparent`` header, or in a new one when there is none that can be read."""
    match = _TRACEPARENT.match(traceparent) if traceparent else None
    if match is None or match[1] == b"0" * 32 or match[2] == b"0" * 16:
        trace = Trace(secrets.token_hex(16), secrets.token_hex(8))
    else:
        trace = Trace(match[1].decode(), secrets.token_hex(8), match[3].decode())
    _current.set(trace)
    return trace


def trace_header() -> str | None:
    """Return the ``traceparent`` to keep with what is done later in this trace; None outside any."""
    trace = _current.get()
    return trace.header() if trace else None


def current_trace() -> Trace | None:
    """Return the trace of the work at hand; None outside any."""
    return _current.get()
