from shared.kit.casework.tables import PAPERS
from shared.kit.migrations import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_script(PAPERS)
