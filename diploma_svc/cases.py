"""The values of a case: who was attested in what, what became of it, and everything that a decision about it needs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from diploma_svc.deadlines import Counts, Pause, Term
from diploma_svc.holdings import Debt, Facts, Paper
from diploma_svc.stages import Stage, Standing
from shared.law.hours import ALMATY
from shared.law.roles import StaffRole


@dataclass(frozen=True, slots=True)
class Graduation:
    """Somebody's passed attestation: the decision, the order, the programme, and the name as of the decision (DP-7)."""

    graduate_id: str
    person_id: str
    iin: str = field(repr=False)
    name_kk: str = field(repr=False)
    name_ru: str = field(repr=False)
    kind: str
    title_kk: str
    title_ru: str
    qualification_kk: str | None
    qualification_ru: str | None
    hours: int
    decision_number: str
    decided_on: date
    decided_by: str
    order_number: str
    order_on: date


@dataclass(frozen=True, slots=True)
class Original:
    """The document that is in force for a graduation: a duplicate replaces it (DP-14)."""

    document_id: str
    number: str
    series: str
    blank_number: str
    issued_on: date
    request_id: UUID | None


@dataclass(frozen=True, slots=True)
class Actor:
    """An employee who acts, as the gateway vouches for them."""

    iin: str = field(repr=False)
    name_kk: str = field(repr=False)
    name_ru: str = field(repr=False)
    roles: frozenset[StaffRole]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A signature that the gateway has confirmed: of whom, over which bytes, when."""

    cms: bytes = field(repr=False)
    evidence: dict[str, Any]
    signature_sha256: str
    content_sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank: one blank one document."""

    series: str
    number: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands; ``payload`` is the document's exact bytes once it is prepared."""

    request_id: UUID
    number: str
    channel: str
    registered_at: datetime
    applicant_iin: str = field(repr=False)
    graduation: Graduation
    duplicate: bool
    original: Original | None
    stage: Stage
    version: int
    identified: bool | None
    counts: Counts
    begins: date
    calendar_version: str
    due_on: date | None
    half_on: date | None
    four_fifths_on: date | None
    warned: int
    decided_on: date | None
    prepared_by: str | None = field(repr=False)
    approved_by: str | None = field(repr=False)
    payload: bytes | None = field(repr=False)
    blank: Blank | None
    token: str
    status_index: int
    document_number: str | None
    duplicate_number: int | None
    debts: Sequence[Debt]
    papers: Sequence[Paper]
    price: int | None
    pauses: Sequence[tuple[datetime, datetime | None]]

    @property
    def suspended(self) -> bool:
        """Whether a debt suspends it now (DP-13)."""
        return any(ends is None for _, ends in self.pauses)

    def facts(self) -> Facts:
        """Return what the rules decide by."""
        return Facts(self.identified, True, self.duplicate, self.original is not None, self.papers, self.price)

    def standing(self) -> Standing:
        """Return what decides which acts are possible."""
        hands = frozenset(iin for iin in (self.prepared_by, self.approved_by) if iin is not None)
        return Standing(self.stage, self.duplicate, self.suspended, hands)

    def term(self, resumed_on: date | None = None) -> Term:
        """Return the term; with ``resumed_on`` as it would be, were a suspension that lasts to end on that day."""
        pauses = [
            Pause(_day(begins), resumed_on if ends is None else _day(ends)) for begins, ends in self.pauses
        ]  # fmt: skip
        return Term(self.counts, self.begins, pauses)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the ledger: what was done, at which stage it left the case, by whom; nobody: by the system."""

    at: datetime
    act: str
    stage: str
    actor_name: str | None
    said: str | None


def _day(at: datetime) -> date:
    return at.astimezone(ALMATY).date()
