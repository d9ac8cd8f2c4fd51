"""Requests that employees make for people (HV-17, AP-17, AT-19), and who looked at whose data."""

from shared.kit.migrations import run_script

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHANNELS = """
-- The provider stands in the form; the medical college's form names none (DP-2). A column that is computed holds for
-- what a gateway of the version before writes, too.
ALTER TABLE requests
    ADD COLUMN channel text NOT NULL DEFAULT 'portal' CHECK (channel IN ('in_person', 'phone', 'portal')),
    ADD COLUMN employee_id uuid REFERENCES employees,
    ADD COLUMN provider_bin text NOT NULL
        GENERATED ALWAYS AS (CASE service WHEN 'diploma' THEN '130040905013' ELSE form->>'provider_bin' END) STORED,
    ALTER COLUMN account_id DROP NOT NULL,
    ADD CONSTRAINT requests_who_asks CHECK (
        (channel = 'portal') = (account_id IS NOT NULL) AND (channel = 'portal') = (employee_id IS NULL));
-- The provider's journal, in the order of registration.
CREATE INDEX requests_of_provider ON requests (provider_bin, registered_at, number);
"""

LOOKS = """
-- Each opening of somebody's data on the clinic's side; written in the transaction that opens it, and never changed.
CREATE TABLE looks (
    look_id          uuid PRIMARY KEY,
    looked_at        timestamptz NOT NULL,
    person_iin       text NOT NULL CHECK (person_iin ~ '^[0-9]{12}$'),
    organisation_bin text NOT NULL CHECK (organisation_bin ~ '^[0-9]{12}$'),
    employee_id      uuid REFERENCES employees,
    client_id        uuid,  -- The clinic's own system, where no employee looked.
    service          text,  -- For which service; none where it was for no single one.
    purpose          text NOT NULL,  -- By which clause.
    opened           text NOT NULL,
    request_id       uuid,
    CHECK ((employee_id IS NULL) <> (client_id IS NULL))
);
CREATE INDEX looks_of_person ON looks (person_iin, look_id DESC);
"""


def upgrade() -> None:
    run_script(CHANNELS)
    run_script(LOOKS)
