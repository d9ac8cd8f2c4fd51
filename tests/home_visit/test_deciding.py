"""Deciding by a person, at the door by which answers are written (docs/decisions/0023)."""

import asyncio
import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.entries import Entry
from shared.kit.casework.process import take_up
from shared.kit.casework.proposals import Confirmed, Official, ProposalChanged, Proposals, SignatureUsed, Waiting
from shared.kit.casework.timing import CLOSES_BEFORE, LEASE
from shared.law.answers import canonical
from tests.home_visit.people import ADULT, OTHER_PROVIDER, PROVIDER, iin_of
from tests.home_visit.surroundings import Surroundings
from tests.home_visit.test_process import count, opened, registered, standing

HEAD = Official(PROVIDER.bin, iin_of(50), "Басшы")


@pytest.fixture
async def desk(around: Surroundings) -> Proposals:
    """The provider has officials decide."""
    proposals = Proposals(around.database)
    await proposals.choose(HEAD, around.clock.now(), by_person=True)
    return proposals


def signed(waiting: Waiting) -> Confirmed:
    assert waiting.content is not None
    return Confirmed(b"cms", {"verifier": "test"}, hashlib.sha256(waiting.content).hexdigest())


def seen(waiting: Waiting) -> tuple[UUID, int]:
    assert waiting.version is not None
    return waiting.request_id, waiting.version


async def proposed(around: Surroundings, desk: Proposals) -> tuple[Entry, Waiting]:
    entry = await registered(around, signed_at=around.clock.now())
    await try_within_exchange(around.work, entry)
    (waiting,) = await desk.waiting(PROVIDER.bin, reviews=False)
    return entry, waiting


async def taken_again(around: Surroundings, entry: Entry) -> Any:
    """Take the entry up as the loop would, and return its document."""
    (again,) = await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 1)
    assert again.request_id == entry.request_id
    await take_up(around.work, again)
    return await document(around, entry)


async def document(around: Surroundings, entry: Entry) -> Any:
    found = await standing(around, entry.request_id)
    return None if found.jws is None else opened(around, found.jws)


async def rest(around: Surroundings) -> list[Entry]:
    return await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 8)


async def test_where_nobody_chose_the_rules_decide_within_the_exchange(around: Surroundings) -> None:
    entry = await registered(around)
    await try_within_exchange(around.work, entry)
    assert (await document(around, entry))["kind"] == "home-visit-certificate"


async def test_what_the_rules_propose_waits_and_promises_nothing(around: Surroundings, desk: Proposals) -> None:
    entry, waiting = await proposed(around, desk)
    assert (waiting.outcome, waiting.version, waiting.grounds) == ("granted", 1, ())
    assert await document(around, entry) is None
    assert await count(around, "visits", entry.request_id) == 0
    assert [one["source"] for one in waiting.rests_on] == ["person_registry", "attachment_register"]
    assert await rest(around) == []  # It is left alone until its last safe minute.


async def test_a_confirmed_grant_is_given_at_once(around: Surroundings, desk: Proposals) -> None:
    entry, waiting = await proposed(around, desk)
    await desk.confirm(HEAD, seen(waiting), signed(waiting), around.clock.now())
    assert (await taken_again(around, entry))["kind"] == "home-visit-certificate"
    assert await count(around, "visits", entry.request_id) == 1
    assert await desk.waiting(PROVIDER.bin, reviews=False) == []


async def test_hv_8_3_the_official_signs_the_refusal_itself(around: Surroundings, desk: Proposals) -> None:
    around.register.attach(ADULT)
    entry, waiting = await proposed(around, desk)
    assert waiting.grounds == ("not_attached_here",)
    around.clock.pass_by(timedelta(minutes=3))
    await desk.confirm(HEAD, seen(waiting), signed(waiting), around.clock.now())
    refusal = await taken_again(around, entry)
    assert canonical(refusal) == waiting.content


async def test_hv_14_at_the_last_safe_minute_the_rules_decide(around: Surroundings, desk: Proposals) -> None:
    entry, _ = await proposed(around, desk)
    around.clock.at = entry.answer_by - CLOSES_BEFORE - timedelta(seconds=1)
    assert await rest(around) == []
    around.clock.pass_by(timedelta(seconds=1))
    assert (await taken_again(around, entry))["kind"] == "home-visit-certificate"
    found = await standing(around, entry.request_id)
    assert [step.met for step in found.steps] == [True, True]


async def test_facts_are_asked_anew_and_another_outcome_is_proposed_anew(around: Surroundings, desk: Proposals) -> None:
    entry, waiting = await proposed(around, desk)
    around.register.attach(ADULT)
    await desk.confirm(HEAD, seen(waiting), signed(waiting), around.clock.now())
    assert await taken_again(around, entry) is None
    (again,) = await desk.waiting(PROVIDER.bin, reviews=False)
    assert (again.version, again.outcome, again.grounds) == (2, "refused", ("not_attached_here",))


