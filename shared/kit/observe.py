"""Outermost: each request gets its trace, one log line and one measurement; pure ASGI."""

from time import perf_counter

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kit.metrics import Metrics
from shared.kit.trace import begin_trace

QUIET = frozenset({"/healthz", "/readyz", "/metrics", "/internal/v1/changes"})
"""Asked every second or so, by machines."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_SNIFFING = (b"x-content-type-options", b"nosniff")
ABANDONED = 499
"""The status of a request whose caller left, or that was cut, before an answer began."""


class Observer:
    """Sees every request come and go."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application inside a trace and write down how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin_trace(_traceparent(scope))
        begun = perf_counter()
        status = ABANDONED

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                # What we call JSON is read as JSON, also by a browser that would guess.
                if not any(name == b"x-content-type-options" for name, _ in message["headers"]):
                    message = {**message, "headers": [*message["headers"], NO_SNIFFING]}
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            self._write_down(scope, status, perf_counter() - begun)

    def _write_down(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path_format", None) or "(none)"
        method = scope["method"] if scope["method"] in METHODS else "(other)"
        self._metrics.observe(route, method, status, seconds)
        if route not in QUIET:
            structlog.get_logger().info(
                "request", method=method, route=route, status=status, ms=round(seconds * 1000, 2)
            )


def _traceparent(scope: Scope) -> bytes | None:
    for name, value in scope["headers"]:
        if name == b"traceparent":
            return bytes(value)
    return None
