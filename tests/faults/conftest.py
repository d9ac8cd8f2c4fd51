"""One real stack for all that is done to it here, and one run under fire.

The run is long, and so are the leases after it: `test_deaths.py` starts it, `test_reckoning.py` judges it when the
other files have had their turn. Each file can be run by itself all the same.

    ./run test tests/faults --faults-requests 300 --faults-kills 20 --faults-seed 7 -s
"""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator

import pytest

from home_visit_svc.app import CALLERS
from home_visit_svc.routes import routes_of
from home_visit_svc.settings import HomeVisitSettings
from shared.kit.app import assemble
from shared.kit.keys import load_keys
from stack.layout import Layout
from stack.material import make_material
from tests.fakes import ClockAt
from tests.faults.fire import Fire, Record, plan_of
from tests.faults.stage import Stage
from tests.faults.town import Town, open_town
from tests.faults.walks import HOME_VISIT, Walk
from tests.gateway.conftest import keys, passwords, portal, trust, workers
from tests.gateway.portal import Portal
from tests.home_visit.calls import envelopes_of, make_keys
from tests.home_visit.conftest import around, database, sealed
from tests.home_visit.people import TUESDAY_TEN
from tests.home_visit.surroundings import Surroundings

__all__ = ["around", "database", "keys", "passwords", "portal", "sealed", "trust", "workers"]


@pytest.fixture(scope="session")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """A data folder with everybody's keys, certificates and seals, as of a Tuesday at ten."""
    layout = Layout(tmp_path_factory.mktemp("faults") / "data")
    make_material(layout, ClockAt(TUESDAY_TEN))
    return layout


@pytest.fixture(scope="session")
def stage(layout: Layout) -> Iterator[Stage]:
    stage = Stage(layout)
    yield stage
    stage.close()


@pytest.fixture(scope="session")
def walk() -> Walk:
    return HOME_VISIT


@pytest.fixture(scope="session")
def record(stage: Stage, walk: Walk, pytestconfig: pytest.Config) -> Record:
    """The run: so many requests, so many kills, by this seed."""
    requests, kills, seed = (int(pytestconfig.getoption(f"--faults-{name}")) for name in ("requests", "kills", "seed"))
    plan = plan_of(walk, random.Random(seed), kills, requests)  # noqa: S311 - it draws moments, not secrets.

    async def burn() -> Record:
        return await Fire(stage, walk, seed).burn(plan, requests)

    try:
        return asyncio.run(burn())
    except BaseException as failure:
        failure.add_note(f"--faults-requests {requests} --faults-kills {kills} --faults-seed {seed}")
        raise


@pytest.fixture
async def town(portal: Portal, around: Surroundings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """The gateway and the service in this process, on a Tuesday at ten, by one clock; all systems answer."""
    folder = make_keys(tmp_path_factory.mktemp("envelopes"), ["home_visit", "gateway", "operator"])
    routes = routes_of(around.world, around.work, load_keys(folder, "home_visit", CALLERS))
    app = assemble("home_visit", HomeVisitSettings(keys_dir=folder), [routes])
    async with open_town(portal, around, app, envelopes_of(folder, "gateway")) as town:
        yield town
