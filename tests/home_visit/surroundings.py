"""The systems that a home visit asks, behaving as they do; a seal and a world over a real database."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from home_visit_svc.answers import Answers
from home_visit_svc.facts import Systems
from home_visit_svc.journal import Journal
from home_visit_svc.rounds import Rounds
from home_visit_svc.seals import Seals
from home_visit_svc.world import World
from shared.eds.trust import Trust
from shared.kit.attachments import Attachment, AttachmentAnswer, AttachmentsUnavailable
from shared.kit.calendar import KazakhstanCalendar
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
    held: asyncio.Event | None = None
    asked: list[str] = field(default_factory=list)

    def know(self, *people: Person) -> None:
        self.people |= {one.iin: one for one in people}

    async def person(self, iin: str, purpose: str) -> RegistryAnswer:
        self.asked.append(iin)
        if self.held is not None:
            await self.held.wait()
        if self.silent:
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

    async def current(self, iin: str, purpose: str) -> AttachmentAnswer:
        self.asked.append(iin)
        if self.silent:
            raise AttachmentsUnavailable("unreachable")
        return AttachmentAnswer(self.attachments.get(iin, ()), f"jws-of-register-for-{purpose}")


@dataclass
class Surroundings:
    """One world and the parts of it that a test moves."""

    world: World
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
        journal=Journal(database),
        answers=Answers(database),
        rounds=Rounds(database),
        systems=Systems(registry, register, clock),
        seals=Seals(seals),
    )
    return Surroundings(world, clock, registry, register, database, trust)
