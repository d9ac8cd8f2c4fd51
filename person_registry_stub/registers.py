"""What the registry knows now: the population and the legal persons, with the changes made while it runs."""

from datetime import date, datetime
from typing import Final

from person_registry_stub.demo_people import demo_people
from person_registry_stub.organisations import organisations_of
from person_registry_stub.population import Population
from shared.kit.persons import Day, IdentityDocument, Number, People, Person, Stated
from shared.kit.registry import OrganisationStatement, PersonStatement


class PersonChange(Stated):
    """A change of one person until the stub ends: only what is said changes; saying nothing takes all changes back."""

    iin: Number
    deceased: Day | None = None
    documents_expire: Day | None = None
    """The last day in force of every document that expires."""
    documents: tuple[IdentityDocument, ...] | None = None
    guardians: People | None = None
    wards: People | None = None
    known: bool = True
    """False: the registry answers that it has nobody under this IIN."""


class Registers:
    """Persons by IIN and legal persons by BIN."""

    def __init__(self, population: Population) -> None:
        self._population = population
        self._organisations: Final = organisations_of(population)
        self._changes: dict[str, PersonChange] = {}

    def person(self, iin: str) -> Person | None:
        """Return the person as the registry knows them now, or None."""
        person = self._population.person(iin)
        change = self._changes.get(iin)
        return person if person is None or change is None else _changed(person, change)

    def change(self, change: PersonChange) -> bool:
        """Note a change instead of an earlier one; false where there is no such person."""
        if self._population.person(change.iin) is None:
            return False
        self._changes[change.iin] = change
        return True

    def tell_of_person(self, asked: str, nonce: str, at: datetime, about: str | None) -> bytes:
        """Return the statement about one IIN, truthful where ``about`` is the IIN asked for; ``at`` is aware."""
        person = None if about is None else self.person(about)
        return PersonStatement(iin=asked, nonce=nonce, issued_at=at, person=person).model_dump_json().encode()

    def tell_of_organisation(self, asked: str, nonce: str, at: datetime, about: str | None) -> bytes:
        """Return the statement about one BIN, truthful where ``about`` is the BIN asked for; ``at`` is aware."""
        known = None if about is None else self._organisations.get(about)
        return (
            OrganisationStatement(bin=asked, nonce=nonce, issued_at=at, organisation=known).model_dump_json().encode()
        )

    def another_person(self, iin: str) -> str:
        """Return the IIN of somebody else."""
        return next(demo.person.iin for demo in demo_people().values() if demo.person.iin != iin)

    def another_organisation(self, bin_: str) -> str:
        """Return the BIN of another legal person."""
        return next(other for other in self._organisations if other != bin_)


def _changed(person: Person, change: PersonChange) -> Person | None:
    if not change.known:
        return None
    said = change.model_fields_set - {"iin", "known", "documents_expire"}
    changed = person.model_copy(update={name: getattr(change, name) for name in said if _replaces(change, name)})
    if change.documents_expire is None:
        return changed
    return changed.model_copy(update={"documents": _expiring(changed.documents, change.documents_expire)})


def _replaces(change: PersonChange, name: str) -> bool:
    """A null brings the dead back to life; elsewhere it says nothing."""
    return name == "deceased" or getattr(change, name) is not None


def _expiring(documents: tuple[IdentityDocument, ...], day: date) -> tuple[IdentityDocument, ...]:
    return tuple(
        document if document.expires is None else document.model_copy(update={"expires": day}) for document in documents
    )
