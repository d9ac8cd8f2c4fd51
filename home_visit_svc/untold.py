"""What the portal has still to be told of granted visits (HV-18.8): the visit's own row is the message."""

from typing import Final

from shared.kit.casework.untold import Telling

TELLING: Final = Telling(
    heard="""
UPDATE visits SET told = heard.state FROM (
    SELECT request_id, given.state FROM visits JOIN unnest($1::uuid[], $2::text[]) AS given(request_id, state)
        USING (request_id) ORDER BY request_id FOR UPDATE OF visits SKIP LOCKED) AS heard
WHERE visits.request_id = heard.request_id
""",
    untold="""
SELECT request_id, standing AS state, NULL::uuid AS moved_to, changed_at FROM visits
WHERE standing IS NOT NULL AND told IS DISTINCT FROM standing ORDER BY changed_at, request_id LIMIT $1
""",
)
