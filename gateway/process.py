"""The portal's numbered processes (HV-16, AP-16, AT-18; Table 1), from the form to the answer.

1, condition 1, 2   login.py
3                   ``make_draft``: the form is checked, the service is asked what cannot be, the bytes to sign are made
condition 2, 4      ``sign``: the signature is confirmed, or refused with its reason and the draft stays
5                   ``sign`` commits the signed request, then forward.py delivers it
6, condition 3, 7, 8  the service; its answer comes back through forward.py

The same in AT-18: AT-18.1 registration.py; AT-18.2 to AT-18.4 login.py (AT-18.2, AT-18.3, AT-18.4); AT-18.5
``make_draft``; AT-18.6, AT-18.7 and AT-18.8 ``sign``.

The same in AP-16: AP-16.1 registration.py; AP-16.2, AP-16.3, AP-16.4 login.py; AP-16.5 ``make_draft``; AP-16.6,
AP-16.7 and AP-16.8 ``sign``; AP-16.9 to AP-16.12 (AP-16.10, AP-16.11) the service.

As the citizen does it: HV-18.1 login.py; HV-18.2 catalogue.py; HV-18.3 and HV-18.4 ``make_draft``; HV-18.6 ``sign``;
HV-18.7 forward.py; HV-18.8 views.py. In AT-20: AT-20.1, AT-20.2, AT-20.3, AT-20.4, AT-20.6, AT-20.7, AT-20.8 in the
same places, the result then at routes/documents.py (AT-21). In AP-18: AP-18.1, AP-18.2,
AP-18.3, AP-18.4, AP-18.6, AP-18.7, AP-18.8 in the same places, the result at routes/documents.py (AP-19).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel

from gateway import deliveries, forward, journal
from gateway.content import bytes_to_sign
from gateway.destinations import DESTINATIONS, Destination
from gateway.identity import Session
from gateway.journal import Request
from gateway.ledger import StepTaken, record_steps
from gateway.refusals import (
    AlreadySigned,
    DraftExpired,
    IntakeClosed,
    SignatureCannotBeChecked,
    SignatureNotConfirmed,
    SignatureUsedBefore,
)
from gateway.signers import Signer
from gateway.terms import lawful_answer_by, with_lawful_intake
from gateway.world import World
from shared.kit.identifiers import uuid7
from shared.law.channels import Channel
from shared.law.tables import TABLE_1

LIFE_AT_DESK: Final = timedelta(minutes=15)
"""So long a draft of the desk waits for its employee's signature: the person stands there, or is on the line."""

