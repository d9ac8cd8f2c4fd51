"""Mass assignment: what no schema names is refused in every JSON body at every depth, by the OpenAPI documents."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI

from gateway.destinations import DESTINATIONS
from shared.kit.envelope import Envelopes
from stack.roster import CALLERS, ROSTER
from tests.gateway.portal import Portal
from tests.gateway.test_clients import clinics_token
from tests.gateway.test_staff import administrator
from tests.home_visit.calls import envelopes_of
from tests.kit.asgi import Told, ask
from tests.openapi import Operation, document

BODIES = [one for service in ROSTER for one in document(service.name).operations if one.body is not None]
OPEN = {
    (f"{service} POST /internal/v1/requests", "/evidence"): "the gateway's own account, kept as it is told"
    for service in {destination.service for destination in DESTINATIONS.values()}
} | {
    ("appointment POST /internal/v1/appointments/cancellation", "/evidence"): "the same of a cancellation",
    ("diploma POST /internal/v1/requests", "/evidence"): "the same",
    **{
        (f"{service} POST /internal/v1/{path}", "/evidence"): "the same of an official's signature, or of a review"
        for service in ("home_visit", "appointment", "attachment")
        for path in ("proposals/confirmation", "reviews")
    },
    ("diploma POST /internal/v1/cases/signature", "/evidence"): "the same of an official's signature",
}
SURPLUS = ("status", "iin", "applicant_iin", "role", "answer_by", "number", "account_id", "outcome")


def objects_in(
    operation: Operation, schema: Mapping[str, Any], value: Any, place: str = ""
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each object of a body by its pointer, with its schema."""
    schema = operation.document.resolved(schema)
    for way in schema.get("anyOf", ()):
        if not operation.document.faults(way, value):
            schema = operation.document.resolved(way)
    if isinstance(value, dict):
        yield place, schema
        for name, inner in value.items():
            yield from objects_in(operation, schema.get("properties", {}).get(name, {}), inner, f"{place}/{name}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from objects_in(operation, schema.get("items", {}), inner, f"{place}/{index}")


def whole(operation: Operation) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each object of the body that the document shows."""
    assert operation.body is not None
    yield from objects_in(operation, operation.body["schema"], operation.body["example"])


def with_surplus(operation: Operation, place: str, names: list[str]) -> bytes:
    """The body that the document shows, with members that the schema does not name."""
    assert operation.body is not None
    body = copy.deepcopy(operation.body["example"])
    target = body
    for step in place.split("/")[1:]:
        target = target[int(step) if isinstance(target, list) else step]
    target |= dict.fromkeys(names, "granted")
    return json.dumps(body).encode()


def test_every_object_of_every_body_is_closed() -> None:
    found = {
        (str(operation), place)
        for operation in BODIES
        for place, schema in whole(operation)
        if schema.get("additionalProperties") is not False
    }
    assert found == set(OPEN)


@pytest.mark.parametrize("operation", BODIES, ids=str)
async def test_what_no_schema_names_is_refused(
    operation: Operation, apps: Mapping[str, FastAPI], apps_folder: Path, portal: Portal
) -> None:
    caller = Caller(operation, portal.app if operation.document.name == "gateway" else apps[operation.document.name])
    await caller.sign_in(portal, apps_folder)
    for place, schema in whole(operation):
        if (str(operation), place) in OPEN:
            continue
        names = [name for name in SURPLUS if name not in schema["properties"]]
        told = await caller.send(with_surplus(operation, place, names))
        assert told.status == 422
        assert {fault["pointer"]: fault["code"] for fault in told.json["errors"]} == {
            f"{place}/{name}": "extra-forbidden" for name in names
        }


class Caller:
    """Somebody who may call the operation: with a session, with an envelope, or as anyone."""

    def __init__(self, operation: Operation, app: FastAPI) -> None:
        self.operation = operation
        self.app = app
        self.path = re.sub(r"\{\w+_id\}", str(uuid4()), operation.path).replace("{token}", "t" * 43)
        self.path = self.path.replace("{number}", "AP-2026-0000001")
        self.token: str | None = None
        self.envelopes: list[Envelopes] = []

    async def sign_in(self, portal: Portal, folder: Path) -> None:
        """Get what the operation asks for."""
        schemes = {name for one in self.operation.told.get("security", ()) for name in one}
        if "client_token" in schemes or self.operation.path.startswith("/v1/staff"):
            clinics = self.operation.path.startswith(("/v1/clinic", "/v1/webhooks", "/v1/staff/home-visits"))
            self.token = await clinics_token(portal) if clinics else await administrator(portal)
        elif "access_token" in schemes:
            self.token = (await portal.signed_in())["access_token"]
        if "envelope" in schemes:
            self.envelopes = [envelopes_of(folder / "keys", name) for name in CALLERS]

    async def send(self, body: bytes) -> Told:
        """Send a body; as whichever service the operation listens to."""
        credentials: list[str | None] = [f"Bearer {self.token}"] if self.token else []
        credentials += [one.seal("POST", self.path, body, self.operation.document.name) for one in self.envelopes]
        answers = [await self._send(body, one) for one in credentials or [None]]
        heard = [told for told in answers if told.status not in {401, 403}]
        assert len({(told.status, told.body.partition(b'"trace_id"')[0]) for told in heard}) == 1
        return heard[0]

    async def _send(self, body: bytes, credential: str | None) -> Told:
        headers = [
            ("idempotency-key", str(uuid4())),
            ("if-match", '"1"'),
            *([("authorization", credential)] if credential else []),
        ]
        return await ask(self.app, self.operation.method, self.path, body, headers=headers)
