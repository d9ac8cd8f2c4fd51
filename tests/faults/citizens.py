"""Citizens who sign under fire: whatever breaks, they send the same again until it is acknowledged."""

import asyncio
import base64
import json
import random
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from nca_stub.signing import sign_cms
from shared.eds.certificate import Certificate
from shared.kit.http import Answer, Call, CallFailed, HttpClient
from stack.citizen import PASSWORD
from tests.faults.stage import Stage
from tests.faults.walks import Asked, Walk

PATIENCE: Final = 120.0
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
UNAUTHORISED, SERVER_ERRORS = 401, 500


@dataclass(slots=True)
class Signed:
    """A request as its citizen knows it; ``told`` is what the acknowledgement said."""

    asked: Asked
    request_id: str
    sent_at: datetime
    told: dict[str, Any] | None = None
    seconds: float = 0.0
    tries: int = 0

    @property
    def answered_at_once(self) -> bool:
        return self.told is not None and self.told["answered_at"] is not None


@dataclass
class Crowd:
    """Everybody who asks; ``signed`` are all whose signature was sent at least once."""

    stage: Stage
    walk: Walk
    chance: random.Random
    signed: list[Signed] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    """What the citizens met on the way: statuses and broken calls."""
    sent: asyncio.Condition = field(default_factory=asyncio.Condition)
    """Told whenever a signature is on its way or acknowledged."""
    _http: HttpClient = field(default_factory=HttpClient)
    _tokens: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, tuple[RSAPrivateKey, bytes]] = field(default_factory=dict)

    @property
    def acknowledged(self) -> list[Signed]:
        return [one for one in self.signed if one.told is not None]

    async def ask(self, asked: Asked) -> Signed:
        """Processes 1 to 5 of one request, until its signature is acknowledged."""
        body = {"service": self.walk.service, "form": asked.form, "subject_iin": asked.subject_iin}
        created = await self._insist(asked, "/v1/requests", json.dumps(body).encode(), str(uuid.uuid4()))
        assert created.status == 201, created.body
        draft = json.loads(created.body)
        cms = self._sign(asked, base64.b64decode(draft["to_sign"]["content"]))
        one = Signed(asked, draft["id"], self.stage.now())
        self.signed.append(one)
        await self._tell()
        begun = perf_counter()
        answer = await self._insist(asked, draft["links"]["signature"], cms, counting=one)
        assert answer.status in (200, 202), f"A signed request was turned away: {answer.status} {answer.body.decode()}"
        one.told, one.seconds = json.loads(answer.body), perf_counter() - begun
        await self._tell()
        return one

    async def gateway_is_ready(self) -> bool | None:
        """Say what /readyz says; None when it does not answer."""
        try:
            return (await self._http.call(Call("GET", self.stage.running.urls["gateway"] + "/readyz"))).status == 200
        except CallFailed:
            return None

    async def put_registry_into(self, mood: str) -> None:
        """Put the person registry into a mood (person_registry_stub/moods.py)."""
        body, url = json.dumps({"mood": mood}).encode(), self.stage.running.urls["person_registry"] + "/control/mood"
        answer = await self._http.call(Call("POST", url, body, {"Content-Type": "application/json"}))
        assert answer.status == 200, answer.body

    async def close(self) -> None:
        await self._http.close()

    async def _insist(
        self, asked: Asked, path: str, body: bytes, key: str | None = None, *, counting: Signed | None = None
    ) -> Answer:
        """Send the same until it is answered otherwise than by a failure of the system."""
        kind = (
            {"Content-Type": "application/json", "Idempotency-Key": key} if key else {"Content-Type": "application/cms"}
        )
        pause = FIRST_PAUSE
        async with asyncio.timeout(PATIENCE):
            while True:
                token = self._tokens.get(asked.applicant) or await self._log_in(asked)
                if counting is not None:
                    counting.tries += 1
                answer = await self._try(path, body, {**kind, "Authorization": f"Bearer {token}"})
                if answer is not None and answer.status == UNAUTHORISED:
                    self._tokens.pop(asked.applicant, None)
                elif answer is not None and answer.status < SERVER_ERRORS:
                    return answer
                await asyncio.sleep(pause * self.chance.uniform(0.5, 1.5))
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _try(self, path: str, body: bytes, headers: dict[str, str]) -> Answer | None:
        url = self.stage.running.urls["gateway"] + path
        try:
            answer = await self._http.call(Call("POST", url, body, headers, total=20))
        except CallFailed as failed:
            self.met[failed.kind] += 1
            return None
        self.met[str(answer.status)] += 1
        if answer.status >= SERVER_ERRORS and "retry-after" not in answer.headers:
            self.met[f"{answer.status} without Retry-After"] += 1
        return answer

    async def _log_in(self, asked: Asked) -> str:
        """Process 1; while somebody fails to log in, nobody gives up."""
        while True:
            body = json.dumps({"iin": asked.applicant_iin, "password": PASSWORD}).encode()
            answer = await self._try("/v1/sessions", body, {"Content-Type": "application/json"})
            if answer is not None and answer.status < SERVER_ERRORS:
                assert answer.status == 201, answer.body
                token: str = json.loads(answer.body)["access_token"]
                self._tokens[asked.applicant] = token
                return token
            await asyncio.sleep(LONGEST_PAUSE / 4)

    def _sign(self, asked: Asked, content: bytes) -> bytes:
        if asked.applicant not in self._keys:
            path = self.stage.layout.demo / f"{asked.applicant}.pem"
            key = load_pem_private_key(path.read_bytes(), password=None)
            assert isinstance(key, RSAPrivateKey)
            self._keys[asked.applicant] = key, Certificate.read_all(path)[0].der
        return sign_cms(content, *self._keys[asked.applicant], self.stage.now())

    async def _tell(self) -> None:
        async with self.sent:
            self.sent.notify_all()
