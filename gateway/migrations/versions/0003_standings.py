"""What has become of a granted request since: an appointment is cancelled, moved, kept or missed."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STANDING = """
ALTER TABLE requests ADD COLUMN standing text, ADD COLUMN standing_at timestamptz,
    ADD COLUMN moved_to uuid REFERENCES requests (id), ADD CHECK ((standing IS NULL) = (standing_at IS NULL))
"""


def upgrade() -> None:
    op.execute(STANDING)


def downgrade() -> None:
    op.execute("ALTER TABLE requests DROP COLUMN standing, DROP COLUMN standing_at, DROP COLUMN moved_to")
