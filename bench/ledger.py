"""The reckoning at the end: what was sent is there once, answered rightly, sealed, on a disk that was waited for."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import asyncpg

from shared.eds.jws import open_sealed
from shared.eds.trust import Trust

DURABLE: Final = ("fsync", "synchronous_commit", "full_page_writes")
LATE_SECONDS: Final = 60
DOCUMENT: Final = "phc-document+json"
_UNANSWERED: Final = "SELECT count(*) FROM requests WHERE state IN ('signed', 'registered')"
_DOUBLES: Final = """
SELECT count(*) FROM (SELECT number FROM requests GROUP BY number HAVING count(*) > 1
    UNION ALL SELECT signature FROM (SELECT encode(sha256(cms), 'hex') AS signature FROM requests) AS one
    GROUP BY signature HAVING count(*) > 1) AS doubled
"""
# One patient's calls of a day take one place (HV-8).
_GIVEN: Final = """
SELECT (SELECT sum(taken) FROM rounds), (SELECT count(*) FROM visits WHERE round_id IS NOT NULL AND same_as IS NULL)
"""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What was counted, each with whether it is as it must be."""

    lines: tuple[tuple[str, bool], ...]

    @property
    def holds(self) -> bool:
        """Whether all is as it must be."""
        return all(well for _, well in self.lines)


async def reckon(server: str, sent: Mapping[str, int], trust: Trust, at: datetime) -> Reckoning:
    """Compare what was sent with a right signature (by program) with what each database holds."""
    lines = [await _durability(server), *await _walk(server, sent["walk"], trust, at)]
    for program in ("floor", "conventional"):
        answered = await _value(f"{server}/bench_{program}", "SELECT count(*) FROM requests WHERE outcome = 'granted'")
        documents = await _value(f"{server}/bench_{program}", "SELECT count(jws) FROM documents")
        told = f"{program}: {sent[program]} sent, {answered} granted, {documents} documents"
        lines.append((told, answered == documents == sent[program]))
    return Reckoning(tuple(lines))


async def _durability(server: str) -> tuple[str, bool]:
    values = {name: await _value(f"{server}/postgres", f"SHOW {name}") for name in DURABLE}
    return ", ".join(f"{name} {value}" for name, value in values.items()), set(values.values()) == {"on"}


async def _walk(server: str, sent: int, trust: Trust, at: datetime) -> list[tuple[str, bool]]:
    gateway, service = f"{server}/gateway", f"{server}/home_visit"
    for _ in range(LATE_SECONDS):
        if not await _value(gateway, _UNANSWERED):
            break
        await asyncio.sleep(1)
    answered = await _rows(gateway, "SELECT number, document, applicant_iin FROM requests WHERE outcome = 'granted'")
    registered = await _value(service, "SELECT count(*) FROM requests WHERE state = 'answered'")
    documents = await _value(service, "SELECT count(jws) FROM documents WHERE outcome = 'granted'")
    visits, doubles = await _value(service, "SELECT count(*) FROM visits"), await _value(service, _DOUBLES)
    wrong = sum(not _is_true(row, trust, at) for row in answered)
    taken, given = (await _rows(service, _GIVEN))[0]
    told = f"walk: {sent} sent, {len(answered)} granted at the gateway, {registered} registered and answered,"
    return [
        (f"{told} {documents} documents, {visits} visits", {len(answered), registered, documents, visits} == {sent}),
        (
            f"walk: {doubles} numbers or signatures twice, {wrong} documents whose seal or content is wrong",
            not doubles + wrong,
        ),
        (f"walk: {given} calls took a place in rounds, which count {taken}", given == taken),
    ]


def _is_true(row: Mapping[str, Any], trust: Trust, at: datetime) -> bool:
    said = json.loads(open_sealed(row["document"], typ=DOCUMENT, trust=trust, at=at, bin=None))
    return bool((said["number"], said["applicant"]["iin"]) == (row["number"], row["applicant_iin"]))


async def _value(address: str, sql: str) -> Any:  # noqa: ANN401 - whatever the query gives.
    return (await _rows(address, sql))[0][0]


async def _rows(address: str, sql: str) -> list[Any]:
    connection = await asyncpg.connect(address)
    try:
        return list(await connection.fetch(sql))
    finally:
        await connection.close()
