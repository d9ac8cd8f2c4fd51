"""Home visits in work: what became of a visit, who noted it, and to which round it was given (HV-8)."""

from shared.kit.migrations import run_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IN_WORK = """
-- The last that became of it, which the portal tells the citizen; ``told`` is what the portal has heard.
ALTER TABLE visits
    ADD COLUMN standing text CHECK (standing IN ('reassigned', 'visited', 'nobody_home', 'not_needed')),
    ADD COLUMN changed_at timestamptz,
    ADD COLUMN noted_at timestamptz,
    ADD COLUMN noted_by jsonb,
    ADD COLUMN reason text,
    ADD COLUMN moved boolean NOT NULL DEFAULT false,
    ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0),
    ADD COLUMN told text,
    ADD CONSTRAINT visits_change_at_a_time CHECK ((standing IS NULL) = (changed_at IS NULL)),
    ADD CONSTRAINT visits_noted_by_somebody CHECK (
        coalesce(standing <> 'reassigned', false) = (noted_at IS NOT NULL AND noted_by IS NOT NULL));
CREATE INDEX visits_untold ON visits (changed_at) WHERE standing IS NOT NULL AND told IS DISTINCT FROM standing;
CREATE INDEX visits_of_a_day ON visits (starts_at);
CREATE INDEX visits_shared ON visits (same_as) WHERE same_as IS NOT NULL;

-- Who did what with a visit, and when: a row is written once and never changed.
CREATE TABLE visit_acts (
    act_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id uuid NOT NULL REFERENCES visits,
    act        text NOT NULL CHECK (act IN ('noted', 'corrected', 'moved')),
    outcome    text,
    from_round bigint REFERENCES rounds,
    to_round   bigint REFERENCES rounds,
    reason     text,
    actor      jsonb NOT NULL,
    acted_at   timestamptz NOT NULL,
    CHECK ((act = 'moved') = (to_round IS NOT NULL)),
    CHECK ((act = 'moved') = (outcome IS NULL))
);
CREATE INDEX visit_acts_of_a_visit ON visit_acts (request_id, act_id);
"""


def upgrade() -> None:
    run_script(IN_WORK)
