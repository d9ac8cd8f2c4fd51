"""Deciding by a person: choices of providers, proposals, what officials did with them."""

from shared.kit.casework.tables import DECIDING
from shared.kit.migrations import run_script

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(DECIDING)
