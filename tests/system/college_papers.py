"""Papers and scans of training documents at the gateway, and the record journal: as an employee, as a citizen."""

from base64 import b64decode
from dataclasses import dataclass

from tests.system.asks import Ask, Make, always
from tests.system.citizen import Citizen
from tests.system.college import CLERK, PDF, College

PAYMENT = {"kind": "payment", "dated": "2026-11-20", "amount": 8500, "about": "Түбіртек № 1"}
PAPERS = "/v1/staff/training/cases/{request_id}/papers"
OWN_PAPERS = "/v1/requests/{request_id}/papers"
DAYS = {"since": "2026-11-01", "until": "2026-12-31"}
REASON = {"reason": "Оқылмайды"}


@dataclass
class Papers:
    """Cases with papers, each new; ``token`` is the employee's."""

    college: College
    token: str
    citizen: Citizen

    async def case(self) -> dict[str, str]:
        return {"request_id": (await self.college.case())["request_id"]}

    async def own(self) -> dict[str, str]:
        form = {"kind": "diploma", "decision_number": await self.college.attested(), "phone": "+77471112233"}
        return {"request_id": (await self.citizen.signed({"service": "diploma", "form": form}))["id"]}

    async def taken(self) -> dict[str, str]:
        path = await self.case()
        return path | await self.college.say("gateway", "papers", {**path, "actor": CLERK, "paper": PAYMENT})

    async def handed_in(self) -> dict[str, str]:
        path = await self.own()
        said = {**path, "applicant_iin": self.citizen.iin, "paper": PAYMENT}
        return path | await self.college.say("gateway", "papers", said)

    async def open_scan(self) -> Ask:
        path = await self.taken()
        said = {**path, "actor": CLERK, "media_type": "application/pdf", "scan": PDF}
        await self.college.say("gateway", "papers/scan", said)
        return Ask(path=path, token=self.token)

    async def take_paper(self) -> Ask:
        return Ask(path=await self.case(), body=PAYMENT, token=self.token, dear=True)

    async def hand_in_paper(self) -> Ask:
        return Ask(path=await self.own(), body=PAYMENT, dear=True)

    async def scan_paper(self) -> Ask:
        path = await self.taken()
        return Ask(path=path, raw=b64decode(PDF), kind="application/pdf", token=self.token, dear=True)

    async def attach_scan(self) -> Ask:
        return Ask(path=await self.handed_in(), raw=b64decode(PDF), kind="application/pdf", dear=True)

    async def reject_paper(self) -> Ask:
        return Ask(path=await self.taken(), body=REASON, token=self.token, dear=True)


def paper_asks(college: College, token: str, citizen: Citizen) -> dict[str, Make]:
    """Return the requests about papers."""
    papers = Papers(college, token, citizen)
    return {
        f"POST {PAPERS}": papers.take_paper,
        f"PUT {PAPERS}/{{paper_id}}/scan": papers.scan_paper,
        f"GET {PAPERS}/{{paper_id}}/scan": papers.open_scan,
        f"POST {PAPERS}/{{paper_id}}/rejection": papers.reject_paper,
        f"POST {OWN_PAPERS}": papers.hand_in_paper,
        f"PUT {OWN_PAPERS}/{{paper_id}}/scan": papers.attach_scan,
        "GET /v1/staff/training/records": always(Ask(query=DAYS, token=token)),
    }
