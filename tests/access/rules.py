"""Who may do what: one rule for every operation of every application. An operation that is not here fails the tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import person_registry_stub.app
from attachment_svc.routes import LOOKERS


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may: anyone, whoever is logged in (about themselves), the owner of the object named, employees, services.

    ``administrator`` is asked of an employee for what not every role may do; ``desk``: it is the registry desk's, and
    what it reads an official's too; a doctor may not. ``system``: the organisation's own system may too, with the scope
    of the route.
    """

    anyone: bool = False
    session: bool = False
    owner: bool = False
    staff: bool = False
    administrator: bool = False
    desk: bool = False
    system: bool = False
    callers: frozenset[str] = frozenset()

    @property
    def guards(self) -> frozenset[str]:
        """Return the security scheme that the OpenAPI document must name."""
        by_token = {"access_token"} if self.session or self.staff else {"envelope"} if self.callers else set()
        return frozenset(by_token | ({"client_token"} if self.system else set()))

    def permits(self, role: str) -> bool:
        """Say whether a caller of the hostile walk may come in."""
        return (
            self.anyone
            or (self.session and role == "citizen")
            or (self.staff and role == "employee")
            or role in self.callers
        )

    @property
    def caller(self) -> str:
        """Return the name of one who may come in."""
        signed_in = "citizen" if self.session else "employee" if self.staff else "nobody"
        return next(iter(sorted(self.callers)), signed_in)


ANYONE: Final = Rule(anyone=True)
SIGNED_IN: Final = Rule(session=True)
OWNER: Final = Rule(session=True, owner=True)
EMPLOYEE: Final = Rule(staff=True)
CLINIC: Final = Rule(staff=True, system=True)
"""Of a clinic's employees and of its own system."""
CLINICS_ADMINISTRATOR: Final = Rule(staff=True, system=True, administrator=True)
ADMINISTRATOR: Final = Rule(staff=True, administrator=True)
DESK: Final = Rule(staff=True, desk=True)
"""Of the registry desk of the clinic whose request it is; the ask brings the token of one who sits there."""
COLLEGE: Final = Rule(staff=True)
"""Of the employees of the medical college; the ask brings the token of one of them."""
OFFICIAL: Final = Rule(staff=True)
"""Of the officials of a clinic, of its own requests; the ask brings the token of one of them."""
GATEWAY: Final = Rule(callers=frozenset({"gateway"}))
OPERATOR: Final = Rule(callers=frozenset({"operator"}))
CLINICS: Final = Rule(callers=frozenset({"gateway", "operator"}))
LOOKUP: Final = Rule(callers=frozenset(LOOKERS))
REGISTRY: Final = Rule(callers=frozenset(person_registry_stub.app.CALLERS))
_REQUEST: Final = "/v1/requests/{request_id}"
_DESK: Final = "/v1/staff/requests/{request_id}"

