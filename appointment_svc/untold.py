"""What the portal has still to be told of granted appointments (AP-18.8): the booking's own row is the message."""

from typing import Final

from shared.kit.casework.untold import Telling

TELLING: Final = Telling(
    heard="""
UPDATE bookings SET told = heard.state FROM (
    SELECT booking_id, given.state FROM bookings JOIN unnest($1::uuid[], $2::text[]) AS given(request_id, state)
        USING (request_id) ORDER BY booking_id FOR UPDATE OF bookings SKIP LOCKED) AS heard
WHERE bookings.booking_id = heard.booking_id
""",
    untold="""
SELECT request_id, state, moved_to, changed_at FROM bookings
WHERE state NOT IN ('held', 'released', 'booked', 'over') AND told IS DISTINCT FROM state
ORDER BY changed_at, booking_id LIMIT $1
""",
)
