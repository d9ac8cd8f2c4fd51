"""A citizen has a person look at a refusal again; where it does not stand, the request is decided anew.

A call for a review is a request like any other, with its own draft, exact bytes and signature; what differs is its term
and who answers it (docs/decisions/0023).
"""

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Final

import asyncpg

from gateway import journal, standings
from gateway.journal import Request
from gateway.standings import Change
from gateway.terms import lawful_answer_by
from gateway.world import World
from shared.forms.deciding import SERVICES
from shared.forms.review import FORM_VERSION
from shared.kit.identifiers import uuid7
from shared.kit.problems import NotFound
from shared.kit.review_problems import NotReviewable

DRAFT_LIFE: Final = timedelta(days=1)
WITHDRAWN: Final = "refusal_withdrawn"
"""What a refused request stands at once its refusal is taken back."""
_DROP_DRAFT: Final = "DELETE FROM requests WHERE review_of = $1 AND state = 'draft'"
# What was signed is signed: the same bytes and the same signature, under an id of its own.
_ANEW: Final = """
INSERT INTO requests (id, account_id, service, form_version, applicant_iin, subject_iin, form, content, state, version,
    notices, created_at, updated_at, sign_by, signed_at, cms, signature_sha256, evidence, next_attempt_at, answer_by,
    channel, employee_id, anew_of)
SELECT $2, account_id, service, form_version, applicant_iin, subject_iin, form, content, 'signed', 1, '[]', $3, $3, $3,
    $3, cms, $4, evidence, $3, $5, channel, employee_id, id
FROM requests WHERE id = $1
ON CONFLICT (anew_of) WHERE anew_of IS NOT NULL DO NOTHING
"""


def draft_of(request: Request, reason: str, at: datetime) -> Request:
    """Return the draft of a call for a review, with the exact bytes to sign; raises NotFound, NotReviewable."""
    if request.outcome != "refused" or request.service not in SERVICES or request.review_of is not None:
        raise NotReviewable
    if request.account_id is None or request.document_token is None:
        raise NotFound
    draft_id = uuid7(at)
    form = {
        "provider_bin": request.provider_bin,
        "review_of": str(request.id),
        "number": request.number,
        "document_token": request.document_token,
        "reason": reason,
    }
    said = {
        "purpose": "refusal-review",
        "request_id": str(draft_id),
        "service": request.service,
        "form_version": FORM_VERSION,
        "applicant_iin": request.applicant_iin,
        "subject_iin": request.subject_iin,
        "form": form,
        "made_at": at.isoformat(),
        "nonce": secrets.token_urlsafe(24),
    }
    return Request(
        id=draft_id,
        account_id=request.account_id,
        service=request.service,
        form_version=FORM_VERSION,
        applicant_iin=request.applicant_iin,
        subject_iin=request.subject_iin,
        form=json.dumps(form, ensure_ascii=False),
        content=json.dumps(said, ensure_ascii=False, indent=1).encode(),
        state="draft",
        version=1,
        notices="[]",
        intake_until=None,
        opens_at=None,
        created_at=at,
        updated_at=at,
        sign_by=at + DRAFT_LIFE,
        provider_bin=request.provider_bin,
        review_of=request.id,
    )


async def store_draft(c: asyncpg.Connection, draft: Request) -> None:
    """Store it in place of an earlier draft, in the caller's transaction; raises NotReviewable where one is signed."""
    await c.execute(_DROP_DRAFT, draft.review_of)
    try:
        async with c.transaction():
            await journal.insert_draft(c, draft, ())
    except asyncpg.UniqueViolationError:
        raise NotReviewable from None


async def decide_anew(world: World, review: Request) -> None:
    """Make the request that is decided anew, and say so of the refused one; whatever fails, it is done once.

    Called before the review's own answer is stored: until that is, the delivery comes by here again.
    """
    refused = None if review.review_of is None else await journal.find(world.database, review.review_of)
    if refused is None:
        return
    at = world.now()
    digest = hashlib.sha256(f"{refused.signature_sha256} decided anew after {review.id}".encode()).hexdigest()
    async with world.database.connection() as c:
        # Its term is the service's to say; until then it is what the law gives.
        await c.execute(_ANEW, refused.id, uuid7(at), at, digest, lawful_answer_by(refused, world.hours, at))
        made = await c.fetchval("SELECT id FROM requests WHERE anew_of = $1", refused.id)
    await standings.store(world.database, refused.service, [Change(refused.id, WITHDRAWN, made, at)], at)
