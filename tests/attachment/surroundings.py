"""The attachment service's world over a real database, with a person registry that the test fills."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from attachment_svc.districts import Districts, Loaded
from attachment_svc.facts import Systems
from attachment_svc.holdings import Seat
from attachment_svc.imports import Imports
from attachment_svc.journal import Looker, Register
from attachment_svc.process import settle, term_of
from attachment_svc.regulation import PASSPORT
from attachment_svc.schemas import RequestBody
from attachment_svc.world import World
from shared.eds.jws import Seal, open_sealed
from shared.eds.trust import Trust
from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.casework.answers import Answers
from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.entries import Entry, Standing
from shared.kit.casework.journal import Journal
from shared.kit.casework.process import Casework, register
from shared.kit.casework.registration import new_entry
from shared.kit.casework.seals import Seals
from shared.kit.database import Database
from shared.kit.identifiers import uuid7
from shared.kit.persons import Address, Bilingual
from shared.law.hours import ALMATY, ProviderHours
from tests.fakes import ClockAt
from tests.forwarded import asked_of, forwarded
from tests.home_visit.people import ADULT, PROVIDER, TUESDAY_TEN
from tests.home_visit.surroundings import FakeRegistry

FORM: dict[str, Any] = {"provider_bin": PROVIDER.bin, "phone": "+77012345678"}


@dataclass
class Surroundings:
    """One world and the parts of it that a test moves."""

    world: World
    work: Casework
    clock: ClockAt
    registry: FakeRegistry
    database: Database
    trust: Trust

    async def take(self, body: RequestBody) -> Entry | None:
        """Register a request as it arrives now."""
        now = self.clock.now()
        term = term_of(self.world, body)
        return await register(self.work, new_entry(body, body.form.provider_bin, term, received_at=now, now=now))

    async def standing(self, request_id: UUID) -> Standing:
        found = await self.work.journal.standing(request_id)
        assert found is not None
        return found

    async def answered(self, **asked: Any) -> tuple[Standing, Any]:
        """Register a request, answer it within the exchange; gives the standing and the opened document."""
        asked = {"signed_at": self.clock.now()} | asked
        body = request_body(**asked)
        entry = await self.take(body)
        assert entry is not None
        await try_within_exchange(self.work, entry)
        found = await self.standing(entry.request_id)
        assert found.jws is not None
        # The test's seals live for a year, its clock goes further.
        sealed = open_sealed(
            found.jws, typ="phc-document+json", trust=self.trust, at=TUESDAY_TEN, bin=body.form.provider_bin
        )
        return found, json.loads(sealed)

    async def grounds(self, **asked: Any) -> list[str]:
        """Ask, and return the codes of the grounds of refusal; none where it is granted."""
        _, document = await self.answered(**asked)
        return [ground["code"] for ground in document.get("grounds", [])]

    async def held(self, iin: str = ADULT) -> list[tuple[str, str, int]]:
        """Return provider, kind and number of what holds today."""
        now = self.clock.now()
        looker = Looker("gateway", "AT-7", b"person", now)
        stays = await self.world.register.look_up(iin, now.astimezone(ALMATY).date(), looker)
        return [(one.provider_bin, one.seat.kind, one.seat.number) for one in stays]

    async def load(self, *districts: Loaded) -> None:
        await self.world.districts.load(districts, self.clock.now())


def surroundings(database: Database, files: Path) -> Surroundings:
    clock, registry = ClockAt(TUESDAY_TEN), FakeRegistry()
    seal = files / "seals" / ATTACHMENT_TEST_BIN
    world = World(
        clock=clock,
        hours=ProviderHours(KazakhstanCalendar()),
        answers=Answers(database),
        register=Register(database),
        districts=Districts(database),
        imports=Imports(database),
        systems=Systems(registry, clock),
        seal=Seal.from_files(seal.with_suffix(".key.pem"), seal.with_suffix(".chain.pem")),
        record_key=b"k" * 32,
    )

    async def settle_here(entry: Entry) -> bool:
        return await settle(world, entry)

    journal = Journal(database, PASSPORT.code, PASSPORT.regulation)
    work = Casework(clock, journal, Answers(database), Seals(files / "seals"), settle_here)
    return Surroundings(world, work, clock, registry, database, Trust.from_folder(files / "trust"))


def district(
    number: int = 1, kind: str = "therapist", *streets: str, norm: int = 100, provider_bin: str = PROVIDER.bin
) -> Loaded:
    """Return a district as a clinic loads it; each has its own doctor."""
    seat = Seat(number, kind, f"{kind}-{number}", f"Дәрігер {number}")
    return Loaded(provider_bin, seat, streets, norm)


def home(street: str = "Абай даңғылы", house: str = "12", apartment: str | None = "3") -> Address:
    """Return a registered address in Almaty."""
    return Address(
        city=Bilingual(kk="Алматы қаласы", ru="город Алматы"),
        district=Bilingual(kk="Алмалы ауданы", ru="Алмалинский район"),
        street=Bilingual(kk=street, ru=f"улица {street.split(maxsplit=1)[0]}"),
        house=house,
        apartment=apartment,
    )


def request_json(
    *,
    applicant: str = ADULT,
    subject: str | None = None,
    provider_bin: str = PROVIDER.bin,
    signed_at: datetime = TUESDAY_TEN,
    content: bytes | None = None,
) -> bytes:
    """Return one forwarded request; what is signed says the same unless ``content`` is given."""
    request_id, subject, form = uuid7(signed_at), subject or applicant, FORM | {"provider_bin": provider_bin}
    asked = asked_of("attachment", request_id, (applicant, subject), form)
    return json.dumps(forwarded(asked, signed_at, content)).encode()


def request_body(**asked: Any) -> RequestBody:
    return RequestBody.model_validate_json(request_json(**asked))
