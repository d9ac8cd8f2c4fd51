"""Deciding by a person, of an appointment: the slot stays held until the answer, in the order of the signatures."""

from datetime import timedelta

import pytest

from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.entries import Entry
from shared.kit.casework.process import take_up
from shared.kit.casework.proposals import Confirmed, Official, Proposals
from shared.kit.casework.timing import CLOSES_BEFORE
from tests.appointment.surroundings import Surroundings, form
from tests.home_visit.people import ADULT, PROVIDER, attachment, iin_of, person

HEAD = Official(PROVIDER.bin, iin_of(50), "Басшы")
OTHER = iin_of(51)


@pytest.fixture
async def desk(around: Surroundings) -> Proposals:
    """The provider has officials decide."""
    proposals = Proposals(around.database)
    await proposals.choose(HEAD, around.clock.now(), by_person=True)
    return proposals


async def proposed(around: Surroundings, clock: str) -> Entry:
    entry = await around.taken(request_id=await around.draft(form(clock)), asked=form(clock))
    await try_within_exchange(around.work, entry)
    return entry


async def confirm(around: Surroundings, desk: Proposals, entry: Entry) -> None:
    confirmed = Confirmed(b"cms", {}, entry.request_id.hex * 2)
    await desk.confirm(HEAD, (entry.request_id, 1), confirmed, around.clock.now())
    await take_up(around.work, entry)


async def test_ap_9_the_slot_stays_held_while_it_waits_for_the_official(around: Surroundings, desk: Proposals) -> None:
    entry = await proposed(around, "09:20")
    assert await around.states() == [("09:20", "held")]
    around.clock.at = entry.answer_by - CLOSES_BEFORE - timedelta(seconds=1)
    around.registry.know(person(OTHER))
    around.register.attach(OTHER, attachment())
    other = await around.taken(applicant=OTHER, subject=OTHER, asked=form("09:20"))
    await try_within_exchange(around.work, other)  # It is the nearest time that is proposed to who comes second.
    await confirm(around, desk, entry)
    found, said = await around.outcome(entry.request_id)
    assert (found.outcome, said["appointment"]["from"]) == ("granted", "2026-11-25T09:20:00+05:00")
    assert await around.states() == [("09:20", "booked")]


async def test_ap_9_a_later_wish_waits_for_the_earlier_one(around: Surroundings, desk: Proposals) -> None:
    """Confirmed in another order than they were signed in, the earlier would displace the later."""
    first = await proposed(around, "09:20")
    around.clock.pass_by(timedelta(seconds=5))
    second = await proposed(around, "10:20")
    (waiting,) = await desk.waiting(PROVIDER.bin, reviews=False)
    assert waiting.request_id == first.request_id
    await confirm(around, desk, first)
    await take_up(around.work, second)
    (waiting,) = await desk.waiting(PROVIDER.bin, reviews=False)
    assert (waiting.request_id, waiting.subject_iin) == (second.request_id, ADULT)
    await confirm(around, desk, second)
    assert sorted(await around.states()) == [("09:20", "moved"), ("10:20", "booked")]


async def test_ap_12_a_refused_one_holds_its_slot_until_it_is_answered(around: Surroundings, desk: Proposals) -> None:
    around.register.attach(ADULT)
    entry = await proposed(around, "09:20")
    assert await around.states() == [("09:20", "held")]
    await confirm(around, desk, entry)
    assert await around.states() == [("09:20", "released")]
