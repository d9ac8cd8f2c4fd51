"""Condition 1 (HV-16.3): are the data of the registered consumer authentic. Condition 2 (HV-16.6): is the signature.

Each says what it found; what follows (process 2, HV-16.4; process 4, HV-16.7) is the caller's.
"""

from datetime import datetime
from typing import Final, Protocol

import structlog

from gateway.ocsp import OcspDesk
from gateway.workers import Workers
from shared.eds.cms import OFFICIAL, Expected, verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.revocation import AnyOf, Revocation
from shared.eds.trust import Trust
from shared.eds.verdict import Verdict
from shared.kit.persons import Person
from shared.kit.problems import Forbidden, NotAuthenticated, Unavailable
from shared.kit.registry import RegistryAnswer
from shared.kit.registry import RegistryUnavailable as RegistrySilent
from shared.law.text import Text

log = structlog.get_logger()
VERIFYING_SECONDS: Final = 5.0
CONDITION_1: Final = "HV-16.3"


class AuthorisationRefused(NotAuthenticated):
    """Process 2 (HV-16.4, Table 1 step 2); the same for every reason, so that nobody learns who is registered."""

    slug = "authorisation-refused"
    title = Text(
        "Тұтынушының деректерінде бұзушылықтар болғандықтан, авторландырудан бас тартылды",
        "В авторизации отказано в связи с нарушениями в данных потребителя",
        "Authorisation is refused because of violations in the consumer's data",
    )

    def __init__(self) -> None:
        """Say what to look at, whichever it was."""
        detail = Text(
            "ЖСН мен құпиясөзді тексеріңіз. Құпиясөзді ЭЦҚ арқылы қайта орнатуға болады.",
            "Проверьте ИИН и пароль. Пароль можно установить заново с помощью ЭЦП.",
            "Check the IIN and the password. The password can be set anew with an EDS.",
        )
        super().__init__(detail, clause="HV-16.4", step=2)


class PersonNotAuthentic(Forbidden):
    """The person registry does not know the person who registers, or knows of their death (HV-16.1, HV-16.3)."""

    slug = "person-not-authentic"
    title = Text(
        "Мемлекеттік дерекқор тұтынушының деректерін растамады",
        "Государственная база данных не подтвердила данные потребителя",
        "The state database does not confirm the consumer's data",
    )


class RegistryUnavailable(Unavailable):
    """The person registry does not answer now; neither confirmed nor refused."""

    slug = "registry-unavailable"
    title = Text(
        "«Жеке тұлғалар» мемлекеттік дерекқоры қазір жауап бермейді, кейінірек қайталаңыз",
        "Государственная база данных «Физические лица» сейчас не отвечает, повторите позже",
        "The state database “Natural Persons” does not answer now, try again later",
    )


_TOO_SLOW: Final = Verdict(
    "undetermined",
    "verification_too_slow",
    Text(
        "Қолтаңба уақытында тексерілмеді. Сәл кейінірек қайталап көріңіз.",
        "Подпись не удалось проверить вовремя. Повторите немного позже.",
        "The signature was not checked in time. Try again a little later.",
    ),
)


class PersonRegistry(Protocol):
    """ЖТ МДҚ as we ask it: ``shared.kit.registry.RegistryClient`` or a test's own."""

    async def person(self, iin: str, purpose: str) -> RegistryAnswer:
        """Return the person's record; raises shared.kit.registry.RegistryUnavailable."""
        ...


def data_authentic(person: Person | None) -> bool:
    """Condition 1: the registry knows the person, and as living (HV-16.3)."""
    return person is not None and person.deceased is None


async def ask_registry(registry: PersonRegistry, iin: str, purpose: str = CONDITION_1) -> RegistryAnswer:
    """Return what the registry says of the person, asked by a clause; raises RegistryUnavailable as a problem."""
    try:
        return await registry.person(iin, purpose)
    except RegistrySilent as silent:
        raise RegistryUnavailable(retry_after=5) from silent


class Verifier(Protocol):
    """What condition 2 needs of the world: whom we trust, what is revoked, the threads to check in."""

    @property
    def trust(self) -> Trust:
        """Return the pinned authorities."""
        ...

    @property
    def revocation(self) -> CrlStore:
        """Return the kept revocation lists."""
        ...

    @property
    def signature_workers(self) -> Workers:
        """Return the threads that signatures are checked in."""
        ...

    @property
    def ocsp(self) -> OcspDesk:
        """Return whoever asks an authority about one certificate."""
        ...


async def confirm_signature(verifier: Verifier, signed: tuple[bytes, bytes], iin: str, at: datetime) -> Verdict:
    """Condition 2: is it this individual's valid signature over exactly these bytes, by a certificate not revoked.

    Args:
        verifier: Whom we trust, what is revoked, and the threads to check in.
        signed: The CMS and the content that it must be over.
        iin: Whose signature it must be.
        at: When, aware.

    Returns:
        The verdict; undetermined also when the check took too long. Raises WorkersBusy.
    """
    return await confirm(verifier, signed, Expected(iin=iin), at)


async def confirm_official(
    verifier: Verifier, signed: tuple[bytes, bytes], official: tuple[str, str], at: datetime
) -> Verdict:
    """Say the same of an official's signature (IIN, BIN): the key is the head's, or has the right to sign."""
    iin, bin_ = official
    return await confirm(verifier, signed, Expected(iin=iin, bin=bin_, roles=OFFICIAL), at)


async def confirm(verifier: Verifier, signed: tuple[bytes, bytes], expected: Expected, at: datetime) -> Verdict:
    """Verify in a thread, within a time limit; whoever is expected.

    Where the kept lists do not know, the authority is asked about this certificate, if the configuration says where.
    """
    verdict = await _verdict(verifier, signed, (expected, at), verifier.revocation)
    if verdict.code == "revocation_unknown":
        answers = await verifier.ocsp.ask_about(signed[0], verifier.trust)
        if answers:
            verdict = await _verdict(verifier, signed, (expected, at), AnyOf((verifier.revocation, *answers)))
    log.info("signature.checked", status=verdict.status, code=verdict.code)
    return verdict


async def _verdict(
    verifier: Verifier, signed: tuple[bytes, bytes], about: tuple[Expected, datetime], revocation: Revocation
) -> Verdict:
    (cms, content), (expected, at) = signed, about
    try:
        return await verifier.signature_workers.run(
            lambda: verify_cms(cms, content, trust=verifier.trust, revocation=revocation, at=at, expected=expected),
            limit=VERIFYING_SECONDS,
        )
    except TimeoutError:
        return _TOO_SLOW
