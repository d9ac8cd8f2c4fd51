from shared.kit.migrations import run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REGISTER = """
-- Who is attached where, with history: a row holds from the day since until the day before ended.
-- A person may stand with several providers (imported data do say so); with each at most once at a time.
CREATE TABLE attachments (
    attachment_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    iin             text NOT NULL CHECK (iin ~ '^[0-9]{12}$'),
    provider_bin    text NOT NULL CHECK (provider_bin ~ '^[0-9]{12}$'),
    district_number integer NOT NULL CHECK (district_number >= 0),
    district_kind   text NOT NULL CHECK (district_kind IN ('therapist', 'paediatrician', 'general_practitioner')),
    doctor_id       text NOT NULL,
    doctor_name     text NOT NULL,
    since           date NOT NULL,
    ended           date CHECK (ended > since),
    changed_at      timestamptz NOT NULL,
    UNIQUE (iin, provider_bin, since)
);
CREATE UNIQUE INDEX attachments_current ON attachments (iin, provider_bin) WHERE ended IS NULL;

-- Who looked into the register and why (a clause); the person stands here as a keyed hash.
CREATE TABLE lookups (
    lookup_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL,
    caller    text NOT NULL,
    purpose   text NOT NULL,
    person    bytea NOT NULL,
    found     integer NOT NULL
);
CREATE INDEX lookups_of_a_person ON lookups (person, at);
"""


def upgrade() -> None:
    run_script(REGISTER)
