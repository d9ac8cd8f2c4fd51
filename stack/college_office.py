"""The college's employees of the demonstration at the portal: appointed, logged in, each in one role (DP-16)."""

import base64
from typing import TYPE_CHECKING, Any, Final

from nca_stub.signing import sign_with_file
from shared.law.college import COLLEGE
from shared.law.roles import StaffRole
from stack.citizen import Citizen, Unexpected
from stack.college import OFFICIALS, SERIES, employees

if TYPE_CHECKING:
    from stack.demo import Place

CASES: Final = "/v1/staff/training/cases"
DEBTS: Final = "/v1/staff/training/debts"
CLERK, EXECUTOR, HEAD = StaffRole.CLERK, StaffRole.EXECUTOR, StaffRole.HEAD
DEPUTY, RESPONSIBLE = StaffRole.DEPUTY_FOR_STUDIES, StaffRole.RESPONSIBLE
_OK: Final = 200


class Office:
    """The college's employees, logged in, each in one role."""

    def __init__(self, place: "Place") -> None:
        """Appoint everybody by the administrator, let them register, and log in."""
        self._place = place
        self._people: dict[StaffRole, Citizen] = {}
        for role, person in employees():
            key = place.data / "demo" / f"college-{role}.pem"
            citizen = Citizen(place.urls["gateway"], person.iin, key, place.now)
            citizen.register()
            if role is not StaffRole.ADMINISTRATOR:
                said = {"iin": person.iin, "roles": [role]}
                self._people[StaffRole.ADMINISTRATOR].put("/v1/staff/employees", said)
            citizen.log_in_for(COLLEGE.bin)
            self._people[role] = citizen

    def case(self, request_id: str, role: StaffRole = CLERK) -> dict[str, Any]:
        """Read a case."""
        told: dict[str, Any] = self._people[role].get(f"{CASES}/{request_id}")
        return told

    def act(self, request_id: str, role: StaffRole, act: str, **more: object) -> dict[str, Any]:
        """Do something with a case."""
        said = {"act": act, "version": self.case(request_id, role)["version"], **more}
        told: dict[str, Any] = self._people[role].post(f"{CASES}/{request_id}/acts", said, _OK)
        self._place.say(f"   {role.value:<20} {act:<10} → {told['stage']}")
        return told

    def sign(self, request_id: str, role: StaffRole) -> dict[str, Any]:
        """Approve or sign with the official's EDS over the exact bytes."""
        one, version = self._people[role], self.case(request_id, role)["version"]
        content = one.read(f"{CASES}/{request_id}/document?version={version}")
        key = self._place.data / "demo" / f"college-{role}-official.pem"
        cms = base64.b64encode(sign_with_file(content, key, self._place.now())).decode()
        told: dict[str, Any] = one.post(f"{CASES}/{request_id}/signature", {"version": version, "cms": cms}, _OK)
        self._place.say(f"   {role.value:<20} EDS        → {told['stage']}")
        return told

    def open_scan(self, request_id: str, paper_id: str) -> int:
        """Open a paper's scan as the responsible person; returns how long it is."""
        return len(self._people[RESPONSIBLE].read(f"{CASES}/{request_id}/papers/{paper_id}/scan"))

    def owes(self, iin: str, since: str) -> str:
        """Let the librarian enter a book that somebody has not brought back; returns the debt's id."""
        debt = {"iin": iin, "kind": "library", "owed_to": "Кітапхана", "about": "Анатомия атласы", "since": since}
        told: dict[str, Any] = self._people[StaffRole.LIBRARIAN].post(DEBTS, debt)
        return str(told["debt_id"])

    def brought_back(self, debt_id: str, on: str) -> None:
        """Let the librarian clear it."""
        self._people[StaffRole.LIBRARIAN].post(f"{DEBTS}/clearing", {"debt_id": debt_id, "cleared_on": on}, _OK)

    def records(self, day: str) -> int:
        """Export the record journal of a day, and return how many entries it has (DP-15)."""
        table = self._people[CLERK].read(f"/v1/staff/training/records?since={day}&until={day}", Accept="text/csv")
        return len(table.decode("utf-8-sig").splitlines()) - 1

    def issue(self, request_id: str) -> dict[str, Any]:
        """Take a case that lies with the responsible person to the head's signature."""
        told = self.act(request_id, RESPONSIBLE, "assign")
        if told["stage"] == "deciding":
            self.act(request_id, HEAD, "allow")
        for number in range(200):
            blank = {"series": SERIES, "number": f"{1000 + number:07d}"}
            try:
                self.act(request_id, EXECUTOR, "prepare", blank=blank)
                break
            except Unexpected as taken:
                if "blank-not-available" not in str(taken):
                    raise
        for role in OFFICIALS:
            told = self.sign(request_id, role)
        return told
