"""A request in its parts, so that any of them can be changed."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Ask:
    """The parts of one request.

    ``headers`` are sent beside the caller's own. ``token`` is an access token instead of the caller's own. ``dear``:
    one that was taken is used up, another must be made. ``complete`` brings what depends on the rest of a body into
    line with it, once something hostile stands in it.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    raw: bytes | None = None
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    token: str = ""
    dear: bool = False
    complete: Callable[[dict[str, Any]], dict[str, Any]] | None = None

    def path_of(self, template: str) -> str:
        """Return the path as it stands on the request line."""
        for name, value in self.path.items():
            template = template.replace(f"{{{name}}}", value)
        return template

    def query_string(self) -> str:
        """Return the query with its question mark, or nothing."""
        query = "&".join(f"{name}={value}" for name, value in self.query.items())
        return f"?{query}" if query else ""

    def content(self) -> bytes | None:
        """Return the body as it is sent."""
        body = self.raw if self.raw is not None or self.body is None else json.dumps(self.body).encode()
        if body is None or self.complete is None:
            return body
        try:
            return json.dumps(self.complete(json.loads(body)), ensure_ascii=False).encode()
        except (ValueError, KeyError, TypeError):
            return body  # No parser of ours would read it: it is sent as it is.


Make = Callable[[], Awaitable[Ask]]


def always(ask: Ask) -> Make:
    """Return what makes the same request each time."""

    async def make() -> Ask:
        return ask

    return make
