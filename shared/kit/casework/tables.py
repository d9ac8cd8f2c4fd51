"""What a service's first migration creates for its journal (several statements: ``migrations.run_script``)."""

JOURNAL = """
CREATE SEQUENCE request_numbers AS bigint;

-- The journal of requests. An unanswered row is itself the durable job: it is taken up again from due_at on.
CREATE TABLE requests (
    request_id         uuid PRIMARY KEY,
    number             text NOT NULL UNIQUE,
    body_sha256        bytea NOT NULL,
    form_version       integer NOT NULL,
    channel            text NOT NULL,
    applicant_iin      text NOT NULL CHECK (applicant_iin ~ '^[0-9]{12}$'),
    subject_iin        text NOT NULL CHECK (subject_iin ~ '^[0-9]{12}$'),
    provider_bin       text NOT NULL CHECK (provider_bin ~ '^[0-9]{12}$'),
    form               jsonb NOT NULL,
    content            bytea NOT NULL,
    cms                bytea NOT NULL,
    signature_evidence jsonb NOT NULL,
    signed_at          timestamptz NOT NULL,
    registered_at      timestamptz NOT NULL,
    counts_from        timestamptz NOT NULL,
    answer_by          timestamptz NOT NULL,
    calendar_version   text NOT NULL,
    state              text NOT NULL DEFAULT 'registered' CHECK (state IN ('registered', 'decided', 'answered')),
    due_at             timestamptz NOT NULL,
    attempts           integer NOT NULL DEFAULT 1 CHECK (attempts > 0),
    traceparent        text,
    answered_at        timestamptz,
    CHECK ((state = 'answered') = (answered_at IS NOT NULL))
);
CREATE INDEX requests_unanswered ON requests (due_at) WHERE state <> 'answered';

-- One document a request, by the primary key: the exact bytes to seal stand here before they are sealed.
CREATE TABLE documents (
    request_id uuid PRIMARY KEY REFERENCES requests,
    token      text NOT NULL UNIQUE CHECK (length(token) >= 22),
    kind       text NOT NULL,
    outcome    text NOT NULL CHECK (outcome IN ('granted', 'refused')),
    grounds    text[] NOT NULL,
    payload    bytea NOT NULL,
    decided_at timestamptz NOT NULL,
    jws        text,
    issued_at  timestamptz,
    status     text NOT NULL DEFAULT 'valid' CHECK (status IN ('valid', 'cancelled', 'replaced')),
    status_at  timestamptz,
    CHECK ((outcome = 'refused') = (cardinality(grounds) > 0)),
    CHECK ((outcome = 'refused') = (kind LIKE '%-refusal')),
    CHECK ((jws IS NULL) = (issued_at IS NULL))
);


-- The step ledger of Table 1: what each step's limit is and whether it was met.
CREATE TABLE steps (
    request_id    uuid NOT NULL REFERENCES requests,
    step          integer NOT NULL CHECK (step IN (6, 7, 8)),
    started_at    timestamptz NOT NULL,
    ended_at      timestamptz NOT NULL,
    limit_seconds integer NOT NULL,
    met           boolean NOT NULL,
    PRIMARY KEY (request_id, step)
);
-- A request is refused (7) or granted (8), never both.
CREATE UNIQUE INDEX steps_one_outcome ON steps (request_id) WHERE step IN (7, 8);

-- The signed answers of other systems, as they came, that a decision rests on (HV-12).
CREATE TABLE evidence (
    request_id uuid NOT NULL REFERENCES requests,
    place      integer NOT NULL,
    source     text NOT NULL,
    about      text NOT NULL,
    clause     text NOT NULL,
    asked_at   timestamptz NOT NULL,
    answer     text NOT NULL,
    PRIMARY KEY (request_id, place)
);
"""
PAPERS = """
-- The sealed PDF of a document, made when it was first asked for, in the languages that stand on it.
CREATE TABLE IF NOT EXISTS papers (
    token     text NOT NULL REFERENCES documents (token),
    languages text NOT NULL,
    paper     bytea NOT NULL,
    made_at   timestamptz NOT NULL,
    PRIMARY KEY (token, languages)
);
ALTER TABLE papers ALTER COLUMN paper SET STORAGE EXTERNAL;
-- Withdrawn: the provider takes a document back that should not have been given.
ALTER TABLE documents
    DROP CONSTRAINT IF EXISTS documents_status_check,
    ADD CONSTRAINT documents_status_check CHECK (status IN ('valid', 'cancelled', 'replaced', 'withdrawn'));
CREATE INDEX IF NOT EXISTS documents_fallen ON documents (status_at) WHERE status <> 'valid';
"""
"""What the migration after it creates for documents as people keep them; may be run again."""

