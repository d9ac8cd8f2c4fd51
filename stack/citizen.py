"""A citizen at the portal: the calls that a front-end makes for them, with the signature that NCALayer would make."""

import base64
import json
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2

from nca_stub.signing import sign_with_file

PASSWORD = "тау-бұлақ-жапырақ-2026"  # noqa: S105 -- The password of every demo person.


class Unexpected(Exception):
    """The system answered otherwise than the walk expects; the message is the answer."""


class Citizen:
    """One person with a signing key; a call that is not answered as expected raises Unexpected."""

    def __init__(self, gateway_url: str, iin: str, key: Path, now: Callable[[], datetime]) -> None:
        self.iin = iin
        self._key = key
        self._now = now
        self._http = httpx2.Client(base_url=gateway_url, timeout=90, trust_env=False)

    def register(self) -> None:
        """Process 0: an account for this IIN, given to whoever holds its signing key."""
        challenge = self.post("/v1/registration/challenges", {"iin": self.iin})
        cms = base64.b64encode(self.sign(base64.b64decode(challenge["content"]))).decode()
        answer = {"challenge_id": challenge["challenge_id"], "iin": self.iin, "password": PASSWORD, "cms": cms}
        self.post("/v1/registration", answer)

    def log_in(self) -> None:
        """Process 1: IIN and password."""
        opened = _expected(self.try_log_in(PASSWORD), 201).json()
        self._http.headers["Authorization"] = f"Bearer {opened['access_token']}"

    def log_in_for(self, organisation_bin: str) -> None:
        """Process 1 of an employee: IIN and password, for an organisation."""
        body = {"iin": self.iin, "password": PASSWORD, "organisation_bin": organisation_bin}
        opened = _expected(self._http.post("/v1/staff/sessions", json=body), 201).json()
        self._http.headers["Authorization"] = f"Bearer {opened['access_token']}"

    def put(self, path: str, body: dict[str, Any]) -> None:
        """Put something where it may stand already."""
        _expected(self._http.put(path, json=body), 200)

    def attach(self, path: str, scan: bytes) -> None:
        """Put the scan of a paper where it belongs."""
        _expected(self._http.put(path, content=scan, headers={"Content-Type": "application/pdf"}), 204)

    def try_log_in(self, password: str) -> httpx2.Response:
        """Log in with some password and return whatever comes."""
        return self._http.post("/v1/sessions", json={"iin": self.iin, "password": password})

    def draft(self, service: str, form: dict[str, Any], subject_iin: str | None = None) -> dict[str, Any]:
        """Process 3: the filled form becomes a draft with the bytes to sign."""
        subject = {} if subject_iin in (None, self.iin) else {"subject_iin": subject_iin}
        draft: dict[str, Any] = self.post("/v1/requests", {"service": service, "form": form, **subject})
        return draft

    def content(self, draft: dict[str, Any]) -> bytes:
        """Return the exact bytes to sign."""
        return _expected(self._http.get(draft["links"]["content"]), 200).content

    def sign(self, content: bytes) -> bytes:
        """Make a detached CMS over these bytes, as NCALayer does."""
        return sign_with_file(content, self._key, self._now())

    def send_signature(self, draft: dict[str, Any], cms: bytes | None = None) -> httpx2.Response:
        """Process 5: sign the draft's bytes (or send this signature) and return whatever comes."""
        body = self.sign(self.content(draft)) if cms is None else cms
        return self._http.post(draft["links"]["signature"], content=body, headers={"Content-Type": "application/cms"})

    def wait_for_answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Process 8: wait until the request is answered."""
        while request["answered_at"] is None:
            request = self.get(request["links"]["self"], Prefer="wait=30")
        return request

    def get(self, path: str, **headers: str) -> Any:  # noqa: ANN401 -- JSON of any shape.
        """Read a JSON answer."""
        return _expected(self._http.get(path, headers=headers), 200).json()

    def document(self, request: dict[str, Any]) -> str:
        """Return the sealed document of an answered request (JWS, compact)."""
        path = request["links"]["document"]
        return _expected(self._http.get(path, headers={"Accept": "application/jose"}), 200).text

    def read(self, path: str, **headers: str) -> bytes:
        """Read an answer as it is, to the byte."""
        return _expected(self._http.get(path, headers=headers), 200).content

    def post(self, path: str, body: dict[str, Any], status: int = 201) -> Any:  # noqa: ANN401 -- JSON of any shape.
        """Post and return the answer, which must have this status."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        return _expected(self._http.post(path, content=json.dumps(body), headers=headers), status).json()


def _expected(response: httpx2.Response, status: int) -> httpx2.Response:
    if response.status_code != status:
        raise Unexpected(f"{response.request.url.path}: {response.status_code} {response.text}")
    return response
