"""Tables and queries of sessions and their refresh tokens."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from gateway import employees
from gateway.accounts import Account
from gateway.employees import Employee, employee_in
from gateway.tokens import Bearer, hash_of
from shared.kit.database import Connection
from shared.kit.identifiers import uuid7

SESSION_LIFE: Final = timedelta(days=7)
"""After this one logs in again, however lively the session is."""
REFRESH_LIFE: Final = timedelta(hours=12)
"""How long a session may lie idle."""


class Refreshed(StrEnum):
    """What came of showing a refresh token."""

    ROTATED = "rotated"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REUSED = "reused"


async def open_session(
    c: Connection, account: Account, started: datetime, at: datetime, employee: Employee | None = None
) -> Bearer | None:
    """Open a session from ``at`` on; ``started`` is when the log-in arrived (Table 1, step 1).

    With an ``employee`` the person acts for an organisation in it, and never as a citizen.

    None when the password was changed while this one was being compared: who held the old one gets no session.
    """
    session_id = uuid7(at)
    opened = await c.fetchval(
        """INSERT INTO sessions (session_id, account_id, step_started_at, authorised_at, expires_at, employee_id)
           SELECT $1, id, $4, $5, $6, $7 FROM accounts WHERE id = $2 AND password_set_at = $3 FOR SHARE
           RETURNING true""",
        session_id,
        account.id,
        account.password_set_at,
        started,
        max(started, at),
        at + SESSION_LIFE,
        employee.employee_id if employee else None,
    )
    if not opened:
        return None
    return Bearer(account.id, session_id) if employee is None else _acting(account.id, session_id, employee)


async def put_refresh_token(c: Connection, session_id: UUID, token: str, at: datetime) -> None:
    """Keep the hash of a session's new refresh token."""
    await c.execute(
        "INSERT INTO refresh_tokens (token_sha256, session_id, issued_at, expires_at) VALUES ($1, $2, $3, $4)",
        hash_of(token),
        session_id,
        at,
        at + REFRESH_LIFE,
    )


async def rotate(c: Connection, token: str, successor: str, at: datetime) -> tuple[Refreshed, Bearer | None]:
    """Exchange a refresh token for its successor; one that was used before ends its session (RFC 9700, 4.14.2).

    Needs a transaction that the caller lets commit, also when the answer is a refusal. Gives what came of it and, when
    a token was found, whom it speaks for.
    """
    row = await c.fetchrow(
        """SELECT account_id, session_id, employee_id, token.used_at, token.expires_at,
             session.expires_at AS ends_at, ended_at
           FROM refresh_tokens AS token JOIN sessions AS session USING (session_id)
           WHERE token_sha256 = $1 FOR UPDATE OF session, token""",
        hash_of(token),
    )
    if row is None:
        return Refreshed.UNKNOWN, None
    bearer, in_office = await _bearer(c, row, at)
    if row["used_at"] is not None:
        await end_session(c, bearer.session, "refresh-token-reused", at)
        return Refreshed.REUSED, bearer
    if not in_office or row["ended_at"] is not None or at >= min(row["expires_at"], row["ends_at"]):
        return Refreshed.EXPIRED, bearer
    await c.execute("UPDATE refresh_tokens SET used_at = $2 WHERE token_sha256 = $1", hash_of(token), at)
    await put_refresh_token(c, bearer.session, successor, at)
    return Refreshed.ROTATED, bearer


async def _bearer(c: Connection, row: Mapping[str, Any], at: datetime) -> tuple[Bearer, bool]:
    """Return whom a session speaks for now, and whether they are still in office where it is an employee's."""
    bearer = Bearer(row["account_id"], row["session_id"])
    if row["employee_id"] is None:
        return bearer, True
    found = await employees.acting(c, bearer.session, bearer.account, at)
    return (bearer, False) if found is None else (_acting(bearer.account, bearer.session, employee_in(found)), True)


def _acting(account: UUID, session: UUID, employee: Employee) -> Bearer:
    return Bearer(account, session, employee.organisation_bin, tuple(sorted(employee.roles)))


async def end_session(c: Connection, session_id: UUID, ended_by: str, at: datetime) -> None:
    """End a session; its access and refresh tokens are worth nothing from here on."""
    await c.execute(
        "UPDATE sessions SET ended_at = $3, ended_by = $2 WHERE session_id = $1 AND ended_at IS NULL",
        session_id,
        ended_by,
        at,
    )


async def end_sessions_of(c: Connection, account_id: UUID, at: datetime) -> None:
    """End every session of a person who has set a new password."""
    await c.execute(
        """UPDATE sessions SET ended_at = $2, ended_by = 'password-set'
           WHERE account_id = $1 AND ended_at IS NULL""",
        account_id,
        at,
    )


async def find_open(c: Connection, bearer: Bearer, at: datetime) -> Mapping[str, Any] | None:
    """Return ``iin``, ``step_started_at`` and ``authorised_at`` of a citizen's session that is open now, or None."""
    row: Mapping[str, Any] | None = await c.fetchrow(
        """SELECT iin, step_started_at, authorised_at FROM sessions JOIN accounts ON id = account_id
           WHERE session_id = $1 AND account_id = $2 AND ended_at IS NULL AND expires_at > $3
             AND employee_id IS NULL AND $4::text IS NULL""",
        bearer.session,
        bearer.account,
        at,
        bearer.organisation,
    )
    return row
