from shared.kit.migrations import run_script

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ACCOUNTS = """
CREATE TABLE accounts (
    id              uuid PRIMARY KEY,
    iin             text NOT NULL UNIQUE CHECK (iin ~ '^[0-9]{12}$'),
    password_hash   text NOT NULL,
    registered_at   timestamptz NOT NULL,
    password_set_at timestamptz NOT NULL
);

-- What a person signs to register: an account is not given to whoever knows an IIN.
CREATE TABLE challenges (
    challenge_id uuid PRIMARY KEY,
    iin          text NOT NULL CHECK (iin ~ '^[0-9]{12}$'),
    content      bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz
);
CREATE INDEX challenges_expiring ON challenges (expires_at) WHERE used_at IS NULL;

-- Evidence of each registration: the bytes signed stand in the challenge, here is what was signed with.
CREATE TABLE registrations (
    challenge_id     uuid PRIMARY KEY REFERENCES challenges,
    account_id       uuid NOT NULL REFERENCES accounts (id),
    signature_sha256 text NOT NULL UNIQUE CHECK (signature_sha256 ~ '^[0-9a-f]{64}$'),
    cms              bytea NOT NULL,
    evidence         jsonb NOT NULL,
    registry_answer  text NOT NULL,
    registered_at    timestamptz NOT NULL
);
"""

SESSIONS = """
CREATE TABLE sessions (
    session_id       uuid PRIMARY KEY,
    account_id       uuid NOT NULL REFERENCES accounts (id),
    step_started_at  timestamptz NOT NULL,
    authorised_at    timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    ended_at         timestamptz,
    ended_by         text CHECK (ended_by IN ('log-out', 'refresh-token-reused', 'password-set')),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
    CHECK (authorised_at >= step_started_at)
);
CREATE INDEX sessions_open ON sessions (account_id) WHERE ended_at IS NULL;

-- Refresh tokens by their hash. A used one stays: who shows it again has stolen it, or was stolen from.
CREATE TABLE refresh_tokens (
    token_sha256 bytea PRIMARY KEY,
    session_id   uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
    issued_at    timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz
);
CREATE INDEX refresh_tokens_of_a_session ON refresh_tokens (session_id);
"""

LOCKOUT = """
-- Attempts counted before the password is looked at; also for persons who have no account, so that nobody can tell.
CREATE TABLE login_tallies (
    scope        text NOT NULL CHECK (scope IN ('pair', 'address', 'person', 'registration')),
    key          text NOT NULL,
    since        timestamptz NOT NULL,
    attempts     integer NOT NULL CHECK (attempts >= 0),
    locks        integer NOT NULL CHECK (locks >= 0),
    locked_until timestamptz,
    PRIMARY KEY (scope, key)
);
CREATE INDEX login_tallies_old ON login_tallies (since);

-- Where a person has logged in or registered from: a lock that strangers ran into does not hold there.
CREATE TABLE known_addresses (
    account_id uuid NOT NULL REFERENCES accounts (id),
    network    text NOT NULL,
    seen_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, network)
);
"""


def upgrade() -> None:
    for script in (ACCOUNTS, SESSIONS, LOCKOUT):
        run_script(script)
