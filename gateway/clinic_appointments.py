"""A clinic's acts on its appointments: how one stands, who came, cancelling, moving to another time (AP-18).

Neither act tells the clinic anything of a person: an appointment is named by the number of its request.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from pydantic import BaseModel

from gateway import appointments, process
from gateway.appointments import SERVICE
from gateway.changes import take_changes
from gateway.destinations import DESTINATIONS
from gateway.identity import Session, StepTimes
from gateway.journal import COLUMNS, Request
from gateway.refusals import AppointmentOver
from gateway.schemas.appointments import AppointmentView, MoveIn
from gateway.world import World
from shared.forms.appointment import AppointmentForm
from shared.kit.bodies import read_json
from shared.kit.conditional import matches
from shared.kit.http import CallFailed
from shared.kit.problems import NotFound, PreconditionFailed, PreconditionRequired

_FIND: Final = f"""
SELECT {COLUMNS} FROM requests WHERE provider_bin = $1 AND number = $2 AND service = $3 AND outcome = 'granted'
"""  # noqa: S608 - constants of ours.


class _Cancelled(BaseModel):
    number: str


class CancelledNumbers(BaseModel):
    """The appointments that the clinic has cancelled, as the service tells them."""

    cancelled: list[_Cancelled]


class _Noted(BaseModel):
    state: str


def version_of(view: AppointmentView) -> str:
    """Return the entity tag of an appointment: another one after each change."""
    said = f"{view.request_id} {view.state} {view.changed_at.isoformat()}"
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:24]}"'


async def find(world: World, provider_bin: str, number: str) -> tuple[Request, AppointmentView]:
    """Return one of the provider's granted appointments as it is now; raises NotFound, AppointmentsUnavailable."""
    async with world.database.connection() as c:
        row = await c.fetchrow(_FIND, provider_bin, number, SERVICE)
    if row is None:
        raise NotFound
    request = Request(**row)
    return request, await appointments.standing(world, request)


async def note_outcome(
    world: World, provider_bin: str, number: str, if_match: str | None, *, came: bool
) -> AppointmentView:
    """Write down whether the patient came, of the version that one saw.

    Raises:
        PreconditionRequired, PreconditionFailed: There is no If-Match; it has changed since.
        AppointmentOver: It has not begun, or is cancelled or moved.
        NotFound, AppointmentsUnavailable: The provider has none; the service does not answer now.
    """
    _, view = await _as_seen(world, provider_bin, number, if_match)
    if view.state not in {"booked", "over", "came", "did_not_come"} or view.starts_at is None:
        raise AppointmentOver
    if view.starts_at > world.now():
        raise AppointmentOver
    body = {"provider_bin": provider_bin, "number": number, "came": came, "as_of": view.changed_at.isoformat()}
    try:
        await appointments.ask(world, "visits", body, _Noted)
    except NotFound:
        raise PreconditionFailed from None
    await _take(world)
    return (await find(world, provider_bin, number))[1]


async def cancel(world: World, provider_bin: str, days: list[str], numbers: list[str]) -> list[str]:
    """Cancel whole days by the clinic's ids and single appointments by number; return the numbers cancelled now.

    The citizens' lists say so at once, and they pick another time without signing anew. Raises AppointmentsUnavailable.
    """
    body: dict[str, Any] = {"provider_bin": provider_bin, "schedules": days, "numbers": numbers}
    told = await appointments.ask(world, "cancellations", body, CancelledNumbers)
    await _take(world)
    return [one.number for one in told.cancelled]


async def prepare_move(
    world: World, provider_bin: str, number: str, if_match: str | None, to: MoveIn
) -> tuple[Request, Request]:
    """Hold the new time and cancel the old one; return the appointment's request and the draft that takes its place.

    The draft stands on the bytes that the citizen signed for the old one: what they asked for stays, but for the time.

    Raises:
        PreconditionRequired, PreconditionFailed: There is no If-Match; it has changed since.
        AppointmentOver: It has begun, or is cancelled by the citizen, or moved already.
        DraftNotPossible, DraftNotAccepted: The time is taken, or there is no such time.
        NotFound, AppointmentsUnavailable: The provider has none; the service does not answer now.
    """
    before, view = await _as_seen(world, provider_bin, number, if_match)
    standing = view.state == "booked" and view.starts_at is not None and view.starts_at > world.now()
    if not standing and view.state not in appointments.SIGNED_BEFORE:
        raise AppointmentOver
    changes = {"starts_at": to.starts_at.isoformat(), "moves": str(before.id)}
    changes |= {"doctor_id": to.doctor_id} if to.doctor_id else {}
    form = read_json(json.dumps(json.loads(before.form) | changes).encode(), AppointmentForm)
    draft, _ = await process.make_draft(
        world, _as_applicant(world, before), DESTINATIONS[SERVICE], before.subject_iin, form
    )
    if standing:
        await cancel(world, provider_bin, [], [number])
    whose = {"account_id": before.account_id, "channel": before.channel, "employee_id": before.employee_id}
    return before, replace(draft, content=before.content, **whose)  # type: ignore[arg-type]


def _as_applicant(world: World, before: Request) -> Session:
    now = world.now()
    account = before.account_id or uuid4()
    return Session(uuid4(), account, before.applicant_iin, StepTimes(now, now), now + timedelta(minutes=1))


async def _as_seen(
    world: World, provider_bin: str, number: str, if_match: str | None
) -> tuple[Request, AppointmentView]:
    if if_match is None:
        raise PreconditionRequired
    request, view = await find(world, provider_bin, number)
    if not matches(if_match, version_of(view)):
        raise PreconditionFailed
    return request, view


async def _take(world: World) -> None:
    """Let the citizens' lists say it at once; what fails is taken a second later."""
    with suppress(CallFailed):
        await take_changes(world, DESTINATIONS[SERVICE])
