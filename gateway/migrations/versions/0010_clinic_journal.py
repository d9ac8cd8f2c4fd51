"""The provider's journal, numbered as it is read; which of the clinic's doctors an employee is (HV-8, HV-17, AP-17)."""

from shared.kit.migrations import run_script

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JOURNAL = """
-- The place of a request in its provider's journal, and of its last change. Both are given under a lock of the provider
-- when the journal is read: a place that is committed later is a later place, whatever the clocks say.
ALTER TABLE requests
    ADD COLUMN journal_no bigint,
    ADD COLUMN change_no bigint,
    ADD COLUMN listed_at timestamptz,
    ADD COLUMN listed_version integer,
    ADD CONSTRAINT requests_listed_whole CHECK (
        num_nulls(journal_no, change_no, listed_at, listed_version) IN (0, 4));
CREATE SEQUENCE journal_places AS bigint;
CREATE INDEX requests_to_list ON requests (provider_bin, registered_at, number)
    WHERE state IN ('registered', 'answered') AND listed_version IS DISTINCT FROM version;
CREATE UNIQUE INDEX requests_in_journal ON requests (provider_bin, journal_no) WHERE journal_no IS NOT NULL;
CREATE UNIQUE INDEX requests_in_changes ON requests (provider_bin, change_no) WHERE change_no IS NOT NULL;
CREATE INDEX requests_listed_since ON requests (provider_bin, listed_at, change_no) WHERE change_no IS NOT NULL;
CREATE INDEX requests_waiting ON requests (provider_bin, answer_by) WHERE state = 'registered';
"""
DOCTORS = """
-- Which doctor of the clinic's rounds and schedules the employee is, by the clinic's own id.
ALTER TABLE employees ADD COLUMN doctor_id text CHECK (doctor_id IS NULL OR 'doctor' = ANY (roles));
"""


def upgrade() -> None:
    run_script(JOURNAL)
    run_script(DOCTORS)
