"""What arrives in the matter of a review: the citizen's signed call, and the request decided anew after it."""

from dataclasses import replace
from datetime import datetime

from shared.kit.casework.entries import NewEntry
from shared.kit.casework.official_schemas import ReviewBody
from shared.kit.casework.process import Casework
from shared.kit.casework.registration import Term, new_entry
from shared.kit.casework.schemas import SignedRequest
from shared.kit.review_problems import NotReviewable
from shared.law.review import due_of_review


async def entry_of_review(work: Casework, asked: ReviewBody, received_at: datetime) -> NewEntry:
    """Return the journal entry of a call for a review, its term counted from now; raises NotReviewable."""
    officials, now = work.officials, work.clock.now()
    if officials is None or asked.service != officials.service:
        raise NotReviewable
    form = asked.form
    people = (asked.applicant_iin, asked.subject_iin)
    provider_bin = await officials.reviews.provider_of(asked.request_id, (form.review_of, form.document_token), people)
    if provider_bin is None or provider_bin != form.provider_bin:
        raise NotReviewable
    term = Term(now, due_of_review(officials.hours, now), officials.hours.calendar.version)
    entry = new_entry(asked, provider_bin, term, received_at=received_at, now=now)
    return replace(entry, review_of=form.review_of)


async def require_reopened(work: Casework, asked: SignedRequest) -> None:
    """Raise NotReviewable for what claims to be decided anew, and whose refusal was not taken back."""
    if asked.anew_of is None:
        return
    provider_bin = str(getattr(asked.form, "provider_bin", ""))
    about = (asked.applicant_iin, asked.subject_iin, provider_bin)
    signed = (asked.content, asked.cms)
    if work.officials is None or not await work.officials.reviews.reopens(asked.anew_of, signed, about):
        raise NotReviewable
