"""What the college's employees enter at the gateway, and what it says to the service: rows, debts, warnings."""

from dataclasses import dataclass
from typing import Any

from shared.law.roles import StaffRole
from tests.system.asks import Ask, Make, always
from tests.system.college import EVERYTHING, PATH, RESPONSIBLE, College, actor

DEBTOR = {"person_id": "S-DEBTOR", "iin": "850505500906"}
"""Somebody without a case: what they owe suspends nothing."""
DEBT = {"iin": DEBTOR["iin"], "kind": "library", "owed_to": "Кітапхана", "about": "Атлас", "since": "2026-09-01"}
DEBTS = "/v1/staff/training/debts"
WARNINGS = "/v1/staff/training/cases/{request_id}/warnings"
LIBRARIAN = {"actor": actor(6, StaffRole.LIBRARIAN)}


@dataclass
class Office:
    """The college's librarian and responsible person; ``token`` is the employee's."""

    college: College
    token: str

    async def open(self) -> "Office":
        await self.college.say("operator", "college", {"people": [DEBTOR]})
        return self

    async def owed(self) -> dict[str, Any]:
        told = await self.college.say("gateway", "debts", {**LIBRARIAN, "debt": DEBT})
        return {"debt_id": told["debt_id"], "cleared_on": "2026-11-01"}

    async def warned(self) -> dict[str, str]:
        path = {"request_id": (await self.college.case())["request_id"]}
        async with self.college.system.databases["diploma"].connection() as c:
            await c.execute("UPDATE cases SET warned = 1 WHERE request_id = $1", path["request_id"])
        return path

    async def clearing(self) -> Ask:
        return Ask(body=await self.owed(), token=self.token, dear=True)

    async def warning(self) -> Ask:
        return Ask(path=await self.warned(), token=self.token, dear=True)

    async def clearing_of_service(self) -> Ask:
        return Ask(body={**LIBRARIAN, "clearing": await self.owed()}, dear=True)

    async def warning_of_service(self) -> Ask:
        return Ask(body={"actor": RESPONSIBLE, **(await self.warned())}, dear=True)


async def office_asks(college: College, token: str) -> dict[str, Make]:
    """Return what employees ask of the gateway, by operation."""
    office = await Office(college, token).open()
    return {
        "PUT /v1/training/college": always(Ask(body=EVERYTHING, token=token)),
        f"GET {DEBTS}": always(Ask(token=token)),
        f"POST {DEBTS}": always(Ask(body=DEBT | {"amount": 3500}, token=token)),
        f"POST {DEBTS}/clearing": office.clearing,
        f"POST {WARNINGS}": office.warning,
    }


async def office_asks_of_service(college: College) -> dict[str, Make]:
    """Return what the gateway asks of the service for them, by operation."""
    office = await Office(college, "").open()
    return {
        f"POST {PATH}/debts/list": always(Ask(body=LIBRARIAN)),
        f"POST {PATH}/debts": always(Ask(body={**LIBRARIAN, "debt": DEBT | {"amount": 3500}})),
        f"POST {PATH}/debts/clearing": office.clearing_of_service,
        f"POST {PATH}/cases/warnings": office.warning_of_service,
    }
