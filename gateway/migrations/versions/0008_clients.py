"""Organisations' own systems: clients, their public keys, the assertions that have served."""

from shared.kit.migrations import run_script

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CLIENTS = """
CREATE TABLE clients (
    client_id        uuid PRIMARY KEY,
    organisation_bin text NOT NULL CHECK (organisation_bin ~ '^[0-9]{12}$'),
    name             text NOT NULL,
    scopes           text[] NOT NULL CHECK (cardinality(scopes) > 0),
    created_at       timestamptz NOT NULL,
    created_by       uuid NOT NULL REFERENCES employees,
    revoked_at       timestamptz,
    revoked_by       uuid REFERENCES employees
);
CREATE INDEX clients_of_an_organisation ON clients (organisation_bin) WHERE revoked_at IS NULL;

-- Public keys only. A row is never deleted: a name stands for one key for ever, and it can be seen later what served.
CREATE TABLE client_keys (
    client_id   uuid NOT NULL REFERENCES clients,
    kid         text NOT NULL,
    alg         text NOT NULL CHECK (alg IN ('ES256', 'RS256', 'PS256')),
    jwk         jsonb NOT NULL,
    added_at    timestamptz NOT NULL,
    added_by    uuid NOT NULL REFERENCES employees,
    valid_until timestamptz,
    PRIMARY KEY (client_id, kid)
);

-- An assertion serves once within its life (RFC 7523, 3); after it, it is refused for its age.
CREATE TABLE client_assertions (
    client_id  uuid NOT NULL REFERENCES clients,
    jti_sha256 bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, jti_sha256)
);
CREATE INDEX client_assertions_old ON client_assertions (expires_at);
"""


def upgrade() -> None:
    run_script(CLIENTS)


def downgrade() -> None:
    run_script("DROP TABLE client_assertions; DROP TABLE client_keys; DROP TABLE clients;")
