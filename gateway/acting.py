"""Who acts for an organisation: an employee in their session, or the organisation's own system with its token.

A route that is open to both names the scope that a system needs, and asks an employee for a role::

    Reading = Annotated[Acting, Security(acting, scopes=[Scope.JOURNAL_READ])]

    async def list_journal(http: Request, who: Reading) -> Response:
        who.require({StaffRole.REGISTRY_DESK, StaffRole.HEAD})

Whatever is asked for is the organisation's of ``who``, never one that a path or a body names.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

import structlog
from fastapi import Security
from fastapi.openapi.models import OAuthFlowClientCredentials, OAuthFlows
from fastapi.security import OAuth2, SecurityScopes
from starlette.requests import Request

from gateway import clients
from gateway.clients import Client
from gateway.employees import Employee
from gateway.identity import IN_OPENAPI, SessionNotValid, token_of
from gateway.looks import Looker
from gateway.staff import FOR_EMPLOYEES, StaffSession, employed
from gateway.tokens import TokenNotValid
from gateway.world import world_of
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import Forbidden
from shared.kit.staff_problems import NotYourRole
from shared.law.roles import StaffRole
from shared.law.scopes import SCOPE_NAMES, Scope
from shared.law.text import Text

log = structlog.get_logger()
CLIENT_SCHEME: Final = OAuth2(
    flows=OAuthFlows(
        clientCredentials=OAuthFlowClientCredentials(
            tokenUrl="/v1/oauth/token", scopes={scope.value: name.en for scope, name in SCOPE_NAMES.items()}
        )
    ),
    scheme_name="client_token",
    auto_error=False,
)
"""What the OpenAPI document says of routes that take a system's token; the checks are ours."""


class ScopeMissing(Forbidden):
    """The system's token has not the scope that this asks for; ``scope`` says which."""

    slug = "scope-missing"
    title = Text(
        "Жүйеңізге бұл әрекет рұқсат етілмеген",
        "Вашей системе это действие не разрешено",
        "Your system is not allowed to do this",
    )


@dataclass(frozen=True, slots=True)
class Acting:
    """Whoever acts for an organisation: exactly one of ``session`` (an employee's) and ``client`` is there."""

    organisation_bin: str
    session: StaffSession | None = None
    client: Client | None = None

    @property
    def employee(self) -> Employee | None:
        """Return the employee; None where the organisation's system acts."""
        return self.session.employee if self.session else None

    @property
    def actor_id(self) -> UUID:
        """Return the number of the employee, or of the client."""
        return self.client.client_id if self.client else self._person().employee_id

    @property
    def name(self) -> str:
        """Return whose name stands in a record of what was done or seen: the employee's, or the system's."""
        return self.client.name if self.client else self._person().name_kk

    @property
    def looker(self) -> Looker:
        """Return who looks, for the record of looks."""
        employee, client = self.employee, self.client
        return Looker(
            self.organisation_bin, employee.employee_id if employee else None, client.client_id if client else None
        )

    def require(self, roles: Collection[StaffRole]) -> None:
        """Raise NotYourRole unless an employee acts in one of the roles; a system's scope was asked for at the door."""
        if self.session is not None:
            self.session.require(roles)

    def _person(self) -> Employee:
        if self.session is None:
            raise LookupError("Neither an employee nor a system acts.")
        return self.session.employee


async def acting(
    request: Request,
    needed: SecurityScopes,
    _client: Annotated[object, Security(CLIENT_SCHEME)] = None,
    _employee: Annotated[object, Security(IN_OPENAPI)] = None,
) -> Acting:
    """Return who acts, by the access token at hand; a system's token must have every scope of the route.

    Raises:
        NotAuthenticated: There is no access token.
        SessionNotValid: It is not one of ours, or a citizen's, or over; the client or its key is revoked.
        ScopeMissing: The system may not do this, or may no more.
    """
    client = await _client_of(request, needed.scopes)
    if client is not None:
        return Acting(client.organisation_bin, client=client)
    session = await employed(request)
    return Acting(session.employee.organisation_bin, session=session)


async def _client_of(request: Request, needed: Collection[str]) -> Client | None:
    """Return the client whose token this is, None where it is a person's."""
    world, token = world_of(request), token_of(request)
    try:
        bearer = world.tokens.read_client(token, world.now())
    except TokenNotValid as refused:
        log.info("access.refused", reason=refused.code)
        raise SessionNotValid from None
    if bearer is None:
        return None
    async with world.database.connection() as c:
        client = await clients.acting(c, bearer.client, bearer.key, world.now())
    if client is None or client.organisation_bin != bearer.organisation:
        log.info("access.refused", reason="client-revoked")
        raise SessionNotValid
    lacking = [scope for scope in needed if scope not in bearer.scopes or Scope(scope) not in client.scopes]
    if lacking:
        raise ScopeMissing(scope=" ".join(lacking))
    return client


FOR_ACTING: Final = FOR_EMPLOYEES | problem_docs(ScopeMissing, NotYourRole)
"""The ``responses`` of a route for employees and systems."""
