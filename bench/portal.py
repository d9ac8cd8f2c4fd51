"""The portal's front-end, as the measurement needs it: registration, log-in, drafts; all before the measuring."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any, Final
from uuid import uuid4

from bench.load import as_much_as_it_takes
from bench.people import Person
from bench.wire import Address, open_line, request_of
from stack.citizen import PASSWORD

CREATED: Final = 201
TOKEN_SECONDS: Final = 300.0
"""An access token lives ten minutes; after half of them a new one is had."""
ADDRESS: Final = {"street": "Гоголь көшесі", "house": "86", "apartment": "12", "entrance": "1", "floor": 3}


class NotPrepared(Exception):
    """The system did not take what the measurement needs; the message is its answer."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that waits for its signature."""

    request_id: str
    person: Person
    content: bytes = field(repr=False)


class Portal:
    """The gateway as citizens use it; ``now`` tells the system's time."""

    def __init__(self, address: Address, now: Callable[[], datetime]) -> None:
        self.address = address
        self.now = now
        self._tokens: dict[str, tuple[str, float]] = {}

    async def register(self, people: Sequence[Person]) -> None:
        """Open an account for each, by their signature (HV-16.1)."""
        for person in people:
            challenge = await self._post("/v1/registration/challenges", {"iin": person.iin})
            cms = person.sign(base64.b64decode(challenge["content"]), self.now())
            asked = {"challenge_id": challenge["challenge_id"], "iin": person.iin, "password": PASSWORD}
            await self._post("/v1/registration", asked | {"cms": base64.b64encode(cms).decode()})

    async def token_of(self, person: Person) -> str:
        """Return an access token that serves for some minutes yet, logging in where there is none."""
        token, until = self._tokens.get(person.iin, ("", 0.0))
        if monotonic() >= until:
            opened = await self._post("/v1/sessions", {"iin": person.iin, "password": PASSWORD})
            token, until = str(opened["access_token"]), monotonic() + TOKEN_SECONDS
            self._tokens[person.iin] = token, until
        return token

    async def drafts(self, people: Sequence[Person], count: int) -> list[Draft]:
        """Make so many drafts, in turn for each of the people."""
        of_iin = {person.iin: person for person in people}
        asked = [await self._draft_request(people[number % len(people)]) for number in range(count)]
        answers = (await as_much_as_it_takes(self.address, asked)).answers
        drafts = []
        for answer in answers:
            if answer.status != CREATED:
                raise NotPrepared(f"draft: {answer.status} {answer.body.decode()}")
            told = json.loads(answer.body)
            content = base64.b64decode(told["to_sign"]["content"])
            drafts.append(Draft(told["id"], of_iin[json.loads(content)["applicant_iin"]], content))
        return drafts

    async def signature_request(self, draft: Draft, cms: bytes) -> bytes:
        """Return the request that sends a signature."""
        headers = {"Authorization": f"Bearer {await self.token_of(draft.person)}", "Content-Type": "application/cms"}
        return request_of("POST", f"/v1/requests/{draft.request_id}/signature", headers, cms)

    async def _draft_request(self, person: Person) -> bytes:
        headers = {
            "Authorization": f"Bearer {await self.token_of(person)}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        return request_of("POST", "/v1/requests", headers, json.dumps(asked_of(person)).encode())

    async def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        line = await open_line(self.address)
        request = request_of("POST", path, {"Content-Type": "application/json"}, json.dumps(body).encode())
        status, answer = await line.exchange(request)
        line.close()
        if status != CREATED:
            raise NotPrepared(f"{path}: {status} {answer.decode()}")
        told: dict[str, Any] = json.loads(answer)
        return told


def form_of(person: Person) -> dict[str, Any]:
    """Return the filled form of a person's request (HV-13)."""
    return {
        "provider_bin": person.provider_bin,
        "address": ADDRESS,
        "phone": "+77012345678",
        "complaint": "Дене қызуы 38,5; екінші күн жөтел",
    }


def asked_of(person: Person) -> dict[str, Any]:
    """Return the body of a new request."""
    return {"service": "home-visit", "form": form_of(person)}
