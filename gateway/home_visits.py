"""Home visits in work, as the gateway brings them to a clinic's people and its system, and to who called (HV-8).

The service keeps them; here it is known who asks. A doctor sees and notes their own calls, the registry desk and the
head all of the provider. Whose call is shown is written down before it is shown (docs/decisions/0022).
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from gateway.acting import Acting
from gateway.changes import take_changes
from gateway.destinations import DESTINATIONS
from gateway.looks import Look, Opened
from gateway.service_calls import faults_in, problem_in, slug_in
from gateway.shown import record_shown
from gateway.world import World
from shared.forms.visits_in_work import OwnVisit, RoundList, VisitList, VisitView
from shared.kit.http import CallFailed
from shared.kit.logs import log_failure
from shared.kit.problems import (
    Conflict,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Unavailable,
    Unprocessable,
)
from shared.kit.staff_problems import NotYourRole
from shared.law.iin import mask
from shared.law.roles import StaffRole
from shared.law.text import Text

SERVICE: Final = "home_visit"
CODE: Final = "home-visit"
PURPOSE: Final = "HV-8"
SECONDS: Final = 5.0
MOST_BYTES: Final = 4_000_000
"""A day's visits, each with a complaint and calls that share it."""
OVERSEERS: Final = frozenset({StaffRole.REGISTRY_DESK, StaffRole.HEAD, StaffRole.RIGHT_TO_SIGN})
"""See every doctor's calls."""
WORKERS: Final = OVERSEERS | {StaffRole.DOCTOR}
A = TypeVar("A", bound=BaseModel)
_OK: Final = 200
_VERSION: Final = re.compile(r'"([1-9][0-9]{0,5})"')


class HomeVisitNotPossible(Conflict):
    """It cannot be done with this visit now; ``code`` says why (visit-noted, visit-not-begun, round-closed)."""

    slug = "home-visit-not-possible"
    title = Text(
        "Үйге шақырумен мұны қазір істеуге болмайды",
        "Сейчас с этим вызовом этого сделать нельзя",
        "This cannot be done with the visit now",
    )


class DoctorNotNamed(Conflict):
    """The administrator has not said yet which doctor of the clinic's rounds the employee is."""

    slug = "doctor-not-named"
    title = Text(
        "Әкімші сіздің айналымдардағы қай дәрігер екеніңізді көрсетпеген",
        "Администратор не указал, какой вы врач в обходах клиники",
        "The administrator has not said which doctor of the clinic's rounds you are",
    )


class HomeVisitsUnavailable(Unavailable):
    """The service of home visits does not answer now."""

    slug = "home-visits-unavailable"
    title = Text(
        "Үйге шақыру қызметі қазір жауап бермейді, кейінірек қайталаңыз",
        "Служба вызовов на дом сейчас не отвечает, повторите позже",
        "The service of home visits does not answer now, try again later",
    )


def own_doctor(who: Acting) -> str | None:
    """Return the clinic's own id of a doctor who sees their own calls only; None for who sees all of the provider.

    Raises NotYourRole, DoctorNotNamed.
    """
    who.require(WORKERS)
    if who.employee is None or who.employee.roles & OVERSEERS:
        return None
    if who.employee.doctor_id is None:
        raise DoctorNotNamed
    return who.employee.doctor_id


def version_of(if_match: str | None) -> int:
    """Return the version that an ``If-Match`` names; raises PreconditionRequired, PreconditionFailed."""
    if if_match is None:
        raise PreconditionRequired
    named = _VERSION.fullmatch(if_match.strip())
    if named is None:
        raise PreconditionFailed
    return int(named.group(1))


async def visits_of(world: World, who: Acting, day: date, doctor: str | None) -> VisitList:
    """Return the visits of a local day, by round; that they were shown is written down first."""
    told = await ask(world, "home-visits/list", _day(who, day, doctor), VisitList)
    return told.model_copy(update={"visits": await _shown(world, who, told.visits)})


async def rounds_of(world: World, who: Acting, day: date, doctor: str | None) -> RoundList:
    """Return the rounds of a local day; they name nobody but doctors."""
    return await ask(world, "rounds/list", _day(who, day, doctor), RoundList)


async def act(world: World, who: Acting, visit: tuple[UUID, int], what: str, said: dict[str, Any]) -> VisitView:
    """Note an outcome or move a visit (``what``: outcome, move), as it was seen in a version; return it as it is then.

    Raises as ``ask`` does. What the citizen sees follows at once where it can, else within a second.
    """
    kind = "client" if who.client else "employee"
    actor = {"kind": kind, "id": str(who.actor_id), "name": who.name}
    body = {"provider_bin": who.organisation_bin, "request_id": visit[0], "version": visit[1], "actor": actor, **said}
    told = await ask(world, f"home-visits/{what}", body, VisitView)
    try:
        await take_changes(world, DESTINATIONS[CODE])
    except CallFailed as failed:
        log_failure("changes.failed", failed)  # The loop takes them a little later.
    [shown] = await _shown(world, who, [told])
    return shown


async def own_visit(world: World, request_id: UUID, applicant_iin: str) -> OwnVisit:
    """Return who comes to an applicant, and what became of it; raises as ``ask`` does."""
    return await ask(world, "home-visits/own", {"request_id": request_id, "applicant_iin": applicant_iin}, OwnVisit)


async def ask(world: World, path: str, body: dict[str, Any], kind: type[A]) -> A:
    """Return what the service says.

    Raises NotFound, PreconditionFailed, HomeVisitNotPossible and Unprocessable as the service does;
    HomeVisitsUnavailable.
    """
    try:
        sent = json.dumps(body, default=str).encode()
        answer = await world.services[SERVICE].post(f"/internal/v1/{path}", sent, total=SECONDS, most=MOST_BYTES)
        if answer.status == _OK:
            return kind.model_validate_json(answer.body)
    except (CallFailed, KeyError, ValidationError):
        # What the service answered is not repeated: it is about a person.
        raise HomeVisitsUnavailable(retry_after=5) from None
    told = problem_in(answer.body)
    if answer.status == Conflict.status:
        raise HomeVisitNotPossible(code=slug_in(told))
    if answer.status == Unprocessable.status:
        raise Unprocessable(errors=faults_in(told))
    if answer.status == PreconditionFailed.status:
        raise PreconditionFailed
    if answer.status == NotFound.status:
        raise NotFound
    raise HomeVisitsUnavailable(retry_after=5)


def _day(who: Acting, day: date, doctor: str | None) -> dict[str, Any]:
    own = own_doctor(who)
    if own is not None and doctor not in {None, own}:
        raise NotYourRole
    asked = own or doctor
    return {"provider_bin": who.organisation_bin, "date": day} | ({"doctor_id": asked} if asked else {})


async def _shown(world: World, who: Acting, visits: Sequence[VisitView]) -> list[VisitView]:
    looks = [Look(one.patient_iin, Opened.HOME_VISIT, PURPOSE, CODE, one.request_id) for one in visits]
    async with world.database.transaction() as c:
        await record_shown(c, who.looker, looks, world.now())
    return [one.model_copy(update={"patient_iin": mask(one.patient_iin)}) for one in visits]
