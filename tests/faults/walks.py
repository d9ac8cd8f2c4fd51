"""What the harness must know of a service to judge it: who asks what of it, and what its own tables promise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any, Final

from person_registry_stub.demo_cases import ATTACHMENT_CASES, CASES, HOME_CLINIC, Case
from person_registry_stub.demo_people import demo_people
from shared.kit.calendar import KazakhstanCalendar
from shared.law.hours import ALMATY, ProviderHours
from shared.law.providers import PROVIDERS
from stack.appointments import APPOINTMENT_CASES, CHILDREN, HOME
from stack.demo import form_for
from stack.schedules import schedules
from stack.starting_time import read_local_time

AT: Final = "2026-11-24T10:00"
"""When every run begins: a Tuesday at ten in Almaty."""
DAYS_TO_CHOOSE: Final = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as a demo person makes it of a service (its public code), and what must come of it."""

    service: str
    applicant: str
    subject: str
    form: dict[str, Any]
    provider_bin: str
    outcome: str
    ground: str | None

    @classmethod
    def of(cls, case: Case) -> "Asked":
        provider_bin = PROVIDERS[case.clinic - 1].bin
        return cls(case.service, case.applicant, case.subject, form_for(case), provider_bin, case.outcome, case.ground)

    @property
    def applicant_iin(self) -> str:
        return demo_people()[self.applicant].person.iin

    @property
    def subject_iin(self) -> str:
        return demo_people()[self.subject].person.iin


@dataclass(frozen=True, slots=True)
class Walk:
    """A state service under fire. Another service joins the harness by another value of this.

    ``service`` is its public code, ``process`` the name of its process and of its database, ``asked`` what comes to the
    same end in whatever order and however often it is asked. ``broken`` gives a row of text for every promise of the
    service's own that does not hold; the journal is the same in every service (shared/kit/casework/tables.py).
    """

    service: str
    process: str
    asked: Sequence[Asked]
    broken: str


_VISITS: Final = """
SELECT format('round %s gave %s calls of %s, and %s visits were promised', round_id, taken, calls, count(visits.*))
FROM rounds LEFT JOIN (SELECT * FROM visits WHERE same_as IS NULL) AS visits USING (round_id) GROUP BY round_id
HAVING taken <> count(visits.*) OR NOT duty AND count(visits.*) > calls
UNION ALL
SELECT format('%s is %s and has %s visits', number, outcome, count(visits.*))
FROM requests JOIN documents USING (request_id) LEFT JOIN visits USING (request_id) GROUP BY number, outcome
HAVING count(visits.*) <> CASE outcome WHEN 'granted' THEN 1 ELSE 0 END
"""
_BOOKINGS: Final = """
SELECT format('%s is %s, its certificate %s, and has %s times booked, %s given up', number, outcome, status,
    count(b.*) FILTER (WHERE b.state = 'booked'), count(b.*) FILTER (WHERE b.state = 'moved'))
FROM requests JOIN documents d USING (request_id) LEFT JOIN bookings b USING (request_id)
GROUP BY number, outcome, status
HAVING count(b.*) FILTER (WHERE b.state = 'booked') <> (outcome = 'granted' AND status = 'valid')::int
    OR count(b.*) FILTER (WHERE b.state = 'moved') <> (status = 'replaced')::int
"""
_PLACES: Final = """
SELECT format('district %s of %s counts %s people and holds %s', number, d.provider_bin, attached, count(a.*))
FROM districts d LEFT JOIN attachments a ON a.ended IS NULL AND (a.provider_bin, a.district_kind, a.district_number)
    = (d.provider_bin, d.kind, d.number)
GROUP BY d.provider_bin, d.kind, d.number HAVING attached <> count(a.*)
UNION ALL
SELECT format('somebody is attached to %s providers', count(*)) FROM attachments
WHERE ended IS NULL AND NOT disputed GROUP BY iin HAVING count(*) > 1
UNION ALL
SELECT format('%s is %s and began an attachment', number, outcome)
FROM requests JOIN documents USING (request_id) JOIN attachments USING (request_id) WHERE outcome <> 'granted'
"""


def _appointments() -> Iterator[Asked]:
    """Each asks for a time of its own: of one that another holds no request would come (AP-9)."""
    first = read_local_time(AT).astimezone(ALMATY).date() + timedelta(days=1)
    at_home = [case for case in APPOINTMENT_CASES if case.clinic == HOME_CLINIC]
    of_kind = {
        kind: cycle([case for case in at_home if (case.subject in CHILDREN) == (kind == "paediatrician")])
        for kind in ("paediatrician", "therapist")
    }
    for day in schedules(ProviderHours(KazakhstanCalendar()), first):
        if day["provider_bin"] != HOME or day["date"] >= (first + timedelta(days=DAYS_TO_CHOOSE)).isoformat():
            continue
        begins, ends = (
            datetime.fromisoformat(f"{day['date']}T{day['hours'][end]}").replace(tzinfo=ALMATY)
            for end in ("from", "to")
        )
        while begins < ends:
            asked = Asked.of(next(of_kind[day["doctor"]["kind"]]))
            time = {"doctor_id": day["doctor"]["id"], "starts_at": begins.isoformat()}
            yield replace(asked, form=asked.form | time)
            begins += timedelta(minutes=day["minutes"])


HOME_VISIT: Final = Walk("home-visit", "home_visit", [Asked.of(case) for case in CASES], _VISITS)
ATTACHMENT: Final = Walk(
    "attachment",
    "attachment",
    # Who has chosen within the year is told so only after the choice: that depends on the order.
    [Asked.of(case) for case in ATTACHMENT_CASES if case.ground != "chosen_more_than_once_a_year"],
    _PLACES,
)
APPOINTMENT: Final = Walk("appointment", "appointment", list(_appointments()), _BOOKINGS)
WALKS: Final = (HOME_VISIT, ATTACHMENT, APPOINTMENT)
DOORS: Final = ("gateway", *(walk.process for walk in WALKS))
VICTIMS: Final = (*DOORS, "postgres", "person_registry")
"""Whoever takes part in an answer."""
