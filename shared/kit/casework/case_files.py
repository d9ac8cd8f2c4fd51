"""A service's part of a case file: systems' answers that concern the applicant, and the sealed manifest of all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from shared.documents import case_file as case
from shared.kit.casework.seals import Seals
from shared.kit.clock import Clock
from shared.kit.database import Database
from shared.law.hours import ALMATY

_REQUEST: Final = """
SELECT r.number, r.provider_bin, r.applicant_iin = r.subject_iin AS for_oneself, r.content, r.cms, d.jws
FROM requests r JOIN documents d USING (request_id) WHERE r.request_id = $1 AND r.state = 'answered'
"""
_ANSWERS: Final = """
SELECT place, source, about, clause, asked_at, answer FROM evidence WHERE request_id = $1 ORDER BY place
"""


class NotWhatWeHave(Exception):
    """What is to be put into the case file is not what was answered here."""


@dataclass(frozen=True, slots=True)
class CaseParts:
    """The answers by their names in the zip, and the manifest (compact JWS)."""

    answers: Mapping[str, str]
    manifest: str


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """The desk of case files of one service (its public code)."""

    database: Database
    seals: Seals
    clock: Clock
    service: str

    async def parts(self, request_id: UUID, items: Mapping[str, str]) -> CaseParts | None:
        """Return the answers and the manifest over them and the given items (SHA-256 by name); None where none is.

        Raises NotWhatWeHave where content, signature or document are others than were answered, OSError where the
        provider's key is not there.
        """
        async with self.database.connection() as connection:
            row = await connection.fetchrow(_REQUEST, request_id)
            kept = await connection.fetch(_ANSWERS, request_id) if row is not None else []
        if row is None:
            return None
        held = {case.CONTENT: row["content"], case.CMS: row["cms"], case.DOCUMENT: row["jws"].encode()}
        if any(items.get(name) != case.print_of(data) for name, data in held.items()):
            raise NotWhatWeHave
        answers, withheld = _parted(kept, for_oneself=row["for_oneself"])
        heading = {
            "request_id": str(request_id),
            "number": row["number"],
            "service": self.service,
            "provider_bin": row["provider_bin"],
            "made_at": self.clock.now().astimezone(ALMATY).isoformat(timespec="seconds"),
        }
        digests = {name: case.print_of(answer.encode()) for name, answer in answers.items()}
        payload = case.manifest_of(heading, {**items, **digests}, withheld)
        manifest = await self.seals.seal(row["provider_bin"], payload, case.CASE_FILE_TYPE)
        return CaseParts(answers, manifest)


def _parted(rows: list[Any], *, for_oneself: bool) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Part what concerns the applicant from what concerns another person, of which only the digest is told."""
    answers: dict[str, str] = {}
    withheld: list[dict[str, str]] = []
    for row in rows:
        if row["about"] == "applicant" or for_oneself:
            answers[f"{case.ANSWERS}{row['place']:02d}-{row['source']}.jws"] = row["answer"]
        else:
            told = {"source": row["source"], "clause": row["clause"], "asked_at": row["asked_at"].isoformat()}
            withheld.append({**told, "sha256": case.print_of(row["answer"].encode())})
    return answers, withheld
