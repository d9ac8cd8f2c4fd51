"""`./run demo`: the decree's processes 0–8 against the running stack, granted, and refused on every ground.

The times printed are those of the request's own ledger, each beside the limit of its row in Table 1.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from person_registry_stub.demo_cases import ATTACHMENT_CASES, CASES, HOME_CLINIC, ONCE_ATTACHED, Case
from person_registry_stub.demo_people import demo_people
from shared.eds.jws import open_sealed
from shared.eds.trust import Trust
from shared.law.providers import PROVIDERS
from shared.law.tables import TABLE_1
from stack.appointments import APPOINTMENT_CASES, form_without_time, walk_changes, with_free_time
from stack.citizen import Citizen, Unexpected
from stack.college_walk import walk_college
from stack.mischief import deliver_unsigned_form, registry_without

DOCUMENT = "phc-document+json"
FORGED = Case("adult", "adult", "refused", "not_by_the_informatisation_law")
WITHOUT_DATA = Case("elderly", "elderly", "refused", "data_cannot_be_had")
SERVICES = ("home-visit", "attachment", "appointment")
GROUNDS = frozenset(
    (case.service, case.ground)
    for case in (
        *CASES,
        *ATTACHMENT_CASES,
        *APPOINTMENT_CASES,
        *(replace(c, service=s) for s in SERVICES for c in (FORGED, WITHOUT_DATA)),
    )
    if case.ground
)


@dataclass(frozen=True, slots=True)
class Place:
    """The running stack: its doors by name, its folder, the time it keeps; ``say`` prints a line."""

    urls: dict[str, str]
    data: Path
    now: Callable[[], datetime]
    say: Callable[[str], None]

    def citizen(self, slug: str) -> Citizen:
        """Return a demo person with their signing key."""
        key = self.data / "demo" / f"{slug}.pem"
        return Citizen(self.urls["gateway"], demo_people()[slug].person.iin, key, self.now)


def run_demo(place: Place, only: str | None = None) -> int:
    """Walk everything, or the college's walk ``only``; return how many walks were not as expected."""
    college = ("training documents: a graduate, a debtor, a lost diploma", walk_college)
    walks: list[tuple[str, Callable[[Place], None]]] = [
        ("authorisation refused (condition 1, process 2)", _walk_wrong_password),
        ("signature not confirmed (condition 2, process 4)", _walk_foreign_signature),
        *((_title(case), _walk_of(case)) for case in (*CASES, *ATTACHMENT_CASES, *ONCE_ATTACHED)),
        *((_title(case), _walk_of(case)) for case in APPOINTMENT_CASES),
        ("appointment booked, moved, cancelled by the clinic, moved without a new signature, cancelled", walk_changes),
        *(_walk_without_data(replace(WITHOUT_DATA, service=service)) for service in SERVICES),
        *(_walk_forged(replace(FORGED, service=service)) for service in SERVICES),
        college,
    ]
    if only == "diploma":
        walks = [college]
    failures = 0
    for number, (title, walk) in enumerate(walks, 1):
        place.say(f"\n{number}. {title}")
        try:
            walk(place)
        except Unexpected as other:
            failures += 1
            place.say(f"   ✗ not as expected: {other}")
    place.say(
        f"\n{failures} walks were not as expected." if failures else f"\nAll {len(walks)} walks were as expected."
    )
    return failures


def form_for(case: Case) -> dict[str, Any]:
    """Return the filled form of a case."""
    common = {"provider_bin": PROVIDERS[case.clinic - 1].bin, "phone": "+77012345678"}
    if case.service == "attachment":
        return common
    if case.service == "appointment":
        return form_without_time(case)
    return common | {
        "address": {"street": "Гоголь көшесі", "house": "86", "apartment": "12", "entrance": "1", "floor": 3},
        "complaint": "Дене қызуы 38,5; екінші күн жөтел",
    }


def _walk_of(case: Case) -> Callable[[Place], None]:
    return lambda place: _walk(place, case, nullcontext())


def _walk_without_data(case: Case) -> tuple[str, Callable[[Place], None]]:
    return _title(case), lambda place: _walk(place, case, registry_without(place, case.subject))


def _walk_forged(case: Case) -> tuple[str, Callable[[Place], None]]:
    return _title(case), lambda place: _show(place, case, deliver_unsigned_form(place, case))


