"""A refusal is looked at again by a person (docs/decisions/0023)."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from home_visit_svc.process import term_of
from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.entries import Entry
from shared.kit.casework.official_schemas import REVIEW, ReviewBody
from shared.kit.casework.process import register, take_up
from shared.kit.casework.proposals import Confirmed, Official
from shared.kit.casework.registration import new_entry
from shared.kit.casework.reviewing import entry_of_review, require_reopened
from shared.kit.casework.timing import LEASE
from shared.kit.identifiers import uuid7
from shared.kit.review_problems import NotReviewable
from shared.law.hours import ALMATY
from shared.law.text import Text
from tests.home_visit.people import ADULT, PROVIDER, STRANGER, iin_of
from tests.home_visit.requests import request_body
from tests.home_visit.surroundings import Surroundings
from tests.home_visit.test_process import answered, opened, standing

HEAD = Official(PROVIDER.bin, iin_of(50), "Басшы")
WHY = Text("Тексерілді.", "Проверено.", "Checked.")


async def refused(around: Surroundings) -> tuple[UUID, Any]:
    around.register.attach(ADULT)
    found, document = await answered(around)
    assert document["kind"] == "home-visit-refusal"
    return found.request_id, document


def call_for(refusal: tuple[UUID, Any], **changes: Any) -> ReviewBody:
    form = {
        "provider_bin": PROVIDER.bin,
        "review_of": str(refusal[0]),
        "number": refusal[1]["number"],
        "document_token": refusal[1]["check"]["token"],
        "reason": "Мен осы емханаға тіркелгенмін.",
    }
    people = {"applicant_iin": ADULT, "subject_iin": ADULT}
    said = REVIEW | people | {"request_id": str(uuid7(datetime(2026, 11, 24, tzinfo=ALMATY))), "form": form} | changes
    return ReviewBody.model_validate_json(json.dumps(said))


async def called(around: Surroundings, refusal: tuple[UUID, Any]) -> Entry:
    new = await entry_of_review(around.work, call_for(refusal), around.clock.now())
    entry = await register(around.work, new)
    assert entry is not None
    await try_within_exchange(around.work, entry)
    return entry


async def signed_answer(around: Surroundings, entry: Entry, *, stands: bool) -> Any:
    officials = around.work.officials
    assert officials is not None
    now = around.clock.now()
    version = await officials.reviews.draft(HEAD, entry.request_id, (stands, WHY), now)
    waiting = await officials.proposals.one(PROVIDER.bin, entry.request_id, review=True)
    assert waiting is not None
    assert waiting.content == waiting.payload  # The official signs the very document.
    await officials.proposals.confirm(HEAD, (entry.request_id, version), Confirmed(b"cms", {}, "1" * 64), now)
    (again,) = await around.work.journal.claim(now, now + LEASE, 8)
    await take_up(around.work, again)
    return opened(around, (await standing(around, entry.request_id)).jws)


async def test_a_review_has_a_number_and_five_working_days(around: Surroundings) -> None:
    """Law of 15 April 2013 No. 88-V, article 25: from Tuesday, 24 November to Tuesday, 1 December 2026."""
    entry = await called(around, await refused(around))
    found = await standing(around, entry.request_id)
    assert found.number.startswith("HV-2026-0")
    assert found.answer_by == datetime(2026, 12, 1, 20, 0, tzinfo=ALMATY)
    assert found.outcome is None


async def test_the_rules_never_answer_a_review(around: Surroundings) -> None:
    entry = await called(around, await refused(around))
    around.clock.at = entry.answer_by + timedelta(days=3)
    for _ in range(3):
        for left in await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 8):
            await take_up(around.work, left)
    assert (await standing(around, entry.request_id)).outcome is None


async def test_it_warns_at_half_and_four_fifths_and_at_its_end(
    around: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = await called(around, await refused(around))
    term = entry.answer_by - entry.counts_from
    heard = []
    for part in (0.49, 0.5, 0.79, 0.8, 0.99, 1.0, 1.01):
        around.clock.at = entry.counts_from + term * part
        capsys.readouterr()
        for left in await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 8):
            await take_up(around.work, left)
        said = capsys.readouterr().out
        heard.append("overdue" if "review.overdue" in said else "soon" if "review.due_soon" in said else "")
    assert heard == ["", "soon", "", "soon", "", "overdue", ""]


async def test_a_refusal_that_stands_is_answered_with_its_grounds_and_the_officials_words(around: Surroundings) -> None:
    refusal = await refused(around)
    entry = await called(around, refusal)
    answer = await signed_answer(around, entry, stands=True)
    assert (answer["kind"], answer["number"]) == ("home-visit-review-refusal", entry.number)
    assert answer["grounds"] == refusal[1]["grounds"]
    assert answer["text"]["ru"] == f"Отказ № {refusal[1]['number']} остаётся в силе. Проверено."
    issued = await around.work.journal.issued(refusal[1]["check"]["token"])
    assert issued is not None
    assert issued.status == "valid"


async def test_a_refusal_that_does_not_stand_is_withdrawn_and_decided_anew(around: Surroundings) -> None:
    refusal = await refused(around)
    entry = await called(around, refusal)
    body = request_body(request_id=refusal[0])
    anew = body.model_copy(
        update={"request_id": uuid7(around.clock.now()), "evidence": {"decided_anew_of": str(refusal[0])}}
    )
    with pytest.raises(NotReviewable):
        await require_reopened(around.work, anew)
    answer = await signed_answer(around, entry, stands=False)
    assert (answer["kind"], "grounds" in answer) == ("home-visit-review", False)
    issued = await around.work.journal.issued(refusal[1]["check"]["token"])
    assert issued is not None
    assert issued.status == "withdrawn"
    await require_reopened(around.work, anew)
    with pytest.raises(NotReviewable):
        await require_reopened(around.work, anew.model_copy(update={"content": b"other bytes"}))
    around.register.attach(ADULT, *(around.register.attachments[iin_of(2)]))
    now = around.clock.now()
    again = await register(
        around.work, new_entry(anew, PROVIDER.bin, term_of(around.world, anew), received_at=now, now=now)
    )
    assert again is not None
    await try_within_exchange(around.work, again)
    assert (await standing(around, again.request_id)).outcome == "granted"


async def test_only_whoever_was_refused_may_call_for_it_and_once(around: Surroundings) -> None:
    refusal = await refused(around)
    granted = refusal[0], refusal[1] | {"check": {"token": "q3mJ8sV2yTfK0wZrXcB5nA"}}
    for body in (call_for(refusal, applicant_iin=STRANGER), call_for(granted)):
        with pytest.raises(NotReviewable):
            await entry_of_review(around.work, body, around.clock.now())
    assert (await called(around, refusal)).review_of == refusal[0]
    with pytest.raises(NotReviewable):
        await entry_of_review(around.work, call_for(refusal), around.clock.now())
