"""Many at once: nobody passes a norm, nobody stands twice, no two decisions wait for each other (AT-17.1.3)."""

import asyncio
import itertools
from datetime import timedelta

from shared.kit.casework.attempts import try_within_exchange
from shared.kit.database import Database
from tests.attachment.surroundings import Surroundings, district, request_body
from tests.home_visit.people import ADULT, OTHER_PROVIDER, PROVIDER, TUESDAY_TEN, iin_of, person

AT_ONCE = 1_000
PLACES = 7


async def ask(around: Surroundings, iin: str, provider_bin: str = PROVIDER.bin) -> str | None:
    entry = await around.take(request_body(applicant=iin, provider_bin=provider_bin))
    assert entry is not None
    await try_within_exchange(around.work, entry)
    return (await around.standing(entry.request_id)).outcome


async def sums(database: Database) -> list[tuple[str, int, int, int]]:
    """Return provider, norm, the count that is kept, and the count that there is, of each district."""
    async with database.connection() as connection:
        rows = await connection.fetch(
            """SELECT d.provider_bin, norm, attached, (SELECT count(*) FROM attachments a WHERE ended IS NULL
                AND (a.provider_bin, district_kind, district_number) = (d.provider_bin, kind, number)) AS there
            FROM districts d ORDER BY provider_bin, number"""
        )
    return [tuple(row) for row in rows]


async def test_at_17_1_3_of_a_thousand_at_once_exactly_as_many_are_attached_as_there_are_places(
    around: Surroundings, database: Database
) -> None:
    await around.load(district(1, norm=4), district(2, norm=3))
    people = [iin_of(place) for place in range(100, 100 + AT_ONCE)]
    around.registry.know(*(person(iin) for iin in people))
    turns = asyncio.Semaphore(100)

    async def in_turn(iin: str) -> str | None:
        async with turns:
            return await ask(around, iin)

    outcomes = await asyncio.gather(*map(in_turn, people))
    assert outcomes.count("granted") == PLACES
    assert outcomes.count("refused") == AT_ONCE - PLACES
    assert [row[1:] for row in await sums(database)] == [(4, 4, 4), (3, 3, 3)]


async def test_at_17_1_2_one_person_who_asks_everywhere_at_once_is_attached_once(
    around: Surroundings, database: Database
) -> None:
    for bin_ in (PROVIDER.bin, OTHER_PROVIDER.bin):
        await around.load(district(provider_bin=bin_))
    asked = [PROVIDER.bin, OTHER_PROVIDER.bin] * 10
    outcomes = await asyncio.gather(*(ask(around, ADULT, bin_) for bin_ in asked))
    [(where, _, _)] = await around.held()
    granted = {bin_ for bin_, outcome in zip(asked, outcomes, strict=True) if outcome == "granted"}
    assert granted == {where}  # Asking again where one is attached confirms it.
    assert sum(row[3] for row in await sums(database)) == 1


async def test_people_who_change_places_crosswise_do_not_wait_for_each_other(
    around: Surroundings, database: Database
) -> None:
    bins = [PROVIDER.bin, OTHER_PROVIDER.bin]
    people = [iin_of(place) for place in range(200, 240)]
    around.registry.know(*(person(iin) for iin in people))
    for bin_ in bins:
        await around.load(district(1, norm=40, provider_bin=bin_), district(2, norm=40, provider_bin=bin_))
    first = list(zip(people, itertools.cycle(bins)))
    assert set(await asyncio.gather(*(ask(around, iin, bin_) for iin, bin_ in first))) == {"granted"}
    around.clock.at = TUESDAY_TEN + timedelta(days=366)
    crossed = [ask(around, iin, bins[bins.index(bin_) - 1]) for iin, bin_ in first]
    async with asyncio.timeout(30):
        outcomes = await asyncio.gather(*crossed)
    assert set(outcomes) == {"granted"}
    assert all(kept == there for _, _, kept, there in await sums(database))
    assert sum(there for *_, there in await sums(database)) == len(people)
