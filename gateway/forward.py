"""Process 5: the signed request goes to its service, again and again until the service has answered.

The same call delivers and asks for the outcome: the service knows a request by its id and registers it once.
"""

import base64
import json
from datetime import timedelta

import structlog
from pydantic import ValidationError

from gateway import deliveries, journal, reviews
from gateway.changes import take_after
from gateway.destinations import DESTINATIONS
from gateway.journal import Request
from gateway.ledger import StepTaken
from gateway.refusals import DraftNotAccepted, DraftNotPossible
from gateway.schemas.services import DraftAnswer, NotPossible, Registration
from gateway.world import World
from shared.kit.http import CallFailed
from shared.kit.pointers import Fault
from shared.kit.problems import Problem
from shared.law.channels import Channel
from shared.law.tables import table_of
from shared.law.text import Text

DELIVERY_SECONDS = 8.0
"""The longest that one delivery takes; a service answers within 5 s or says that it goes on."""
DRAFT_SECONDS = 2.0
SENT, REGISTERED = (200, 201), 202
BY_FAULT_OF_OURS = frozenset(range(400, 500)) - {408, 425, 429}
LONGEST_WAIT = timedelta(seconds=15)
WAIT_OF_REFUSED = timedelta(seconds=50)
"""A service that refuses a call (4xx) refuses the next one too, until somebody mends one of us: it is asked less often,
and yet again and again, for the citizen's term runs."""

log = structlog.get_logger()


class NotTaken(Exception):
    """The service refuses the call itself: a bug or two versions that do not fit, not the citizen's doing."""

    def __init__(self, status: int) -> None:
        """Keep the status that the service gave."""
        super().__init__(status)
        self.status = status


async def ask_about_draft(world: World, draft: Request) -> DraftAnswer | None:
    """Let the service say early what cannot be; None when it does not answer (the draft is made all the same).

    Raises DraftNotPossible and DraftNotAccepted where the service says that there can be no such draft.
    """
    body = {
        "request_id": str(draft.id),
        "applicant_iin": draft.applicant_iin,
        "subject_iin": draft.subject_iin,
        "form": json.loads(draft.form),
        # A service that is older than its gateway knows of no channel: the usual one is not told.
        **({} if draft.channel == Channel.PORTAL else {"channel": draft.channel}),
    }
    try:
        client = world.services[DESTINATIONS[draft.service].service]
        answer = await client.post("/internal/v1/drafts", json.dumps(body).encode(), total=DRAFT_SECONDS)
        if answer.status in {DraftNotPossible.status, DraftNotAccepted.status}:
            raise _as_ours(answer.status, NotPossible.model_validate_json(answer.body))
        return DraftAnswer.model_validate_json(answer.body) if answer.status in SENT else None
    except (CallFailed, ValidationError):
        return None


def _as_ours(status: int, said: NotPossible) -> Problem:
    members = {} if said.nearest is None else {"nearest": said.nearest}
    detail = Text(said.titles.get("kk", ""), said.titles.get("ru", ""), said.titles.get("en", ""))
    kind = DraftNotPossible if status == DraftNotPossible.status else DraftNotAccepted
    errors = [Fault(pointer=fault.get("pointer", ""), code=fault.get("code", "")) for fault in said.errors]
    return kind(detail, errors=errors, headers=None, code=said.slug(), **members)


async def deliver(world: World, request: Request) -> Request:
    """Deliver one signed request once, store what the service says, and return the request as it stands then.

    A failure is tried again later; one that only people can mend (``NotTaken``) at longer intervals, and loudly.
    """
    started = world.now()
    try:
        registration = await _call(world, request)
    except NotTaken as refused:
        told = {"request_id": str(request.id), "service": request.service, "status": refused.status}
        log.error("delivery.refused", **told)  # noqa: TRY400 - it has no trace that tells more.
        await deliveries.postpone(world.database, request.id, world.now() + WAIT_OF_REFUSED, refused.status)
        return await find_own(world, request)
    ended = world.now()
    if registration is None:
        await deliveries.postpone(world.database, request.id, ended + _pause(request.attempts), None)
        return request
    answer = registration.as_answer()
    if request.review_of is not None and registration.outcome == "granted":
        await reviews.decide_anew(world, request)
    # Step 5 begins with the signature, at the desk with the filled form (Table 2). It ends when the provider's
    # workstation has the request, which is when it begins to register it (step 6).
    received = min([step.started_at for step in answer.steps], default=ended)
    begun = (request.signed_at or started) if request.channel == Channel.PORTAL else request.created_at
    step_5 = StepTaken(5, begun, received, table_of(request.channel)[5].limit)
    sent = (step_5,) if request.state == "signed" else ()
    times = (ended, ended + _pause(request.attempts))
    stored = await deliveries.store_answer(world.database, request.id, answer, sent, times)
    if stored:
        await take_after(world, stored)
    return stored or await find_own(world, request)


async def _call(world: World, request: Request) -> Registration | None:
    client = world.services[DESTINATIONS[request.service].service]
    try:
        answer = await client.post(_path(request), _body(request), total=DELIVERY_SECONDS)
        if answer.status not in (*SENT, REGISTERED):
            if answer.status in BY_FAULT_OF_OURS:
                raise NotTaken(answer.status)
            log.warning("delivery.failed", request_id=str(request.id), status=answer.status)
            return None
        registration = Registration.model_validate_json(answer.body)
    except (CallFailed, ValidationError) as failed:
        log.warning("delivery.failed", request_id=str(request.id), why=type(failed).__name__)
        return None
    return registration if registration.request_id == request.id else None


def _path(request: Request) -> str:
    return "/internal/v1/requests" if request.review_of is None else "/internal/v1/reviews"


def _body(request: Request) -> bytes:
    signed_at, cms = request.signed_at, request.cms
    if signed_at is None or cms is None:
        raise ValueError("Only a signed request is delivered.")
    return json.dumps(
        {
            "request_id": str(request.id),
            "service": request.service,
            "form_version": request.form_version,
            "channel": request.channel,
            "applicant_iin": request.applicant_iin,
            "subject_iin": request.subject_iin,
            "form": json.loads(request.form),
            "signed_at": signed_at.isoformat(),
            "content": base64.b64encode(request.content).decode(),
            "cms": base64.b64encode(cms).decode(),
            "evidence": json.loads(request.evidence or "{}") | _decided_anew(request),
        },
        ensure_ascii=False,
    ).encode()


def _decided_anew(request: Request) -> dict[str, str]:
    """Say whose signed bytes these are, where a review found that their refusal does not stand."""
    return {} if request.anew_of is None else {"decided_anew_of": str(request.anew_of)}


def _pause(attempts: int) -> timedelta:
    """Return how long to wait before the next try: half a second, doubled each time, at most LONGEST_WAIT."""
    return min(timedelta(seconds=0.5 * 2 ** min(attempts, 10)), LONGEST_WAIT)


async def find_own(world: World, request: Request) -> Request:
    """Return the request as it stands now."""
    return await journal.find(world.database, request.id) or request
