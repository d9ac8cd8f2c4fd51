"""The workstation in a real browser over the whole system, each screen used as by an employee (HV-17, AP-17, AT-19).

``PICTURES`` names a folder for pictures of the screens.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from shared.law.text import LANGUAGES
from tests.pages.browser import Tab, phone
from tests.pages.served import served
from tests.pages.test_pages import FINDINGS
from tests.pages.worker import Worker
from tests.programs import AXE, CHROMIUM, needs
from tests.system.citizen import Citizen
from tests.system.employee import Employee
from tests.system.fixtures import material as material  # noqa: PLC0414 - the system serves here too.
from tests.system.fixtures import system as system  # noqa: PLC0414 - the same.
from tests.system.system import System

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    needs(CHROMIUM, AXE),
]
PICTURES = Path(os.environ["PICTURES"]) if "PICTURES" in os.environ else None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address(system: System) -> AsyncIterator[str]:
    async with served(system) as address:
        yield address


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tab(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Tab]:
    async with phone(tmp_path_factory.mktemp("browser")) as tab:
        yield tab


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def administrator(system: System) -> Employee:
    """Dauren, the clinic's administrator; an elderly person has an account too."""
    await Citizen(system, "elderly", address="192.0.2.20").enter()
    return await Employee(await Citizen(system, "parent").enter()).take_office()


async def looked_over(worker: Worker, name: str) -> None:
    """Axe finds nothing, nothing stands beyond the edge, and the browser objects to nothing."""
    assert AXE.path
    await worker.tab.run(await asyncio.to_thread(Path(AXE.path).read_text, "utf-8"))
    assert await worker.tab.run(FINDINGS) == [], name
    assert await worker.tab.run("document.documentElement.scrollWidth") == 360, name
    assert worker.tab.faults == [], name
    await worker.photograph(PICTURES, name)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_administrator_appoints_and_dismisses(
    tab: Tab, address: str, administrator: Employee, language: str
) -> None:
    worker = Worker(tab)
    await worker.open(address, language)
    await looked_over(worker, f"log-in-{language}")
    await worker.log_in(administrator.credentials())
    await worker.go("employees")
    await worker.type(worker.words["iin"], Citizen(administrator.person.system, "elderly").iin)
    await worker.tab.run("document.querySelector('input[value=doctor]').click()")
    await worker.press(worker.words["appoint"])
    await worker.sees("document.querySelectorAll('tbody tr').length === 2")
    await looked_over(worker, f"employees-{language}")
    await worker.press(worker.words["dismiss_whom"].partition("{")[0].strip())
    await worker.press(worker.words["dismiss_sure"].partition("{")[0].strip())
    await worker.sees("document.querySelectorAll('tbody tr').length === 1")
    await worker.press(worker.words["log_out"])
    await worker.reads(worker.words["logged_out"])
    # Nothing of what was shown is left, neither on the screen nor in what the browser keeps.
    assert await tab.run("document.querySelector('table')") is None
    assert await tab.run("localStorage.length + sessionStorage.length + document.cookie.length") == 0
