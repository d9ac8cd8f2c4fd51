"""A patient who calls again on the same day takes no second place: the later call names the visit that it shares."""

from shared.kit.migrations import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REPEATED = """
-- The call whose visit this one shares; only a visit that shares none holds a place in its round.
ALTER TABLE visits ADD COLUMN same_as uuid REFERENCES visits;
CREATE INDEX requests_of_a_patient ON requests (subject_iin, registered_at);
"""


def upgrade() -> None:
    run_script(REPEATED)
