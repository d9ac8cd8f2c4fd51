from shared.kit.migrations import run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STANDING = """
-- without_time: granted, but nothing was free when it was decided; the citizen picks a time later.
ALTER TABLE bookings
    DROP CONSTRAINT bookings_state_check,
    ADD CONSTRAINT bookings_state_check CHECK (state IN ('held', 'released', 'booked', 'moved', 'cancelled_by_citizen',
        'cancelled_by_clinic', 'came', 'did_not_come', 'over', 'without_time')),
    ALTER COLUMN doctor_key DROP NOT NULL,
    ADD CONSTRAINT bookings_have_a_doctor CHECK (doctor_key IS NOT NULL OR state IN ('without_time', 'moved',
        'cancelled_by_citizen')),
    -- By which request it was moved, and the state that the portal has been told.
    ADD COLUMN moved_to uuid,
    ADD COLUMN told text;
-- What the portal has still to be told: the row itself is the message, until it is heard.
CREATE INDEX bookings_untold ON bookings (changed_at)
    WHERE state NOT IN ('held', 'released', 'booked', 'over') AND told IS DISTINCT FROM state;
"""


def upgrade() -> None:
    run_script(STANDING)
