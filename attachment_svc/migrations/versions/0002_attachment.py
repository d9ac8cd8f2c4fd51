from shared.kit.casework.tables import JOURNAL
from shared.kit.migrations import run_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DISTRICTS = """
-- The districts that clinics have loaded. The database itself counts who is attached to each (count_attached below).
CREATE TABLE districts (
    provider_bin text NOT NULL CHECK (provider_bin ~ '^[0-9]{12}$'),
    kind         text NOT NULL CHECK (kind IN ('therapist', 'paediatrician', 'general_practitioner')),
    number       integer NOT NULL CHECK (number >= 0),
    doctor_id    text NOT NULL,
    doctor_name  text NOT NULL,
    streets      text[] NOT NULL,
    norm         integer NOT NULL CHECK (norm >= 0),
    attached     integer NOT NULL CHECK (attached >= 0),
    changed_at   timestamptz NOT NULL,
    PRIMARY KEY (provider_bin, kind, number)
);
"""
REASONS = """
ALTER TABLE attachments
    ADD COLUMN why text NOT NULL DEFAULT 'imported'
        CHECK (why IN ('imported', 'free_choice', 'moved_address', 'other_district')),
    ADD COLUMN address text,
    ADD COLUMN request_id uuid REFERENCES requests,
    ADD COLUMN disputed boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT attachments_asked_for CHECK ((why = 'imported') = (request_id IS NULL)),
    ADD CONSTRAINT attachments_disputed_are_imported CHECK (NOT disputed OR (request_id IS NULL AND ended IS NULL)),
    -- What is replaced on the day on which it began holds on no day at all.
    DROP CONSTRAINT attachments_check,
    ADD CONSTRAINT attachments_do_not_end_before CHECK (ended >= since),
    DROP CONSTRAINT attachments_iin_provider_bin_since_key;
-- A clinic tells of one beginning once; a person may begin by requests twice on one day.
CREATE UNIQUE INDEX attachments_of_a_person ON attachments (iin, provider_bin, since, request_id) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX attachments_by_request ON attachments (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX attachments_of_a_district ON attachments (provider_bin, district_kind, district_number)
    WHERE ended IS NULL;
-- Imported data may name several providers (AT-17.1.4): such rows are disputed, until all but one have ended.
UPDATE attachments kept SET disputed = true WHERE ended IS NULL AND EXISTS (
    SELECT FROM attachments other WHERE other.iin = kept.iin AND other.ended IS NULL
        AND other.attachment_id <> kept.attachment_id);
-- At most one attachment of a person that is not disputed, and so at most one by a request.
CREATE UNIQUE INDEX attachments_one_at_a_time ON attachments (iin) WHERE ended IS NULL AND NOT disputed;
"""
COUNTS = """
-- Keeps the count of each district right whoever writes, and holds requests to its norm (AT-17.1.3).
-- What clinics import may be above the norm: it is what there is.
CREATE FUNCTION count_attached() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE districts SET attached = attached + change.people
        FROM (SELECT provider_bin, district_kind, district_number, count(*) AS people FROM added
            WHERE ended IS NULL GROUP BY 1, 2, 3) AS change
        WHERE (districts.provider_bin, kind, number)
            = (change.provider_bin, change.district_kind, change.district_number);
        IF EXISTS (SELECT FROM added WHERE request_id IS NOT NULL AND ended IS NULL AND NOT EXISTS (
            SELECT FROM districts d WHERE (d.provider_bin, d.kind, d.number)
                = (added.provider_bin, added.district_kind, added.district_number) AND d.attached <= d.norm)) THEN
            RAISE EXCEPTION 'The norm of the district is reached'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'districts_hold_their_norm';
        END IF;
    ELSE
        UPDATE districts SET attached = attached + change.people
        FROM (SELECT provider_bin, district_kind, district_number, sum(people) AS people FROM (
                SELECT provider_bin, district_kind, district_number, 1 AS people FROM added WHERE ended IS NULL
                UNION ALL
                SELECT provider_bin, district_kind, district_number, -1 FROM removed WHERE ended IS NULL) AS each
            GROUP BY 1, 2, 3 HAVING sum(people) <> 0) AS change
        WHERE (districts.provider_bin, kind, number)
            = (change.provider_bin, change.district_kind, change.district_number);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER attachments_added AFTER INSERT ON attachments
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_attached();
CREATE TRIGGER attachments_changed AFTER UPDATE ON attachments
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_attached();
-- History is kept: a row is ended, never taken away.
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'History is kept: an attachment is ended, not deleted' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER attachments_kept BEFORE DELETE ON attachments FOR EACH STATEMENT EXECUTE FUNCTION keep_history();
"""


def upgrade() -> None:
    run_script(JOURNAL)
    run_script(DISTRICTS)
    run_script(REASONS)
    run_script(COUNTS)
