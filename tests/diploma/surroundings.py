"""The diploma service's world over a real database, with a registry that the test fills and a small graduation."""

import hashlib
import json
from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from diploma_svc import acts, papers, signing, views
from diploma_svc.app import CALLERS
from diploma_svc.cases import Actor, Confirmed
from diploma_svc.college import College
from diploma_svc.documents import CREDENTIAL_TYPE
from diploma_svc.process import settle
from diploma_svc.regulation import PASSPORT
from diploma_svc.schemas import RequestBody
from diploma_svc.standing import DiplomaJournal
from diploma_svc.terms import term_of
from diploma_svc.world import World
from shared.eds.jws import open_sealed
from shared.eds.trust import Trust
from shared.forms.diploma_cases import ActIn, PaperIn
from shared.forms.diploma_college import CollegeBody
from shared.forms.diploma_views import (
    CaseView,
)
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.casework.answers import Answers
from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.entries import Entry, Standing
from shared.kit.casework.process import Casework, issue, register, take_up
from shared.kit.casework.registration import new_entry
from shared.kit.casework.seals import Seals
from shared.kit.casework.timing import LEASE
from shared.kit.database import Database
from shared.kit.scans import ScanKeys
from shared.law.answers import certificate_kind
from shared.law.college import COLLEGE
from shared.law.roles import StaffRole
from tests.fakes import ClockAt
from tests.home_visit.people import ADULT, STRANGER, TUESDAY_TEN, iin_of, person
from tests.home_visit.surroundings import FakeRegistry

assert CALLERS == ("gateway", "operator")
URL = "http://portal.example"
DECIDED = date(2026, 11, 17)
"""Tuesday a week before: the fifteenth working day is 8 December."""
DUE = date(2026, 12, 8)
DEBTOR = iin_of(20)


def actor(place: int, *roles: StaffRole) -> Actor:
    return Actor(iin_of(100 + place), f"Қызметкер {place}", f"Сотрудник {place}", frozenset(roles))


CLERK = actor(1, StaffRole.CLERK)
RESPONSIBLE = actor(2, StaffRole.RESPONSIBLE)
EXECUTOR = actor(3, StaffRole.EXECUTOR)
DEPUTY = actor(4, StaffRole.DEPUTY_FOR_STUDIES)
HEAD = actor(5, StaffRole.HEAD)
STAND_IN = actor(8, StaffRole.RIGHT_TO_SIGN)
LIBRARIAN, ACCOUNTANT = actor(6, StaffRole.LIBRARIAN), actor(7, StaffRole.ACCOUNTANT)
PDF = b"%PDF-1.7\nscan of a paper\n%%EOF\n"
BLANKS = [f"{1000 + number:07d}" for number in range(9)]


def graduation() -> dict[str, Any]:
    """Two people attested a week ago, one of whom failed another programme; a form of blanks, and the price list."""
    return {
        "programmes": [
            {
                "programme_id": "M-1",
                "kind": "diploma",
                "title_kk": "Мейіргер ісі",
                "title_ru": "Сестринское дело",
                "qualification_kk": "Жалпы практикадағы мейіргер",
                "qualification_ru": "Медицинская сестра общей практики",
            },
            {"programme_id": "R-1", "kind": "retraining", "title_kk": "Рентгенология", "title_ru": "Рентгенология"},
        ],
        "people": [{"person_id": "S-1", "iin": ADULT}, {"person_id": "S-2", "iin": DEBTOR}],
        "decisions": [
            {
                "decision_id": "D-1",
                "number": "17-Қ",
                "decided_on": DECIDED.isoformat(),
                "decided_by": "commission",
                "order_number": "201-б",
                "order_on": "2026-11-18",
            }
        ],
        "graduates": [
            graduate("G-1", "S-1", "M-1", name_kk="Серікова Айгүл Маратқызы", name_ru="Серикова Айгуль Маратовна"),
            graduate("G-2", "S-2", "M-1", name_kk="Асанов Дәулет", name_ru="Асанов Даулет"),
            graduate("G-3", "S-1", "R-1", passed=False, name_kk="Серікова Айгүл", name_ru="Серикова Айгуль"),
        ],
        "blank_forms": [{"form_id": "F-2026", "kind": "diploma", "in_force_from": "2026-01-01"}],
        "blanks": [{"series": "ТКБ", "number": number, "form_id": "F-2026"} for number in BLANKS],
        "prices": [{"kind": "diploma", "in_force_from": "2026-01-01", "amount": 8500}],
    }


def graduate(id_: str, person_id: str, programme_id: str, **more: Any) -> dict[str, Any]:
    known = {"graduate_id": id_, "decision_id": "D-1", "person_id": person_id, "programme_id": programme_id}
    return {**known, "hours": 2880, "passed": True, **more}


def debt(**more: Any) -> dict[str, Any]:
    known = {"debt_id": "L-1", "person_id": "S-1", "kind": "library", "owed_to": "Кітапхана"}
    return {**known, "about": "Анатомия атласы", "since": "2026-09-01", **more}


