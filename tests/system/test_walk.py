"""The system is the real system: its walk ends in a sealed document."""

import pytest

from tests.system.citizen import Citizen
from tests.system.people import request_for
from tests.system.system import System

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_citizen_walks_from_registration_to_the_document(system: System) -> None:
    adult = await Citizen(system, "adult").enter()
    said = await adult.signed(request_for())
    assert said["status"] == "granted"
    assert (await adult.call("GET", said["links"]["document"])).text.count(".") == 2
    assert {"attachment", "home_visit", "person_registry"} <= {url.split("/")[2] for url in system.network.called}
