"""Employees of organisations, and sessions in which one acts as an employee."""

from shared.kit.migrations import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

EMPLOYEES = """
-- Who acts for an organisation in which roles. A row is never changed but for its end: other roles are another row.
CREATE TABLE employees (
    employee_id      uuid PRIMARY KEY,
    organisation_bin text NOT NULL CHECK (organisation_bin ~ '^[0-9]{12}$'),
    iin              text NOT NULL CHECK (iin ~ '^[0-9]{12}$'),
    name_kk          text NOT NULL,
    name_ru          text NOT NULL,
    roles            text[] NOT NULL CHECK (cardinality(roles) > 0),
    appointed_at     timestamptz NOT NULL,
    appointed_by     uuid REFERENCES employees,  -- None: by the operator
    dismissed_at     timestamptz,
    dismissed_by     uuid REFERENCES employees
);
CREATE UNIQUE INDEX employees_in_office ON employees (organisation_bin, iin) WHERE dismissed_at IS NULL;

-- None: the person acts as a citizen. A session never changes from one to the other.
ALTER TABLE sessions ADD COLUMN employee_id uuid REFERENCES employees;
"""


def upgrade() -> None:
    run_script(EMPLOYEES)
