"""Nobody learns who is registered: the same answer, and the same work done for it, counted and not timed."""

import dataclasses
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from argon2 import PasswordHasher, extract_parameters

from gateway.passwords import Passwords
from person_registry_stub.demo_people import NOBODY
from tests.system.asking import Asked, Told, ask
from tests.system.citizen import PASSWORD, Citizen
from tests.system.people import request_for
from tests.system.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
WRONG = "дұрыс емес құпиясөз"


class Counting:
    """A hasher that does its work and writes down what it did."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self.done: list[tuple[str, tuple[Any, ...]]] = []

    def hash(self, password: bytes) -> str:
        self.done.append(("hash", ()))
        return self._hasher.hash(password)

    def verify(self, kept: str, password: bytes) -> bool:
        self.done.append(("verify", dataclasses.astuple(extract_parameters(kept))))
        return self._hasher.verify(kept, password)

    def check_needs_rehash(self, kept: str) -> bool:
        return self._hasher.check_needs_rehash(kept)


@pytest_asyncio.fixture(loop_scope="module")
async def hasher(stage: Stage) -> AsyncIterator[Counting]:
    """The gateway's hasher, counted for one test."""
    passwords: Passwords = stage.system.gateway.passwords
    own = passwords._hasher
    counting = Counting(own)
    passwords._hasher = counting  # type: ignore[assignment]
    yield counting
    passwords._hasher = own


async def log_in(stage: Stage, iin: str, password: str = WRONG) -> Told:
    body = f'{{"iin": "{iin}", "password": "{password}"}}'.encode()
    return await ask(stage.system.apps["gateway"], Asked("POST", "/v1/sessions", body, address="203.0.113.5"))


@pytest.fixture
def strangers(stage: Stage) -> dict[str, str]:
    """Who has an account, who is only in the registry, who is nowhere, who has died."""
    return {
        "registered": stage.citizen.iin,
        "not registered": Citizen(stage.system, "expired").iin,
        "nowhere": NOBODY,
        "dead": Citizen(stage.system, "late-ward").iin,
    }


async def test_a_wrong_password_costs_one_comparison_of_todays_parameters_for_whomever(
    stage: Stage, hasher: Counting, strangers: dict[str, str]
) -> None:
    work = {}
    for who, iin in strangers.items():
        hasher.done.clear()
        asked_before = len(stage.system.network.called)
        assert (await log_in(stage, iin)).status == 401
        work[who] = (tuple(hasher.done), len(stage.system.network.called) - asked_before)
    today = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash("x")
    parameters = dataclasses.astuple(extract_parameters(today))
    assert set(work.values()) == {((("verify", parameters),), 0)}


async def test_a_locked_account_and_one_that_is_not_there_are_told_the_same_without_any_comparison(
    stage: Stage, hasher: Counting, strangers: dict[str, str]
) -> None:
    for iin in strangers.values():
        for _ in range(6):
            await log_in(stage, iin)
    hasher.done.clear()
    answers = {(await log_in(stage, iin, PASSWORD)).but_for_its_trace() for iin in strangers.values()}
    assert len(answers) == 1
    assert hasher.done == []


async def test_a_challenge_is_made_for_whomever_and_has_the_same_shape(
    stage: Stage, hasher: Counting, strangers: dict[str, str]
) -> None:
    shapes = set()
    for iin in strangers.values():
        told = await ask(
            stage.system.apps["gateway"],
            Asked("POST", "/v1/registration/challenges", f'{{"iin": "{iin}"}}'.encode()),
        )
        assert told.status == 201
        shapes.add((told.headers, tuple((name, len(str(value))) for name, value in told.json.items())))
    assert len(shapes) == 1
    assert hasher.done == []


async def test_a_password_alone_binds_nobody_to_anything(stage: Stage) -> None:
    """HV-15.2.2: what is signed is signed with a fresh EDS, whoever is logged in."""
    person, other = stage.citizen, await Citizen(stage.system, "bereaved").log_in()
    draft = await person.draft(request_for())
    content = (await person.call("GET", draft["links"]["content"])).body
    for cms in ("AAAA", other.cms_over(content), person.cms_over(content + b" ")):
        told = await person.call("POST", draft["links"]["signature"], {"cms": cms})
        assert (told.status, told.json["type"]) == (422, "/problems/signature-not-confirmed")
    assert (await person.call("GET", draft["links"]["self"])).json["status"] == "draft"
