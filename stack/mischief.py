"""What the demonstration arranges for the two grounds that an honest portal and a well registry never meet."""

import asyncio
import base64
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2

from person_registry_stub.demo_people import demo_people
from shared.kit.http import HttpClient, ServiceClient
from shared.kit.keys import load_keys
from stack.citizen import Unexpected

if TYPE_CHECKING:
    from person_registry_stub.demo_cases import Case
    from stack.demo import Place


@contextmanager
def registry_without(place: "Place", slug: str) -> Iterator[None]:
    """Let the registry say of one person that it has no data of them (HV-17.5)."""
    mood = {"mood": "not_found", "only_iin": demo_people()[slug].person.iin}
    _control(place, mood)
    try:
        yield
    finally:
        _control(place, {"mood": "ok"})


def deliver_unsigned_form(place: "Place", case: "Case") -> str:
    """Deliver, as a broken portal would, a form that is not the one signed (HV-15.2.2); return the sealed answer."""
    from stack.demo import form_for  # noqa: PLC0415 -- The demonstration imports this file.

    citizen, request_id = place.citizen(case.applicant), str(uuid.uuid4())
    people = {"applicant_iin": citizen.iin, "subject_iin": citizen.iin}
    asked = {"request_id": request_id, "service": case.service, "form_version": 1, **people}
    signed = json.dumps(asked | {"form": form_for(case) | {"phone": "+77770000000"}}, ensure_ascii=False).encode()
    body = asked | {
        "form": form_for(case),
        "channel": "portal",
        "signed_at": place.now().isoformat(),
        "content": base64.b64encode(signed).decode(),
        "cms": base64.b64encode(citizen.sign(signed)).decode(),
        "evidence": {},
    }
    answer = asyncio.run(_deliver(place, case.service.replace("-", "_"), json.dumps(body, ensure_ascii=False).encode()))
    document: str = answer["document"]["jws"]
    return document


async def _deliver(place: "Place", service: str, body: bytes) -> dict[str, dict[str, str]]:
    http = HttpClient()
    try:
        envelopes = load_keys(place.data / "keys", "gateway", callers=())
        client = ServiceClient(http, envelopes, place.urls[service], service)
        answer = await client.post("/internal/v1/requests", body, total=10)
        if answer.status != httpx2.codes.OK:
            raise Unexpected(f"delivery: {answer.status} {answer.body.decode()}")
        told: dict[str, dict[str, str]] = json.loads(answer.body)
        return told
    finally:
        await http.close()


def _control(place: "Place", mood: dict[str, str]) -> None:
    url = place.urls["person_registry"] + "/control/mood"
    httpx2.post(url, json=mood, trust_env=False).raise_for_status()
