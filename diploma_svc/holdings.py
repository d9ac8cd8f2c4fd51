"""What is known of a case when it is decided: papers handed in, debts, and the facts that the rules decide by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class PaperKind(StrEnum):
    """What is handed in, or scanned (DP-11, DP-14, DP-8, DP-5)."""

    IDENTITY_DOCUMENT = "identity_document"
    CLEARANCE = "clearance"
    LOSS_CERTIFICATE = "loss_certificate"
    NEWSPAPER_NOTICE = "newspaper_notice"
    PAYMENT = "payment"
    POWER_OF_ATTORNEY = "power_of_attorney"


OF_LOSS: Final = frozenset({PaperKind.LOSS_CERTIFICATE, PaperKind.NEWSPAPER_NOTICE})
"""What is there before the head decides about a duplicate (DP-14)."""
SCANNED: Final = OF_LOSS | {PaperKind.POWER_OF_ATTORNEY}
"""What counts only with its scan, whoever took it; the rest an employee at the desk may have had in hand instead."""


def is_shown(kind: PaperKind, *, scanned: bool, at_desk: bool) -> bool:
    """Say whether a paper that was handed in counts: what an applicant only tells of is no proof."""
    return scanned or (at_desk and kind not in SCANNED)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that counts: its own date, and the sum where it is a payment (tenge)."""

    kind: PaperKind
    dated: date | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Debt:
    """What a graduate owes the college (DP-13)."""

    kind: str
    owed_to: str
    about: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a case rests on.

    Attributes:
        identified: Whether an identity document in force is known; None while the registry is silent.
        attested_here: Whether the person studied here and passed the final attestation (DP-7).
        duplicate: Whether a duplicate of a lost original is asked for.
        original_issued: Whether there is an original to be lost.
        papers: What was handed in and counts (``is_shown``).
        price: What a duplicate costs by the price list in force (tenge); None where the list names none.
    """

    identified: bool | None
    attested_here: bool
    duplicate: bool = False
    original_issued: bool = False
    papers: Sequence[Paper] = ()
    price: int | None = None

    def has(self, kind: PaperKind) -> bool:
        """Say whether such a paper was handed in."""
        return any(paper.kind is kind for paper in self.papers)

    @property
    def dated(self) -> frozenset[PaperKind]:
        """The kinds of papers that were handed in with their dates."""
        return frozenset(paper.kind for paper in self.papers if paper.dated is not None)

    @property
    def loss_confirmed(self) -> bool:
        """Both the certificate of the loss and the newspaper notice are there, with their dates (DP-14)."""
        return self.dated >= OF_LOSS

    @property
    def paid(self) -> bool:
        """A payment document shows sum and date, and the sum is the price in force at least (DP-8)."""
        if self.price is None:
            return False
        paid = [one for one in self.papers if one.kind is PaperKind.PAYMENT and one.dated is not None]
        return sum(one.amount or 0 for one in paid) >= self.price
