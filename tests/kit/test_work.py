import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import asyncpg

from shared.kit.listener import Listener
from shared.kit.trace import trace_header
from shared.kit.work import Loop
from tests.fakes import ClockAt
from tests.waiting import eventually

NOON = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
LONG = 3600.0


class Office:
    """A desk of jobs: what is claimed is off the desk."""

    def __init__(self, every: float = LONG, at_once: int = 3) -> None:
        self.desk: list[str] = []
        self.claims: list[datetime] = []
        self.done: list[str] = []
        self.side_by_side = self.most_side_by_side = 0
        self.may_finish = asyncio.Event()
        self.may_finish.set()
        self.away = False
        self.loop = Loop(self.claim, self.work, ClockAt(NOON), every, at_once=at_once)

    async def claim(self, now: datetime, most: int) -> Sequence[str]:
        self.claims.append(now)
        if self.away:
            raise ConnectionResetError
        jobs, self.desk = self.desk[:most], self.desk[most:]
        return jobs

    async def work(self, job: str) -> None:
        self.side_by_side += 1
        self.most_side_by_side = max(self.side_by_side, self.most_side_by_side)
        await self.may_finish.wait()
        self.side_by_side -= 1
        if job == "bad":
            raise LookupError
        self.done.append(job)


async def test_what_lies_there_at_the_start_is_done() -> None:
    office = Office()
    office.desk = [f"job {number}" for number in range(20)]
    office.loop.start()
    await eventually(lambda: len(office.done) == 20)
    await office.loop.stop()
    assert office.claims[0] == NOON
    assert office.most_side_by_side <= 3


async def test_a_wake_is_heard_at_once() -> None:
    office = Office()
    office.loop.start()
    await eventually(lambda: len(office.claims) == 1)
    office.desk.append("job")
    office.loop.wake()
    await eventually(lambda: office.done == ["job"])
    await office.loop.stop()


async def test_without_any_wake_it_looks_by_time() -> None:
    office = Office(every=0.01)
    office.loop.start()
    await eventually(lambda: len(office.claims) >= 3)
    await office.loop.stop()


async def test_one_bad_job_ends_neither_the_others_nor_the_loop() -> None:
    office = Office()
    office.desk = ["one", "bad", "two", "bad", "three"]
    office.loop.start()
    await eventually(lambda: office.done == ["one", "two", "three"])
    office.desk = ["four"]
    office.loop.wake()
    await eventually(lambda: office.done[-1] == "four")
    await office.loop.stop()


async def test_the_loop_outlives_a_database_that_is_away() -> None:
    office = Office(every=0.01)
    office.away = True
    office.desk = ["job"]
    office.loop.start()
    await eventually(lambda: len(office.claims) >= 3)
    office.away = False
    await eventually(lambda: office.done == ["job"])
    await office.loop.stop()


async def test_stopping_lets_what_was_begun_finish_and_begins_nothing_new() -> None:
    office = Office(at_once=2)
    office.may_finish.clear()
    office.desk = ["one", "two", "three"]
    office.loop.start()
    await eventually(lambda: office.side_by_side == 2)
    stopping = asyncio.create_task(office.loop.stop())
    await asyncio.sleep(0)
    office.may_finish.set()
    await stopping
    assert (office.done, office.desk) == (["one", "two"], ["three"])


async def test_stopping_does_not_wait_for_ever() -> None:
    office = Office()
    office.may_finish.clear()
    office.desk = ["endless"]
    office.loop.start()
    await eventually(lambda: office.side_by_side == 1)
    async with asyncio.timeout(5):
        await office.loop.stop(drain=0.01)
    assert office.done == []


async def test_a_notification_wakes_and_a_lost_connection_is_made_again(empty_database: str) -> None:
    told: list[str] = []
    listener = Listener(empty_database, "work", told.append)
    listener.start()
    await eventually(lambda: told == [""])  # By the connecting itself.
    other = await asyncpg.connect(empty_database)
    await other.execute("NOTIFY work, 'row 7'")
    await eventually(lambda: told == ["", "row 7"])
    await other.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    await eventually(lambda: told == ["", "row 7", ""])
    await other.execute("NOTIFY work")
    await eventually(lambda: len(told) == 4)
    await listener.stop()
    await other.close()


async def test_work_goes_on_in_the_trace_that_is_kept_with_the_job_or_begins_one() -> None:
    kept = {"signed": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "old": None}
    desk, traces = [*kept], dict[str, str]()

    async def claim(_: datetime, most: int) -> Sequence[str]:
        jobs = desk[:most]
        del desk[:most]
        return jobs

    async def work(job: str) -> None:
        traces[job] = (trace_header() or "").split("-")[1]

    loop = Loop(claim, work, ClockAt(NOON), LONG, trace_of=lambda job: kept[job])
    loop.start()
    await eventually(lambda: len(traces) == 2)
    await loop.stop()
    assert traces["signed"] == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert len(traces["old"]) == 32
    assert traces["old"] != traces["signed"]
