"""A home visit service as the gateway knows it: registers once, answers when it may, and can be told to fail."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from shared.kit.clock import Clock
from shared.kit.http import Answer, CallFailed

ANSWERED = 8
Mood = Literal["answers", "registers", "away", "fails", "refuses"]


def jws_of(payload: dict[str, Any]) -> str:
    body = base64.urlsafe_b64encode(json.dumps(payload).encode()).rstrip(b"=").decode()
    return f"e30.{body}.c2VhbA"


def certificate(number: str, token: str, at: datetime) -> dict[str, Any]:
    """A certificate with what every document tells."""
    words = {"kk": "мәтін", "ru": "текст", "en": "text"}
    return {
        "kind": "home-visit-certificate",
        "version": 1,
        "number": number,
        "check": {"token": token, "path": f"/v1/documents/{token}"},
        "issued_at": at.isoformat(),
        "service": {"code": "home-visit", "name": words},
        "provider": {"bin": "130040900012", "name": "№ 1 Қалалық емхана", "address": "Абай 1", "telephones": []},
        "applicant": {"iin": "870412490011", "name": {"kk": "Айгүл", "ru": None}},
        "clauses": ["HV-8.2"],
        "decree": words,
    }


@dataclass
class Provider:
    """Behaves like the service at the other end of a ServiceClient."""

    clock: Clock
    mood: Mood = "answers"
    outcome: Literal["granted", "refused"] = "granted"
    intake: dict[str, Any] | None = None
    notices: list[dict[str, Any]] = field(default_factory=list)
    registered: dict[str, datetime] = field(default_factory=dict)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    status: str = "valid"
    denies: bool = False
    late: bool = False
    seal: Callable[[dict[str, Any]], str] = jws_of
    papers: list[list[str]] = field(default_factory=list)
    lists_given: int = 0
    refused: int = 0

    async def post(self, path: str, body: bytes, total: float = 3.0, most: int = 1_000_000) -> Answer:
        assert 0 < total <= 20  # Every call has a total limit.
        assert 0 < most <= 4_000_000  # And a limit of its answer.
        if self.mood == "away":
            raise CallFailed("unreachable")
        if self.mood == "fails":
            return self._said(500, {})
        if self.mood == "refuses" and path.endswith("/requests"):
            self.refused += 1
            return self._said(422, {"type": "/problems/unprocessable"})
        asked = json.loads(body)
        if path.endswith("/drafts"):
            return self._said(200, {"intake": self.intake, "notices": self.notices})
        if "/documents/" in path:
            return self._of_document(path, asked)
        self.bodies.append(asked)
        return self._registration(asked["request_id"])

    def _of_document(self, path: str, asked: dict[str, Any]) -> Answer:
        if path.endswith("/paper"):
            self.papers.append(asked["languages"])
            return Answer(200, {}, b"%PDF-1.7 a paper", self.clock.now())
        if path.endswith("/status-list"):
            self.lists_given += 1
            return Answer(200, {}, b"a.sealed.list", self.clock.now())
        return self._said(404, {}) if self.denies else self._said(200, {"status": self.status})

    def _registration(self, request_id: str) -> Answer:
        now = self.clock.now()
        begun = self.registered.setdefault(request_id, now)
        number = f"HV-2026-{list(self.registered).index(request_id) + 1:07d}"
        told: dict[str, Any] = {
            "request_id": request_id,
            "number": number,
            "registered_at": begun.isoformat(),
            "answer_by": (begun + timedelta(minutes=30)).isoformat(),
            "state": "registered",
            "outcome": None,
            "answered_at": None,
            "document": None,
            "steps": [self._step(6, begun, begun, 60)],
        }
        if self.mood == "registers":
            return self._said(202, told)
        token = f"token-of-{request_id}"
        told |= {
            "state": "answered",
            "outcome": self.outcome,
            "answered_at": now.isoformat(),
            "document": {"token": token, "jws": self.seal(certificate(number, token, now))},
            "steps": [*told["steps"], self._step(8 if self.outcome == "granted" else 7, begun, now, 1800)],
        }
        return self._said(200, told)

    def _step(self, step: int, begun: datetime, ended: datetime, limit: float) -> dict[str, Any]:
        times = {"started_at": begun.isoformat(), "ended_at": ended.isoformat()}
        return {"step": step, **times, "limit_seconds": limit, "met": not (self.late and step == ANSWERED)}

    def _said(self, status: int, body: dict[str, Any]) -> Answer:
        return Answer(status, {}, json.dumps(body).encode(), self.clock.now())
