"""The status read: through the gateway, as a citizen who is logged in makes it, and at the service itself.

The service has two reads that come near. ``documents/status`` is its lightest: an envelope, one row by an index, a few
fields. The same delivery once more tells, as the gateway's read does, where the request stands, but carries the whole
signed request to ask it. Each call at the service has an envelope of its own, sealed before the measurement.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import asyncpg

from bench.people import Person
from bench.portal import Portal
from bench.wire import Address, Answer, request_of
from shared.kit.envelope import Envelopes

OK: Final = 200
STATUS: Final = "/internal/v1/documents/status"
AGAIN: Final = "/internal/v1/requests"


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that was answered: its id, whose it is, its document's token, its delivery as the gateway sent it."""

    request_id: str
    iin: str
    token: str
    delivery: bytes


class GatewayRead:
    """``GET /v1/requests/{id}`` with an access token."""

    name: Final = "status through the gateway"

    def __init__(
        self, portal: Portal, people: Sequence[Person], answered: Sequence[Answered], families: Mapping[str, int]
    ) -> None:
        self.address, self.families = portal.address, families
        self._portal, self._answered = portal, answered
        self._people = {person.iin: person for person in people}

    async def prepare(self, count: int) -> list[bytes]:
        """Return reads of requests in turn."""
        return [await self._read(self._answered[number % len(self._answered)]) for number in range(count)]

    def is_right(self, answer: Answer) -> bool:
        """Say whether it tells of a granted request."""
        return answer.status == OK and json.loads(answer.body)["status"] == "granted"

    async def _read(self, one: Answered) -> bytes:
        token = await self._portal.token_of(self._people[one.iin])
        return request_of("GET", f"/v1/requests/{one.request_id}", {"Authorization": f"Bearer {token}"})


class ServiceRead:
    """One of the service's two reads."""

    def __init__(
        self,
        path: str,
        address: Address,
        envelopes: Envelopes,
        answered: Sequence[Answered],
        families: Mapping[str, int],
    ) -> None:
        self.name = f"service, {path.removeprefix('/internal/v1/')}"
        self.address, self.families = address, families
        self._path, self._envelopes, self._answered = path, envelopes, answered

    async def prepare(self, count: int) -> list[bytes]:
        """Return reads of requests in turn."""
        return [self._read(self._answered[number % len(self._answered)]) for number in range(count)]

    def is_right(self, answer: Answer) -> bool:
        """Say whether it tells of a granted request."""
        return answer.status == OK and json.loads(answer.body)["outcome"] == "granted"

    def _read(self, one: Answered) -> bytes:
        body = json.dumps({"token": one.token}).encode() if self._path == STATUS else one.delivery
        seal = self._envelopes.seal("POST", self._path, body, "home_visit")
        return request_of("POST", self._path, {"Authorization": seal, "Content-Type": "application/json"}, body)


async def answered_requests(database: str, most: int) -> list[Answered]:
    """Return requests that the gateway has the answers of, with the bodies that it delivered."""
    connection: asyncpg.Connection[Any] = await asyncpg.connect(database)
    rows = await connection.fetch("SELECT * FROM requests WHERE outcome = 'granted' ORDER BY id DESC LIMIT $1", most)
    await connection.close()
    return [Answered(str(row["id"]), row["applicant_iin"], row["document_token"], _delivery(row)) for row in rows]


def _delivery(row: Mapping[str, Any]) -> bytes:
    said = {
        "request_id": str(row["id"]),
        "service": row["service"],
        "form_version": row["form_version"],
        "channel": "portal",
        "applicant_iin": row["applicant_iin"],
        "subject_iin": row["subject_iin"],
        "form": json.loads(row["form"]),
        "signed_at": row["signed_at"].isoformat(),
        "content": base64.b64encode(row["content"]).decode(),
        "cms": base64.b64encode(row["cms"]).decode(),
        "evidence": json.loads(row["evidence"]),
    }
    return json.dumps(said, ensure_ascii=False).encode()
