"""Every change of stage that there is (DP-16), written out by hand; every other is refused."""

from itertools import product

import pytest

from diploma_svc.stages import OPEN, WHILE_SUSPENDED, Act, Hindrance, Stage, Standing, acts_for, move_of
from shared.law.roles import ROLES_OF_COLLEGE, StaffRole

CLERK, RESPONSIBLE, EXECUTOR = StaffRole.CLERK, StaffRole.RESPONSIBLE, StaffRole.EXECUTOR
DEPUTY, HEAD, OFFICIAL = StaffRole.DEPUTY_FOR_STUDIES, StaffRole.HEAD, StaffRole.RIGHT_TO_SIGN
EVERY_ROLE = tuple(StaffRole)

SHARED = {
    "registered pass_on clerk": "responsible",
    "responsible send_back responsible_person": "registered",
    "preparing prepare executor": "approval",
    "approval approve deputy_for_studies": "signature",
    "approval send_back deputy_for_studies": "preparing",
    "signature sign head": "handing_over",
    "signature sign right_to_sign": "handing_over",
    "signature send_back head": "approval",
    "signature send_back right_to_sign": "approval",
    "handing_over hand_over clerk": "handed_over",
    "handing_over withdraw head": "withdrawn",
    "handing_over withdraw right_to_sign": "withdrawn",
    "handed_over withdraw head": "withdrawn",
    "handed_over withdraw right_to_sign": "withdrawn",
    "registered refuse head": "refused",
    "registered refuse right_to_sign": "refused",
    "responsible refuse head": "refused",
    "responsible refuse right_to_sign": "refused",
    "preparing refuse head": "refused",
    "preparing refuse right_to_sign": "refused",
}
LEGAL = {
    False: SHARED
    | {
        "responsible assign responsible_person": "preparing",
        "preparing send_back executor": "responsible",
    },
    True: SHARED
    | {
        "responsible assign responsible_person": "deciding",
        "deciding allow head": "preparing",
        "deciding allow right_to_sign": "preparing",
        "deciding send_back head": "responsible",
        "deciding send_back right_to_sign": "responsible",
        "deciding refuse head": "refused",
        "deciding refuse right_to_sign": "refused",
        "preparing send_back executor": "deciding",
    },
}


@pytest.mark.parametrize("duplicate", [False, True])
@pytest.mark.parametrize("stage", list(Stage))
def test_dp_16_exactly_the_changes_written_down_are_possible(stage: Stage, *, duplicate: bool) -> None:
    for act, role in product(Act, EVERY_ROLE):
        standing = Standing(stage, duplicate=duplicate, suspended=False)
        led = move_of(standing, act, frozenset({role}), "x")
        wanted = LEGAL[duplicate].get(f"{stage} {act} {role}")
        if wanted is None:
            assert isinstance(led, Hindrance), (stage, act, role)
        else:
            assert led == Stage(wanted), (stage, act, role)


@pytest.mark.parametrize("duplicate", [False, True])
@pytest.mark.parametrize("stage", list(Stage))
def test_dp_13_while_a_debt_suspends_nothing_brings_the_document_nearer(stage: Stage, *, duplicate: bool) -> None:
    for act in Act:
        led = move_of(Standing(stage, duplicate=duplicate, suspended=True), act, frozenset(StaffRole), "x")
        known = any(key.startswith(f"{stage} {act} ") for key in LEGAL[duplicate])
        if not known:
            assert led is Hindrance.NOT_AT_THIS_STAGE
        elif act in WHILE_SUSPENDED:
            assert isinstance(led, Stage)
        else:
            assert led is Hindrance.SUSPENDED


def test_dp_16_whoever_has_had_a_hand_in_a_document_neither_approves_nor_signs_it() -> None:
    everything = frozenset(ROLES_OF_COLLEGE)
    prepared = Standing(Stage.APPROVAL, duplicate=False, suspended=False, hands=frozenset({"executor"}))
    assert move_of(prepared, Act.APPROVE, everything, "executor") is Hindrance.SAME_PERSON
    assert move_of(prepared, Act.APPROVE, everything, "deputy") is Stage.SIGNATURE
    hands = frozenset({"executor", "deputy"})
    approved = Standing(Stage.SIGNATURE, duplicate=False, suspended=False, hands=hands)
    for iin in hands:
        assert move_of(approved, Act.SIGN, everything, iin) is Hindrance.SAME_PERSON
    assert move_of(approved, Act.SIGN, everything, "head") is Stage.HANDING_OVER


@pytest.mark.parametrize(
    ("stage", "role", "acts"),
    [
        (Stage.REGISTERED, CLERK, ["pass_on"]),
        (Stage.RESPONSIBLE, RESPONSIBLE, ["assign", "send_back"]),
        (Stage.PREPARING, EXECUTOR, ["prepare", "send_back"]),
        (Stage.APPROVAL, DEPUTY, ["approve", "send_back"]),
        (Stage.SIGNATURE, HEAD, ["sign", "send_back"]),
        (Stage.SIGNATURE, OFFICIAL, ["sign", "send_back"]),
        (Stage.HANDING_OVER, CLERK, ["hand_over"]),
        (Stage.HANDED_OVER, CLERK, []),
        (Stage.REFUSED, HEAD, []),
        (Stage.WITHDRAWN, HEAD, []),
    ],
)
def test_dp_16_an_employee_is_shown_what_they_may_do(stage: Stage, role: StaffRole, acts: list[str]) -> None:
    assert acts_for(Standing(stage, duplicate=False, suspended=False), frozenset({role}), "x") == acts


def test_dp_13_the_clock_runs_in_every_stage_before_the_document() -> None:
    over = {Stage.HANDING_OVER, Stage.HANDED_OVER, Stage.WITHDRAWN, Stage.REFUSED}
    assert OPEN.isdisjoint(over)
    assert OPEN | over == set(Stage)
