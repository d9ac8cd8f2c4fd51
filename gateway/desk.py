"""Requests that an employee makes for a person who came or phones (HV-17, AP-17, AT-19; Table 2).

1            login.py
2, 3, 4      lookups.py: the service is chosen (HV-17.2, AP-17.2, AT-19.2), the registry is asked, or says that it has
             no such person (AP-17.5)
5            ``make_draft`` fills the form and names the scans, ``sign`` takes the employee's signature (EDS)
6, 7, 8      the service: registered with a number (HV-17.7, AP-17.7, AT-19.7), condition 2 (HV-17.8, AP-17.8, AT-19.8),
             refused (HV-17.9, AP-17.9, AT-19.9) or given (HV-17.10, AP-17.10, AT-19.10); saying.py has the words

The applicant is the person, the signer the employee; the bytes, the evidence and the journal tell them apart. In person
HV-7.1, AP-7.1, AT-6.1; by telephone HV-7.2, AP-7.2. No form is asked of the person (HV-13, AP-13, AT-15).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from gateway import desk_scans, journal, lookup_rows, process
from gateway.desk_refusals import NotYourDraft
from gateway.desk_scans import KeptScan
from gateway.destinations import DESTINATIONS
from gateway.journal import Request
from gateway.ledger import StepTaken
from gateway.lookup_rows import Lookup
from gateway.lookups import DESK, desk_of, require_usable
from gateway.process import Asker
from gateway.signers import Signer
from gateway.staff import StaffSession
from gateway.world import World
from shared.kit.database import Connection
from shared.kit.problems import NotFound, Unprocessable
from shared.law.channels import Channel
from shared.law.roles import StaffRole
from shared.law.tables import TABLE_2

READERS = DESK | {StaffRole.HEAD, StaffRole.RIGHT_TO_SIGN}
"""Who may open a request of their organisation."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a request of the desk is made from: its lookups, and its scans."""

    applicant: Lookup
    subject: Lookup | None
    scans: Sequence[KeptScan] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What an employee asks for: ``service``, by which channel, from which lookups and scans."""

    service: str
    channel: Channel
    lookup: UUID
    subject: UUID | None
    form: BaseModel = field(repr=False)
    scans: Sequence[UUID] = ()


async def make_draft(world: World, session: StaffSession, asked: Asked) -> tuple[Request, Basis, tuple[StepTaken, ...]]:
    """Process 5, first half: return the draft with the bytes to sign, what it stands on, and the steps taken so far.

    Raises:
        NotYourRole, NotOfferedHere: One is not at the desk; there is no such service here on this channel.
        Unprocessable: The form is to another provider, or a scan is not one's own.
        NotFound, LookupNotUsable: A lookup is not one's own, is over, not identified, or for something else.
        DraftNotPossible, DraftNotAccepted: The service says that there can be no such draft.
    """
    session.require(DESK)
    organisation = session.employee.organisation_bin
    desk_of(asked.service, asked.channel, organisation)
    destination = DESTINATIONS[asked.service]
    if destination.provider_of(asked.form) != organisation:
        raise Unprocessable(errors=[{"pointer": "/form/provider_bin", "code": "another-provider"}])
    basis = await _basis(world, session, asked)
    applicant, subject = basis.applicant, basis.subject or basis.applicant
    login = session.authorisation
    lookups = [applicant] if basis.subject is None else [applicant, basis.subject]
    steps = (
        StepTaken(1, login.started_at, login.ended_at, TABLE_2[1].limit),
        *(StepTaken(3, one.asked_at, one.told_at, TABLE_2[3].limit) for one in lookups),
    )
    asker = Asker(
        applicant.person_iin, None, steps, asked.channel, session.employee.employee_id, _said(session, asked, basis)
    )
    draft = await process.draft_for(world, asker, destination, subject.person_iin, asked.form)
    return draft, basis, steps


async def keep(c: Connection, draft: Request, basis: Basis, steps: Sequence[StepTaken]) -> None:
    """Store the draft inside the caller's transaction, with what it stands on."""
    await journal.insert_draft(c, draft, steps)
    await c.execute(
        "INSERT INTO desk_requests (request_id, lookup_id, subject_lookup_id) VALUES ($1, $2, $3)",
        draft.id,
        basis.applicant.lookup_id,
        basis.subject.lookup_id if basis.subject else None,
    )
    await desk_scans.attach(c, draft.id, [one.scan_id for one in basis.scans])


async def sign(world: World, session: StaffSession, request_id: UUID, cms: bytes) -> Request:
    """Process 5, second half: the employee's own EDS, as the organisation's; raises as ``process.sign`` does.

    Raises also NotYourRole, NotFound, and NotYourDraft for another employee's.
    """
    session.require(DESK)
    request = await find(world, session, request_id)
    if request.employee_id is None:
        raise NotFound
    if request.employee_id != session.employee.employee_id:
        raise NotYourDraft
    return await process.sign(world, request, cms, Signer.of(request, session.employee))


async def find(world: World, session: StaffSession, request_id: UUID) -> Request:
    """Return a request of one's own organisation; raises NotFound for another's, and for a citizen's draft."""
    found = await journal.find(world.database, request_id)
    if found is None or found.provider_bin != session.employee.organisation_bin:
        raise NotFound
    if found.state == "draft" and found.employee_id is None:
        raise NotFound
    return found


async def _basis(world: World, session: StaffSession, asked: Asked) -> Basis:
    mine = session.employee.employee_id
    async with world.database.connection() as c:
        applicant = await lookup_rows.find(c, asked.lookup, mine)
        subject = await lookup_rows.find(c, asked.subject, mine) if asked.subject else None
        scans = await desk_scans.own(c, asked.scans, mine)
    if applicant is None or (asked.subject and subject is None):
        raise NotFound
    if len(scans) != len(set(asked.scans)):
        raise Unprocessable(errors=[{"pointer": "/scans", "code": "unknown-scan"}])
    for one in filter(None, (applicant, subject)):
        require_usable(one, (asked.service, asked.channel), world.now())
    if applicant.for_lookup is not None or (subject and subject.for_lookup != applicant.lookup_id):
        raise Unprocessable(errors=[{"pointer": "/subject_lookup_id", "code": "another-applicant"}])
    return Basis(applicant, subject, scans)


def _said(session: StaffSession, asked: Asked, basis: Basis) -> Mapping[str, Any]:
    """Return what the bytes say beside the request: who signs for whom, how they were identified, which scans."""
    one, applicant = session.employee, basis.applicant
    how = "identity_document" if asked.channel is Channel.IN_PERSON else "questions"
    answered = sha256((applicant.registry_answer or "").encode()).hexdigest()
    scans = [{"sha256": scan.sha256, "media_type": scan.media_type} for scan in basis.scans]
    identified = applicant.identified_at.isoformat() if applicant.identified_at else None
    return {
        "channel": asked.channel.value,
        "signed_by": {"employee_iin": one.iin, "organisation_bin": one.organisation_bin},
        "identified": {"by": how, "at": identified, "registry_answer_sha256": answered},
        "scans": scans,
    }