PAGES: Final[Mapping[str, Rule]] = {"GET /healthz": ANYONE, "GET /readyz": ANYONE}
CASEWORK: Final[Mapping[str, Rule]] = {
    **PAGES,
    "POST /internal/v1/drafts": GATEWAY,
    "POST /internal/v1/requests": GATEWAY,
    "POST /internal/v1/documents/status": GATEWAY,
    "POST /internal/v1/documents/paper": GATEWAY,
    "POST /internal/v1/documents/status-list": GATEWAY,
    "POST /internal/v1/case-files": GATEWAY,
}
"""What every state service answers."""
BY_OFFICIALS: Final[Mapping[str, Rule]] = {
    f"POST /internal/v1/{path}": GATEWAY  # For which provider, and who acts, the body says.
    for path in (
        *("deciding/read", "deciding/choose", "proposals/list", "proposals/read", "proposals/confirmation"),
        *("proposals/confirmed", "proposals/return", "reviews", "reviews/draft"),
    )
}
"""What those answer besides whose requests officials may decide."""
RULES: Final[Mapping[str, Mapping[str, Rule]]] = {
    "gateway": {
        **PAGES,
        "POST /v1/registration/challenges": ANYONE,
        "POST /v1/registration": ANYONE,  # The EDS says who it is.
        "POST /v1/sessions": ANYONE,
        "POST /v1/sessions/refresh": ANYONE,  # The refresh token says whose.
        "DELETE /v1/sessions/current": SIGNED_IN,
        "GET /v1/me": SIGNED_IN,
        "GET /v1/me/represented": SIGNED_IN,
        "GET /v1/me/attachments": SIGNED_IN,
        "GET /v1/me/looks": SIGNED_IN,
        "POST /v1/me/attachments/lookup": SIGNED_IN,  # The person registry says for whom: see test_matrix.py.
        "GET /v1/services": ANYONE,
        "GET /v1/services/{code}": ANYONE,
        "GET /v1/services/{code}/form": ANYONE,
        "GET /v1/providers": ANYONE,
        "GET /v1/providers/{bin}": ANYONE,
        "POST /v1/requests": SIGNED_IN,
        "GET /v1/requests": SIGNED_IN,
        f"GET {_REQUEST}": OWNER,
        f"GET {_REQUEST}/content": OWNER,
        f"POST {_REQUEST}/signature": OWNER,
        f"GET {_REQUEST}/steps": OWNER,
        f"GET {_REQUEST}/events": OWNER,
        f"GET {_REQUEST}/document": OWNER,
        "GET /v1/appointments/slots": ANYONE,  # The decree: without registration (AP-9).
        "POST /v1/appointments/slots": SIGNED_IN,  # The person registry says for whom.
        f"GET {_REQUEST}/evidence": OWNER,
        f"GET {_REQUEST}/appointment": OWNER,
        f"GET {_REQUEST}/cancellation": OWNER,
        f"POST {_REQUEST}/cancellation": OWNER,
        f"POST {_REQUEST}/move": OWNER,
        "POST /v1/staff/sessions": ANYONE,
        "DELETE /v1/staff/sessions/current": EMPLOYEE,
        "GET /v1/staff/me": EMPLOYEE,
        "POST /v1/staff/lookups": DESK,
        "POST /v1/staff/lookups/{lookup_id}/answers": DESK,
        "POST /v1/staff/scans": DESK,
        "POST /v1/staff/requests": DESK,
        **{
            f"{line}": DESK
            for line in (
                *(f"GET {_DESK}", f"GET {_DESK}/content", f"GET {_DESK}/steps", f"GET {_DESK}/document"),
                *(f"GET {_DESK}/evidence", f"GET {_DESK}/scans/{{scan_id}}", f"POST {_DESK}/signature"),
            )
        },
        "GET /v1/staff/employees": ADMINISTRATOR,
        "PUT /v1/staff/employees": ADMINISTRATOR,
        "DELETE /v1/staff/employees/{employee_id}": ADMINISTRATOR,
        "GET /v1/clinic/me": CLINIC,
        "POST /v1/webhooks": CLINICS_ADMINISTRATOR,
        "GET /v1/webhooks": CLINICS_ADMINISTRATOR,
        **{
            f"{line.replace(' ', ' /v1/webhooks/{webhook_id}')}": CLINICS_ADMINISTRATOR
            for line in (
                *("DELETE ", "POST /enable", "POST /secret", "POST /test", "POST /replay"),
                "GET /deliveries",
            )
        },
        "PUT /v1/clinic/districts": CLINIC,
        "PUT /v1/clinic/doctors": CLINIC,
        "PUT /v1/clinic/schedules": CLINIC,
        "PUT /v1/clinic/rounds": CLINIC,
        "GET /v1/clinic/appointments/{number}": CLINIC,
        "PUT /v1/clinic/appointments/{number}/outcome": CLINIC,
        "POST /v1/clinic/appointments/cancellations": CLINIC,
        "POST /v1/clinic/appointments/{number}/move": CLINIC,
        "GET /v1/staff/journal": CLINIC,  # In which roles and scopes: tests/system/test_clinic_work.py.
        "GET /v1/staff/journal/export": CLINIC,
        "GET /v1/staff/journal/{request_id}": CLINIC,
        "GET /v1/staff/home-visits": CLINIC,
        "GET /v1/staff/home-visits/page": CLINIC,
        "GET /v1/staff/rounds": CLINIC,
        "PUT /v1/staff/home-visits/{request_id}/outcome": CLINIC,
        "POST /v1/staff/home-visits/{request_id}/move": CLINIC,
        f"GET {_REQUEST}/visit": OWNER,
        "POST /v1/oauth/token": ANYONE,  # The assertion says who asks.
        "GET /.well-known/oauth-authorization-server": ANYONE,
        "POST /v1/staff/clients": ADMINISTRATOR,
        "GET /v1/staff/clients": ADMINISTRATOR,
        "POST /v1/staff/clients/{client_id}/keys": ADMINISTRATOR,
        "DELETE /v1/staff/clients/{client_id}/keys/{kid}": ADMINISTRATOR,
        "DELETE /v1/staff/clients/{client_id}": ADMINISTRATOR,
        f"POST {_REQUEST}/review": OWNER,
        "GET /v1/staff/deciding": OFFICIAL,
        "PUT /v1/staff/deciding": OFFICIAL,
        **{
            f"{line.replace('{kind}', kind)}": OFFICIAL
            for kind in ("proposals", "reviews")
            for line in (
                *("GET /v1/staff/{kind}", "GET /v1/staff/{kind}/{request_id}"),
                *("GET /v1/staff/{kind}/{request_id}/content", "POST /v1/staff/{kind}/{request_id}/confirmation"),
            )
        },
        "POST /v1/staff/proposals/{request_id}/return": OFFICIAL,
        "POST /v1/staff/reviews/{request_id}/draft": OFFICIAL,
        "GET /v1/staff/training/cases": COLLEGE,
        "GET /v1/staff/training/cases/{request_id}": COLLEGE,
        "POST /v1/staff/training/cases/{request_id}/acts": COLLEGE,
        "GET /v1/staff/training/cases/{request_id}/document": COLLEGE,
        "POST /v1/staff/training/cases/{request_id}/signature": COLLEGE,
        "POST /v1/staff/training/cases/{request_id}/papers": COLLEGE,
        "PUT /v1/staff/training/cases/{request_id}/papers/{paper_id}/scan": COLLEGE,
        "GET /v1/staff/training/cases/{request_id}/papers/{paper_id}/scan": COLLEGE,
        "POST /v1/staff/training/cases/{request_id}/papers/{paper_id}/rejection": COLLEGE,
        "GET /v1/staff/training/records": COLLEGE,
        "PUT /v1/training/college": CLINIC,
        "GET /v1/staff/training/debts": COLLEGE,
        "POST /v1/staff/training/debts": COLLEGE,
        "POST /v1/staff/training/debts/clearing": COLLEGE,
        "POST /v1/staff/training/cases/{request_id}/warnings": COLLEGE,
        f"PUT {_REQUEST}/papers/{{paper_id}}/scan": OWNER,
        f"GET {_REQUEST}/progress": OWNER,
        f"POST {_REQUEST}/papers": OWNER,
        "GET /v1/me/training-documents": SIGNED_IN,
        "GET /v1/training-documents/status-lists/{number}": ANYONE,  # A place in it tells nothing of a person.
        "GET /v1/documents/{token}": ANYONE,  # Whoever holds the document has its token; nothing personal is told.
        "POST /v1/documents/{token}/content": ANYONE,  # Only with the code that stands on the paper.
        "POST /v1/documents/check": ANYONE,  # It looks at the file that is sent, and keeps nothing.
        "GET /v1/status-lists/{service}/{bin}": ANYONE,  # It names documents by digests of their tokens.
        "GET /.well-known/jwks.json": ANYONE,
        "GET /problems/{slug}": ANYONE,
    },
    "home_visit": {
        **CASEWORK,
        **BY_OFFICIALS,
        "POST /internal/v1/rounds": CLINICS,
        **{
            f"POST /internal/v1/{path}": GATEWAY  # For which provider, and who acts, the body says.
            for path in (
                *("home-visits/list", "home-visits/outcome", "home-visits/move", "home-visits/own"),
                *("rounds/list", "changes"),
            )
        },
    },
    "attachment": {
        **CASEWORK,
        **BY_OFFICIALS,
        "POST /internal/v1/attachments/history": GATEWAY,
        "POST /internal/v1/districts": CLINICS,
        "POST /internal/v1/attachments/lookup": LOOKUP,
        "POST /internal/v1/attachments/import": OPERATOR,
    },
    "appointment": {
        **CASEWORK,
        **BY_OFFICIALS,
        "POST /internal/v1/schedules": CLINICS,
        "POST /internal/v1/doctors": CLINICS,
        "POST /internal/v1/slots/search": GATEWAY,
        "POST /internal/v1/appointments/standing": GATEWAY,
        "POST /internal/v1/changes": GATEWAY,
        "POST /internal/v1/appointments/cancellation": GATEWAY,
        "POST /internal/v1/cancellations": CLINICS,
        "POST /internal/v1/visits": CLINICS,
    },
    "diploma": {
        **CASEWORK,
        "POST /internal/v1/college": Rule(callers=frozenset({"gateway", "operator"})),
        **{
            f"POST /internal/v1/{path}": GATEWAY  # Which employee acts in which roles, the body says.
            for path in (
                *(
                    "cases/list",
                    "cases/read",
                    "cases/act",
                    "cases/warnings",
                    "debts/list",
                    "debts",
                    "debts/clearing",
                    "cases/document",
                    "cases/signature",
                    "cases/progress",
                ),
                *(
                    "papers",
                    "papers/scan",
                    "papers/scan/read",
                    "papers/rejection",
                    "records",
                    "documents/held",
                    "status-lists",
                ),
            )
        },
    },
    "person_registry": {
        **PAGES,
        "POST /v1/persons/lookup": REGISTRY,
        "POST /v1/organisations/lookup": REGISTRY,
        "GET /control/mood": ANYONE,  # Handles of a stub: where it is in earnest there are none.
        "POST /control/mood": ANYONE,
        "GET /control/people": ANYONE,
        "POST /control/people": ANYONE,
        "POST /control/elsewhere": ANYONE,
    },
    "nca": {
        **PAGES,
        **{
            f"{line.replace('{place}', place)}": ANYONE
            for place in ("", "/gost")
            for line in (
                *("GET {place}/authorities/root.cer", "GET {place}/authorities/issuing.cer", "POST {place}/ocsp"),
                *("GET {place}/crl/full.crl", "GET {place}/crl/delta.crl", "POST {place}/tsp"),
            )
        },
        "POST /control/issue": ANYONE,
        "POST /control/issue-official": ANYONE,
        "POST /control/revoke": ANYONE,
        "POST /control/release": ANYONE,
        "POST /control/mood": ANYONE,
    },
}
