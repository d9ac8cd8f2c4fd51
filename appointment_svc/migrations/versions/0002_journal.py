from shared.kit.casework.tables import JOURNAL
from shared.kit.migrations import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SLOTS = """
CREATE TABLE doctors (
    doctor_key       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_bin     text NOT NULL CHECK (provider_bin ~ '^[0-9]{12}$'),
    clinic_doctor_id text NOT NULL,
    name             text NOT NULL,
    kind             text NOT NULL CHECK (kind IN ('therapist', 'paediatrician', 'general_practitioner')),
    UNIQUE (provider_bin, clinic_doctor_id)
);

-- The days that clinics have entered, under their own ids; seen_by is null where the doctor is away unreplaced.
CREATE TABLE schedules (
    schedule_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_bin       text NOT NULL,
    clinic_schedule_id text NOT NULL,
    doctor_key         bigint NOT NULL REFERENCES doctors,
    seen_by            bigint REFERENCES doctors,
    starts_at          timestamptz NOT NULL,
    ends_at            timestamptz NOT NULL CHECK (ends_at > starts_at),
    minutes            integer NOT NULL CHECK (minutes > 0),
    breaks             jsonb NOT NULL,
    room               text NOT NULL,
    changed_at         timestamptz NOT NULL,
    UNIQUE (provider_bin, clinic_schedule_id),
    -- A doctor is in one place at a time. (A range of one number stands in for equality, which gist lacks for bigint.)
    EXCLUDE USING gist (int8range(doctor_key, doctor_key, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&)
        DEFERRABLE INITIALLY DEFERRED,
    EXCLUDE USING gist (int8range(seen_by, seen_by, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (seen_by IS NOT NULL) DEFERRABLE INITIALLY DEFERRED
);

-- What follows from the schedules: one row an appointment that can be.
CREATE TABLE slots (
    slot_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    schedule_id bigint NOT NULL REFERENCES schedules,
    doctor_key  bigint NOT NULL REFERENCES doctors,
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL CHECK (ends_at > starts_at),
    UNIQUE (doctor_key, starts_at)
);
CREATE INDEX slots_of_a_schedule ON slots (schedule_id);

-- Who holds or has booked which slot, and what came of it. slot_id is null once the slot itself is gone.
CREATE TABLE bookings (
    booking_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id    uuid NOT NULL UNIQUE,
    slot_id       bigint REFERENCES slots ON DELETE SET NULL,
    doctor_key    bigint NOT NULL REFERENCES doctors,
    starts_at     timestamptz NOT NULL,
    applicant_iin text NOT NULL,
    patient_iin   text NOT NULL,
    state         text NOT NULL CHECK (state IN ('held', 'released', 'booked', 'moved', 'cancelled_by_citizen',
        'cancelled_by_clinic', 'came', 'did_not_come', 'over')),
    held_until    timestamptz,
    signed_at     timestamptz,
    changed_at    timestamptz NOT NULL,
    CHECK ((state = 'held') <= (held_until IS NOT NULL)),
    CHECK ((state IN ('held', 'booked')) <= (slot_id IS NOT NULL))
);
-- Nobody is booked into a slot that another holds or has.
CREATE UNIQUE INDEX bookings_one_a_slot ON bookings (slot_id) WHERE state IN ('held', 'booked');
-- One person has one appointment to come with the same doctor (those that are past become 'over').
CREATE UNIQUE INDEX bookings_one_a_patient ON bookings (doctor_key, patient_iin) WHERE state = 'booked';
-- One applicant holds one slot of a doctor by drafts: nobody fills a doctor's day with drafts.
CREATE UNIQUE INDEX bookings_one_draft ON bookings (doctor_key, applicant_iin)
    WHERE state = 'held' AND signed_at IS NULL;

-- The citizen's own signed cancellations, as they came.
CREATE TABLE cancellations (
    request_id   uuid PRIMARY KEY REFERENCES requests,
    content      bytea NOT NULL,
    cms          bytea NOT NULL,
    evidence     jsonb NOT NULL,
    cancelled_at timestamptz NOT NULL
);
"""


def upgrade() -> None:
    run_script(JOURNAL)
    run_script(SLOTS)
