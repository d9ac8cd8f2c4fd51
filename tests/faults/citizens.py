"""Citizens who sign under fire: whatever breaks, they send the same again until it is acknowledged."""

import asyncio
import base64
import json
import random
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any, Final, Protocol

from nca_stub.keys import PrivateKey, key_in
from nca_stub.signing import sign_cms
from person_registry_stub.demo_people import demo_people
from shared.eds.certificate import Certificate
from shared.kit.http import Answer, Call, CallFailed, HttpClient
from stack.citizen import PASSWORD
from stack.layout import Layout
from tests.faults.walks import Asked

PATIENCE: Final = 120.0
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
UNAUTHORISED, SERVER_ERRORS = 401, 500


class Place(Protocol):
    """Where the citizens live: whom they can call, where their keys lie, what time it is."""

    @property
    def urls(self) -> Mapping[str, str]: ...

    @property
    def layout(self) -> Layout: ...

    def now(self) -> datetime: ...


@dataclass(slots=True)
class Signed:
    """A request as its citizen knows it: what the acknowledgement told, or with what it was turned away."""

    asked: Asked
    request_id: str
    told: dict[str, Any] | None = None
    turned_away: str | None = None
    seconds: float = 0.0
    tries: int = 0

    @property
    def answered_at_once(self) -> bool:
        return self.told is not None and self.told["answered_at"] is not None


@dataclass
class Crowd:
    """Everybody who asks; ``signed`` are all whose signature was sent at least once."""

    place: Place
    chance: random.Random = field(default_factory=random.Random)
    signed: list[Signed] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    """What the citizens met on the way: statuses and broken calls."""
    sent: asyncio.Condition = field(default_factory=asyncio.Condition)
    """Told whenever a signature is on its way or acknowledged."""
    _http: HttpClient = field(default_factory=HttpClient)
    _tokens: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, tuple[PrivateKey, bytes]] = field(default_factory=dict)

    async def ask(self, asked: Asked) -> Signed:
        """Processes 1 to 5 of one request, until its signature is acknowledged."""
        body = {"service": asked.service, "form": asked.form, "subject_iin": asked.subject_iin}
        created = await self._insist(asked.applicant, "/v1/requests", json.dumps(body).encode(), None)
        assert created.status == 201, created.body
        draft = json.loads(created.body)
        cms = self._sign(asked.applicant, base64.b64decode(draft["to_sign"]["content"]))
        one = Signed(asked, draft["id"])
        self.signed.append(one)
        await self._tell()
        begun = perf_counter()
        answer = await self._insist(asked.applicant, draft["links"]["signature"], cms, one)
        one.seconds, told = perf_counter() - begun, json.loads(answer.body)
        if answer.status in (200, 202):
            one.told = told
        else:
            one.turned_away = f"{answer.status} {told['type']}"
        await self._tell()
        return one

    async def register(self, slug: str) -> Answer:
        """Process 0 of a demo person."""
        iin = {"iin": demo_people()[slug].person.iin}
        challenge = json.loads((await self._post("/v1/registration/challenges", iin)).body)
        cms = base64.b64encode(self._sign(slug, base64.b64decode(challenge["content"]))).decode()
        answer = {"challenge_id": challenge["challenge_id"], "password": PASSWORD, "cms": cms}
        return await self._post("/v1/registration", answer | iin)

    async def log_in(self, slug: str) -> Answer:
        """Process 1 of a demo person; the session is kept for what they ask."""
        answer = await self._post("/v1/sessions", {"iin": demo_people()[slug].person.iin, "password": PASSWORD})
        if answer.status == 201:
            self._tokens[slug] = json.loads(answer.body)["access_token"]
        return answer

    async def get(self, path: str) -> Answer:
        """Read what anybody may read; raises CallFailed."""
        return await self._http.call(Call("GET", self.place.urls["gateway"] + path, total=10))

    async def read(self, one: Signed, path: str) -> Answer:
        """Read something of one's own request, with the last session; raises CallFailed."""
        url = f"{self.place.urls['gateway']}/v1/requests/{one.request_id}{path}"
        headers = {"Authorization": f"Bearer {self._tokens[one.asked.applicant]}"}
        return await self._http.call(Call("GET", url, headers=headers, total=10))

    async def put_registry_into(self, mood: str, only_iin: str | None = None) -> None:
        """Put the person registry into a mood (person_registry_stub/moods.py)."""
        body = json.dumps({"mood": mood} | ({"only_iin": only_iin} if only_iin else {})).encode()
        url = self.place.urls["person_registry"] + "/control/mood"
        answer = await self._http.call(Call("POST", url, body, {"Content-Type": "application/json"}))
        assert answer.status == 200, answer.body

    async def close(self) -> None:
        """Hang up."""
        await self._http.close()

    async def _insist(self, slug: str, path: str, body: bytes, signing: Signed | None) -> Answer:
        """Send the same until it is answered otherwise than by a failure of the system."""
        kind = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        kind = {"Content-Type": "application/cms"} if signing else kind
        pause = FIRST_PAUSE
        async with asyncio.timeout(PATIENCE):
            while True:
                if slug in self._tokens:
                    if signing:
                        signing.tries += 1
                    answer = await self._try(path, body, {**kind, "Authorization": f"Bearer {self._tokens[slug]}"})
                    if answer is not None and answer.status == UNAUTHORISED:
                        del self._tokens[slug]
                    elif answer is not None and answer.status < SERVER_ERRORS:
                        return answer
                else:
                    await self._log_in_again(slug)
                await asyncio.sleep(pause * self.chance.uniform(0.5, 1.5))
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _log_in_again(self, slug: str) -> None:
        try:
            answer = await self.log_in(slug)
        except CallFailed as failed:
            self.met[failed.kind] += 1
        else:
            self._note(answer)
            assert answer.status == 201 or answer.status >= SERVER_ERRORS, answer.body

    async def _try(self, path: str, body: bytes, headers: dict[str, str]) -> Answer | None:
        try:
            answer = await self._http.call(Call("POST", self.place.urls["gateway"] + path, body, headers, total=20))
        except CallFailed as failed:
            self.met[failed.kind] += 1
            return None
        self._note(answer)
        return answer

    def _note(self, answer: Answer) -> None:
        self.met[str(answer.status)] += 1
        if answer.status >= SERVER_ERRORS and "retry-after" not in answer.headers:
            self.met[f"{answer.status} without Retry-After"] += 1

    async def _post(self, path: str, body: dict[str, Any]) -> Answer:
        headers = {"Content-Type": "application/json"}
        url = self.place.urls["gateway"] + path
        return await self._http.call(Call("POST", url, json.dumps(body).encode(), headers, total=20))

    def _sign(self, slug: str, content: bytes) -> bytes:
        if slug not in self._keys:
            path = self.place.layout.demo / f"{slug}.pem"
            self._keys[slug] = key_in(path.read_bytes()), Certificate.read_all(path)[0].der
        return sign_cms(content, *self._keys[slug], self.place.now())

    async def _tell(self) -> None:
        async with self.sent:
            self.sent.notify_all()
