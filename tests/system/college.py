"""The medical college in the whole system: what it has loaded, its employees, and cases at any stage."""

import hashlib
import json
from base64 import b64decode
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

from shared.law.roles import StaffRole
from tests.system.asks import Ask, Make, always
from tests.system.asks_of_services import forwarded_request
from tests.system.system import System

PATH = "/internal/v1"
TRAINING_FORM = {
    "kind": "advanced_training",
    "decision_number": "404-Қ",
    "duplicate": True,
    "circumstances": "Көшу кезінде жоғалды",
    "phone": "+77471112233",
}
PDF = "JVBERi0xLjcKJSVFT0Y="
HANDED = {
    "identity_document": "жеке куәлік № 012345678",
    "attorney": {
        "name": "Серіков Марат",
        "number": "4-118",
        "notary": "А. Н. Оспанова",
        "dated": "2026-11-20",
        "valid_until": "2026-12-31",
    },
}


def actor(place: int, *roles: StaffRole) -> dict[str, Any]:
    """An employee as the gateway tells of them."""
    names = {"name_kk": f"Қызметкер {place}", "name_ru": f"Сотрудник {place}"}
    return {"iin": f"8505050000{place:02d}", **names, "roles": [role.value for role in roles]}


CLERK, RESPONSIBLE = actor(1, StaffRole.CLERK), actor(2, StaffRole.RESPONSIBLE)
EXECUTOR, DEPUTY = actor(3, StaffRole.EXECUTOR), actor(4, StaffRole.DEPUTY_FOR_STUDIES)
HEAD = actor(5, StaffRole.HEAD)


PERSON = "S-OF-THE-STAGE"
"""No id of the OpenAPI document's examples: what is tried with those must not make this person another."""


