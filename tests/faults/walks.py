"""What the harness must know of a service to judge it: who asks what of it, and what its own tables promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from person_registry_stub.demo_cases import ATTACHMENT_CASES, CASES, Case
from person_registry_stub.demo_people import demo_people
from shared.law.providers import PROVIDERS
from stack.demo import form_for


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
FROM rounds LEFT JOIN visits USING (round_id) GROUP BY round_id
HAVING taken <> count(visits.*) OR NOT duty AND count(visits.*) > calls
UNION ALL
SELECT format('%s is %s and has %s visits', number, outcome, count(visits.*))
FROM requests JOIN documents USING (request_id) LEFT JOIN visits USING (request_id) GROUP BY number, outcome
HAVING count(visits.*) <> CASE outcome WHEN 'granted' THEN 1 ELSE 0 END
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

HOME_VISIT: Final = Walk("home-visit", "home_visit", [Asked.of(case) for case in CASES], _VISITS)
ATTACHMENT: Final = Walk(
    "attachment",
    "attachment",
    # Who has chosen within the year is told so only after the choice: that depends on the order.
    [Asked.of(case) for case in ATTACHMENT_CASES if case.ground != "chosen_more_than_once_a_year"],
    _PLACES,
)
WALKS: Final = (HOME_VISIT, ATTACHMENT)
VICTIMS: Final = {"gateway": 2, "home_visit": 2, "attachment": 1, "postgres": 2, "person_registry": 1}
"""Whoever takes part in an answer, each with how often it is killed at the least."""
