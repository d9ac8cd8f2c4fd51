"""The register under whatever clinics import, people ask and time brings: what must hold, holds after each step."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from attachment_svc.imports import Imported
from shared.kit.database import Database
from shared.law.hours import ALMATY
from shared.law.providers import PROVIDERS
from tests.attachment.conftest import TABLES
from tests.attachment.surroundings import district, home, request_body, surroundings
from tests.home_visit.people import iin_of, person

PEOPLE = [iin_of(place) for place in (11, 12, 13)]
BINS = [provider.bin for provider in PROVIDERS[4:6]]
STREETS = ["Абай даңғылы", "Саин көшесі"]
T = TypeVar("T")

_STANDING = """
SELECT iin, count(*) FILTER (WHERE NOT disputed) AS undisputed, count(*) FILTER (WHERE request_id IS NOT NULL) AS asked,
    count(*) AS standing, bool_or(disputed) AS disputed
FROM attachments WHERE ended IS NULL GROUP BY iin
"""
_COUNTS = """
SELECT attached, norm, (SELECT count(*) FROM attachments a WHERE ended IS NULL
    AND (a.provider_bin, district_kind, district_number) = (d.provider_bin, kind, number)) AS there FROM districts d
"""
_FILLED = "SELECT provider_bin || kind || number AS key, attached, norm FROM districts"
_OVERLAPS = """
SELECT count(*) FROM attachments a JOIN attachments b ON a.iin = b.iin AND a.attachment_id < b.attachment_id
    AND (a.request_id IS NOT NULL OR a.provider_bin = b.provider_bin) AND b.request_id IS NOT NULL
