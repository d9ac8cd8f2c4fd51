"""Queries of the tallies of ``lockout.py``: an attempt is counted first, under row locks, and looked at afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from gateway.lockout import RULES, Scope, Tally, counted, wait_of
from shared.kit.database import Connection

KNOWN_FOR: Final = timedelta(days=90)
KEPT_FOR: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody at a network (an IPv4 address or an IPv6 /64) who says to be the person with this IIN."""

    iin: str = field(repr=False)
    network: str
    at: datetime

    @property
    def pair(self) -> str:
        """Return the key of this person at this network."""
        return f"{self.iin} {self.network}"

    def keys(self, *, known: bool) -> dict[Scope, str]:
        """Return what is counted; the person's own tally is left alone where the person is known to be."""
        keys = {Scope.ADDRESS: self.network, Scope.PAIR: self.pair}
        return keys if known else keys | {Scope.PERSON: self.iin}


async def count_login(c: Connection, attempt: Attempt) -> timedelta:
    """Count an attempt to log in; returns how long to wait, zero when the attempt may go on. Needs a transaction."""
    known = await c.fetchval(
        """SELECT EXISTS (SELECT FROM known_addresses JOIN accounts ON id = account_id
                          WHERE iin = $1 AND network = $2 AND seen_at > $3)""",
        attempt.iin,
        attempt.network,
        attempt.at - KNOWN_FOR,
    )
    return await _count(c, attempt.keys(known=known), attempt.at)


async def count_registration(c: Connection, network: str, at: datetime) -> timedelta:
    """Count a step of a registration from a network; returns how long to wait, zero for not at all."""
    return await _count(c, {Scope.REGISTRATION: network}, at)


async def forgive(c: Connection, attempt: Attempt) -> None:
    """Take back an attempt whose password was right; rows are locked in the order in which they are counted."""
    one_less = "UPDATE login_tallies SET attempts = greatest(attempts - 1, 0) WHERE scope = $1 AND key = $2"
    await c.execute(one_less, Scope.ADDRESS, attempt.network)
    await c.execute("DELETE FROM login_tallies WHERE scope = $1 AND key = $2", Scope.PAIR, attempt.pair)
    await c.execute(one_less, Scope.PERSON, attempt.iin)


async def open_again(c: Connection, attempt: Attempt) -> None:
    """Open the password path of a person who has just shown an EDS."""
    await forgive(c, attempt)
    await c.execute("DELETE FROM login_tallies WHERE scope = $1 AND key = $2", Scope.PERSON, attempt.iin)


async def remember(c: Connection, account_id: UUID, attempt: Attempt) -> None:
    """Remember that the person was here."""
    await c.execute(
        """INSERT INTO known_addresses (account_id, network, seen_at) VALUES ($1, $2, $3)
           ON CONFLICT (account_id, network) DO UPDATE SET seen_at = excluded.seen_at""",
        account_id,
        attempt.network,
        attempt.at,
    )


async def _count(c: Connection, keys: Mapping[Scope, str], at: datetime) -> timedelta:
    scopes, names = [*keys], [*keys.values()]
    await c.execute(
        """INSERT INTO login_tallies (scope, key, since, attempts, locks)
           SELECT scope, key, $3, 0, 0 FROM unnest($1::text[], $2::text[]) AS asked (scope, key) ORDER BY scope, key
           ON CONFLICT DO NOTHING""",
        scopes,
        names,
        at,
    )
    rows = await c.fetch(
        """SELECT scope, key, since, attempts, locks, locked_until FROM login_tallies
           WHERE (scope, key) IN (SELECT * FROM unnest($1::text[], $2::text[])) ORDER BY scope, key FOR UPDATE""",
        scopes,
        names,
    )
    tallies = {(Scope(scope), key): Tally(*tally) for scope, key, *tally in rows}
    wait = max(wait_of(tally, at) for tally in tallies.values())
    if not wait:
        await c.executemany(
            """UPDATE login_tallies SET since = $3, attempts = $4, locks = $5, locked_until = $6
               WHERE scope = $1 AND key = $2""",
            [
                (scope, key, after.since, after.attempts, after.locks, after.locked_until)
                for (scope, key), tally in tallies.items()
                for after in [counted(tally, RULES[scope], at)]
            ],
        )
    return wait
