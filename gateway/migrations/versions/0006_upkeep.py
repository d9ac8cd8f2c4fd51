"""What the upkeep of requests needs: their trace, whether their service takes them, indexes of what is thrown away."""

from shared.kit.migrations import run_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UPKEEP = """
-- The trace in which the request was signed: whoever takes it up later goes on in it.
-- The status with which its service refused to take it at the last attempt; none while it was never refused.
ALTER TABLE requests ADD COLUMN traceparent text, ADD COLUMN refused_status smallint;
CREATE INDEX requests_drafts ON requests (sign_by) WHERE state = 'draft';
CREATE INDEX sessions_expiring ON sessions (expires_at);
CREATE INDEX known_addresses_old ON known_addresses (seen_at);
CREATE INDEX idempotency_keys_old ON idempotency_keys (kept_at);
"""


def upgrade() -> None:
    run_script(UPKEEP)
