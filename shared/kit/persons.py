"""What the registries of natural (ЖТ МДҚ) and of legal persons say of somebody: strict, so that nothing is guessed."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

OLD_ENOUGH_FOR_A_CARD = 16
"""Years of age from which an identity card is held; a birth certificate serves before (HV-12, AP-12)."""

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
"""An IIN or BIN: twelve ASCII digits. The registry's word is taken: its test numbers may fail the check digit."""
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1F\x7F-\x9F]*$")]
"""One line of text without control characters."""
Day = Annotated[date, Field(ge=date(1850, 1, 1), le=date(2200, 12, 31))]
"""A local date, within a range in which sums of dates cannot overflow."""
People = Annotated[tuple[Number, ...], Field(max_length=100)]
"""IINs of related persons."""


class Stated(BaseModel):
    """What a registry states: no unknown field, no conversion, no change afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Bilingual(Stated):
    """A name in Kazakh and in Russian."""

    kk: Line
    ru: Line


class Names(Stated):
    """A person's name as one language writes it."""

    surname: Line
    given: Line
    patronymic: Line | None

    def full(self) -> str:
        """Return surname, given name and patronymic, in this order."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


class BothNames(Stated):
    """A person's name in Kazakh and in Russian."""

    kk: Names
    ru: Names


class DocumentKind(StrEnum):
    """The kinds of identity document."""

    IDENTITY_CARD = "identity_card"
    PASSPORT = "passport"
    RESIDENCE_PERMIT = "residence_permit"
    BIRTH_CERTIFICATE = "birth_certificate"


class IdentityDocument(Stated):
    """One identity document; ``expires`` is its last day in force, None for one that never expires."""

    kind: DocumentKind
    number: Line
    issued: Day
    expires: Day | None
    issuer: Bilingual

    def in_force_on(self, day: date) -> bool:
        """Say whether the document is issued and not yet expired on a local day."""
        return self.issued <= day and (self.expires is None or day <= self.expires)


class Address(Stated):
    """Where a person is registered."""

    city: Bilingual
    district: Bilingual
    street: Bilingual
    house: Line
    apartment: Line | None


class Person(Stated):
    """A natural person; relatives are named by their IINs, ``wards`` are those whose guardian the person is."""

    iin: Number
    names: BothNames
    birth_date: Day
    sex: Literal["female", "male"]
    documents: Annotated[tuple[IdentityDocument, ...], Field(max_length=20)]
    registered_address: Address | None
    deceased: Day | None
    parents: Annotated[tuple[Number, ...], Field(max_length=2)]
    guardians: People
    children: People
    wards: People

    def age_on(self, day: date) -> int:
        """Return the full years of age on a local day; someone born on 29 February is a year older on 1 March."""
        had_no_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - had_no_birthday


class OrganisationName(Stated):
    """A legal person's name; the Russian one is None where only the Kazakh is known (Appendix 3)."""

    kk: Line
    ru: Line | None


class Organisation(Stated):
    """A legal person with the IIN of its head; ``closed`` is the day on which it ceased to be."""

    bin: Number
    name: OrganisationName
    head_iin: Number
    registered: Day
    closed: Day | None
