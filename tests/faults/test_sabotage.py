"""A check that cannot fail proves nothing: builds that break a promise are found out by the same reckoning.

The same citizens, the same kills, the same judge; only one process is another build (sabotage.py), or PostgreSQL is
set to forget what it has not yet written. One is shown in every run, all with ``--faults-long``.
"""

from collections.abc import Callable, Iterator

import asyncpg
import pytest

from tests.faults.fire import Fire
from tests.faults.judge import Findings, judge
from tests.faults.plan import Fault
from tests.faults.stage import Stage
from tests.faults.walks import HOME_VISIT, VICTIMS
from tests.programs import ONLY_IN_A_LONG_RUN

SEED, REQUESTS, BEFORE = 3561, 16, 12
"""So many signatures have left when the kill comes, which is amid the acknowledgements of the last of them."""
Cast = Callable[[str, str], None]


@pytest.fixture
def cast(stage: Stage) -> Iterator[Cast]:
    """Put a broken build in a process's place; the real one is back afterwards."""
    taken: list[str] = []

    def cast(name: str, factory: str) -> None:
        for victim in VICTIMS:
            stage.await_back(victim)
        stage.order(recast=name, factory=f"tests.faults.sabotage:{factory}")
        stage.order(kill=name)
        stage.await_back(name)
        taken.append(name)

    yield cast
    for name in taken:
        stage.order(recast=name, factory=None)
        stage.order(kill=name)


@pytest.fixture
def only_in_a_long_run(pytestconfig: pytest.Config) -> None:
    if not pytestconfig.getoption("--faults-long"):
        pytest.skip(ONLY_IN_A_LONG_RUN)


async def burn(stage: Stage, *faults: Fault) -> Findings:
    """Let the requests flow through the faults, and judge at once what can be judged at once."""
    record = await Fire(stage, [HOME_VISIT], SEED).burn(faults, REQUESTS)
    findings = await judge(stage, HOME_VISIT, record, patience=0.0)
    print(record.figures(), findings.figures(), sep="\n")  # noqa: T201 - the figures are what a long run is for.
    return findings


async def test_a_gateway_that_acknowledges_before_the_commit_is_found_out(stage: Stage, cast: Cast) -> None:
    cast("gateway", "gateway_that_acknowledges_before_the_commit")
    findings = await burn(stage, Fault("kill", "gateway", BEFORE, 0.0))
    assert findings.count("lost") > 0, findings


@pytest.mark.usefixtures("only_in_a_long_run")
async def test_a_postgres_that_answers_before_it_has_written_is_found_out(stage: Stage) -> None:
    for victim in VICTIMS:
        stage.await_back(victim)
    await set_server(stage, "SET synchronous_commit = off", "SET wal_writer_delay = '10s'")
    try:
        findings = await burn(stage, Fault("power", "postgres", BEFORE, 0.0))
    finally:
        stage.await_back("postgres")
        await set_server(stage, "RESET synchronous_commit", "RESET wal_writer_delay")
    # Some were acknowledged and are not there; of some even the draft is gone, which had been given to its citizen.
    assert findings.count("lost", "turned away") > 0, findings


@pytest.mark.usefixtures("only_in_a_long_run")
async def test_a_service_that_registers_again_what_it_knows_is_found_out(stage: Stage, cast: Cast) -> None:
    cast(HOME_VISIT.process, "service_that_forgets_whom_it_knows")
    findings = await burn(stage, Fault("stop", "person_registry", 1, 0.0))
    assert findings.count("registered twice") > 0, findings


@pytest.mark.usefixtures("only_in_a_long_run")
async def test_a_promise_that_is_kept_apart_from_its_outcome_is_found_out(stage: Stage, cast: Cast) -> None:
    cast(HOME_VISIT.process, "service_that_promises_apart_from_its_outcome")
    findings = await burn(stage, Fault("kill", HOME_VISIT.process, BEFORE, 0.5))
    try:
        assert findings.count("broken promise") > 0, findings
    finally:
        await mend_rounds(stage)


async def set_server(stage: Stage, *settings: str) -> None:
    """Change settings of the whole server, and let every session hear of it."""
    connection = await asyncpg.connect(stage.database_url("postgres"))
    for setting in settings:
        await connection.execute(f"ALTER SYSTEM {setting}")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


async def mend_rounds(stage: Stage) -> None:
    """Let the rounds hold what was promised again: the database serves others after this test."""
    connection = await asyncpg.connect(stage.database_url(HOME_VISIT.process))
    await connection.execute(
        "UPDATE rounds SET taken = (SELECT count(*) FROM visits WHERE visits.round_id = rounds.round_id"
        " AND same_as IS NULL)"
    )
    await connection.close()
