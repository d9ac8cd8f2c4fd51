"""`./run demo diploma`: a graduate from the decision to the document, a debtor, and a lost diploma (DP-4 to DP-16)."""

import asyncio
import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, Final

from nca_stub.authority import Authority
from nca_stub.signing import sign_with_file
from shared.eds.jws import open_sealed
from shared.eds.trust import Trust
from shared.kit.http import HttpClient, ServiceClient
from shared.kit.keys import load_keys
from shared.law.college import COLLEGE
from shared.law.roles import StaffRole
from stack.citizen import Citizen, Unexpected
from stack.college import OFFICIALS, PRICE, SERIES, STAFF, Graduate, adults, graduates, make_key

if TYPE_CHECKING:
    from stack.demo import Place

CASES: Final = "/v1/staff/training/cases"
CLERK, EXECUTOR, HEAD = StaffRole.CLERK, StaffRole.EXECUTOR, StaffRole.HEAD
DEPUTY, RESPONSIBLE = StaffRole.DEPUTY_FOR_STUDIES, StaffRole.RESPONSIBLE
A_MINUTE_AND_A_HALF: Final = 90.0
_CREATED, _OK = 201, 200


class Office:
    """The college's employees, logged in, each in one role."""

    def __init__(self, place: "Place") -> None:
        """Appoint everybody by the administrator, let them register, and log in."""
        self._place = place
        self._people: dict[StaffRole, Citizen] = {}
        for role, person in zip(STAFF, adults(), strict=False):
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

    def hand_in(self, request_id: str, **paper: object) -> None:
        """Take a paper at the desk."""
        self._people[CLERK].post(f"{CASES}/{request_id}/papers", paper, _CREATED)

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


def walk_college(place: "Place") -> None:
    """Walk all three."""
    office = Office(place)
    waiting = _asking(place, "new", {"kind": "diploma"})
    place.say("   a graduate")
    _, citizen, request = next(waiting)
    _to_document(place, office, citizen, request)
    place.say("   a debtor")
    debtor, citizen, request = next(waiting)
    _owes(place, debtor, cleared=False)
    _until(citizen, request, suspended=True)
    told = citizen.get(f"/v1/requests/{request['id']}/progress")
    place.say(
        f"   suspended, DP-13: {told['debts'][0]['about']} ({told['debts'][0]['owed_to']}); the clock stands still"
    )
    _owes(place, debtor, cleared=True)
    _until(citizen, request, suspended=False)
    place.say("   resumed by itself")
    _to_document(place, office, citizen, request)
    place.say("   a lost diploma")
    lost = {"kind": "diploma", "duplicate": True, "circumstances": "Көшу кезінде жоғалды"}
    _, citizen, request = next(_asking(place, "old", lost))
    _to_document(place, office, citizen, request)
    held = citizen.get("/v1/me/training-documents")["documents"]
    if [one["status"] for one in held] != ["valid", "replaced"]:
        raise Unexpected(f"documents {[one['status'] for one in held]}")
    place.say(f"   the original is replaced by {held[1]['replaced_by']}")


def _asking(
    place: "Place", graduation: str, form: dict[str, Any]
) -> Iterator[tuple[Graduate, Citizen, dict[str, Any]]]:
    """Yield graduates whose signed request is registered; who has asked at an earlier walk is passed over."""
    authority = Authority.open(place.data / "nca")
    for one in graduates(graduation):
        key = make_key(authority, place.data / "demo", f"college-{one.person_id}", one.person, place)
        citizen = Citizen(place.urls["gateway"], one.person.iin, key, place.now)
        citizen.register()
        citizen.log_in()
        try:
            draft = citizen.draft("diploma", {**form, "phone": "+77012345678"})
        except Unexpected as other:
            if "draft-not-possible" not in str(other):
                raise
            continue
        sent = citizen.send_signature(draft)
        request = sent.json()
        place.say(f"   {one.person.names.kk.full()}: request {request['number']}, due {request['answer_by'][:10]}")
        yield one, citizen, request


def _to_document(place: "Place", office: Office, citizen: Citizen, request: dict[str, Any]) -> None:
    """Bring a registered request to the document in the graduate's hands, and verify it as anyone can."""
    id_, yesterday = request["id"], (place.now() - timedelta(days=1)).date().isoformat()
    office.act(id_, CLERK, "pass_on")
    missing = citizen.get(f"/v1/requests/{id_}/progress")["missing"]
    if missing:
        place.say(f"   asked for first: {', '.join(missing)}")
    for kind in missing:
        more = {"amount": PRICE} if kind == "payment" else {"about": "«Алматы ақшамы» газеті, № 131"}
        office.hand_in(id_, kind=kind, dated=yesterday, **more)
    told = office.issue(id_)
    answered = citizen.wait_for_answer(citizen.get(request["links"]["self"]))
    trust = Trust.from_folder(place.data / "trust")
    said = json.loads(
        open_sealed(citizen.document(answered), typ="vc+jwt", trust=trust, at=place.now(), bin=COLLEGE.bin)
    )
    document = said["credentialSubject"]["trainingDocument"]
    signed = ", ".join(one["position"]["ru"] for one in said["evidence"])
    place.say(f"   verified: № {document['number']}, {document['series']} {document['blankNumber']}; {signed}")
    if "duplicate" in document:
        place.say(f"   {document['duplicate']['stamp']}")
    public = citizen.get(answered["document"]["check"])
    place.say(f"   public check: {public['status']}")
    office.act(id_, CLERK, "hand_over", handed={"identity_document": "жеке куәлік № 012345678"})
    if told["stage"] != "handing_over" or public["status"] != "valid":
        raise Unexpected(f"{told['stage']}, {public['status']}")


def _until(citizen: Citizen, request: dict[str, Any], *, suspended: bool) -> None:
    """Wait until the service has seen the debt, or that it is cleared: mostly a second, never more than a minute."""
    begun = perf_counter()
    while perf_counter() - begun < A_MINUTE_AND_A_HALF:
        if citizen.get(f"/v1/requests/{request['id']}/progress")["suspended"] is suspended:
            return
        sleep(0.2)
    raise Unexpected(f"not {'suspended' if suspended else 'resumed'}")


def _owes(place: "Place", one: Graduate, *, cleared: bool) -> None:
    """Let the college's system say that somebody owes a book, or has brought it back."""
    today = place.now().date().isoformat()
    debt = {"debt_id": f"L-{one.person_id}", "person_id": one.person_id, "kind": "library", "owed_to": "Кітапхана"}
    debt |= {"about": "Анатомия атласы", "since": "2020-09-01"} | ({"cleared_on": today} if cleared else {})
    asyncio.run(_load(place, json.dumps({"debts": [debt]}).encode()))


async def _load(place: "Place", body: bytes) -> None:
    http = HttpClient()
    try:
        envelopes = load_keys(place.data / "keys", "operator", callers=())
        client = ServiceClient(http, envelopes, place.urls["diploma"], "diploma")
        answer = await client.post("/internal/v1/college", body, total=10)
    finally:
        await http.close()
    if answer.status != _OK:
        raise Unexpected(f"college: {answer.status}")