def _walk(place: Place, case: Case, around_signature: AbstractContextManager[None]) -> None:
    """Processes 0 to 8 of one case; ``around_signature`` arranges the world while the request is being decided."""
    citizen = place.citizen(case.applicant)
    begun = perf_counter()
    citizen.register()
    place.say(f"   process 0   registered with IIN, password and EDS            {perf_counter() - begun:8.3f} s")
    citizen.log_in()
    form = form_for(case)
    if case.service == "appointment":
        form = with_free_time(place, citizen, case, form)
    draft = citizen.draft(case.service, form, demo_people()[case.subject].person.iin)
    if draft["intake"] and not draft["intake"]["open"]:
        raise Unexpected(f"intake is closed until {draft['intake']['opens_at']}: start with ./run --at")
    with around_signature:
        sent = citizen.send_signature(draft)
        if sent.status_code not in (200, 202):
            raise Unexpected(f"signature: {sent.status_code} {sent.text}")
        answered = citizen.wait_for_answer(sent.json())
    for step in citizen.get(answered["links"]["steps"])["steps"]:
        met = "met" if step["met"] else "NOT MET"
        place.say(
            f"   step {step['step']}      {step['action']['en'][:52]:<52} {step['seconds']:8.3f} s"
            f"   limit {step['limit_seconds']:6.0f} s   {met}"
        )
    public = citizen.get(answered["document"]["check"])
    place.say(f"   number {answered['number']}, public check: {public['status']}")
    _show(place, case, citizen.document(answered))


def _show(place: Place, case: Case, document: str) -> None:
    """Verify the document as anybody can, print what it says, and hold it against what the case expects."""
    bin_ = PROVIDERS[case.clinic - 1].bin
    said = json.loads(
        open_sealed(document, typ=DOCUMENT, trust=Trust.from_folder(place.data / "trust"), at=place.now(), bin=bin_)
    )
    place.say(f"   verified: sealed by {said['provider']['name']}")
    for ground in said.get("grounds", []):
        place.say(f"   refused, {ground['clause']}: {ground['words']['kk']}")
    if "visit" in said:
        visit = said["visit"]
        place.say(f"   granted: {visit['doctor']['name']}, {visit['from']} – {visit['to']}")
    if "attachment" in said:
        attached = said["attachment"]
        district = f"{attached['district']['name']['en']} district, No. {attached['district']['number']}"
        place.say(f"   granted: {district}, {attached['doctor']['name']}, since {attached['since']}")
    if said.get("appointment"):
        booked = said["appointment"]
        place.say(f"   granted: {booked['doctor']['name']}, {booked['from']}, room {booked['room']}")
    grounds = [ground["code"] for ground in said.get("grounds", [])]
    if grounds != ([case.ground] if case.ground else []):
        raise Unexpected(f"grounds {grounds}, expected {case.ground}")


def _walk_wrong_password(place: Place) -> None:
    citizen = place.citizen("adult")
    _expect_problem(place, 2, lambda: citizen.try_log_in("бөтен құпия сөз"), (401, "authorisation-refused"))


def _walk_foreign_signature(place: Place) -> None:
    citizen = place.citizen("adult")
    citizen.register()
    citizen.log_in()
    draft = citizen.draft("home-visit", form_for(CASES[0]))
    foreign = place.citizen("stranger").sign(citizen.content(draft))
    _expect_problem(place, 4, lambda: citizen.send_signature(draft, foreign), (422, "signature-not-confirmed"))


def _expect_problem(place: Place, step: int, ask: Callable[[], Any], expected: tuple[int, str]) -> None:
    """Ask for what is refused at the door and print the step of Table 1 with the time the refusal took."""
    begun = perf_counter()
    response = ask()
    seconds = perf_counter() - begun
    problem = response.json()
    if (response.status_code, problem["type"].rsplit("/", 1)[-1]) != expected:
        raise Unexpected(f"{response.status_code} {response.text}")
    row = TABLE_1[step]
    met = "met" if seconds <= row.limit.total_seconds() else "NOT MET"
    place.say(
        f"   step {step}      {row.action.en[:52]:<52} {seconds:8.3f} s"
        f"   limit {row.limit.total_seconds():6.0f} s   {met}"
    )
    place.say(f"   {problem['title']} ({problem.get('clause')}{', ' + problem['code'] if 'code' in problem else ''})")


def _title(case: Case) -> str:
    people = demo_people()
    said = people[case.subject].purpose.en
    whom = "" if case.subject == case.applicant else f" (asked for by: {people[case.applicant].purpose.en})"
    clinic = "" if case.clinic == HOME_CLINIC else f", clinic of row {case.clinic}"
    return f"{case.service} {case.outcome}{': ' + case.ground if case.ground else ''} — {said}{whom}{clinic}"
