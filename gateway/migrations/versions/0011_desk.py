"""Lookups of the desk (process 3), and what a request of the desk was made from: its lookups, its scans."""

from shared.kit.migrations import run_script
from shared.kit.scans import SCANS

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LOOKUPS = """
-- Each question of an employee to the person registry, also those that it could not answer (process 4).
CREATE TABLE lookups (
    lookup_id       uuid PRIMARY KEY,
    employee_id     uuid NOT NULL REFERENCES employees,
    service         text NOT NULL,
    channel         text NOT NULL CHECK (channel IN ('in_person', 'phone')),
    person_iin      text NOT NULL CHECK (person_iin ~ '^[0-9]{12}$'),
    for_lookup      uuid REFERENCES lookups ON DELETE CASCADE,  -- The applicant's, where this is of a child or a ward.
    asked_at        timestamptz NOT NULL,
    told_at         timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    outcome         text NOT NULL CHECK (outcome IN ('found', 'no_data', 'not_asked')),
    registry_answer text,
    questions       text[] NOT NULL DEFAULT '{}',
    expected        bytea[] NOT NULL DEFAULT '{}',  -- Digests, in the order of the questions.
    tries           smallint NOT NULL DEFAULT 0,
    identified_at   timestamptz,
    CHECK (identified_at IS NULL OR outcome <> 'no_data'),
    CHECK ((outcome = 'not_asked') = (registry_answer IS NULL))
);
CREATE INDEX lookups_by_telephone ON lookups (person_iin, asked_at) WHERE channel = 'phone';
CREATE INDEX lookups_old ON lookups (expires_at);

CREATE TABLE desk_requests (
    request_id        uuid PRIMARY KEY REFERENCES requests (id) ON DELETE CASCADE,
    lookup_id         uuid NOT NULL REFERENCES lookups,
    subject_lookup_id uuid REFERENCES lookups
);
CREATE INDEX desk_requests_by_lookup ON desk_requests (lookup_id);
CREATE INDEX desk_requests_by_subject ON desk_requests (subject_lookup_id);
"""
SCANS_OF_REQUESTS = """
-- A scan is its employee's until a request names it; its digest stands in the bytes that are signed.
CREATE TABLE desk_scans (
    scan_id     uuid PRIMARY KEY REFERENCES scans,
    employee_id uuid NOT NULL REFERENCES employees,
    sha256      text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size        integer NOT NULL CHECK (size > 0),
    kept_at     timestamptz NOT NULL,
    request_id  uuid REFERENCES requests (id) ON DELETE SET NULL
);
CREATE INDEX desk_scans_of_request ON desk_scans (request_id);
CREATE INDEX desk_scans_unnamed ON desk_scans (kept_at) WHERE request_id IS NULL;
CREATE INDEX scans_old ON scans (kept_at);
"""


def upgrade() -> None:
    for script in (LOOKUPS, SCANS, SCANS_OF_REQUESTS):
        run_script(script)
