"""The person registry in each of its moods, from the citizen's door to the stub's socket (HARDENING.md; HV-17.5)."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from time import perf_counter
from typing import Any, Final, TypeVar

import pytest
import pytest_asyncio

from person_registry_stub.demo_people import demo_people
from person_registry_stub.moods import Mood
from shared.eds.jws import open_sealed
from shared.eds.trust import Trust
from shared.kit.http import Answer
from stack.layout import Layout
from tests.faults.citizens import PATIENCE, Crowd, Signed
from tests.faults.street import Street, open_street
from tests.faults.walks import HOME_VISIT
from tests.home_visit.people import TUESDAY_TEN

pytestmark = pytest.mark.asyncio(loop_scope="module")

AT_MOST: Final = 5.0
ADULT, PARENT = HOME_VISIT.asked[:2]
"""Somebody who asks for herself, and a father who asks for his child of eight."""
WRONG_PERSON: Final = (Mood.OTHER_PERSON, Mood.MIXED_UP, Mood.TAMPERED, Mood.STALE)
BAD: Final = [mood for mood in Mood if mood not in (Mood.OK, Mood.NOT_FOUND)]
Result = TypeVar("Result")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def street(layout: Layout, database_of: Callable[[str], str]) -> AsyncIterator[Street]:
    async with open_street(layout, database_of, TUESDAY_TEN) as street:
        yield street


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def crowd(street: Street) -> AsyncIterator[Crowd]:
    """The people of the demonstration, two of them registered and logged in."""
    crowd = Crowd(street)
    for asked in (ADULT, PARENT):
        assert (await crowd.register(asked.applicant)).status == 201
        assert (await crowd.log_in(asked.applicant)).status == 201
    yield crowd
    await crowd.close()


@pytest_asyncio.fixture(loop_scope="module")
async def mood_ends(crowd: Crowd) -> AsyncIterator[None]:
    """After the test the registry is well, and is found to be."""
    yield
    await crowd.put_registry_into("ok")
    assert (await crowd.ask(ADULT)).answered_at_once


async def in_time(work: Awaitable[Result]) -> Result:
    """Return the result, which must come within five seconds."""
    begun = perf_counter()
    result = await work
    assert perf_counter() - begun < AT_MOST
    return result


async def all_at_once(crowd: Crowd) -> tuple[Signed, Answer, Answer]:
    """A call of the doctor, a log-in and a registration, each within its time."""
    return await asyncio.gather(
        in_time(crowd.ask(ADULT)), in_time(crowd.log_in(PARENT.applicant)), in_time(crowd.register("permit"))
    )


@pytest.mark.parametrize("mood", BAD)
@pytest.mark.usefixtures("mood_ends")
async def test_hv_17_5_a_registry_that_cannot_be_relied_on_leaves_the_request_registered_within_five_seconds(
    crowd: Crowd, mood: Mood
) -> None:
    await crowd.put_registry_into(mood)
    one, logged_in, registered = await all_at_once(crowd)
    assert one.tries == 1
    assert one.told is not None
    assert (one.told["status"], one.told["answered_at"]) == ("registered", None)
    assert one.told["number"].startswith("HV-2026-")
    assert logged_in.status == 201  # Whoever registered was vouched for then.
    assert (registered.status, json.loads(registered.body)["type"]) == (503, "/problems/registry-unavailable")
    assert int(registered.headers["retry-after"]) > 0


@pytest.mark.usefixtures("mood_ends")
async def test_hv_17_4_a_registry_that_has_no_such_person_is_an_answer(crowd: Crowd) -> None:
    await crowd.put_registry_into(Mood.NOT_FOUND)
    one, logged_in, registered = await all_at_once(crowd)
    assert one.told is not None
    assert one.told["status"] == "refused"
    assert (logged_in.status, registered.status) == (401, 403)


async def test_a_well_registry_lets_everything_happen_at_once(crowd: Crowd) -> None:
    one, logged_in, registered = await all_at_once(crowd)
    assert one.answered_at_once
    assert (logged_in.status, registered.status) == (201, 201)


@pytest.mark.parametrize("mood", WRONG_PERSON)
@pytest.mark.usefixtures("mood_ends")
async def test_hv_1_a_registry_that_tells_of_another_child_tells_nothing(crowd: Crowd, mood: Mood) -> None:
    await crowd.put_registry_into(mood, only_iin=PARENT.subject_iin)
    one = await in_time(crowd.ask(PARENT))
    assert one.told is not None
    assert one.told["status"] == "registered"


@pytest.mark.usefixtures("mood_ends")
async def test_hv_8_2_at_last_every_document_names_exactly_its_own_people(street: Street, crowd: Crowd) -> None:
    await crowd.put_registry_into(Mood.MIXED_UP)
    await crowd.ask(ADULT)
    await crowd.put_registry_into(Mood.OK)
    street.clock.pass_by(timedelta(minutes=1))
    assert (await crowd.log_in(ADULT.applicant)).status == (await crowd.log_in(PARENT.applicant)).status == 201
    for one in crowd.signed:
        said = await document_of(street, crowd, one)
        people = {slug: demo.person for slug, demo in demo_people().items()}
        patient = people[one.asked.subject]
        assert said.get("patient", {"iin": patient.iin})["iin"] == patient.iin
        if said["kind"] == "home-visit-certificate":
            assert said["patient"]["name"] == {"kk": patient.names.kk.full(), "ru": patient.names.ru.full()}
        told = json.dumps(said, ensure_ascii=False)
        for slug in people.keys() - {one.asked.applicant, one.asked.subject}:
            assert people[slug].iin not in told
            assert people[slug].names.kk.full() not in told


async def document_of(street: Street, crowd: Crowd, one: Signed) -> Any:
    """Wait, by a clock that runs quicker, until the request is answered; return what its verified document says."""
    async with asyncio.timeout(PATIENCE):
        while (sealed := await crowd.read(one, "/document")).status != 200:
            street.clock.pass_by(timedelta(seconds=1))
            await asyncio.sleep(0.1)
    trust = Trust.from_folder(street.layout.trust)
    return json.loads(
        open_sealed(
            sealed.body.decode(), typ="phc-document+json", trust=trust, at=street.now(), bin=one.asked.provider_bin
        )
    )
