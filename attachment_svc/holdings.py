"""What the register holds, as values: attachments with their reasons, districts with their doctors and norms."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Why an attachment began; all but the first by a request."""

    IMPORTED = "imported"
    FREE_CHOICE = "free_choice"
    MOVED_ADDRESS = "moved_address"
    OTHER_DISTRICT = "other_district"
    """Another district of the same provider: the person has come of age, or the district is no more."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A district of a provider by number and kind, with its doctor."""

    number: int
    kind: str
    doctor_id: str
    doctor_name: str

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from the provider's other districts."""
        return self.kind, self.number


@dataclass(frozen=True, slots=True)
class Stay:
    """One attachment of a person, from the local day ``since`` until the day before ``ended``.

    ``address`` is the person's registered address when it began, None where that is not known (imported).
    """

    provider_bin: str
    seat: Seat
    since: date
    ended: date | None
    why: Why
    address: str | None = None
    number: str | None = None
    """The number of the request that it began by."""

    def stands_on(self, day: date) -> bool:
        """Say whether it has not ended by a local day; one that is to begin later stands too, unless it never will."""
        return self.ended is None or self.ended > max(day, self.since)


@dataclass(frozen=True, slots=True)
class District:
    """A district as the register keeps it; without ``streets`` it is the provider's whole area."""

    seat: Seat
    streets: tuple[str, ...]
    norm: int
    attached: int

    def rank_for(self, streets: AbstractSet[str]) -> int:
        """Return 0 where one of the person's street names is its own, 1 for the whole area, 2 for other streets."""
        if not self.streets:
            return 1
        return 2 if streets.isdisjoint(map(plain_street, self.streets)) else 0


@dataclass(frozen=True, slots=True)
class Held:
    """What a decision reads: the person's attachments, eldest first, and the asked provider's districts."""

    stays: Sequence[Stay]
    districts: Sequence[District]


@dataclass(frozen=True, slots=True)
class Placement:
    """The place that a person gets; ``why`` is None where they keep the one that they have."""

    seat: Seat
    since: date
    why: Why | None


def plain_street(name: str) -> str:
    """Return a street's name as names are compared: without regard to case and repeated blanks."""
    return " ".join(name.casefold().split())
