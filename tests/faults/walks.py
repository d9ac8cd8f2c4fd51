"""What the harness must know of a service to judge it: who asks what of it, and how its own tables tell what came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from person_registry_stub.demo_cases import CASES
from person_registry_stub.demo_people import demo_people
from shared.law.providers import PROVIDERS
from stack.demo import form_for


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as a demo person makes it, and what must come of it."""

    applicant: str
    subject: str
    form: dict[str, Any]
    provider_bin: str
    outcome: str
    ground: str | None

    @property
    def applicant_iin(self) -> str:
        return demo_people()[self.applicant].person.iin

    @property
    def subject_iin(self) -> str:
        return demo_people()[self.subject].person.iin


@dataclass(frozen=True, slots=True)
class Walk:
    """A state service under fire. Another service joins the harness by another value of this.

    ``service`` is its public code, ``process`` the name of its process and of its database, ``victims`` whoever takes
    part in an answer, each with how often it is killed at the least. ``registrations`` gives a row for every journal
    entry: request_id, number, content (the bytes that were signed), answer_by, answered_at, outcome, token, jws (each
    None until it is there), outcomes (how many stand in the step ledger), met (whether every step kept its limit).
    ``broken`` gives a row of text for every promise of the service's own that does not hold.
    """

    service: str
    process: str
    victims: Mapping[str, int]
    asked: Sequence[Asked]
    registrations: str
    broken: str


_REGISTRATIONS: Final = """
SELECT r.request_id, r.number, r.content, r.answer_by, r.answered_at, d.outcome, d.token, d.jws,
    (SELECT count(*) FROM steps s WHERE s.request_id = r.request_id AND s.step IN (7, 8)) AS outcomes,
    (SELECT bool_and(s.met) FROM steps s WHERE s.request_id = r.request_id) AS met
FROM requests r LEFT JOIN documents d USING (request_id)
"""
_BROKEN: Final = """
SELECT format('round %s gave %s calls of %s, and %s visits were promised', round_id, taken, calls, count(visits.*))
FROM rounds LEFT JOIN visits USING (round_id) GROUP BY round_id
HAVING taken <> count(visits.*) OR NOT duty AND count(visits.*) > calls
UNION ALL
SELECT format('%s is %s and has %s visits', number, outcome, count(visits.*))
FROM requests JOIN documents USING (request_id) LEFT JOIN visits USING (request_id) GROUP BY number, outcome
HAVING count(visits.*) <> CASE outcome WHEN 'granted' THEN 1 ELSE 0 END
"""

HOME_VISIT: Final = Walk(
    service="home-visit",
    process="home_visit",
    victims={"gateway": 2, "home_visit": 2, "postgres": 2, "attachment": 1, "person_registry": 1},
    asked=tuple(
        Asked(case.applicant, case.subject, form_for(case), PROVIDERS[case.clinic - 1].bin, case.outcome, case.ground)
        for case in CASES
    ),
    registrations=_REGISTRATIONS,
    broken=_BROKEN,
)
