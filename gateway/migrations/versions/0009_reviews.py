"""Reviews of refusals: requests that ask a person to look again, and those that are decided anew after one."""

from shared.kit.migrations import run_script

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REVIEWS = """
ALTER TABLE requests ADD COLUMN review_of uuid REFERENCES requests, ADD COLUMN anew_of uuid REFERENCES requests;
CREATE UNIQUE INDEX requests_reviewed_once ON requests (review_of) WHERE review_of IS NOT NULL;
CREATE UNIQUE INDEX requests_anew_once ON requests (anew_of) WHERE anew_of IS NOT NULL;
"""


def upgrade() -> None:
    run_script(REVIEWS)