@dataclass
class Surroundings:
    """One world and the parts of it that a test moves."""

    world: World
    work: Casework
    clock: ClockAt
    registry: FakeRegistry
    database: Database
    trust: Trust

    async def load(self, **rows: Any) -> int:
        body = CollegeBody.model_validate_json(json.dumps(rows))
        reports = await self.world.college.load(body, self.clock.now())
        return sum(row.result in {"new", "changed"} for row in reports)

    async def load_graduation(self) -> None:
        await self.load(**graduation())
        self.registry.know(person(ADULT), person(DEBTOR), person(STRANGER))

    async def ask(self, iin: str = ADULT, *, channel: str = "portal", **form: Any) -> UUID:
        """Register a request of this person and take it up once."""
        body = request_body(iin, self.clock.now(), channel, {"kind": "diploma", "phone": "+77012345678"} | form)
        now = self.clock.now()
        term = term_of(self.world.calendar, body)
        entry = await register(self.work, new_entry(body, COLLEGE.bin, term, received_at=now, now=now))
        assert entry is not None
        await try_within_exchange(self.work, entry)
        return entry.request_id

    async def take_up(self) -> None:
        """Do what the loop does, once for every entry, whenever it is due."""
        now = self.clock.now()
        async with self.database.connection() as c:
            await c.execute("UPDATE requests SET due_at = $1 WHERE state <> 'answered'", now)
        for entry in await self.work.journal.claim(now, now + LEASE, 99):
            await take_up(self.work, entry)

    async def pass_by(self, time: timedelta) -> None:
        self.clock.pass_by(time)
        await self.take_up()

    async def case(self, request_id: UUID, by: Actor = CLERK) -> CaseView:
        return await views.case_of(self.world, request_id, by)

    async def act(self, request_id: UUID, by: Actor, act: str, **more: Any) -> CaseView:
        version = more.pop("version", None) or (await self.case(request_id)).version
        wanted = ActIn.model_validate_json(json.dumps({"act": act, "version": version, **more}))
        await acts.act(self.world, request_id, by, wanted)
        await issue(self.work, request_id)
        return await self.case(request_id, by)

    async def sign(self, request_id: UUID, by: Actor, value: str | None = None) -> CaseView:
        """Approve or sign, with a signature that the gateway would have confirmed."""
        version = (await self.case(request_id)).version
        content = await signing.document_to_sign(self.world, request_id, by, version)
        await signing.sign(self.world, request_id, by, version, confirmed(content, value or uuid4().hex * 2))
        await issue(self.work, request_id)
        return await self.case(request_id, by)

    async def hand_in(self, request_id: UUID, by: Actor | str, kind: str, *, scanned: bool = True, **more: Any) -> UUID:
        paper = PaperIn.model_validate_json(json.dumps({"kind": kind, **more}))
        paper_id = await papers.hand_in(self.world, request_id, by, paper)
        if scanned:
            await papers.keep_scan(self.world, (request_id, paper_id), by, ("application/pdf", PDF))
        await self.take_up()
        return paper_id

    async def to_executor(self, request_id: UUID) -> None:
        await self.act(request_id, CLERK, "pass_on")
        await self.act(request_id, RESPONSIBLE, "assign")

    async def prepare(self, request_id: UUID, blank: int = 0) -> CaseView:
        return await self.act(request_id, EXECUTOR, "prepare", blank={"series": "ТКБ", "number": BLANKS[blank]})

    async def to_issue(self, request_id: UUID, blank: int = 0) -> CaseView:
        """Take a new case all the way to the head's signature."""
        await self.to_executor(request_id)
        if (await self.case(request_id)).stage == "deciding":
            await self.act(request_id, HEAD, "allow")
        await self.prepare(request_id, blank)
        await self.sign(request_id, DEPUTY)
        return await self.sign(request_id, HEAD)

    async def standing(self, request_id: UUID) -> Standing:
        found = await self.work.journal.standing(request_id)
        assert found is not None
        return found

    async def document(self, request_id: UUID, typ: str = CREDENTIAL_TYPE) -> Any:
        """Return what the sealed answer says."""
        found = await self.standing(request_id)
        assert found.jws is not None
        return json.loads(open_sealed(found.jws, typ=typ, trust=self.trust, at=TUESDAY_TEN, bin=COLLEGE.bin))


def surroundings(database: Database, files: Path) -> Surroundings:
    clock, registry = ClockAt(TUESDAY_TEN), FakeRegistry()
    answers = Answers(database)
    world = World(
        clock, KazakhstanCalendar(), database, answers, College(database), registry, ScanKeys([b"k" * 32]), URL
    )  # fmt: skip

    async def settle_here(entry: Entry) -> bool:
        return await settle(around.world, entry)

    journal = DiplomaJournal(database, PASSPORT.code, PASSPORT.regulation)
    types = {certificate_kind(PASSPORT): CREDENTIAL_TYPE}
    work = Casework(clock, journal, answers, Seals(files / "seals"), settle_here, types=types)
    around = Surroundings(world, work, clock, registry, database, Trust.from_folder(files / "trust"))
    return around


def confirmed(content: bytes, value: str) -> Confirmed:
    return Confirmed(b"cms", {"verifier": "test"}, value, hashlib.sha256(content).hexdigest(), "ТЕСТ")


def request_body(iin: str, at: datetime, channel: str, form: dict[str, Any]) -> RequestBody:
    """Return one forwarded request whose signed bytes say what it asks."""
    asked = {"request_id": str(uuid4()), "service": "diploma", "applicant_iin": iin, "subject_iin": iin, "form": form}
    said = {
        "form_version": 1,
        "channel": channel,
        "signed_at": at.isoformat(),
        "content": b64encode(json.dumps(asked).encode()).decode(),
        "cms": b64encode(b"cms").decode(),
        "evidence": {"verifier": "test"},
    }
    return RequestBody.model_validate_json(json.dumps(asked | said))
