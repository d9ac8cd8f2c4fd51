"""uvicorn's protocol with what it lacks: a request's headers must be here within ten seconds; a shutdown is announced.

``python -m uvicorn --http shared.kit.server:GuardedProtocol …``
"""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_SECONDS = 10.0
"""From a connection's beginning, or from a later request's first byte, to the end of its headers."""
MOST_HEADER_BYTES = 32 * 1024
AT_SHUTDOWN = "at_shutdown"
"""Under this name the state of a lifespan may hold what is called when the server begins to end: whoever waits in the
application is let go then, not cut when the patience is over."""


class GuardedProtocol(HttpToolsProtocol):
    """Cuts a connection whose headers do not arrive in time or do not end."""

    header_seconds = HEADER_SECONDS
    _cutting: asyncio.TimerHandle | None = None
    _header_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._await_headers()

    def data_received(self, data: bytes) -> None:
        """Begin to wait for another request, even when what came begins none yet (a lone line end)."""
        if self.cycle is None or self.cycle.response_complete:
            self._await_headers()
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Begin to count a request's headers."""
        self._header_bytes = 0
        self._await_headers()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count what the address takes."""
        if self._room_for(len(url)):
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count what the headers take."""
        if self._room_for(len(name) + len(value)):
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Hand the request on, unless it was cut."""
        self._arrived()
        if not self.transport.is_closing():
            super().on_headers_complete()

    def shutdown(self) -> None:
        """Begin to end: called once for each open connection."""
        if at_shutdown := self.app_state.get(AT_SHUTDOWN):
            at_shutdown()
        super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._arrived()
        super().connection_lost(exc)

    def _room_for(self, size: int) -> bool:
        self._header_bytes += size
        if self._header_bytes > MOST_HEADER_BYTES:
            self._cut()
            return False
        return True

    def _await_headers(self) -> None:
        if self._cutting is None:
            self._cutting = self.loop.call_later(self.header_seconds, self._cut)

    def _arrived(self) -> None:
        if self._cutting is not None:
            self._cutting.cancel()
            self._cutting = None

    def _cut(self) -> None:
        self._arrived()
        if not self.transport.is_closing():
            self.transport.abort()
