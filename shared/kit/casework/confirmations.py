"""The official's signature under an answer, for its case file."""

import base64
import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared.forms.deciding import ConfirmationTold
from shared.kit.database import Database

# The official's signature under what was answered: not one under a proposal that facts have overtaken.
_CONFIRMED: Final = """
SELECT p.content, a.cms, a.evidence, a.official_iin, r.provider_bin
FROM proposals p JOIN proposal_acts a USING (request_id, version) JOIN requests r USING (request_id)
    JOIN documents d USING (request_id)
WHERE request_id = $1 AND a.act = 'confirmed' AND version = (SELECT max(version) FROM proposals WHERE request_id = $1)
    AND p.outcome = d.outcome AND (p.outcome = 'granted' OR p.token = d.token)
"""


@dataclass(frozen=True, slots=True)
class Confirmations:
    """The signatures of officials, as they are given out."""

    database: Database

    async def told(self, request_id: UUID) -> ConfirmationTold:
        """Return the signature that an answer has, with what it covers; an empty one where the rules decided."""
        async with self.database.connection() as connection:
            row = await connection.fetchrow(_CONFIRMED, request_id)
        if row is None:
            return ConfirmationTold(content=None, cms=None, evidence={}, iin=None, bin=None)
        content, cms = (base64.b64encode(row[name]).decode() for name in ("content", "cms"))
        evidence, iin = json.loads(row["evidence"]), row["official_iin"]
        return ConfirmationTold(content=content, cms=cms, evidence=evidence, iin=iin, bin=row["provider_bin"])