TRACE = "ALTER TABLE requests ADD COLUMN IF NOT EXISTS traceparent text"
"""What a journal lacks that is older than this column: the trace in which a request came (one statement)."""

DECIDING = """
-- How a provider has its answers decided: by the rules alone (the default), or confirmed by an official. The latest row
-- counts; the rows before it tell who chose otherwise, and when.
CREATE TABLE deciding_choices (
    provider_bin text NOT NULL CHECK (provider_bin ~ '^[0-9]{12}$'),
    since        timestamptz NOT NULL,
    by_person    boolean NOT NULL,
    official_iin text NOT NULL CHECK (official_iin ~ '^[0-9]{12}$'),
    official     text NOT NULL,
    PRIMARY KEY (provider_bin, since)
);

-- What the rules propose, and exactly the bytes that an official signs to confirm it. A row is never changed.
CREATE TABLE proposals (
    request_id uuid NOT NULL REFERENCES requests,
    version    integer NOT NULL CHECK (version > 0),
    made_at    timestamptz NOT NULL,
    token      text NOT NULL,
    kind       text NOT NULL,
    outcome    text NOT NULL CHECK (outcome IN ('granted', 'refused')),
    grounds    text[] NOT NULL CHECK ((outcome = 'refused') = (cardinality(grounds) > 0)),
    payload    bytea NOT NULL,
    content    bytea NOT NULL,
    rests_on   jsonb NOT NULL,  -- The answers of other systems, by their digests.
    remark     text,  -- With which the proposal before it was returned.
    PRIMARY KEY (request_id, version)
);

-- What officials did with them: each proposal is confirmed or returned once.
CREATE TABLE proposal_acts (
    request_id       uuid NOT NULL,
    version          integer NOT NULL,
    act              text NOT NULL CHECK (act IN ('confirmed', 'returned')),
    at               timestamptz NOT NULL,
    official_iin     text NOT NULL CHECK (official_iin ~ '^[0-9]{12}$'),
    official         text NOT NULL,
    remark           text,
    cms              bytea,
    evidence         jsonb,
    signature_sha256 text UNIQUE,
    PRIMARY KEY (request_id, version),
    FOREIGN KEY (request_id, version) REFERENCES proposals,
    CHECK ((act = 'confirmed') = (cms IS NOT NULL AND evidence IS NOT NULL AND signature_sha256 IS NOT NULL)),
    CHECK ((act = 'returned') = (remark IS NOT NULL))
);

-- Since when an entry waits for an official. It is then due at the last safe minute, however far that is.
ALTER TABLE requests ADD COLUMN awaits_official timestamptz,
-- The refused request that this one asks a person to look at again; one that is decided anew after such a review.
    ADD COLUMN review_of uuid REFERENCES requests, ADD COLUMN anew_of uuid REFERENCES requests;
CREATE UNIQUE INDEX requests_reviewed_once ON requests (review_of) WHERE review_of IS NOT NULL;
CREATE UNIQUE INDEX requests_anew_once ON requests (anew_of) WHERE anew_of IS NOT NULL;
CREATE INDEX requests_awaiting ON requests (provider_bin, answer_by) WHERE awaits_official IS NOT NULL;
"""
"""What deciding by a person needs (docs/decisions/0023)."""
