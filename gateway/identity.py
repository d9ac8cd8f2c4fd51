"""Who asks: the session behind a Bearer token, with the IIN that every form is filled from (HV-18.4)."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import structlog
from fastapi import Depends, Security
from fastapi.security import HTTPBearer
from starlette.requests import Request

from gateway import sessions
from gateway.tokens import Bearer, TokenNotValid
from gateway.world import World, world_of
from shared.kit.problem_schema import problem_docs
from shared.kit.problems import NotAuthenticated
from shared.law.text import Text

log = structlog.get_logger()
_BEARER: Final = re.compile(r"Bearer ([A-Za-z0-9._-]+)", re.ASCII | re.IGNORECASE)
IN_OPENAPI: Final = HTTPBearer(auto_error=False, bearerFormat="JWT", scheme_name="access_token")
"""What the OpenAPI document says of routes that ask for a session; the checks are ours."""


class SessionNotValid(NotAuthenticated):
    """There is no session behind the token, or none any more; one logs in again."""

    slug = "session-not-valid"
    title = Text(
        "Сеанс жарамсыз немесе аяқталған, қайта кіріңіз",
        "Сеанс недействителен или завершён, войдите снова",
        "The session is not valid or has ended, log in again",
    )

    def __init__(self) -> None:
        """Answer as RFC 6750, section 3.1, asks."""
        super().__init__(scheme='Bearer error="invalid_token"')


@dataclass(frozen=True, slots=True)
class StepTimes:
    """When a step of Table 1 began and ended, aware, in UTC."""

    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A person who is logged in; ``authorisation`` is step 1 of Table 1, ``expires_at`` the access token's end."""

    session_id: UUID
    account_id: UUID
    iin: str = field(repr=False)
    authorisation: StepTimes
    expires_at: datetime


async def signed_in(request: Request, _: Annotated[object, Security(IN_OPENAPI)] = None) -> Session:
    """Return the session that the request's access token speaks for.

    The database is asked each time: a session that has ended, here or at another replica, is over at once.

    Raises:
        NotAuthenticated: There is no access token.
        SessionNotValid: It is not one of ours, or too old, or its session has ended.
    """
    world = world_of(request)
    bearer, expires_at = bearer_of(request)
    async with world.database.connection() as c:
        found = await sessions.find_open(c, bearer, world.now())
    if found is None:
        log.info("access.refused", reason="session-ended")
        raise SessionNotValid
    times = StepTimes(found["step_started_at"], found["authorised_at"])
    return Session(bearer.session, bearer.account, found["iin"], times, expires_at)


def bearer_of(request: Request) -> tuple[Bearer, datetime]:
    """Return whom the request's access token speaks for, and until when; NotAuthenticated and SessionNotValid else."""
    world, token = world_of(request), token_of(request)
    try:
        return world.tokens.read(token, world.now())
    except TokenNotValid as refused:
        log.info("access.refused", reason=refused.code)
        raise SessionNotValid from None


def token_of(request: Request) -> str:
    """Return the request's access token as it came, empty where it is written otherwise; NotAuthenticated for none."""
    headers = request.headers.getlist("authorization")
    if not headers:
        raise NotAuthenticated
    match = _BEARER.fullmatch(headers[0]) if len(headers) == 1 else None
    return match[1] if match else ""


async def still_open(world: World, session: Session) -> bool:
    """Say whether a session that waited for something has not ended meanwhile."""
    async with world.database.connection() as c:
        return await sessions.find_open(c, Bearer(session.account_id, session.session_id), world.now()) is not None


WITHOUT_SESSION: Final = problem_docs(NotAuthenticated, SessionNotValid)
"""The ``responses`` of a route that asks for a session."""
SignedIn = Annotated[Session, Depends(signed_in)]
"""The parameter of a route that asks for a session."""
