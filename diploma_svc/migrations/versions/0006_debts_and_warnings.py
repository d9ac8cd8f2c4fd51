"""Debts are entered and cleared by employees too; a warning of a term is acknowledged (DP-13, DP-5)."""

from shared.kit.migrations import run_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DEBTS = """
ALTER TABLE debts ADD COLUMN entered_by text, ADD COLUMN cleared_by text,
    ADD CHECK (cleared_by IS NULL OR cleared_on IS NOT NULL);
ALTER TABLE cases ADD COLUMN acknowledged integer NOT NULL DEFAULT 0,
    ADD CHECK (acknowledged BETWEEN 0 AND warned);
"""


def upgrade() -> None:
    run_script(DEBTS)
