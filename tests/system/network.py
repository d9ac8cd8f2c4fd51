"""The network between the services of one process: an HTTP client that finds applications by their host's name."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import FastAPI

from shared.kit.clock import Clock
from shared.kit.http import Answer, Call, CallFailed, HttpClient
from tests.system.asking import Asked, ask


class Network(HttpClient):
    """Reaches the applications that were plugged in; ``called`` keeps every address that was asked for."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.apps: dict[str, FastAPI] = {}
        self.called: list[str] = []

    def urls(self) -> Mapping[str, str]:
        """Return the address of each application by its name."""
        return {name: f"http://{name}" for name in self.apps}

    async def call(self, call: Call) -> Answer:
        """Ask the application of this host; a host that is not plugged in is unreachable."""
        self.called.append(call.url)
        parts = urlsplit(call.url)
        app = self.apps.get(parts.netloc)
        if app is None:
            raise CallFailed("unreachable")
        headers = {name: value for name, value in call.headers.items() if name != "Content-Type"}
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        kind = call.headers.get("Content-Type")
        told = await ask(app, Asked(call.method, target, call.body or None, tuple(headers.items()), kind))
        return Answer(told.status, dict(told.headers), told.body, self._clock.now())