WHERE daterange(a.since, a.ended) && daterange(b.since, b.ended)
"""


class RegisterMachine(RuleBasedStateMachine):
    """Three people, two clinics with small districts, and a clock."""

    def __init__(self, url: str, files: Path) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = Database(url, 6, wait=30.0, name="machine")
        self.around = surroundings(self.database, files)
        self.rows = 0
        self.run(self.begin())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self.database.close())
        self.runner.close()

    async def begin(self) -> None:
        async with self.database.connection() as connection:
            await connection.execute(f"TRUNCATE {TABLES} CASCADE")
        self.around.registry.know(*(person(iin, registered_address=home()) for iin in PEOPLE))
        for bin_ in BINS:
            await self.around.load(*(district(number, norm=1, provider_bin=bin_) for number in (1, 2)))

    @rule(iin=st.sampled_from(PEOPLE), bin_=st.sampled_from(BINS))
    def ask(self, iin: str, bin_: str) -> None:
        """A granted request leaves the person with exactly this provider; a refused one changes nothing."""

        async def asking() -> None:
            now = self.around.clock.now()
            counts_from, _ = self.around.world.hours.served_on(now)
            before = await self.standing(iin, counts_from)
            entry = await self.around.take(request_body(applicant=iin, provider_bin=bin_, signed_at=now))
            assert entry is not None
            assert await self.around.work.settle(entry)
            sql = "SELECT outcome FROM documents WHERE request_id = $1"
            async with self.database.connection() as connection:
                outcome = await connection.fetchval(sql, entry.request_id)
            after = await self.standing(iin, counts_from)
            if outcome == "granted":
                assert {stood for stood, _ in after} == {bin_}
            else:
                assert after == before
                assert outcome == "refused"

        self.run(asking())

    @rule(bins=st.lists(st.sampled_from(BINS), min_size=2, max_size=5), imported=st.booleans())
    def ask_at_once(self, bins: list[str], imported: bool) -> None:
        """Everybody asks at the same time, some of them at two places, perhaps while a clinic tells what it has."""

        async def asking() -> None:
            now = self.around.clock.now()
            before = {row["key"]: row["attached"] for row in await self.fetch(_FILLED)}
            asked = [
                request_body(applicant=PEOPLE[place % len(PEOPLE)], provider_bin=bin_, signed_at=now)
                for place, bin_ in enumerate(bins)
            ]
            entries = [await self.around.take(one) for one in asked]
            today = now.astimezone(ALMATY).date()
            row = Imported(PEOPLE[0], bins[0], 1, "therapist", "D-1", "Дәрігер", today - timedelta(days=1), None)
            telling = [self.around.world.imports.enter([row], now)] if imported else []
            came = await asyncio.gather(
                *(self.around.work.settle(entry) for entry in entries if entry), *telling, return_exceptions=True
            )
            assert [one for one in came if isinstance(one, BaseException)] == []
            for district_now in await self.fetch(_FILLED):
                most = max(district_now["norm"], before[district_now["key"]]) + imported
                assert district_now["attached"] <= most  # AT-17.1.3: no request passes the norm.

        self.run(asking())

    @rule(
        iin=st.sampled_from(PEOPLE),
        bin_=st.sampled_from(BINS),
        number=st.sampled_from([1, 9]),
        begun=st.sampled_from([-400, -40, -1, 0, 1, 30]),
        lasts=st.sampled_from([None, None, 1, 40, 300]),
    )
    def take_over(self, iin: str, bin_: str, number: int, begun: int, lasts: int | None) -> None:
        """A clinic tells of an attachment, whenever it began."""
        since = self.around.clock.now().astimezone(ALMATY).date() + timedelta(days=begun)
        ended = None if lasts is None else since + timedelta(days=lasts)
        row = Imported(iin, bin_, number, "therapist", f"D-{number}", "Дәрігер", since, ended)
        self.run(self.around.world.imports.enter([row], self.around.clock.now()))

        async def again() -> int:
            return await self.around.world.imports.enter([row], self.around.clock.now())

        assert self.run(again()) == 0

    @rule(iin=st.sampled_from(PEOPLE), street=st.sampled_from(STREETS))
    def move(self, iin: str, street: str) -> None:
        """A person is registered at another address."""
        self.around.registry.know(person(iin, registered_address=home(street)))

    @rule(days=st.sampled_from([1, 40, 400]))
    def wait(self, days: int) -> None:
        """Time passes."""
        self.around.clock.pass_by(timedelta(days=days))

    @rule(bin_=st.sampled_from(BINS), number=st.sampled_from([1, 2]), norm=st.integers(0, 3))
    def set_norm(self, bin_: str, number: int, norm: int) -> None:
        """A clinic tells another norm, perhaps below what there is."""
        self.run(self.around.load(district(number, norm=norm, provider_bin=bin_)))

    @invariant()
    def at_17_1_4_at_most_one_undisputed_attachment_of_a_person_stands(self) -> None:
        for row in self.run(self.fetch(_STANDING)):
            assert row["undisputed"] <= 1
            assert row["asked"] <= 1
            assert row["disputed"] is False or row["standing"] > 1

    @invariant()
    def at_17_1_3_every_district_counts_right(self) -> None:
        for row in self.run(self.fetch(_COUNTS)):
            assert row["attached"] == row["there"]

    @invariant()
    def at_17_1_2_no_attachment_overlaps_one_that_a_request_began_at_the_provider_or_by_request(self) -> None:
        [[overlaps]] = self.run(self.fetch(_OVERLAPS))
        assert overlaps == 0

    @invariant()
    def history_is_kept(self) -> None:
        [[rows]] = self.run(self.fetch("SELECT count(*) FROM attachments"))
        assert rows >= self.rows
        self.rows = rows

    async def fetch(self, sql: str) -> list[Any]:
        async with self.database.connection() as connection:
            return list(await connection.fetch(sql))

    async def standing(self, iin: str, at: datetime) -> list[tuple[str, int]]:
        """Return the provider and the id of all that has not ended by a moment, also what is to begin."""
        sql = """SELECT provider_bin, attachment_id FROM attachments
            WHERE iin = $1 AND (ended IS NULL OR ended > greatest($2, since)) ORDER BY 2"""
        async with self.database.connection() as connection:
            return [tuple(row) for row in await connection.fetch(sql, iin, at.astimezone(ALMATY).date())]


def test_at_17_whatever_is_asked_and_imported_the_register_stays_whole(
    database_of: Callable[[str], str], files: Path
) -> None:
    url = database_of("attachment_svc")
    chosen = settings(
        max_examples=20,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    machine: Any = lambda: RegisterMachine(url, files)  # noqa: E731 - hypothesis calls it as it calls a class.
    run_state_machine_as_test(machine, settings=chosen)
