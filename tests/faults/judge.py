"""What must hold after the fire, read in the tables of the gateway and of the service and asked as the public asks."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import asyncpg

from shared.eds.jws import SealNotValid, open_sealed
from shared.eds.trust import Trust
from shared.kit.http import Call, HttpClient
from tests.faults.citizens import Signed
from tests.faults.fire import Record
from tests.faults.stage import Stage
from tests.faults.walks import Walk

LOOK_SECONDS: Final = 0.25
CHECKED_PUBLICLY: Final = 25
"""So many documents of a service are checked as the public does: one address is answered only so often a minute."""
_ROWS: Final = """
SELECT id, state, number, signed_at, answer_by, outcome, answered_at, document_token, document FROM requests
WHERE id = ANY($1::uuid[])
"""
_ENTRIES: Final = """
SELECT r.request_id, r.number, r.content, r.answer_by, r.answered_at, d.outcome, d.token, d.jws, d.status,
    (SELECT count(*) FROM steps s WHERE s.request_id = r.request_id AND s.step IN (7, 8)) AS outcomes,
    (SELECT bool_and(s.met) FROM steps s WHERE s.request_id = r.request_id) AS met
FROM requests r LEFT JOIN documents d USING (request_id)
"""
_UNSETTLED: Final = "SELECT count(*) FROM requests WHERE id = ANY($1::uuid[]) AND state IN ('signed', 'registered')"


@dataclass
class Findings:
    """Every request that something is wrong with, by what it is; ``slowest`` from signature to answer."""

    service: str
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    slowest: timedelta = timedelta()
    judged: int = 0

    def __str__(self) -> str:
        """Say how many of each, with the first of them."""
        return "; ".join(f"{name}: {len(found)} ({found[0]})" for name, found in self.faults.items()) or "nothing"

    def figures(self) -> str:
        """Say what was found."""
        return f"{self.service}: judged {self.judged}; slowest from signature to answer {self.slowest}; wrong: {self}"

    def count(self, *names: str) -> int:
        return sum(len(self.faults.get(name, ())) for name in names)

    def note(self, name: str, what: str, *, wrong: bool = True) -> None:
        if wrong:
            self.faults[name].append(what)


async def judge(stage: Stage, walk: Walk, record: Record, *, patience: float) -> Findings:
    """Wait until nothing is on its way any more, at most ``patience`` seconds, and look at all that the walk asked."""
    findings, signed = Findings(walk.service), [one for one in record.signed if one.asked.service == walk.service]
    gateway = await asyncpg.connect(stage.database_url("gateway"))
    service = await asyncpg.connect(stage.database_url(walk.process))
    try:
        ids = [UUID(one.request_id) for one in signed]
        await _settle(gateway, ids, patience)
        rows = {str(row["id"]): row for row in await gateway.fetch(_ROWS, ids)}
        entries: dict[str, list[Any]] = defaultdict(list)
        for entry in await service.fetch(_ENTRIES):
            # By what was signed, not by the id: a second registration under another id is one too many as well.
            entries[json.loads(entry["content"])["request_id"]].append(entry)
        for one in signed:
            _judge_request(findings, stage, one, (rows.get(one.request_id), entries[one.request_id]))
        _judge_numbers(findings, entries)
        for (promise,) in await service.fetch(walk.broken):
            findings.note("broken promise", promise)
        await _ask_publicly(findings, stage, [entry for found in entries.values() for entry in found if entry["token"]])
    finally:
        await gateway.close()
        await service.close()
    return findings


async def _settle(gateway: asyncpg.Connection, ids: list[UUID], patience: float) -> None:
    try:
        async with asyncio.timeout(patience):
            while await gateway.fetchval(_UNSETTLED, ids):  # noqa: ASYNC110 - other processes change it.
                await asyncio.sleep(LOOK_SECONDS)
    except TimeoutError:
        pass  # Whatever is still on its way is found without an outcome.


def _judge_request(
    findings: Findings, stage: Stage, one: Signed, found: tuple[Mapping[str, Any] | None, list[Any]]
) -> None:
    row, entries = found
    name = f"{one.request_id} {one.asked.applicant}"
    signed = row is not None and row["state"] != "draft"
    findings.judged += 1
    findings.note("turned away", f"{name} {one.turned_away}", wrong=one.told is None)
    findings.note("lost", name, wrong=one.told is not None and not signed)
    findings.note("registered twice", name, wrong=len(entries) > 1)
    if row is None or not signed:
        return
    findings.note("not registered", name, wrong=not entries)
    findings.note("without outcome", name, wrong=row["state"] != "answered" or row["outcome"] is None)
    for entry in entries:
        findings.note("without exactly one outcome", name, wrong=entry["outcomes"] != 1)
        agreed = ("number", "outcome", "answer_by", "answered_at")
        same = all(row[column] == entry[column] for column in agreed)
        same = same and (row["document"], row["document_token"]) == (entry["jws"], entry["token"])
        findings.note("gateway and service disagree", name, wrong=not same)
        late = entry["answered_at"] is None or entry["answered_at"] > entry["answer_by"] or not entry["met"]
        findings.note("late", name, wrong=late)
    told = {key: value for key, value in (one.told or {}).items() if key in ("number", "answered_at") and value}
    findings.note("told otherwise", name, wrong=told.get("number", row["number"]) != row["number"])
    if row["document"] is not None:
        findings.slowest = max(findings.slowest, row["answered_at"] - row["signed_at"])
        _judge_document(findings, stage, one, row)


def _judge_document(findings: Findings, stage: Stage, one: Signed, row: Mapping[str, Any]) -> None:
    """The sealed document says what this person asked for, and nothing else."""
    asked, name = one.asked, f"{one.request_id} {one.asked.applicant}"
    trust = Trust.from_folder(stage.layout.trust)
    try:
        sealed = open_sealed(
            row["document"], typ="phc-document+json", trust=trust, at=stage.now(), bin=asked.provider_bin
        )
    except SealNotValid as refused:
        findings.note("document not valid", f"{name} {refused}")
        return
    said = json.loads(sealed)
    grounds = [ground["code"] for ground in said.get("grounds", ())]
    right = grounds == ([asked.ground] if asked.ground else [])
    right = right and said["number"] == row["number"] and said["check"]["token"] == row["document_token"]
    right = right and said["applicant"]["iin"] == asked.applicant_iin
    right = right and said.get("patient", {"iin": asked.subject_iin})["iin"] == asked.subject_iin
    findings.note(
        "document says something else", f"{name} {grounds}", wrong=not right or asked.outcome != row["outcome"]
    )


def _judge_numbers(findings: Findings, entries: Mapping[str, list[Any]]) -> None:
    numbers = Counter(entry["number"] for registered in entries.values() for entry in registered)
    for number, times in numbers.items():
        findings.note("number given twice", number, wrong=times > 1)


async def _ask_publicly(findings: Findings, stage: Stage, entries: Sequence[Any]) -> None:
    """The public check tells of documents, picked evenly, what their service's own row says."""
    http = HttpClient()
    try:
        for entry in entries[:: 1 + len(entries) // CHECKED_PUBLICLY]:
            answer = await http.call(Call("GET", f"{stage.urls['gateway']}/v1/documents/{entry['token']}", total=10))
            told = json.loads(answer.body)
            right = (answer.status, told.get("status"), told.get("number")) == (200, entry["status"], entry["number"])
            findings.note("public check", f"{entry['request_id']} {answer.status}", wrong=not right)
    finally:
        await http.close()
