from shared.kit.casework.tables import PAPERS
from shared.kit.migrations import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(PAPERS)
