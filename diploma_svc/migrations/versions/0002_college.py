"""What the college keeps, the journal of requests, and the cases with everything that was done with them."""

from shared.kit.casework.tables import JOURNAL, PAPERS
from shared.kit.migrations import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLLEGE = """
-- Loaded by the college's system under ids of its own.
CREATE TABLE programmes (
    programme_id     text PRIMARY KEY,
    kind             text NOT NULL CHECK (kind IN ('diploma', 'retraining', 'advanced_training')),
    title_kk         text NOT NULL,
    title_ru         text NOT NULL,
    qualification_kk text,
    qualification_ru text,
    CHECK ((qualification_kk IS NULL) = (qualification_ru IS NULL))
);
CREATE TABLE people (
    person_id text PRIMARY KEY,
    iin       text NOT NULL UNIQUE CHECK (iin ~ '^[0-9]{12}$')
);
-- A decision of the final attestation commission, or of the head, and the order of the organisation that follows it.
CREATE TABLE decisions (
    decision_id  text PRIMARY KEY,
    number       text NOT NULL,
    decided_on   date NOT NULL,
    decided_by   text NOT NULL CHECK (decided_by IN ('commission', 'head')),
    order_number text NOT NULL,
    order_on     date NOT NULL CHECK (order_on >= decided_on)
);
-- Who is named in a decision: the result, and the name as of the decision.
CREATE TABLE graduates (
    graduate_id  text PRIMARY KEY,
    decision_id  text NOT NULL REFERENCES decisions,
    person_id    text NOT NULL REFERENCES people,
    programme_id text NOT NULL REFERENCES programmes,
    hours        integer NOT NULL CHECK (hours > 0),
    passed       boolean NOT NULL,
    name_kk      text NOT NULL,
    name_ru      text NOT NULL,
    UNIQUE (decision_id, person_id, programme_id)
);
CREATE INDEX graduates_by_person ON graduates (person_id);
CREATE TABLE debts (
    debt_id    text PRIMARY KEY,
    person_id  text NOT NULL REFERENCES people,
    kind       text NOT NULL CHECK (kind IN ('financial', 'library', 'other')),
    owed_to    text NOT NULL,
    about      text NOT NULL,
    amount     integer CHECK (amount > 0),
    since      date NOT NULL,
    cleared_on date CHECK (cleared_on >= since)
);
CREATE INDEX debts_by_person ON debts (person_id) WHERE cleared_on IS NULL;
-- The forms of blanks: of a kind, the one with the latest day not after a day is in force on it.
CREATE TABLE blank_forms (
    form_id       text PRIMARY KEY,
    kind          text NOT NULL CHECK (kind IN ('diploma', 'retraining', 'advanced_training')),
    in_force_from date NOT NULL,
    UNIQUE (kind, in_force_from)
);
CREATE TABLE blanks (
    series     text NOT NULL,
    number     text NOT NULL,
    form_id    text NOT NULL REFERENCES blank_forms,
    state      text NOT NULL DEFAULT 'free' CHECK (state IN ('free', 'used', 'spoiled')),
    request_id uuid REFERENCES requests,
    spoiled_at timestamptz,
    why        text,
    PRIMARY KEY (series, number),
    CHECK ((state = 'spoiled') = (spoiled_at IS NOT NULL)),
    CHECK (state <> 'used' OR request_id IS NOT NULL)
);
-- One blank one document: a case has at most one that is not written off.
CREATE UNIQUE INDEX blanks_one_a_case ON blanks (request_id) WHERE state = 'used';
CREATE TABLE prices (
    kind          text NOT NULL CHECK (kind IN ('diploma', 'retraining', 'advanced_training')),
    in_force_from date NOT NULL,
    amount        integer NOT NULL CHECK (amount > 0),
    PRIMARY KEY (kind, in_force_from)
);
-- Documents, those issued before this system among them; at most one of a graduate is neither replaced nor withdrawn.
CREATE TABLE training_documents (
    document_id  text PRIMARY KEY,
    graduate_id  text NOT NULL REFERENCES graduates,
    request_id   uuid UNIQUE REFERENCES requests,
    number       text NOT NULL,
    series       text NOT NULL,
    blank_number text NOT NULL,
    issued_on    date NOT NULL,
    status       text NOT NULL DEFAULT 'valid' CHECK (status IN ('valid', 'replaced', 'withdrawn')),
    status_at    timestamptz,
    status_index integer UNIQUE CHECK (status_index >= 0),
    replaced_by  text,
    duplicate_number integer UNIQUE,
    UNIQUE (series, blank_number),
    CHECK ((status = 'replaced') = (replaced_by IS NOT NULL))
);
CREATE UNIQUE INDEX training_documents_one_in_force ON training_documents (graduate_id) WHERE status = 'valid';
CREATE SEQUENCE document_numbers AS integer;
CREATE SEQUENCE duplicate_numbers AS integer;
"""
CASES = """
CREATE TABLE cases (
    request_id       uuid PRIMARY KEY REFERENCES requests,
    graduate_id      text NOT NULL REFERENCES graduates,
    duplicate        boolean NOT NULL,
    replaces         text REFERENCES training_documents,
    stage            text NOT NULL,
    version          integer NOT NULL DEFAULT 1,
    identified       boolean,
    counts           text NOT NULL CHECK (counts IN ('working_days', 'month')),
    begins           date NOT NULL,
    calendar_version text NOT NULL,
    due_on           date,
    half_on          date,
    four_fifths_on   date,
    warned           integer NOT NULL DEFAULT 0 CHECK (warned IN (0, 1, 2)),
    decided_on       date,
    prepared_by      text,
    approved_by      text,
    payload          bytea,
    token            text NOT NULL UNIQUE,
    status_index     integer NOT NULL UNIQUE,
    document_number  text,
    duplicate_number integer UNIQUE,
    changed_at       timestamptz NOT NULL,
    CHECK (duplicate = (replaces IS NOT NULL))
);
-- One open case for the same document.
CREATE UNIQUE INDEX cases_open ON cases (graduate_id)
    WHERE stage IN ('registered', 'responsible', 'deciding', 'preparing', 'approval', 'signature');
CREATE TABLE pauses (
    request_id uuid NOT NULL REFERENCES cases,
    begins_at  timestamptz NOT NULL,
    ends_at    timestamptz CHECK (ends_at >= begins_at),
    PRIMARY KEY (request_id, begins_at)
);
CREATE UNIQUE INDEX pauses_open ON pauses (request_id) WHERE ends_at IS NULL;
-- Who did what when; the actor is none where the system did it (a suspension, a warning).
CREATE TABLE happenings (
    request_id uuid NOT NULL REFERENCES requests,
    place      integer NOT NULL,
    at         timestamptz NOT NULL,
    act        text NOT NULL,
    stage      text NOT NULL,
    actor_iin  text,
    actor_name text,
    said       text,
    PRIMARY KEY (request_id, place)
);
-- The officials' signatures over the exact bytes of the document; those of bytes that were sent back stay as evidence.
CREATE TABLE official_signatures (
    signature_sha256 text PRIMARY KEY CHECK (signature_sha256 ~ '^[0-9a-f]{64}$'),
    request_id       uuid NOT NULL REFERENCES cases,
    position         text NOT NULL CHECK (position IN ('deputy_for_studies', 'head')),
    payload_sha256   bytea NOT NULL,
    iin              text NOT NULL,
    name             text NOT NULL,
    cms              bytea NOT NULL,
    evidence         jsonb NOT NULL,
    signed_at        timestamptz NOT NULL
);
CREATE INDEX official_signatures_by_request ON official_signatures (request_id);
-- Papers handed in (DP-11, DP-14, DP-8); a scan is kept encrypted.
CREATE TABLE handed_in (
    paper_id     uuid PRIMARY KEY,
    request_id   uuid NOT NULL REFERENCES requests,
    kind         text NOT NULL,
    dated        date,
    amount       integer CHECK (amount > 0),
    about        text,
    handed_in_at timestamptz NOT NULL,
    handed_in_by text NOT NULL,
    media_type   text CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png')),
    scan         bytea,
    CHECK ((media_type IS NULL) = (scan IS NULL))
);
CREATE INDEX handed_in_by_request ON handed_in (request_id);
-- The record journal (DP-15): what was handed in, or handed over, on which day.
CREATE TABLE record_journal (
    entry      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id uuid NOT NULL REFERENCES requests,
    at         timestamptz NOT NULL,
    what       text NOT NULL,
    by_whom    text NOT NULL
);
"""


def upgrade() -> None:
    for script in (JOURNAL, PAPERS, COLLEGE, CASES):
        run_script(script)
