"""Looks by lists: what one page after the other shows of the same record is one look a day (docs/decisions/0024)."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from gateway.looks import Look, Looker, record_looks
from shared.kit.database import Connection
from shared.law.hours import ALMATY

_SEEN: Final = """
SELECT person_iin, opened, request_id FROM looks
WHERE person_iin = ANY($1::text[]) AND looked_at >= $2 AND organisation_bin = $3
    AND employee_id IS NOT DISTINCT FROM $4 AND client_id IS NOT DISTINCT FROM $5
"""


async def record_shown(c: Connection, looker: Looker, looks: Sequence[Look], at: datetime) -> None:
    """Write down what a list shows, in the caller's transaction; what the looker was shown today stands there."""
    if not looks:
        return
    today = datetime.combine(at.astimezone(ALMATY).date(), time(), ALMATY)
    people = list({one.person_iin for one in looks})
    rows = await c.fetch(_SEEN, people, today, looker.organisation_bin, looker.employee_id, looker.client_id)
    seen = {(row["person_iin"], row["opened"], row["request_id"]) for row in rows}
    new = [one for one in looks if (one.person_iin, one.opened, one.request_id) not in seen]
    await record_looks(c, looker, new, at)
