"""The revocation lists that signatures were verified by: evidence names them by digest, every replica gives them."""

from shared.kit.migrations import run_script

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LISTS = """
-- A list is written once, before the first signature that was verified by it is stored, and never changed.
CREATE TABLE revocation_lists (
    sha256   text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    deflated bytea NOT NULL,
    kept_at  timestamptz NOT NULL
);
"""


def upgrade() -> None:
    run_script(LISTS)


def downgrade() -> None:
    run_script("DROP TABLE revocation_lists;")
