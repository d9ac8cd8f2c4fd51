"""Approval and signature (DP-16.4, DP-16.5): the official's EDS over the document's exact bytes, then the seal.

The gateway has verified the signature (its chain, its revocation, the official's IIN, the college's BIN, the role) over
bytes that it fetched here itself; their digest says that they are still the case's.
"""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from diploma_svc.acts import allowed, held, moved
from diploma_svc.cases import Actor, Case, Confirmed
from diploma_svc.documents import Signature, issued
from diploma_svc.refusals import CaseChanged, NotPossible
from diploma_svc.regulation import PASSPORT
from diploma_svc.stages import Act, Hindrance, Stage
from diploma_svc.world import World
from shared.kit.casework.answers import Decided, write
from shared.kit.casework.entries import Drawn
from shared.kit.database import Connection
from shared.law.answers import certificate_kind
from shared.law.hours import ALMATY
from shared.law.roles import StaffRole

_KEEP: Final = """
INSERT INTO official_signatures (signature_sha256, request_id, position, payload_sha256, iin, name, cms, evidence,
    signed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_SIGNED: Final = """
SELECT position, name, signed_at, signature_sha256 FROM official_signatures
WHERE request_id = $1 AND payload_sha256 = $2 AND iin = ANY ($3) ORDER BY signed_at
"""
_ISSUE: Final = """
INSERT INTO training_documents (document_id, graduate_id, request_id, number, series, blank_number, issued_on,
    status_index, duplicate_number)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_REPLACE: Final = """
UPDATE training_documents SET status = 'replaced', status_at = $2, replaced_by = $3 WHERE document_id = $1
"""
_REPLACE_SEALED: Final = "UPDATE documents SET status = 'replaced', status_at = $2 WHERE request_id = $1"


async def document_to_sign(world: World, request_id: UUID, actor: Actor, version: int) -> bytes:
    """Return the exact bytes that the official signs next; raises NotFound, CaseChanged, NotYourRole, NotPossible."""
    async with world.database.transaction() as c:
        case = await held(c, world, request_id, version)
        allowed(case, _next(case), actor)
        return _payload(case)


async def sign(world: World, request_id: UUID, actor: Actor, version: int, confirmed: Confirmed) -> Stage:
    """Approve, or sign, whichever comes next for this official; with the head's signature the document is issued.

    Raises NotFound, CaseChanged, NotYourRole and NotPossible; NotPossible too for a signature that was used before.
    """
    try:
        async with world.database.transaction() as c:
            case = await held(c, world, request_id, version)
            act, at = _next(case), world.now()
            to = allowed(case, act, actor)
            if hashlib.sha256(_payload(case)).hexdigest() != confirmed.content_sha256:
                raise CaseChanged(version=case.version)
            await _keep(c, case, (act, actor, confirmed), at)
            if act is Act.SIGN:
                await _issue(c, case, actor, at)
            approved = actor.iin if act is Act.APPROVE else case.approved_by
            await moved(c, world, replace(case, stage=to, approved_by=approved), (actor, act.value, None))
    except asyncpg.UniqueViolationError as used:
        if used.constraint_name != "official_signatures_pkey":
            raise
        raise NotPossible(code="signature_used") from None
    return to


def _next(case: Case) -> Act:
    """Return which of the two signatures the case waits for."""
    if case.stage not in {Stage.APPROVAL, Stage.SIGNATURE}:
        raise NotPossible(code=Hindrance.NOT_AT_THIS_STAGE.value)
    return Act.APPROVE if case.stage is Stage.APPROVAL else Act.SIGN


def _payload(case: Case) -> bytes:
    if case.payload is None:
        raise NotPossible(code=Hindrance.NOT_AT_THIS_STAGE.value)
    return case.payload


async def _keep(c: Connection, case: Case, signed: tuple[Act, Actor, Confirmed], at: datetime) -> None:
    act, actor, confirmed = signed
    for_head = StaffRole.HEAD if StaffRole.HEAD in actor.roles else StaffRole.RIGHT_TO_SIGN
    position = StaffRole.DEPUTY_FOR_STUDIES if act is Act.APPROVE else for_head
    await c.execute(
        _KEEP, confirmed.signature_sha256, case.request_id, position, bytes.fromhex(confirmed.content_sha256),
        actor.iin, actor.name_kk, confirmed.cms, json.dumps(confirmed.evidence), at,
    )  # fmt: skip


async def _issue(c: Connection, case: Case, head: Actor, at: datetime) -> None:
    """Write the credential as it will be sealed; a duplicate's original is replaced for ever (DP-14)."""
    payload, blank, number = _payload(case), case.blank, case.document_number
    if blank is None or number is None:
        raise NotPossible(code=Hindrance.NOT_AT_THIS_STAGE.value)
    if case.original is not None:
        await c.execute(_REPLACE, case.original.document_id, at, f"{number} (№ {case.duplicate_number})")
        if case.original.request_id is not None:
            await c.execute(_REPLACE_SEALED, case.original.request_id, at)
    await c.execute(
        _ISSUE, str(case.request_id), case.graduation.graduate_id, case.request_id, number, blank.series, blank.number,
        at.astimezone(ALMATY).date(), case.status_index, case.duplicate_number,
    )  # fmt: skip
    rows = await c.fetch(_SIGNED, case.request_id, hashlib.sha256(payload).digest(), [head.iin, case.approved_by])
    signatures = [Signature(**{**row, "position": StaffRole(row["position"])}) for row in rows]
    document = issued(json.loads(payload), signatures)
    drawn = Drawn(case.token, certificate_kind(PASSPORT), "granted", (), document)
    await write(c, case.request_id, drawn, Decided(at, ()))
    await c.execute("UPDATE requests SET due_at = $2 WHERE request_id = $1", case.request_id, at)