@dataclass
class College:
    """The college of one person, who is attested anew for every case."""

    system: System
    iin: str
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def open(self) -> "College":
        """Load what all cases share."""
        programme = {"programme_id": "M-1", "kind": "diploma", "title_kk": "Мейіргер ісі", "title_ru": "Сестринское"}
        await self.say(
            "operator",
            "college",
            {
                "programmes": [programme],
                "people": [{"person_id": PERSON, "iin": self.iin}],
                "blank_forms": [{"form_id": "F-1", "kind": "diploma", "in_force_from": "2026-01-01"}],
            },
        )
        return self

    async def say(self, caller: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        client = self.system.clients(caller)["diploma"]
        answer = await client.post(f"{PATH}/{path}", json.dumps(body).encode())
        assert answer.status in {200, 202}, answer.body
        return dict(json.loads(answer.body))

    async def attested(self) -> str:
        """Load a new decision in which the person is named; returns its number."""
        return f"{(await self._attest())['number']}-Қ"

    async def _attest(self) -> dict[str, int]:
        number = next(self._numbers)
        days = {"decided_on": "2026-11-17", "order_on": "2026-11-18"}
        decision = {"decision_id": f"D-{number}", "number": f"{number}-Қ", "decided_by": "commission", **days}
        named = {"graduate_id": f"G-{number}", "decision_id": f"D-{number}", "person_id": PERSON, "programme_id": "M-1"}
        told = {"hours": 2880, "passed": True, "name_kk": "Серікова Айгүл", "name_ru": "Серикова Айгуль"}
        rows = {"decisions": [decision | {"order_number": "2-б"}], "graduates": [named | told]}
        blank = {"series": "ТКБ", "number": f"{number:07d}"}
        await self.say("operator", "college", {**rows, "blanks": [blank | {"form_id": "F-1"}]})
        return {"number": number}

    async def case(self, *, until: str = "registered") -> dict[str, Any]:
        """Return a new case that was brought to this stage."""
        number = (await self._attest())["number"]
        blank = {"series": "ТКБ", "number": f"{number:07d}"}
        form = {"kind": "diploma", "decision_number": f"{number}-Қ", "phone": "+77471112233"}
        request = forwarded_request("diploma", form, self.iin)
        await self.say("gateway", "requests", request)
        case = await self.say("gateway", "cases/read", {"actor": CLERK, "request_id": request["request_id"]})
        return await self._brought(case | {"blank": blank}, until)

    async def _brought(self, case: dict[str, Any], until: str) -> dict[str, Any]:
        ways = {
            "registered": (CLERK, {"act": "pass_on"}),
            "responsible": (RESPONSIBLE, {"act": "assign"}),
            "preparing": (EXECUTOR, {"act": "prepare", "blank": case["blank"]}),
        }
        while case["stage"] != until:
            asked = {"request_id": case["request_id"]}
            if case["stage"] in ways:
                by, act = ways[case["stage"]]
                said = {"actor": by, **asked, "act": {**act, "version": case["version"]}}
                told = await self.say("gateway", "cases/act", said)
            else:
                told = await self.say("gateway", "cases/signature", await self.signature(case))
            case = told | {"blank": case["blank"]}
        return case

    async def signature(self, case: dict[str, Any]) -> dict[str, Any]:
        """Return the signature that a case waits for, as the gateway would have confirmed it."""
        by = DEPUTY if case["stage"] == "approval" else HEAD
        asked = {"actor": by, "request_id": case["request_id"], "version": case["version"]}
        content = await self.content(case)
        digests = {"signature_sha256": uuid4().hex * 2, "content_sha256": hashlib.sha256(content).hexdigest()}
        return {**asked, "cms": "Y21z", "evidence": {"verifier": "test"}, "signer": "ТЕСТ", **digests}

    async def content(self, case: dict[str, Any]) -> bytes:
        """Return the bytes that a case waits to have signed."""
        by = DEPUTY if case["stage"] == "approval" else HEAD
        asked = {"actor": by, "request_id": case["request_id"], "version": case["version"]}
        return b64decode((await self.say("gateway", "cases/document", asked))["content"])

    async def token(self) -> str:
        """Return the token of a refusal."""
        refused = await self.say("gateway", "requests", forwarded_request("diploma", TRAINING_FORM, self.iin))
        return str(refused["document"]["token"])

    async def power(self, case: dict[str, Any]) -> None:
        """Hand a power of attorney in."""
        paper = {"kind": "power_of_attorney", "dated": "2026-11-20", "about": "Нотариус А. Н. Оспанова, № 4-118"}
        handed = {"request_id": case["request_id"], "actor": CLERK}
        taken = await self.say("gateway", "papers", {**handed, "paper": paper})
        await self.say("gateway", "papers/scan", {**handed, **taken, "media_type": "application/pdf", "scan": PDF})


async def college_asks(college: College) -> dict[str, Make]:
    """Return what the gateway and the college's system ask of the diploma service, by operation."""
    standing = await college.case()
    own = {"request_id": standing["request_id"], "applicant_iin": college.iin}
    payment = {"kind": "payment", "dated": "2026-11-20", "amount": 8500, "about": "Түбіртек № 1"}

    async def act(until: str, by: dict[str, Any], **wanted: Any) -> Ask:
        case = await college.case(until=until)
        if "handed" in wanted:
            await college.power(case)
            case |= await college.say("gateway", "cases/read", {"actor": CLERK, "request_id": case["request_id"]})
        if wanted["act"] == "prepare":
            wanted["blank"] = case["blank"]
        asked = {"actor": by, "request_id": case["request_id"], "act": {"version": case["version"], **wanted}}
        return Ask(body=asked, dear=True)

    async def document() -> Ask:
        case = await college.case(until="approval")
        return Ask(body={"actor": DEPUTY, "request_id": case["request_id"], "version": case["version"]})

    async def signature() -> Ask:
        return Ask(body=await college.signature(await college.case(until="approval")), dear=True)

    async def paper(**by: Any) -> Ask:
        case = await college.case()
        return Ask(body={"request_id": case["request_id"], **by, "paper": payment})

    async def scan(**by: Any) -> Ask:
        handed = {"request_id": standing["request_id"], **by}
        case = await college.case()
        handed["request_id"] = case["request_id"]
        taken = await college.say("gateway", "papers", {**handed, "paper": payment})
        return Ask(body={**handed, **taken, "media_type": "application/pdf", "scan": PDF}, dear=True)

    async def opened() -> Ask:
        kept = (await scan(applicant_iin=college.iin)).body
        await college.say("gateway", "papers/scan", kept)
        return Ask(body={"actor": CLERK, "request_id": kept["request_id"], "paper_id": kept["paper_id"]})

    async def rejection() -> Ask:
        kept = (await scan(applicant_iin=college.iin)).body
        asked = {"request_id": kept["request_id"], "paper_id": kept["paper_id"]}
        return Ask(body={"actor": CLERK, **asked, "rejection": {"reason": "Оқылмайды"}}, dear=True)

    days = {"since": "2026-11-01", "until": "2026-12-31", "kind": "paper", "after": 0, "limit": 10}
    applicant, clerk = {"applicant_iin": college.iin}, {"actor": CLERK}
    return {
        f"POST {PATH}/college": always(Ask(body=EVERYTHING)),
        f"POST {PATH}/cases/list": always(Ask(body=clerk)),
        f"POST {PATH}/cases/read": always(Ask(body={**clerk, "request_id": standing["request_id"]})),
        f"POST {PATH}/cases/act": lambda: act("responsible", RESPONSIBLE, act="send_back", reason="Аты қате"),
        f"POST {PATH}/cases/act as preparing": lambda: act("preparing", EXECUTOR, act="prepare"),
        f"POST {PATH}/cases/act as handing over": lambda: act("handing_over", CLERK, act="hand_over", handed=HANDED),
        f"POST {PATH}/cases/document": document,
        f"POST {PATH}/cases/signature": signature,
        f"POST {PATH}/cases/progress": always(Ask(body=own)),
        f"POST {PATH}/papers": lambda: paper(**applicant),
        f"POST {PATH}/papers as the desk": lambda: paper(**clerk),
        f"POST {PATH}/papers/scan": lambda: scan(**applicant),
        f"POST {PATH}/papers/scan as the desk": lambda: scan(**clerk),
        f"POST {PATH}/papers/scan/read": opened,
        f"POST {PATH}/papers/rejection": rejection,
        f"POST {PATH}/records": always(Ask(body={**clerk, "asked": days})),
        f"POST {PATH}/documents/held": always(Ask(body={"iin": college.iin})),
        f"POST {PATH}/status-lists": always(Ask(body={"number": 0})),
    }


EVERYTHING: dict[str, Any] = {
    "programmes": [
        {
            "programme_id": "E-1",
            "kind": "retraining",
            "title_kk": "Рентгенология",
            "title_ru": "Рентгенология",
            "qualification_kk": "Рентген зертханашысы",
            "qualification_ru": "Рентгенолаборант",
        }
    ],
    "people": [{"person_id": "E-1", "iin": "850505000992"}],
    "decisions": [
        {
            "decision_id": "E-1",
            "number": "E1",
            "decided_on": "2026-10-01",
            "decided_by": "head",
            "order_number": "E1",
            "order_on": "2026-10-02",
        }
    ],
    "graduates": [
        {
            "graduate_id": "E-1",
            "decision_id": "E-1",
            "person_id": "E-1",
            "programme_id": "E-1",
            "hours": 216,
            "passed": True,
            "name_kk": "Асанов Дәулет",
            "name_ru": "Асанов Даулет",
        }
    ],
    "debts": [
        {
            "debt_id": "E-1",
            "person_id": "E-1",
            "kind": "other",
            "owed_to": "Жатақхана",
            "about": "Кілт",
            "amount": 500,
            "since": "2026-09-01",
            "cleared_on": "2026-10-01",
        }
    ],
    "blank_forms": [{"form_id": "E-1", "kind": "retraining", "in_force_from": "2026-01-01"}],
    "blanks": [{"series": "ҚДК", "number": "0000001", "form_id": "E-1", "spoiled": "Жыртылған"}],
    "prices": [{"kind": "retraining", "in_force_from": "2026-01-01", "amount": 5000}],
    "documents": [
        {
            "document_id": "E-1",
            "graduate_id": "E-1",
            "number": "77",
            "series": "ҚДК",
            "blank_number": "0000002",
            "issued_on": "2026-10-05",
        }
    ],
}
