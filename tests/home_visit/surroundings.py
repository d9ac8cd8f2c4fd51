"""The systems that a home visit asks, behaving as they do; a seal and a world over a real database."""

import asyncio
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from home_visit_svc.acts import Acts
from home_visit_svc.in_work import InWork
from home_visit_svc.journal import Rounds
from home_visit_svc.process import settle
from home_visit_svc.regulation import PASSPORT
from home_visit_svc.untold import TELLING
from home_visit_svc.wording import DECREE
from home_visit_svc.world import World
from shared.eds.trust import Trust
from shared.kit.attachments import Attachment, AttachmentAnswer, AttachmentsUnavailable
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.casework.answers import Answers
from shared.kit.casework.entries import Entry
from shared.kit.casework.gathering import Systems
from shared.kit.casework.journal import Journal
from shared.kit.casework.officials import officials_of
from shared.kit.casework.process import Casework
from shared.kit.casework.seals import Seals
from shared.kit.casework.untold import Untold
from shared.kit.database import Database
from shared.kit.persons import Person
from shared.kit.registry import RegistryAnswer, RegistryUnavailable
from shared.law.hours import ProviderHours
from tests.fakes import ClockAt


@dataclass
class FakeRegistry:
    """Knows some people; can be silent, or stop in the middle of an answer until it is let go on."""

    people: dict[str, Person] = field(default_factory=dict)
    silent: bool = False
    silent_about: set[str] = field(default_factory=set)
    held: asyncio.Event | None = None
    asked: list[str] = field(default_factory=list)

    def know(self, *people: Person) -> None:
        self.people |= {one.iin: one for one in people}

    async def person(self, iin: str, purpose: str) -> RegistryAnswer:
        self.asked.append(iin)
        if self.held is not None:
            await self.held.wait()
        if self.silent or iin in self.silent_about:
            raise RegistryUnavailable("too_slow")
        return RegistryAnswer(self.people.get(iin), f"jws-of-registry-for-{purpose}")


@dataclass
class FakeRegister:
    """Knows some attachments; can be silent."""

    attachments: dict[str, tuple[Attachment, ...]] = field(default_factory=dict)
    silent: bool = False
    asked: list[str] = field(default_factory=list)

    def attach(self, iin: str, *attachments: Attachment) -> None:
        self.attachments[iin] = attachments

    async def current(self, iin: str, purpose: str, on: date | None = None) -> AttachmentAnswer:
        """Tell what holds on a day; where none is asked for, all."""
        self.asked.append(iin)
        if self.silent:
            raise AttachmentsUnavailable("unreachable")
        held = tuple(one for one in self.attachments.get(iin, ()) if on is None or one.since <= on)
        return AttachmentAnswer(held, f"jws-of-register-for-{purpose}")


@dataclass
class Surroundings:
    """One world and the parts of it that a test moves."""

    world: World
    work: Casework
    clock: ClockAt
    registry: FakeRegistry
    register: FakeRegister
    database: Database
    trust: Trust


def surroundings(database: Database, seals: Path, trust: Trust, clock: ClockAt) -> Surroundings:
    registry, register = FakeRegistry(), FakeRegister()
    world = World(
        clock=clock,
        hours=ProviderHours(KazakhstanCalendar()),
        answers=Answers(database),
        rounds=Rounds(database),
        systems=Systems(registry, register, clock),
        in_work=InWork(database),
        acts=Acts(database),
        untold=Untold(database, TELLING),
    )
    return Surroundings(world, work_over(world, database, seals), clock, registry, register, database, trust)


def work_over(world: World, database: Database, seals: Path) -> Casework:
    """Return the way of a call through this world."""

    async def settle_here(entry: Entry) -> bool:
        return await settle(world, entry)

    journal = Journal(database, PASSPORT.code, PASSPORT.regulation)
    officials = officials_of(database, world.hours, PASSPORT, DECREE)
    return Casework(world.clock, journal, Answers(database), Seals(seals), settle_here, officials=officials)
