"""Free times, and what becomes of a booked appointment: looked at, cancelled, moved (AP-9, AP-18.8).

Cancelling and moving are legally binding: each has a fresh signature (EDS). Only an appointment that the clinic itself
cancelled, or had no time for, is moved under the signature that the citizen already gave (docs/decisions/0012).
"""

import base64
import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from gateway import deliveries, forward, journal, process, standings
from gateway.attachments import NotRepresented
from gateway.conditions import ask_registry
from gateway.destinations import DESTINATIONS
from gateway.identity import Session
from gateway.journal import Request
from gateway.ledger import StepTaken
from gateway.refusals import (
    AppointmentOver,
    AppointmentsUnavailable,
    SignatureCannotBeChecked,
    SignatureNotConfirmed,
)
from gateway.schemas.appointments import AppointmentView, FreeSlots, MoveIn, SlotsForPerson
from gateway.terms import lawful_answer_by
from gateway.world import World
from shared.forms.appointment import AppointmentForm
from shared.kit.bodies import read_json
from shared.kit.http import CallFailed
from shared.kit.persons import Person
from shared.kit.pointers import Fault
from shared.kit.problems import NotFound, Unprocessable
from shared.kit.representation import relation_of, represents
from shared.law.hours import ALMATY

SERVICE: Final = "appointment"
SECONDS: Final = 3.0
OF_AGE: Final = 18
SIGNED_BEFORE: Final = frozenset({"cancelled_by_clinic", "without_time"})
"""What is moved without a new signature: it was not the citizen who gave the time up."""
UNTOLD: Final = frozenset({"booked", "over"})
"""Of these a request says *granted*, as before."""
_OK, _NOT_FOUND, _CONFLICT = 200, 404, 409
A = TypeVar("A", bound=BaseModel)


async def search(world: World, query: dict[str, Any]) -> FreeSlots:
    """Return the free times that are looked for; raises Unprocessable (too long a range), AppointmentsUnavailable."""
    return await ask(world, "slots/search", query, FreeSlots)


async def search_for(world: World, session: Session, asked: SlotsForPerson) -> FreeSlots:
    """Return the free times for a person: their own doctor first, paediatricians for a child (AP-1).

    Raises:
        NotRepresented: The registry does not say that one may ask for this person.
        RegistryUnavailable, AppointmentsUnavailable: A system does not answer now.
    """
    today = world.now().astimezone(ALMATY).date()
    asking = (await ask_registry(world.registry, session.iin)).person
    person: Person | None = asking
    if asked.iin != session.iin:
        if asking is None or not represents(asking, asked.iin, today):
            raise NotRepresented
        person = (await ask_registry(world.registry, asked.iin)).person
        if person is None or relation_of(asking, person, today) is None:
            raise NotRepresented
    if person is None:
        raise NotRepresented
    kind = "paediatrician" if person.age_on(today) < OF_AGE else "therapist"
    query = asked.model_dump(mode="json", exclude={"iin"}, exclude_none=True)
    return await search(world, query | {"kinds": [kind, "general_practitioner"], "subject_iin": asked.iin})


async def standing(world: World, request: Request) -> AppointmentView:
    """Return the appointment that a request was granted, as it is now; raises NotFound, AppointmentsUnavailable."""
    if request.service != SERVICE or request.outcome != "granted" or request.review_of is not None:
        raise NotFound
    body = {"request_id": str(request.id), "applicant_iin": request.applicant_iin}
    return await _heard(world, await ask(world, "appointments/standing", body, AppointmentView))


