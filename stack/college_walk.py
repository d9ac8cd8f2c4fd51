"""`./run demo diploma`: a graduate from the decision to the document, a debtor, and a lost diploma (DP-4 to DP-16)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, Final

from nca_stub.authority import Authority
from shared.eds.jws import open_sealed
from shared.eds.trust import Trust
from shared.law.college import COLLEGE
from stack.citizen import Citizen, Unexpected
from stack.college import PRICE, Graduate, graduates, make_key
from stack.college_office import CLERK, Office

if TYPE_CHECKING:
    from stack.demo import Place

A_MINUTE_AND_A_HALF: Final = 90.0
SCAN: Final = b"%PDF-1.7\n% TEST: a scan of a paper\n%%EOF\n"
_CREATED, _OK = 201, 200


def walk_college(place: "Place") -> None:
    """Walk all three."""
    office = Office(place)
    waiting = _asking(place, "new", {"kind": "diploma"})
    place.say("   a graduate")
    _, citizen, request = next(waiting)
    _to_document(place, office, citizen, request)
    place.say("   a debtor")
    debtor, citizen, request = next(waiting)
    today = place.now().date().isoformat()
    debt = office.owes(debtor.person.iin, "2020-09-01")
    _until(citizen, request, suspended=True)
    told = citizen.get(f"/v1/requests/{request['id']}/progress")
    place.say(
        f"   suspended, DP-13: {told['debts'][0]['about']} ({told['debts'][0]['owed_to']}); the clock stands still"
    )
    office.brought_back(debt, today)
    _until(citizen, request, suspended=False)
    place.say("   resumed by itself")
    _to_document(place, office, citizen, request)
    place.say("   a lost diploma")
    lost = {"kind": "diploma", "duplicate": True, "circumstances": "Көшу кезінде жоғалды"}
    _, citizen, request = next(_asking(place, "old", lost))
    _to_document(place, office, citizen, request)
    held = citizen.get("/v1/me/training-documents")["documents"]
    if held[0]["status"] != "valid" or {one["status"] for one in held[1:]} != {"replaced"}:
        raise Unexpected(f"documents {[one['status'] for one in held]}")
    place.say(f"   the original is replaced by {held[1]['replaced_by']}")
    place.say(f"   record journal of the day: {office.records(today)} entries (DP-15)")


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
        if request["answered_at"]:
            place.say(f"   {one.person.names.kk.full()}: refused at once, no identity document in force (DP-11.1)")
            continue
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
        paper = citizen.post(f"/v1/requests/{id_}/papers", {"kind": kind, "dated": yesterday, **more}, _CREATED)
        citizen.attach(f"/v1/requests/{id_}/papers/{paper['paper_id']}/scan", SCAN)
        place.say(f"   {kind}: scan attached, opened by the college ({office.open_scan(id_, paper['paper_id'])} bytes)")
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
