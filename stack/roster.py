"""The processes of the stack, in the order in which they are shown and started."""

from dataclasses import dataclass

DEFAULT_PORT_BASE = 8000


@dataclass(frozen=True, slots=True)
class Service:
    """One process: its name in settings and envelopes, its package, its place from the port base, its database."""

    name: str
    package: str
    offset: int
    database: bool = True

    @property
    def factory(self) -> str:
        """What uvicorn is told to load."""
        return f"{self.package}.app:create_app"


ROSTER = (
    Service("gateway", "gateway", 0),
    Service("home_visit", "home_visit_svc", 1),
    Service("appointment", "appointment_svc", 2),
    Service("attachment", "attachment_svc", 3),
    Service("diploma", "diploma_svc", 4),
    Service("person_registry", "person_registry_stub", 10, database=False),
    Service("nca", "nca_stub", 11, database=False),
)
"""The stopping order as well: the only door from outside closes first, what others ask closes last."""

CALLERS = (*(service.name for service in ROSTER if service.name != "nca"), "operator")
"""Whoever seals envelopes; `operator` is the stack itself when it loads the demo data."""
