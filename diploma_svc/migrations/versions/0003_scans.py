"""Scans stand in the table that all who keep scans have; none was kept before, for no route brought any."""

from shared.kit.migrations import run_script
from shared.kit.scans import SCANS

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(SCANS)
    run_script("ALTER TABLE handed_in DROP COLUMN scan, DROP COLUMN media_type;")
