"""Whoever signs for the head is named as that: an official with the right to sign (DP-14, DP-16.5)."""

from shared.kit.migrations import run_script

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

POSITIONS = """
ALTER TABLE official_signatures DROP CONSTRAINT official_signatures_position_check;
ALTER TABLE official_signatures ADD CONSTRAINT official_signatures_position_check
    CHECK (position IN ('deputy_for_studies', 'head', 'right_to_sign'));
"""


def upgrade() -> None:
    run_script(POSITIONS)
