"""Asking the person registry, ЖТ МДҚ (HV-17.3, AP-17.3, AT-19.3): a sealed answer about the person asked for."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, TypeVar

from pydantic import AwareDatetime, StringConstraints, ValidationError

from shared.eds.jws import SealNotValid, open_sealed
from shared.eds.trust import Trust
from shared.kit.clock import Clock
from shared.kit.http import CallFailed, FailureKind, ServiceClient
from shared.kit.persons import Number, Organisation, Person, Stated

TYPE: Final = "registry-answer+json"
MEDIA_TYPE: Final = "application/jose"
PERSONS: Final = "/v1/persons/lookup"
ORGANISATIONS: Final = "/v1/organisations/lookup"
REGISTRY_TEST_BIN: Final = "130040901010"
"""The stub's BIN: its month is 00, which no real one carries. A real registry's comes from the configuration."""
TOTAL_SECONDS: Final = 2.5
MOST_BYTES: Final = 64 * 1024
MOST_AGE: Final = timedelta(seconds=60)
SKEW: Final = timedelta(seconds=5)

Nonce = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
Reason = (
    FailureKind
    | Literal["status", "not_a_seal", "seal_not_valid", "malformed", "another_question", "another_person", "not_fresh"]
)


class PersonStatement(Stated):
    """What the registry seals about a person: None says that it has nobody under this IIN."""

    iin: Number
    nonce: Nonce
    issued_at: AwareDatetime
    person: Person | None


class OrganisationStatement(Stated):
    """What the registry seals about a legal person: None says that it has none under this BIN."""

    bin: Number
    nonce: Nonce
    issued_at: AwareDatetime
    organisation: Organisation | None


S = TypeVar("S", PersonStatement, OrganisationStatement)


@dataclass(frozen=True, slots=True)
class RegistryAnswer:
    """A person, or None where the registry has none; ``jws`` is the sealed answer itself, to be kept as evidence."""

    person: Person | None
    jws: str


@dataclass(frozen=True, slots=True)
class OrganisationAnswer:
    """A legal person, or None where the registry has none; ``jws`` is the sealed answer itself."""

    organisation: Organisation | None
    jws: str


class RegistryUnavailable(Exception):
    """The registry gave no answer that can be relied on; ``reason`` is a code for the log, without personal data."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class RegistryClient:
    """Asks the registry; nothing is kept between two questions."""

    def __init__(self, service: ServiceClient, trust: Trust, clock: Clock, bin: str = REGISTRY_TEST_BIN) -> None:  # noqa: A002 - BIN.
        """Take the way to the registry, whom to trust, and the BIN in whose name the registry seals."""
        self._service = service
        self._trust = trust
        self._clock = clock
        self._bin = bin

    async def person(self, iin: str, purpose: str) -> RegistryAnswer:
        """Return what the registry knows of a person; ``purpose`` is the clause that asks, as ``HV-12.1``.

        Raises:
            RegistryUnavailable: No answer within 2.5 s, or one that is not sealed, not fresh or not about this person.
        """
        nonce = secrets.token_urlsafe(16)
        jws, statement = await self._ask(PERSONS, {"iin": iin, "purpose": purpose, "nonce": nonce}, PersonStatement)
        person = statement.person
        self._check(asked=(iin, nonce), answered=(statement.iin, statement.nonce), at=statement.issued_at)
        if person is not None and person.iin != iin:
            raise RegistryUnavailable("another_person")
        return RegistryAnswer(person, jws)

    async def organisation(self, bin: str, purpose: str) -> OrganisationAnswer:  # noqa: A002 - BIN.
        """Return what the registry knows of a legal person; raises as ``person`` does."""
        nonce = secrets.token_urlsafe(16)
        question = {"bin": bin, "purpose": purpose, "nonce": nonce}
        jws, statement = await self._ask(ORGANISATIONS, question, OrganisationStatement)
        organisation = statement.organisation
        self._check(asked=(bin, nonce), answered=(statement.bin, statement.nonce), at=statement.issued_at)
        if organisation is not None and organisation.bin != bin:
            raise RegistryUnavailable("another_person")
        return OrganisationAnswer(organisation, jws)

    async def _ask(self, path: str, question: dict[str, str], kind: type[S]) -> tuple[str, S]:
        body = json.dumps(question).encode()
        try:
            answer = await self._service.post(path, body, total=TOTAL_SECONDS, most=MOST_BYTES)
        except CallFailed as failed:
            raise RegistryUnavailable(failed.kind) from failed
        if answer.status != 200:  # noqa: PLR2004 - HTTP's own number.
            raise RegistryUnavailable("status")
        try:
            jws = answer.body.decode("ascii")
            payload = open_sealed(jws, typ=TYPE, trust=self._trust, at=self._clock.now(), bin=self._bin)
            return jws, kind.model_validate_json(payload)
        except UnicodeDecodeError as unreadable:
            raise RegistryUnavailable("not_a_seal") from unreadable
        except SealNotValid as refused:
            raise RegistryUnavailable("seal_not_valid") from refused
        except ValidationError:
            # Its text would repeat what was answered.
            raise RegistryUnavailable("malformed") from None

    def _check(self, *, asked: tuple[str, str], answered: tuple[str, str], at: datetime) -> None:
        if answered != asked:
            raise RegistryUnavailable("another_question")
        if not -SKEW <= self._clock.now() - at <= MOST_AGE:
            raise RegistryUnavailable("not_fresh")