# How the three processes that need more than a line are made follows below, in the order in which they happen.


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a citizen by their account, or an employee for a person (``said`` stands in the bytes to sign, too)."""

    applicant_iin: str = field(repr=False)
    account_id: UUID | None
    steps: tuple[StepTaken, ...]
    channel: Channel = Channel.PORTAL
    employee_id: UUID | None = None
    said: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def citizen(cls, session: Session) -> "Asker":
        """Return whoever logged in at the portal."""
        login = StepTaken(1, session.authorisation.started_at, session.authorisation.ended_at, TABLE_1[1].limit)
        return cls(session.iin, session.account_id, (login,))


async def make_draft(
    world: World, session: Session, destination: Destination, subject_iin: str, form: BaseModel
) -> tuple[Request, tuple[StepTaken, ...]]:
    """Process 3: return a draft with the exact bytes to sign, and the steps taken so far; nothing is stored yet."""
    started, asker = world.now(), Asker.citizen(session)
    draft = await draft_for(world, asker, destination, subject_iin, form)
    return draft, (*asker.steps, StepTaken(3, started, world.now(), TABLE_1[3].limit))


async def draft_for(world: World, asker: Asker, destination: Destination, subject_iin: str, form: BaseModel) -> Request:
    """Return a draft with the exact bytes to sign and what the service says of it; nothing is stored yet."""
    started = world.now()
    request_id, who = uuid7(started), {"applicant_iin": asker.applicant_iin, "subject_iin": subject_iin, **asker.said}
    draft = Request(
        id=request_id,
        account_id=asker.account_id,
        service=destination.code,
        form_version=destination.form_version,
        applicant_iin=asker.applicant_iin,
        subject_iin=subject_iin,
        form=form.model_dump_json(exclude_none=True),
        content=bytes_to_sign(request_id, destination, who, form, started),
        state="draft",
        version=1,
        notices="[]",
        intake_until=None,
        opens_at=None,
        created_at=started,
        updated_at=started,
        sign_by=started,
        provider_bin=destination.provider_of(form),
        channel=asker.channel,
        employee_id=asker.employee_id,
    )
    return await _with_intake(world, draft, started)


async def sign(world: World, request: Request, cms: bytes, signer: Signer | None = None) -> Request:
    """Condition 2 and process 5: confirm the signature, commit, deliver; return the request as it stands then.

    The applicant signs, unless another ``signer`` is named: the employee who asked for them.

    Raises:
        AlreadySigned: It is no draft any more, and this is another signature than the one it has.
        DraftExpired: The draft was not signed in time.
        IntakeClosed: The provider takes requests again later; the draft stays.
        SignatureNotConfirmed: Process 4, with the reason; the draft stays.
        SignatureCannotBeChecked: The revocation list cannot be had; not the citizen's fault.
        SignatureUsedBefore: The signature value stands on another request.
    """
    at = world.now()
    if request.state != "draft":
        return _same_signature(request, cms)
    if at >= request.sign_by:
        raise DraftExpired
    await _require_open_intake(world, request, at)
    by = signer or Signer.applicant(request)
    verdict = await world.confirm(cms, request.content, by.expected, at)
    if verdict.status == "undetermined":
        raise SignatureCannotBeChecked(verdict.words, code=verdict.code)
    if verdict.status != "confirmed" or verdict.signature_sha256 is None:
        if signer is None:  # Step 4 of Table 2 is another one.
            refusal = StepTaken(4, at, world.now(), TABLE_1[4].limit)
            await record_steps(world.database, request.id, [refusal])
        raise SignatureNotConfirmed(verdict.words, code=verdict.code, clause=by.clause)
    try:
        signed = await journal.store_signature(
            world.database,
            request.id,
            cms,
            (verdict.signature_sha256, {**verdict.evidence, **by.told}),
            (at, at + deliveries.LEASE, lawful_answer_by(request, world.hours, at)),
        )
    except journal.SignatureUsed as used:
        raise SignatureUsedBefore from used
    if signed is None:
        return _same_signature(await forward.find_own(world, request), cms)
    return await forward.deliver(world, signed)


def _same_signature(request: Request, cms: bytes) -> Request:
    """A signature sent twice is answered twice and counts once."""
    if request.cms != cms:
        raise AlreadySigned
    return request


async def _require_open_intake(world: World, request: Request, at: datetime) -> None:
    """HV-9: outside the provider's intake nothing is refused and nothing is lost; the draft waits for the opening."""
    if not DESTINATIONS[request.service].closes_intake or request.review_of is not None:
        return
    waits = request.opens_at is not None and at < request.opens_at
    if not waits and (request.intake_until is None or at >= request.intake_until):
        request = await _with_intake(world, request, at)
        await journal.update_intake(world.database, request, at)
    if request.opens_at is not None and at < request.opens_at:
        raise IntakeClosed(opens_at=request.opens_at.isoformat(), notices=json.loads(request.notices))


async def _with_intake(world: World, draft: Request, at: datetime) -> Request:
    """Return the draft with what the service says of its intake now, or the law's hours while it is silent."""
    said = await forward.ask_about_draft(world, draft)
    if said is None:
        draft = with_lawful_intake(draft, world.hours, at)
    else:
        until, opens_at, notices = said.stored()
        draft = replace(draft, intake_until=until, opens_at=opens_at, notices=notices)
    life = DESTINATIONS[draft.service].draft_life
    life = life if draft.channel == Channel.PORTAL else min(life, LIFE_AT_DESK)
    sign_by = max(at, draft.opens_at or at) + life
    return replace(draft, sign_by=max(draft.sign_by, sign_by))
