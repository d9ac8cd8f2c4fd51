"""The statements by which a provider's working days are entered."""

from typing import Final

# In one order for everybody, and the rows stay locked: two entries about the same doctor wait for each other.
UPSERT_DOCTORS: Final = """
INSERT INTO doctors (provider_bin, clinic_doctor_id, name, kind)
SELECT $1, given.id, given.name, given.kind FROM unnest($2::text[], $3::text[], $4::text[]) AS given(id, name, kind)
ORDER BY given.id
ON CONFLICT (provider_bin, clinic_doctor_id) DO UPDATE SET name = excluded.name, kind = excluded.kind
RETURNING doctor_key, clinic_doctor_id
"""
DOCTORS: Final = """
SELECT clinic_doctor_id, name, kind FROM doctors
WHERE provider_bin = $1 AND clinic_doctor_id = ANY($2::text[]) FOR UPDATE
"""
STANDING: Final = """
SELECT c.schedule_id, c.clinic_schedule_id, c.doctor_key, c.seen_by, c.starts_at, c.ends_at, c.minutes, c.breaks,
    c.room, d.clinic_doctor_id, d.name, d.kind, seen.clinic_doctor_id AS seen_id, seen.name AS seen_name,
    seen.kind AS seen_kind
FROM schedules c JOIN doctors d ON d.doctor_key = c.doctor_key LEFT JOIN doctors seen ON seen.doctor_key = c.seen_by
WHERE c.provider_bin = $1 AND (c.clinic_schedule_id = ANY($2::text[])
   OR ((c.doctor_key = ANY($3::bigint[]) OR c.seen_by = ANY($3::bigint[])) AND c.starts_at < $5 AND c.ends_at > $4))
ORDER BY c.schedule_id FOR UPDATE OF c
"""
LOCK: Final = "SELECT FROM slots WHERE schedule_id = ANY($1::bigint[]) ORDER BY slot_id FOR UPDATE"
# A statement of its own: one that had to wait for the lock would not see what was booked meanwhile.
TAKEN: Final = """
SELECT s.schedule_id, s.starts_at, s.ends_at FROM slots s JOIN bookings b USING (slot_id)
WHERE s.schedule_id = ANY($1::bigint[]) AND (b.state = 'booked' OR (b.state = 'held' AND b.held_until > $2))
ORDER BY s.starts_at
"""
RELEASE: Final = """
UPDATE bookings SET state = 'released', changed_at = $2 FROM slots
WHERE slots.schedule_id = ANY($1::bigint[]) AND bookings.slot_id = slots.slot_id AND state = 'held' AND held_until <= $2
"""
# A draft that was never signed asked nothing of anybody; its holds say who sees which doctor.
FORGET: Final = """
DELETE FROM bookings USING doctors WHERE doctors.doctor_key = bookings.doctor_key AND doctors.provider_bin = $1
    AND bookings.state IN ('held', 'released') AND bookings.signed_at IS NULL AND bookings.held_until < $2
"""
UPSERT: Final = """
INSERT INTO schedules (provider_bin, clinic_schedule_id, doctor_key, seen_by, starts_at, ends_at, minutes, breaks, room,
    changed_at)
SELECT $1, given.*, $10::timestamptz
FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::int[], $8::jsonb[],
    $9::text[]) AS given(id, doctor_key, seen_by, starts_at, ends_at, minutes, breaks, room)
ON CONFLICT (provider_bin, clinic_schedule_id) DO UPDATE SET doctor_key = excluded.doctor_key,
    seen_by = excluded.seen_by, starts_at = excluded.starts_at, ends_at = excluded.ends_at, minutes = excluded.minutes,
    breaks = excluded.breaks, room = excluded.room, changed_at = excluded.changed_at
RETURNING schedule_id, clinic_schedule_id
"""
DELETE_SLOTS: Final = """
DELETE FROM slots WHERE schedule_id = ANY($1::bigint[]) AND (schedule_id, starts_at, ends_at) NOT IN (
    SELECT * FROM unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[]))
"""
INSERT_SLOTS: Final = """
INSERT INTO slots (schedule_id, doctor_key, starts_at, ends_at)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[])
ON CONFLICT (doctor_key, starts_at) DO NOTHING
"""
