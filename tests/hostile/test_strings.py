"""The corpus through every string of every body, path, query and header of every operation of every service.

Generated from the OpenAPI documents: an operation that nobody has told how to ask fails the first test.
"""

import pytest

from tests.access.rules import PAGES, RULES
from tests.hostile.places import (
    hostile_bodies,
    hostile_headers,
    hostile_targets,
    hostile_values,
    untold_properties,
)
from tests.hostile.strings import CANARY
from tests.hostile.walk import REFUSED, Stored, Walk
from tests.system.operations import line_of
from tests.system.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
STRICT = {"gateway", "home_visit", "attachment", "appointment"}
"""What keeps texts; the stubs of other systems take what those may say."""
ONE_IN = 19
"""How much of the corpus the short form tries; another part at each operation, so that each value has its turn."""
WALKS = sorted(
    {
        (name, caller)
        for name, rules in RULES.items()
        if rules != PAGES
        for rule in rules.values()
        for caller in (*rule.callers, *(["nobody"] if name == "gateway" or rule.anyone else []))
    }
    | {("gateway", "citizen"), ("gateway", "employee")}
)


def walk_of(stage: Stage, name: str, caller: str) -> Walk:
    """Return a caller before one application."""
    stored = Stored(stage.system.databases.get(name))
    return Walk(stage.system.apps[name], stored, stage.caller(caller, name))


@pytest.mark.parametrize("name", dict(WALKS))
async def test_every_operation_has_a_good_request_that_leaves_no_place_out(stage: Stage, name: str) -> None:
    operations = stage.operations(name)
    callers = [walk_of(stage, name, caller) for one, caller in WALKS if one == name]
    for operation in operations:
        makes = stage.makes(name, operation)
        assert makes, f"{line_of(operation)}: say in tests/system how it is asked"
        untold = []
        for make in makes:
            good = await make()
            statuses = [(await walk.send(operation, good)).status for walk in callers]
            assert min(statuses) < REFUSED, (line_of(operation), statuses)
            untold.append(set(untold_properties(operation, good.body)))
        assert set.intersection(*untold) == set(), line_of(operation)


@pytest.mark.parametrize(("name", "caller"), WALKS)
async def test_nothing_hostile_breaks_an_operation_is_kept_or_is_said_again(
    stage: Stage, name: str, caller: str, hostile_all: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    walk, drawn = walk_of(stage, name, caller), 0
    for operation in stage.operations(name):
        rule = RULES[name][line_of(operation)]
        if rule.anyone and caller != "nobody":
            continue  # Who asks makes no difference there.
        for number, make in enumerate(stage.makes(name, operation)):
            await walk.stored.forget_attempts()  # Whoever tried before may have closed the password path.
            good = await make()
            hostile = [] if number and good.body else [*hostile_targets(operation)]
            hostile += [] if number else hostile_headers(operation, dear=good.dear)
            if good.body is not None:
                hostile += hostile_bodies(good.body)
            if good.body is not None and rule.permits(caller):
                hostile += hostile_values(good.body, strict=name in STRICT)
            drawn += 1
            await walk.try_all(operation, make, hostile if hostile_all else hostile[drawn % ONE_IN :: ONE_IN])
    logged = capsys.readouterr()
    assert walk.faults == []
    assert CANARY not in logged.out + logged.err
