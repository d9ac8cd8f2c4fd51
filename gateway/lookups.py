"""Process 3 of the desk and the telephone (HV-17.3, AP-17.3, AT-19.3): the registry is asked before any form is filled.

Condition 1 (HV-17.4, AP-17.4, AT-19.4): is the person there; else process 4. In person the employee sees what they
compare with the identity document. By telephone they see nothing but two questions, and enter the answers. Of a child
or a ward the registry is asked only where the applicant's own record names them: who is a stranger is told so by the
decision, with its ground, and nobody's data are opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from gateway import lookup_rows, questions
from gateway.conditions import ask_registry
from gateway.desk_refusals import AnswersDoNotMatch, IdentifyInPerson, LookupNotUsable, NoDataInRegistry, NotOfferedHere
from gateway.destinations import DESTINATIONS, Desk
from gateway.looks import Look, Opened, record_looks
from gateway.lookup_rows import Lookup
from gateway.staff import StaffSession
from gateway.world import World
from shared.kit.identifiers import uuid7
from shared.kit.persons import Person
from shared.kit.problems import NotFound
from shared.kit.representation import relation_of, represents
from shared.law.channels import Channel
from shared.law.college import COLLEGE
from shared.law.hours import ALMATY
from shared.law.roles import StaffRole
from shared.law.tables import TABLE_2

log = structlog.get_logger()
DESK: Final = frozenset({StaffRole.REGISTRY_DESK, StaffRole.CLERK})
"""Whoever takes people's requests: the registry desk of a clinic (AP-20), the clerk of the college (DP-15)."""
LIFE: Final = timedelta(minutes=15)
WRONG_AT_MOST: Final = 9
WRONG_WITHIN: Final = timedelta(days=1)
"""So many wrong answers may be given for one person in a day by telephone, at all clinics together."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """A lookup with what the employee may see: the person in person only, None by telephone."""

    lookup: Lookup
    person: Person | None = None
    entitled: bool | None = None


@dataclass(frozen=True, slots=True)
class ToLookUp:
    """What an employee asks: whom, for which service, how the person came; ``applicant`` is the applicant's lookup."""

    iin: str
    service: str
    channel: Channel
    applicant: UUID | None = None


def desk_of(service: str, channel: Channel, organisation_bin: str) -> Desk:
    """Return how the organisation is asked for a service by a channel; raises NotOfferedHere."""
    destination = DESTINATIONS.get(service)
    desk = destination.desk if destination else None
    if desk is None or (service == "diploma") != (organisation_bin == COLLEGE.bin):
        raise NotOfferedHere(errors=[{"pointer": "/service", "code": "not-offered-here"}])
    if channel not in desk.answer_within:
        raise NotOfferedHere(errors=[{"pointer": "/channel", "code": "not-offered-here"}])
    return desk


async def look_up(world: World, session: StaffSession, asked: ToLookUp) -> LookedUp:
    """Ask the registry about a person, and keep who asked, what for and what was told, in one transaction.

    Raises:
        NotYourRole, NotOfferedHere: One is not at the desk; the organisation has no such service on this channel.
        NoDataInRegistry: Process 4: the registry has no such person.
        IdentifyInPerson: By telephone: it holds too little to ask for, or too many answers were wrong.
        LookupNotUsable: The applicant's lookup cannot be used any more.
        RegistryUnavailable: It does not answer now.
    """
    session.require(DESK)
    desk = desk_of(asked.service, asked.channel, session.employee.organisation_bin)
    started = world.now()
    made = Lookup(
        uuid7(started), session.employee.employee_id, asked.service, asked.channel, asked.iin, asked.applicant,
        started, started, started + LIFE, "not_asked",
    )  # fmt: skip
    if asked.applicant is not None:
        return await _of_subject(world, session, made, desk)
    if asked.channel is Channel.PHONE:
        await _require_tries(world, asked.iin)
    told = await ask_registry(world.registry, asked.iin, desk.clauses[0])
    made = replace(made, told_at=world.now(), registry_answer=told.jws)
    if told.person is None:
        await _keep(world, session, replace(made, outcome="no_data"), desk)
        took = world.now() - made.told_at
        log.info("desk.step", step=4, seconds=took.total_seconds(), met=took <= TABLE_2[4].limit)
        raise NoDataInRegistry(clause=desk.clauses[1], step=4)
    if asked.channel is Channel.PHONE:
        asking = await _keep(world, session, _with_questions(made, told.person), desk)
        if not asking.questions:
            raise IdentifyInPerson
        return LookedUp(asking)
    found = replace(made, outcome="found", identified_at=made.told_at)
    return LookedUp(await _keep(world, session, found, desk), told.person)


