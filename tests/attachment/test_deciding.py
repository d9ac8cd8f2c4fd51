"""Deciding by a person, of an attachment: its norm and its term are those of the moment at which it is given."""

from datetime import timedelta

from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.process import take_up
from shared.kit.casework.proposals import Confirmed, Official, Proposals
from shared.kit.casework.timing import LEASE
from tests.attachment.surroundings import Surroundings, district, request_body
from tests.home_visit.people import ADULT, CHILD, PROVIDER, iin_of, person

HEAD = Official(PROVIDER.bin, iin_of(50), "Басшы")
OTHER = iin_of(51)


async def test_at_17_1_3_a_norm_that_is_reached_meanwhile_is_proposed_anew(around: Surroundings) -> None:
    """The last place of the district is proposed to one and given to another, who comes under the rules."""
    around.registry.know(person(OTHER))
    await around.load(district(norm=1))
    desk = Proposals(around.database)
    await desk.choose(HEAD, around.clock.now(), by_person=True)
    entry = await around.take(request_body())
    assert entry is not None
    await try_within_exchange(around.work, entry)
    (waiting,) = await desk.waiting(PROVIDER.bin, reviews=False)
    assert (waiting.outcome, await around.held()) == ("granted", [])
    assert entry.answer_by - around.clock.now() > timedelta(hours=5)  # AT-16: by the end of the day.
    assert await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 8) == []

    at = around.clock.now() + timedelta(seconds=1)
    await desk.choose(HEAD, at, by_person=False)
    other = await around.take(request_body(applicant=OTHER, subject=OTHER))
    assert other is not None
    await try_within_exchange(around.work, other)
    assert await around.held(OTHER) != []
    await desk.choose(HEAD, at + timedelta(seconds=1), by_person=True)

    await desk.confirm(HEAD, (entry.request_id, 1), Confirmed(b"cms", {}, "0" * 64), at)
    await take_up(around.work, entry)
    (again,) = await desk.waiting(PROVIDER.bin, reviews=False)
    assert (again.version, again.outcome) == (2, "refused")
    assert await around.held(ADULT) == await around.held(CHILD) == []
