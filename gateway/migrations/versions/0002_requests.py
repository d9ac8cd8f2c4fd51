"""Requests from draft to answer, and the ledger of the decree's steps."""

from alembic import op

from shared.kit import idempotency

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REQUESTS = """
CREATE TABLE requests (
    id              uuid PRIMARY KEY,
    account_id      uuid NOT NULL REFERENCES accounts (id),
    service         text NOT NULL,
    form_version    integer NOT NULL,
    applicant_iin   text NOT NULL,
    subject_iin     text NOT NULL,
    form            jsonb NOT NULL,
    content         bytea NOT NULL,
    state           text NOT NULL CHECK (state IN ('draft', 'signed', 'registered', 'answered')),
    version         integer NOT NULL DEFAULT 1,
    notices         jsonb NOT NULL DEFAULT '[]',
    intake_until    timestamptz,
    opens_at        timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    sign_by         timestamptz NOT NULL,
    signed_at       timestamptz,
    cms             bytea,
    signature_sha256 text UNIQUE,
    evidence        jsonb,
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    number          text UNIQUE,
    registered_at   timestamptz,
    answer_by       timestamptz,
    outcome         text CHECK (outcome IN ('granted', 'refused')),
    answered_at     timestamptz,
    document_token  text UNIQUE,
    document        text,
    CHECK (state = 'draft' OR (signed_at IS NOT NULL AND cms IS NOT NULL AND signature_sha256 IS NOT NULL)),
    CHECK (state <> 'answered' OR (number IS NOT NULL AND outcome IS NOT NULL AND document IS NOT NULL))
)
"""
OWN_LIST = "CREATE INDEX requests_own ON requests (account_id, id DESC)"
UNANSWERED = "CREATE INDEX requests_unanswered ON requests (next_attempt_at) WHERE state IN ('signed', 'registered')"

STEPS = """
CREATE TABLE request_steps (
    request_id    uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    step          integer NOT NULL,
    started_at    timestamptz NOT NULL,
    ended_at      timestamptz NOT NULL,
    limit_seconds double precision NOT NULL,
    met           boolean NOT NULL,
    PRIMARY KEY (request_id, step, started_at)
)
"""


def upgrade() -> None:
    for statement in (REQUESTS, OWN_LIST, UNANSWERED, STEPS, idempotency.TABLE):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE idempotency_keys")
    op.execute("DROP TABLE request_steps")
    op.execute("DROP TABLE requests")
