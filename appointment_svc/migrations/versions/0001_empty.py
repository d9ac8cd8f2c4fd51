"""The service's tables come with its own issue; this version lets the database know where it stands."""

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing."""
