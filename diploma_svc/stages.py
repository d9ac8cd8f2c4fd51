"""The stages of DP-16, who may bring a case from one to the next, and that three people stand behind one document.

    registered → responsible → (deciding) → preparing → approval → signature → handing_over → handed_over
    DP-16.1      DP-16.2       DP-14        DP-16.3     DP-16.3    DP-16.4     DP-16.5        DP-16.6

Only a duplicate is decided by the head before it is prepared (DP-14). Whoever has a case may send it back with a
reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from shared.law.roles import StaffRole


class Stage(StrEnum):
    """Where a case is."""

    REGISTERED = "registered"
    RESPONSIBLE = "responsible"
    DECIDING = "deciding"
    PREPARING = "preparing"
    APPROVAL = "approval"
    SIGNATURE = "signature"
    HANDING_OVER = "handing_over"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


class Act(StrEnum):
    """What an employee does with a case."""

    PASS_ON = "pass_on"  # noqa: S105 - a step, no password.
    ASSIGN = "assign"
    ALLOW = "allow"
    PREPARE = "prepare"
    APPROVE = "approve"
    SIGN = "sign"
    HAND_OVER = "hand_over"
    SEND_BACK = "send_back"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


HEADS: Final = frozenset({StaffRole.HEAD, StaffRole.RIGHT_TO_SIGN})
"""The head, or whoever stands in for them (DP-14)."""
CLERK: Final = frozenset({StaffRole.CLERK})
RESPONSIBLE: Final = frozenset({StaffRole.RESPONSIBLE})
EXECUTOR: Final = frozenset({StaffRole.EXECUTOR})
DEPUTY: Final = frozenset({StaffRole.DEPUTY_FOR_STUDIES})


@dataclass(frozen=True, slots=True)
class Move:
    """One way on: to which stage, by whom."""

    to: Stage
    by: frozenset[StaffRole]


_SHARED: Final = {
    (Stage.REGISTERED, Act.PASS_ON): Move(Stage.RESPONSIBLE, CLERK),  # DP-16.1, DP-16.2
    (Stage.RESPONSIBLE, Act.SEND_BACK): Move(Stage.REGISTERED, RESPONSIBLE),
    (Stage.PREPARING, Act.PREPARE): Move(Stage.APPROVAL, EXECUTOR),  # DP-16.3
    (Stage.APPROVAL, Act.APPROVE): Move(Stage.SIGNATURE, DEPUTY),  # DP-16.4
    (Stage.APPROVAL, Act.SEND_BACK): Move(Stage.PREPARING, DEPUTY),
    (Stage.SIGNATURE, Act.SIGN): Move(Stage.HANDING_OVER, HEADS),  # DP-16.5
    (Stage.SIGNATURE, Act.SEND_BACK): Move(Stage.APPROVAL, HEADS),
    (Stage.HANDING_OVER, Act.HAND_OVER): Move(Stage.HANDED_OVER, CLERK),  # DP-12, DP-16.6
    (Stage.HANDING_OVER, Act.WITHDRAW): Move(Stage.WITHDRAWN, HEADS),
    (Stage.HANDED_OVER, Act.WITHDRAW): Move(Stage.WITHDRAWN, HEADS),
    (Stage.REGISTERED, Act.REFUSE): Move(Stage.REFUSED, HEADS),
    (Stage.RESPONSIBLE, Act.REFUSE): Move(Stage.REFUSED, HEADS),
    (Stage.PREPARING, Act.REFUSE): Move(Stage.REFUSED, HEADS),
}
MOVES: Final[Mapping[tuple[Stage, Act], Move]] = MappingProxyType(
    _SHARED
    | {
        (Stage.RESPONSIBLE, Act.ASSIGN): Move(Stage.PREPARING, RESPONSIBLE),  # DP-16.2
        (Stage.PREPARING, Act.SEND_BACK): Move(Stage.RESPONSIBLE, EXECUTOR),
    }
)
"""Every change of stage of a first document; there is no other."""
MOVES_OF_DUPLICATE: Final[Mapping[tuple[Stage, Act], Move]] = MappingProxyType(
    _SHARED
    | {
        (Stage.RESPONSIBLE, Act.ASSIGN): Move(Stage.DECIDING, RESPONSIBLE),
        (Stage.DECIDING, Act.ALLOW): Move(Stage.PREPARING, HEADS),  # DP-14
        (Stage.DECIDING, Act.SEND_BACK): Move(Stage.RESPONSIBLE, HEADS),
        (Stage.DECIDING, Act.REFUSE): Move(Stage.REFUSED, HEADS),
        (Stage.PREPARING, Act.SEND_BACK): Move(Stage.DECIDING, EXECUTOR),
    }
)
"""Every change of stage of a duplicate."""
WHILE_SUSPENDED: Final = frozenset({Act.SEND_BACK, Act.REFUSE, Act.WITHDRAW})
"""What is possible while a debt suspends the service (DP-13): nothing that brings the document nearer."""
OPEN: Final = frozenset(
    {Stage.REGISTERED, Stage.RESPONSIBLE, Stage.DECIDING, Stage.PREPARING, Stage.APPROVAL, Stage.SIGNATURE}
)
"""Stages of a case that has no document yet; in them the clock runs."""


class Hindrance(StrEnum):
    """Why somebody may not do something with a case now."""

    NOT_AT_THIS_STAGE = "not_at_this_stage"
    NOT_YOUR_ROLE = "not_your_role"
    SUSPENDED = "suspended"
    SAME_PERSON = "same_person"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether an act is possible: ``hands`` are the IINs of who prepared and who approved already."""

    stage: Stage
    duplicate: bool
    suspended: bool
    hands: frozenset[str] = frozenset()


def move_of(standing: Standing, act: Act, roles: frozenset[StaffRole], iin: str) -> Stage | Hindrance:
    """Return the stage that the act leads to, or why it is not possible for this employee.

    Executor, deputy and head of one document are three people: who has had a hand in it neither approves nor signs it.
    """
    moves = MOVES_OF_DUPLICATE if standing.duplicate else MOVES
    move = moves.get((standing.stage, act))
    if move is None:
        return Hindrance.NOT_AT_THIS_STAGE
    if not roles & move.by:
        return Hindrance.NOT_YOUR_ROLE
    if standing.suspended and act not in WHILE_SUSPENDED:
        return Hindrance.SUSPENDED
    if act in {Act.APPROVE, Act.SIGN} and iin in standing.hands:
        return Hindrance.SAME_PERSON
    return move.to


def acts_for(standing: Standing, roles: frozenset[StaffRole], iin: str) -> list[Act]:
    """Return what this employee may do with the case now."""
    return [act for act in Act if isinstance(move_of(standing, act, roles, iin), Stage)]
