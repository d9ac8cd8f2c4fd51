"""Who asks: grown-up residents, each attached to another clinic, with the keys that sign for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa

from nca_stub.authority import Authority, Issued
from nca_stub.lists import RevocationLists
from nca_stub.orders import Order
from nca_stub.signing import sign_cms
from person_registry_stub.attachment import CLINICS_FOR_ADULTS, attachment_of
from person_registry_stub.population import Population, Resident
from person_registry_stub.settings import RegistrySettings
from shared.law.person_facts import IdentityDocument, proves_identity
from shared.law.providers import PROVIDERS

GROWN_UP: Final = range(30, 60)
LONG_AGO: Final = timedelta(days=400)
"""A certificate issued then has expired."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person: IIN, the BIN of the clinic, and keys with certificates by what they are (good, revoked, expired)."""

    iin: str = field(repr=False)
    provider_bin: str
    keys: Mapping[str, tuple[rsa.RSAPrivateKey, bytes]] = field(repr=False)

    def sign(self, content: bytes, at: datetime, key: str = "good") -> bytes:
        """Return a detached signature over the content, as NCALayer makes it at the time (aware)."""
        private, certificate = self.keys[key]
        return sign_cms(content, private, certificate, at)


def certified_people(authority: Authority, most: int, at: datetime) -> list[Person]:
    """Return one person of each clinic for adults, at most so many; each also has a revoked and an expired key.

    To be called before the system starts, so that the revocations are in the first list that it reads.
    """
    lists = RevocationLists(authority)
    people = []
    for clinic, resident in _one_of_each_clinic(at):
        good, revoked = (_issued(authority, resident.iin, at) for _ in range(2))
        expired = _issued(authority, resident.iin, at - LONG_AGO)
        lists.revoke(revoked.certificate.serial_number, "keyCompromise", at)
        keys = {name: _kept(one) for name, one in (("good", good), ("revoked", revoked), ("expired", expired))}
        people.append(Person(resident.iin, PROVIDERS[clinic - 1].bin, keys))
        if len(people) == most:
            break
    return people


def _one_of_each_clinic(at: datetime) -> Iterator[tuple[int, Resident]]:
    settings = RegistrySettings()
    population = Population(settings.population_size, settings.population_seed)
    wanted = set(CLINICS_FOR_ADULTS)
    for resident in population.all():
        clinic = attachment_of(resident)
        if clinic in wanted and _can_ask(population, resident, at):
            wanted.remove(clinic)
            yield clinic, resident


def _can_ask(population: Population, resident: Resident, at: datetime) -> bool:
    person = population.person(resident.iin)
    if person is None or person.deceased or person.age_on(at.date()) not in GROWN_UP:
        return False
    documents = [IdentityDocument(one.kind.value, one.issued, one.expires) for one in person.documents]
    return proves_identity(documents, age=person.age_on(at.date()), on=at.date())


def _issued(authority: Authority, iin: str, at: datetime) -> Issued:
    return authority.issue(Order.individual(iin, "ТЕСТОВ ТЕСТ ТЕСТҰЛЫ", at))


def _kept(issued: Issued) -> tuple[rsa.RSAPrivateKey, bytes]:
    if not isinstance(issued.key, rsa.RSAPrivateKey):
        raise TypeError("People sign with an RSA key.")
    return issued.key, issued.der
