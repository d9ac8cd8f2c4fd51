"""The trace in which a request came stands with it."""

from alembic import op

from shared.kit.casework.tables import TRACE

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(TRACE)
