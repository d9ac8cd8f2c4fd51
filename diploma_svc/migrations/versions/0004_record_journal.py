"""The record journal tells what each entry is of, to whom, by which document, by which employee (DP-15, DP-16.6).

Each application is in it from its registration on, by the database itself. A paper may be found wanting.
"""

from shared.kit.migrations import run_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PAPERS = """
ALTER TABLE handed_in ADD COLUMN rejected_at timestamptz, ADD COLUMN rejected_by text, ADD COLUMN why_rejected text,
    ADD CHECK ((rejected_at IS NULL) = (rejected_by IS NULL) AND (rejected_at IS NULL) = (why_rejected IS NULL));
"""
JOURNAL = """
ALTER TABLE record_journal ADD COLUMN kind text, ADD COLUMN employee text, ADD COLUMN identity_document text;
ALTER TABLE record_journal RENAME COLUMN by_whom TO whose;
UPDATE record_journal SET kind = CASE WHEN what LIKE 'handed over: %' THEN 'handed_over' ELSE 'paper' END,
    what = split_part(what, ': ', 2);
ALTER TABLE record_journal ALTER COLUMN kind SET NOT NULL,
    ADD CHECK (kind IN ('application', 'paper', 'handed_over'));
INSERT INTO record_journal (request_id, at, kind, what, whose)
SELECT request_id, registered_at, 'application', number, '' FROM requests r
WHERE NOT EXISTS (SELECT FROM record_journal j WHERE j.request_id = r.request_id AND j.kind = 'application');
CREATE UNIQUE INDEX record_journal_one_application ON record_journal (request_id) WHERE kind = 'application';
CREATE INDEX record_journal_by_day ON record_journal (at);

CREATE FUNCTION enter_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO record_journal (request_id, at, kind, what, whose)
    VALUES (NEW.request_id, NEW.registered_at, 'application', NEW.number, coalesce((
        SELECT g.name_kk FROM people p JOIN graduates g USING (person_id) JOIN decisions d USING (decision_id)
        WHERE p.iin = NEW.applicant_iin ORDER BY d.decided_on DESC LIMIT 1), ''));
    RETURN NULL;
END $$;
CREATE TRIGGER requests_entered AFTER INSERT ON requests FOR EACH ROW EXECUTE FUNCTION enter_application();

CREATE FUNCTION keep_record_journal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry of the record journal is never changed';
END $$;
CREATE TRIGGER record_journal_kept BEFORE UPDATE OR DELETE ON record_journal
    FOR EACH STATEMENT EXECUTE FUNCTION keep_record_journal();
"""


def upgrade() -> None:
    run_script(PAPERS)
    run_script(JOURNAL)
