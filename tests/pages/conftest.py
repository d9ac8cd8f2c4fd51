"""One system, served to a browser, for the tests of the workstation's screens in a file."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.pages.browser import FINDINGS, phone
from tests.pages.served import served
from tests.pages.worker import Worker
from tests.programs import AXE
from tests.system.fixtures import material, system
from tests.system.system import System

__all__ = ["material", "system"]
PICTURES = Path(os.environ["PICTURES"]) if "PICTURES" in os.environ else None


class LookedAt(Worker):
    """A worker whose screens are looked over."""

    async def look_over(self, name: str) -> None:
        """Axe finds nothing, nothing stands beyond the edge, and the browser objects to nothing."""
        assert AXE.path
        await self.tab.run(await asyncio.to_thread(Path(AXE.path).read_text, "utf-8"))
        assert await self.tab.run(FINDINGS) == [], name
        assert await self.tab.run("document.documentElement.scrollWidth") == 360, name
        # An access token that has grown old is answered by 401, upon which the page renews it.
        assert [fault for fault in self.tab.faults if "status of 401" not in fault] == [], name
        await self.photograph(PICTURES, name)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gateway_address(system: System) -> AsyncIterator[str]:
    async with served(system) as address:
        yield address


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LookedAt]:
    async with phone(tmp_path_factory.mktemp("browser")) as tab:
        yield LookedAt(tab)