def cancellation_of(request: Request) -> bytes:
    """Return the exact bytes to sign to cancel; the same each time, since it can happen but once. Raises NotFound."""
    if request.service != SERVICE or request.outcome != "granted" or request.review_of is not None:
        raise NotFound
    said = {
        "purpose": "appointment-cancellation",
        "request_id": str(request.id),
        "number": request.number,
        "document_token": request.document_token,
        "applicant_iin": request.applicant_iin,
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


async def cancel(world: World, request: Request, cms: bytes) -> AppointmentView:
    """Cancel an appointment until it begins, by a fresh signature of the applicant.

    Raises:
        SignatureNotConfirmed, SignatureCannotBeChecked: Condition 2 does not hold, or cannot be decided now.
        AppointmentOver: It has begun, or is cancelled or moved already.
        NotFound, AppointmentsUnavailable: There is none; the service does not answer now.
    """
    content = cancellation_of(request)
    verdict = await world.confirm_signature(cms, content, request.applicant_iin, world.now())
    if verdict.status == "undetermined":
        raise SignatureCannotBeChecked(verdict.words, code=verdict.code)
    if verdict.status != "confirmed":
        raise SignatureNotConfirmed(verdict.words, code=verdict.code, clause="AP-16.7")
    body = {
        "request_id": str(request.id),
        "applicant_iin": request.applicant_iin,
        "content": base64.b64encode(content).decode(),
        "cms": base64.b64encode(cms).decode(),
        "evidence": verdict.evidence,
    }
    return await _heard(world, await ask(world, "appointments/cancellation", body, AppointmentView))


async def move(
    world: World, session: Session, request: Request, to: MoveIn
) -> tuple[Request, tuple[StepTaken, ...], bool]:
    """Return the draft of the request that moves an appointment, its steps, and whether it is signed already.

    Raises:
        AppointmentOver: It has begun, or is cancelled by the citizen, or moved already.
        DraftNotPossible, DraftNotAccepted: The time is taken, or there is no such time.
        NotFound, AppointmentsUnavailable: There is none; the service does not answer now.
    """
    now = await standing(world, request)
    signed_before = now.state in SIGNED_BEFORE
    if not signed_before and (now.state != "booked" or now.starts_at is None or now.starts_at <= world.now()):
        raise AppointmentOver
    changes = {"starts_at": to.starts_at.isoformat(), "moves": str(request.id)}
    changes |= {"doctor_id": to.doctor_id} if to.doctor_id else {}
    form = read_json(json.dumps(json.loads(request.form) | changes).encode(), AppointmentForm)
    draft, steps = await process.make_draft(world, session, DESTINATIONS[SERVICE], request.subject_iin, form)
    return (replace(draft, content=request.content) if signed_before else draft), steps, signed_before


async def sign_as_before(world: World, draft: Request, before: Request) -> Request:
    """Deliver a moved request under the signature of the one that the clinic cancelled or had no time for."""
    if draft.state != "draft" or before.cms is None:
        return draft
    at: datetime = world.now()
    digest = hashlib.sha256(f"{before.signature_sha256} moved to {draft.id}".encode()).hexdigest()
    evidence = json.loads(before.evidence or "{}") | {"signed_for_request": str(before.id)}
    times = (at, at + deliveries.LEASE, lawful_answer_by(draft, world.hours, at))
    signed = await journal.store_signature(world.database, draft.id, before.cms, (digest, evidence), times)
    return await forward.deliver(world, signed) if signed else await forward.find_own(world, draft)


async def _heard(world: World, view: AppointmentView) -> AppointmentView:
    """Store what the service has just said of an appointment, so that the request says the same from now on."""
    if view.state not in UNTOLD:
        change = standings.Change(view.request_id, view.state, view.moved_to, view.changed_at)
        await standings.store(world.database, SERVICE, [change], world.now())
    return view


async def ask(world: World, path: str, body: dict[str, Any], kind: type[A]) -> A:
    """Return what the service says; raises NotFound, AppointmentOver, Unprocessable, AppointmentsUnavailable."""
    try:
        answer = await world.services[SERVICE].post(f"/internal/v1/{path}", json.dumps(body).encode(), total=SECONDS)
        if answer.status == _NOT_FOUND:
            raise NotFound
        if answer.status == _CONFLICT:
            raise AppointmentOver
        if answer.status == Unprocessable.status:
            raise Unprocessable(errors=[Fault(pointer="", code="out-of-range")])
        if answer.status != _OK:
            raise AppointmentsUnavailable(retry_after=5)
        return kind.model_validate_json(answer.body)
    except (CallFailed, ValidationError):
        # What the service answered is not repeated: it may be about a person.
        raise AppointmentsUnavailable(retry_after=5) from None
