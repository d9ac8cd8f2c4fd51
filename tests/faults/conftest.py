"""One real stack for all that is done to it here, and one run under fire.

The run is long, and so are the leases after it: `test_deaths.py` starts it, `test_reckoning.py` judges it when the
other files have had their turn. Each file can be run by itself all the same.

    ./run test tests/faults --faults-long --faults-seed 7 -s
"""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from home_visit_svc.app import CALLERS
from home_visit_svc.routes import routes_of
from home_visit_svc.settings import HomeVisitSettings
from nca_stub.authority import create_authority
from shared.eds.trust import Trust
from shared.kit.app import assemble
from shared.kit.keys import load_keys
from stack.layout import Layout
from stack.material import make_material
from tests.fakes import ClockAt
from tests.faults.fire import Fire, Record
from tests.faults.plan import LONG, SHORT, plan_of
from tests.faults.stage import Stage
from tests.faults.town import Town, open_town
from tests.faults.walks import WALKS
from tests.gateway.conftest import passwords, portal, workers
from tests.gateway.portal import Keys, Portal
from tests.home_visit.calls import envelopes_of
from tests.home_visit.conftest import around, database
from tests.home_visit.people import TUESDAY_TEN
from tests.home_visit.surroundings import Surroundings

STAGES = pytest.StashKey[list[Stage]]()
__all__ = ["around", "database", "passwords", "portal", "workers"]


@pytest.fixture(scope="session")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """A data folder with everybody's keys, certificates and seals, as of a Tuesday at ten."""
    layout = Layout(tmp_path_factory.mktemp("faults") / "data")
    make_material(layout, ClockAt(TUESDAY_TEN))
    return layout


@pytest.fixture(scope="session")
def sealed(layout: Layout) -> Path:
    """Where the providers' seals and the pinned authorities lie."""
    return layout.root


@pytest.fixture(scope="session")
def trust(layout: Layout) -> Trust:
    return Trust.from_folder(layout.trust)


@pytest.fixture(scope="session")
def keys(layout: Layout) -> Keys:
    """The authority that issues signing keys."""
    return Keys(create_authority(layout.authority, TUESDAY_TEN))


@pytest.fixture(scope="session")
def stage(layout: Layout, request: pytest.FixtureRequest) -> Iterator[Stage]:
    stage = Stage(layout)
    request.session.stash[STAGES] = [stage]
    yield stage
    stage.close()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End the stack with the last test of this folder: it would take the room of the next folder's."""
    stages = item.session.stash.get(STAGES, [])
    if nextitem is None or Path(__file__).parent not in nextitem.path.parents:
        for stage in stages:
            stage.close()


@pytest.fixture(scope="session")
def record(stage: Stage, pytestconfig: pytest.Config) -> Record:
    """The run: how long by the option, its moments by the seed."""
    seed, scale = (
        int(pytestconfig.getoption("--faults-seed")),
        LONG if pytestconfig.getoption("--faults-long") else SHORT,
    )
    plan = plan_of(random.Random(seed), scale)  # noqa: S311 - it draws moments, not secrets.

    async def burn() -> Record:
        return await Fire(stage, WALKS, seed).burn(plan, scale.requests)

    try:
        record = asyncio.run(burn())
    except BaseException as failure:
        failure.add_note(f"--faults-seed {seed}")
        raise
    print(record.figures())  # noqa: T201 - the figures are what a long run is for.
    return record


@pytest.fixture
async def town(portal: Portal, around: Surroundings, layout: Layout) -> AsyncIterator[Town]:
    """The gateway and the service in this process, on a Tuesday at ten, by one clock; all systems answer."""
    routes = routes_of(around.world, around.work, load_keys(layout.keys, "home_visit", CALLERS))
    app = assemble("home_visit", HomeVisitSettings(keys_dir=layout.keys), [routes])
    async with open_town(portal, around, app, envelopes_of(layout.keys, "gateway")) as town:
        yield town
