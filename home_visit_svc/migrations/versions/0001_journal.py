from shared.kit.casework.tables import JOURNAL
from shared.kit.migrations import run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROUNDS = """
-- The rounds that clinics have entered. A duty round takes every call: no capacity is no ground to refuse.
CREATE TABLE rounds (
    round_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_bin    text NOT NULL CHECK (provider_bin ~ '^[0-9]{12}$'),
    clinic_round_id text NOT NULL,
    doctor_id       text NOT NULL,
    doctor_name     text NOT NULL,
    doctor_kind     text NOT NULL,
    day             date NOT NULL,
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    calls           integer NOT NULL CHECK (calls >= 0),
    duty            boolean NOT NULL,
    taken           integer NOT NULL DEFAULT 0 CHECK (taken >= 0),
    changed_at      timestamptz NOT NULL,
    UNIQUE (provider_bin, clinic_round_id),
    CHECK (ends_at > starts_at),
    CONSTRAINT rounds_hold_their_calls CHECK (duty OR taken <= calls)
);
CREATE INDEX rounds_of_a_day ON rounds (provider_bin, day, doctor_id);

-- Who visits whom. Without a round the duty doctor of the provider takes the call.
CREATE TABLE visits (
    request_id uuid PRIMARY KEY REFERENCES requests,
    round_id   bigint REFERENCES rounds,
    starts_at  timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL CHECK (ends_at > starts_at)
);
CREATE INDEX visits_of_a_round ON visits (round_id);
"""


def upgrade() -> None:
    run_script(JOURNAL)
    run_script(ROUNDS)
