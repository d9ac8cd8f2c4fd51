"""Processes 1 and 2 (HV-16.2 to 16.4; Table 1, steps 1 and 2): log-in, refresh, log-out.

An attempt is counted before its password is looked at, and takes the same way whether the person is registered or not.
"""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from gateway import accounts, attempts, employees, sessions
from gateway.accounts import Account
from gateway.attempts import Attempt
from gateway.conditions import AuthorisationRefused, RegistryUnavailable, ask_registry, data_authentic
from gateway.employees import Employee
from gateway.identity import SessionNotValid
from gateway.sessions import Refreshed
from gateway.tokens import ACCESS_LIFE, new_refresh_token
from gateway.workers import WorkersBusy
from gateway.world import World
from shared.kit.problems import TooManyRequests
from shared.law.tables import TABLE_1
from shared.law.text import Text

log = structlog.get_logger()
AUTHORISED: Final = 1
REFUSED: Final = 2


class TooManyAttempts(TooManyRequests):
    """The password path is closed for a while; the EDS path is not."""

    slug = "too-many-attempts"
    title = Text("Әрекеттер тым көп", "Слишком много попыток", "Too many attempts")

    def __init__(self, wait: timedelta) -> None:
        """Say when to come back, and what is open meanwhile."""
        detail = Text(
            "Кейінірек қайталаңыз немесе құпиясөзді ЭЦҚ арқылы қайта орнатыңыз.",
            "Повторите позже или установите пароль заново с помощью ЭЦП.",
            "Try again later, or set the password anew with an EDS.",
        )
        super().__init__(detail, retry_after=math.ceil(wait.total_seconds()))


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a client holds of a session."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_in: int = int(ACCESS_LIFE.total_seconds())


async def log_in(world: World, attempt: Attempt, password: str, organisation_bin: str | None = None) -> Tokens:
    """Process 1: open a session for the person whose password this is; with a BIN as the organisation's employee.

    Raises:
        TooManyAttempts: Too many wrong passwords; it says when to come back.
        AuthorisationRefused: Process 2; the same whatever was wrong.
        WorkersBusy: More log-ins at once than passwords can be compared in a few seconds.
    """
    async with world.log_ins.turn(attempt.pair):
        return await _log_in(world, attempt, password, organisation_bin)


async def _log_in(world: World, attempt: Attempt, password: str, organisation_bin: str | None) -> Tokens:
    async with world.database.transaction() as c:
        wait = await attempts.count_login(c, attempt)
    if wait:
        raise TooManyAttempts(wait)
    try:
        account = await _authentic(world, attempt, password)
        employee = await _in_office(world, attempt, organisation_bin)
    except WorkersBusy:
        async with world.database.transaction() as c:
            await attempts.forgive(c, attempt)  # Nobody has looked at the password.
        raise
    if account is None or (organisation_bin is not None and employee is None):
        _note(REFUSED, attempt.at, world.now())
        raise AuthorisationRefused
    renewed = await world.passwords.hashed(password) if world.passwords.outdated(account.password_hash) else None
    refresh = new_refresh_token()
    async with world.database.transaction() as c:
        if renewed is not None:
            await accounts.renew_hash(c, account, renewed)
        at = world.now()
        opened = await sessions.open_session(c, account, attempt.at, at, employee)
        if opened is None:
            raise AuthorisationRefused
        await sessions.put_refresh_token(c, opened.session, refresh, at)
        await attempts.forgive(c, attempt)
        await attempts.remember(c, account.id, attempt)
    _note(AUTHORISED, attempt.at, at)
    return Tokens(world.tokens.issue(opened, at), refresh)


async def refresh(world: World, token: str) -> Tokens:
    """Exchange a refresh token for new tokens; a token that comes twice ends its session. Raises SessionNotValid."""
    successor, at = new_refresh_token(), world.now()
    async with world.database.transaction() as c:
        outcome, bearer = await sessions.rotate(c, token, successor, at)
    # What the transaction wrote stands, also when the answer is a refusal: a reused token has ended its session.
    if outcome is not Refreshed.ROTATED or bearer is None:
        log.info("refresh.refused", reason=outcome.value)
        raise SessionNotValid
    return Tokens(world.tokens.issue(bearer, at), successor)


async def log_out(world: World, session_id: UUID) -> None:
    """End the session at once, for its access token too."""
    async with world.database.transaction() as c:
        await sessions.end_session(c, session_id, "log-out", world.now())


async def _authentic(world: World, attempt: Attempt, password: str) -> Account | None:
    """Condition 1 (HV-16.3): the person is registered, the password is theirs, the registry knows them as living."""
    async with world.database.connection() as c:
        account = await accounts.account_with_iin(c, attempt.iin)
    right = await world.passwords.matches(password, account.password_hash if account else None)
    if account is None or not right:
        return None
    try:
        answer = await ask_registry(world.registry, attempt.iin)
    except RegistryUnavailable:
        # The registry confirmed the person at registration, and whatever is asked for later is checked again.
        return account
    return account if data_authentic(answer.person) else None


async def _in_office(world: World, attempt: Attempt, organisation_bin: str | None) -> Employee | None:
    if organisation_bin is None:
        return None
    async with world.database.connection() as c:
        return await employees.in_office(c, organisation_bin, attempt.iin)


def _note(step: int, started: datetime, ended: datetime) -> None:
    """Log how long the step took against its limit in Table 1."""
    took = ended - started
    log.info("login.step", step=step, seconds=took.total_seconds(), met=took <= TABLE_1[step].limit)