async def answer(world: World, session: StaffSession, lookup_id: UUID, answers: Mapping[str, str]) -> LookedUp:
    """Compare a caller's answers with what the registry holds; three tries.

    Raises:
        NotFound: It is no lookup of this employee.
        LookupNotUsable: It is over, asks nothing, or is answered already.
        AnswersDoNotMatch: Something is wrong, and not told what; IdentifyInPerson after the last try.
    """
    session.require(DESK)
    at = world.now()
    async with world.database.transaction() as c:
        one = await lookup_rows.find(c, lookup_id, session.employee.employee_id, lock=True)
        if one is None:
            raise NotFound
        if at >= one.expires_at or not one.questions or one.identified_at is not None:
            raise LookupNotUsable(code="over" if at >= one.expires_at else "nothing-asked")
        if not one.tries_left:
            raise IdentifyInPerson
        right = questions.all_match(one.lookup_id, list(zip(one.questions, one.expected, strict=True)), answers)
        await lookup_rows.count_try(c, one.lookup_id, at if right else None)
    counted = replace(one, tries=one.tries + 1, identified_at=at if right else None)
    if right:
        return LookedUp(counted)
    log.info("desk.not_identified", tries_left=counted.tries_left)
    if not counted.tries_left:
        raise IdentifyInPerson
    raise AnswersDoNotMatch(tries_left=counted.tries_left)


async def _of_subject(world: World, session: StaffSession, made: Lookup, desk: Desk) -> LookedUp:
    """Look a child or a ward up, where the applicant's record, as the registry has it now, says that they are."""
    async with world.database.connection() as c:
        applicant = await lookup_rows.find(c, made.for_lookup or made.lookup_id, made.employee_id)
    if applicant is None:
        raise NotFound
    require_usable(applicant, (made.service, made.channel), made.asked_at)
    today = made.asked_at.astimezone(ALMATY).date()
    asking = (await ask_registry(world.registry, applicant.person_iin, desk.clauses[0])).person
    made = replace(made, told_at=world.now(), identified_at=world.now())
    if asking is None or not represents(asking, made.person_iin, today):
        return LookedUp(await _keep(world, session, made, desk), None, entitled=False)
    told = await ask_registry(world.registry, made.person_iin, desk.clauses[0])
    made = replace(made, told_at=world.now(), registry_answer=told.jws, outcome="found")
    if told.person is None:
        await _keep(world, session, replace(made, outcome="no_data", identified_at=None), desk)
        raise NoDataInRegistry(clause=desk.clauses[1], step=4)
    entitled = relation_of(asking, told.person, today) is not None
    shown = told.person if entitled and made.channel == Channel.IN_PERSON else None
    return LookedUp(await _keep(world, session, made, desk), shown, entitled)


def require_usable(one: Lookup, asked: tuple[str, str], at: datetime) -> None:
    """Raise LookupNotUsable unless a lookup is fresh, identified, and for this service and channel."""
    if at >= one.expires_at:
        raise LookupNotUsable(code="over")
    if (one.service, one.channel) != asked:
        raise LookupNotUsable(code="another-request")
    if one.outcome == "no_data" or one.identified_at is None:
        raise LookupNotUsable(code="not-identified")


async def _require_tries(world: World, iin: str) -> None:
    async with world.database.connection() as c:
        if await lookup_rows.wrong_since(c, iin, world.now() - WRONG_WITHIN) >= WRONG_AT_MOST:
            raise IdentifyInPerson


def _with_questions(made: Lookup, person: Person) -> Lookup:
    """Return a lookup with two questions; with none, and identifying nobody, where the registry holds too little."""
    drawn = questions.drawn(person, made.asked_at.astimezone(ALMATY).date())
    if len(drawn) < questions.TO_ASK:
        return replace(made, outcome="found")
    expected = tuple(questions.digest(made.lookup_id, one, right) for one, right in drawn.items())
    return replace(made, outcome="found", questions=tuple(drawn), expected=expected)


async def _keep(world: World, session: StaffSession, made: Lookup, desk: Desk) -> Lookup:
    by_telephone = made.channel == Channel.PHONE
    opened = Opened.QUESTIONS if by_telephone else Opened.REGISTRY
    async with world.database.transaction() as c:
        await lookup_rows.insert(c, made)
        if made.outcome != "not_asked":
            look = Look(made.person_iin, opened, desk.clauses[0], made.service)
            await record_looks(c, session.looker, [look], world.now())
    return made
