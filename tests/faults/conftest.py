"""One real stack for all that is done to it here, and one run under fire.

The run is long, and so are the leases after it: `test_deaths.py` starts it, `test_reckoning.py` judges it when the other
files have had their turn. Each file can be run by itself all the same.

    ./run test tests/faults --faults-requests 300 --faults-kills 20 --faults-seed 7 -s
"""

import asyncio
import random
from collections.abc import Iterator

import pytest

from tests.faults.fire import Fire, Record, plan_of
from tests.faults.stage import Stage
from tests.faults.walks import HOME_VISIT, Walk


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    stage = Stage(tmp_path_factory.mktemp("faults"))
    yield stage
    stage.close()


@pytest.fixture(scope="session")
def walk() -> Walk:
    return HOME_VISIT


@pytest.fixture(scope="session")
def record(stage: Stage, walk: Walk, pytestconfig: pytest.Config) -> Record:
    """The run: so many requests, so many kills, by this seed."""
    requests, kills, seed = (int(pytestconfig.getoption(f"--faults-{name}")) for name in ("requests", "kills", "seed"))
    plan = plan_of(walk, random.Random(seed), kills, requests)

    async def burn() -> Record:
        return await Fire(stage, walk, seed).burn(plan, requests)

    try:
        return asyncio.run(burn())
    except BaseException as failure:
        failure.add_note(f"--faults-requests {requests} --faults-kills {kills} --faults-seed {seed}")
        raise
