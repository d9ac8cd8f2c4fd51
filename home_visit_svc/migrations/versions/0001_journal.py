from shared.kit.migrations import run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

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
    answered_at        timestamptz,
    CHECK ((state = 'answered') = (answered_at IS NOT NULL))
);
CREATE INDEX requests_unanswered ON requests (due_at) WHERE state <> 'answered';

-- One document a request, by the primary key: the exact bytes to seal stand here before they are sealed.
CREATE TABLE documents (
    request_id uuid PRIMARY KEY REFERENCES requests,
    token      text NOT NULL UNIQUE CHECK (length(token) >= 22),
    kind       text NOT NULL CHECK (kind IN ('home-visit-certificate', 'home-visit-refusal')),
    outcome    text NOT NULL CHECK (outcome IN ('granted', 'refused')),
    grounds    text[] NOT NULL,
    payload    bytea NOT NULL,
    decided_at timestamptz NOT NULL,
    jws        text,
    issued_at  timestamptz,
    CHECK ((outcome = 'refused') = (cardinality(grounds) > 0)),
    CHECK ((outcome = 'granted') = (kind = 'home-visit-certificate')),
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
