"""The journal of an organisation: every request from registration on, in the order of registration (HV-17, AP-17).

Queries name the organisation of whoever asks. What is shown of a person is written down before it is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from gateway.journal import COLUMNS, Request
from gateway.journal_places import give_places
from gateway.ledger import StepTaken, steps_of
from gateway.looks import Look, Looker, Opened, record_looks
from gateway.shown import record_shown
from shared.kit.database import Database
from shared.law.channels import Channel
from shared.law.hours import ALMATY

PURPOSES: Final[Mapping[str, str]] = {
    "home-visit": "HV-17.8",
    "appointment": "AP-17.8",
    "attachment": "AT-19.8",
    "diploma": "DP-15",
}
"""What the provider looks at a request for: the clause by which it checks and keeps it."""
# The answer names its people as the person registry writes them; about whom one may not ask for, it is silent.
_SAID: Final = """
CASE WHEN document ~ '^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]+$' THEN convert_from(decode(rpad(
    translate(split_part(document, '.', 2), '-_', '+/'),
    (length(split_part(document, '.', 2)) + 3) / 4 * 4, '='), 'base64'), 'UTF8') END
"""
LINE: Final = f"""
id, number, service, channel, state, outcome, standing, standing_at, registered_at, answer_by, answered_at,
    applicant_iin, subject_iin, journal_no, change_no, listed_at,
    CASE WHEN said IS JSON OBJECT THEN coalesce(said::jsonb #>> '{{patient,name,kk}}',
        CASE WHEN applicant_iin = subject_iin THEN said::jsonb #>> '{{applicant,name,kk}}' END) END AS name_kk,
    CASE WHEN said IS JSON OBJECT THEN coalesce(said::jsonb #>> '{{patient,name,ru}}',
        CASE WHEN applicant_iin = subject_iin THEN said::jsonb #>> '{{applicant,name,ru}}' END) END AS name_ru
FROM (SELECT *, {_SAID} AS said FROM requests WHERE %s) AS lines
"""  # noqa: S608 - constants of ours.
_SINCE: Final = """
SELECT change_no FROM requests WHERE provider_bin = $1 AND listed_at >= $2 AND change_no IS NOT NULL
ORDER BY listed_at, change_no LIMIT 1
"""
_ENTRY: Final = f"""
SELECT {COLUMNS} FROM requests WHERE id = $1 AND provider_bin = $2 AND journal_no IS NOT NULL
"""  # noqa: S608 - a constant of ours.
_LINE: Final = f"SELECT {LINE % 'id = $1'}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the journal is asked for; None: whatever. Days are local and both are meant; ``after`` is a place."""

    services: Sequence[str] = ()
    channel: str | None = None
    state: str | None = None
    outcome: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    overdue: bool | None = None
    updated_since: datetime | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One request in the journal; times are aware UTC, ``place`` is where it stands in the order that was asked for."""

    id: UUID
    number: str
    service: str
    channel: Channel
    state: Literal["registered", "answered"]
    outcome: Literal["granted", "refused"] | None
    standing: str | None
    standing_at: datetime | None
    registered_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    applicant_iin: str = field(repr=False)
    subject_iin: str = field(repr=False)
    journal_no: int
    change_no: int
    listed_at: datetime
    name_kk: str | None = field(repr=False)
    name_ru: str | None = field(repr=False)


async def read_lines(  # noqa: PLR0913 - who asks, what for, how much, and when.
    database: Database, looker: Looker, wanted: Wanted, *, most: int, at: datetime, opened: Opened = Opened.JOURNAL
) -> list[Line]:
    """Return the lines, at most ``most``; that their persons were shown is committed before it returns.

    They come in the order of registration; where ``updated_since`` asks for changes, in the order of the changes.
    """
    await give_places(database, looker.organisation_bin, at)
    async with database.transaction() as c:
        if wanted.updated_since is not None and wanted.after is None:
            first = await c.fetchval(_SINCE, looker.organisation_bin, wanted.updated_since)
            if first is None:
                return []
            wanted = replace(wanted, after=first - 1)
        sql, values = statement(looker.organisation_bin, wanted, most, at)
        lines = [Line(**row) for row in await c.fetch(sql, *values)]
        looks = [Look(one.subject_iin, opened, PURPOSES[one.service], one.service, one.id) for one in lines]
        await record_shown(c, looker, looks, at)
    return lines


async def open_entry(
    database: Database, looker: Looker, request_id: UUID, at: datetime
) -> tuple[Line, Request, list[StepTaken]] | None:
    """Return one request whole with its ledger, None where the organisation has no such; recorded as a look."""
    await give_places(database, looker.organisation_bin, at)
    async with database.transaction() as c:
        row = await c.fetchrow(_ENTRY, request_id, looker.organisation_bin)
        if row is None:
            return None
        request, line = Request(**row), Line(**await c.fetchrow(_LINE, request_id))
        look = Look(request.subject_iin, Opened.REQUEST, PURPOSES[request.service], request.service, request.id)
        await record_looks(c, looker, [look], at)
    return line, request, await steps_of(database, request_id)


def statement(provider_bin: str, wanted: Wanted, most: int, at: datetime) -> tuple[str, list[Any]]:
    """Return the query for what is wanted, with its values; only what is asked for stands in it and is planned for."""
    place = "journal_no" if wanted.updated_since is None else "change_no"
    values: list[Any] = [provider_bin]
    conditions = ["provider_bin = $1", f"{place} IS NOT NULL"]

    def ask(condition: str, value: object) -> None:
        values.append(value)
        conditions.append(condition.format(f"${len(values)}"))

    if wanted.after is not None:
        ask(f"{place} > {{}}", wanted.after)
    if wanted.services:
        ask("service = ANY({}::text[])", list(wanted.services))
    for name in ("channel", "state", "outcome"):
        if (value := getattr(wanted, name)) is not None:
            ask(f"{name} = {{}}", value)
    if wanted.first_day is not None:
        ask("registered_at >= {}", _begins(wanted.first_day))
    if wanted.last_day is not None:
        ask("registered_at < {}", _begins(wanted.last_day + timedelta(days=1)))
    if wanted.overdue is True:
        ask("state = 'registered' AND answer_by < {}", at)
    elif wanted.overdue is False:
        ask("(state = 'answered' OR answer_by >= {})", at)
    values.append(most)
    lines = LINE % " AND ".join(conditions)
    return f"SELECT {lines} ORDER BY {place} LIMIT ${len(values)}", values


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), ALMATY)