async def test_what_is_returned_is_proposed_again_with_the_remark(around: Surroundings, desk: Proposals) -> None:
    entry, waiting = await proposed(around, desk)
    await desk.give_back(HEAD, seen(waiting), "Учаскесін тексеріңіз", around.clock.now())
    asked = len(around.registry.asked)
    assert await taken_again(around, entry) is None
    (again,) = await desk.waiting(PROVIDER.bin, reviews=False)
    assert (again.version, again.remark, len(around.registry.asked)) == (2, "Учаскесін тексеріңіз", asked + 1)
    with pytest.raises(ProposalChanged):
        await desk.confirm(HEAD, seen(waiting), signed(waiting), around.clock.now())


async def test_another_providers_official_has_no_such_proposal(around: Surroundings, desk: Proposals) -> None:
    _, waiting = await proposed(around, desk)
    stranger = Official(OTHER_PROVIDER.bin, HEAD.iin, HEAD.name)
    with pytest.raises(ProposalChanged):
        await desk.confirm(stranger, seen(waiting), signed(waiting), around.clock.now())
    assert await desk.waiting(OTHER_PROVIDER.bin, reviews=False) == []
    assert await desk.one(OTHER_PROVIDER.bin, waiting.request_id, review=False) is None


async def test_one_signature_confirms_one_proposal(around: Surroundings, desk: Proposals) -> None:
    _, waiting = await proposed(around, desk)
    await desk.confirm(HEAD, seen(waiting), signed(waiting), around.clock.now())
    other = await registered(around, applicant=ADULT, subject=ADULT)
    await try_within_exchange(around.work, other)
    (second,) = await desk.waiting(PROVIDER.bin, reviews=False)
    with pytest.raises(SignatureUsed):
        await desk.confirm(HEAD, seen(second), signed(waiting), around.clock.now())


async def test_confirmed_or_decided_by_the_rules_and_never_both(around: Surroundings, desk: Proposals) -> None:
    """The official confirms in the last safe minute, while the loop decides."""
    for _ in range(6):
        entry, waiting = await proposed(around, desk)
        around.clock.at = entry.answer_by - CLOSES_BEFORE
        acted, _ = await asyncio.gather(
            desk.confirm(HEAD, seen(waiting), signed(waiting), around.clock.now()),
            take_up(around.work, entry),
            return_exceptions=True,
        )
        assert acted is None or isinstance(acted, ProposalChanged)
        for left in await rest(around):
            await take_up(around.work, left)
        assert (await document(around, entry))["kind"] == "home-visit-certificate"
        assert await count(around, "visits", entry.request_id) == 1


async def test_a_process_that_dies_after_any_write_loses_nothing(around: Surroundings, desk: Proposals) -> None:
    """Each write is followed by nothing but a new process, which finds the entry due."""
    entry = await registered(around)
    around.clock.pass_by(LEASE)  # Died before it asked for anything.
    assert await taken_again(around, entry) is None
    (waiting,) = await desk.waiting(PROVIDER.bin, reviews=False)
    await desk.confirm(HEAD, seen(waiting), signed(waiting), around.clock.now())
    assert [one.request_id for one in await rest(around)] == [entry.request_id]  # Taken up, and died.
    around.clock.pass_by(LEASE)
    found = await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 1)
    assert await around.work.settle(found[0])  # Decided, and died before the seal.
    around.clock.pass_by(LEASE)
    assert (await taken_again(around, entry))["kind"] == "home-visit-certificate"


async def test_whoever_chooses_the_rules_again_waits_for_nothing(around: Surroundings, desk: Proposals) -> None:
    entry, _ = await proposed(around, desk)
    chosen = await desk.choose(HEAD, around.clock.now() + timedelta(seconds=1), by_person=False)
    assert (chosen.by_person, chosen.official) == (False, "Басшы")
    around.clock.pass_by(timedelta(seconds=1))
    assert (await taken_again(around, entry))["kind"] == "home-visit-certificate"


async def test_the_nearest_deadline_comes_first(around: Surroundings, desk: Proposals) -> None:
    first, _ = await proposed(around, desk)
    around.clock.pass_by(timedelta(minutes=5))
    sooner = await registered(around, signed_at=around.clock.now() - timedelta(minutes=20))
    await try_within_exchange(around.work, sooner)
    waiting = await desk.waiting(PROVIDER.bin, reviews=False)
    assert [one.request_id for one in waiting] == [sooner.request_id, first.request_id]


async def test_a_grant_that_is_signed_names_what_is_proposed(around: Surroundings, desk: Proposals) -> None:
    _, waiting = await proposed(around, desk)
    said = json.loads(waiting.content or b"")
    assert said["purpose"] == "request-granted"
    assert said["proposed"]["number"] == waiting.number
    assert "check" not in said["proposed"]
