"""The system as a fixture: one a test file, for it takes a second to build."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from stack.layout import Layout
from stack.material import make_material
from tests.fakes import ClockAt
from tests.system.people import furnish
from tests.system.system import TUESDAY_TEN, System, build_system


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every key, certificate and seal, made once and copied for each system."""
    folder = tmp_path_factory.mktemp("material")
    make_material(Layout(folder), ClockAt(TUESDAY_TEN))
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def system(
    material: Path, tmp_path_factory: pytest.TempPathFactory, database_of: Callable[[str], str]
) -> AsyncIterator[System]:
    """The whole system on a Tuesday at ten, everybody attached to their clinic, nobody registered at the portal."""
    async with AsyncExitStack() as stack:
        folder = tmp_path_factory.mktemp("system") / "data"
        shutil.copytree(material, folder)
        system = await build_system(folder, database_of, stack)
        await furnish(system)
        yield system
