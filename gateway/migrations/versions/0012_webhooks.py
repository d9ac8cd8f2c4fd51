"""Webhooks: a clinic's end points, the events told to it, and each delivery; written with the change that they tell."""

from shared.kit.migrations import run_script

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE webhook_endpoints (
    endpoint_id      uuid PRIMARY KEY,
    organisation_bin text NOT NULL CHECK (organisation_bin ~ '^[0-9]{12}$'),
    url              text NOT NULL,
    events           text[] NOT NULL CHECK (cardinality(events) > 0),
    secret           bytea NOT NULL,
    old_secret       bytea,
    old_until        timestamptz,
    created_at       timestamptz NOT NULL,
    busy_until       timestamptz,  -- Lent to one process, or left alone after a failure.
    failing_since    timestamptz,
    failures         integer NOT NULL DEFAULT 0,
    disabled_at      timestamptz,
    disabled_why     text,
    deleted_at       timestamptz
);
CREATE INDEX webhook_endpoints_of ON webhook_endpoints (organisation_bin) WHERE deleted_at IS NULL;

-- Thin on purpose: what happened to which request, never to whom.
CREATE TABLE webhook_events (
    event_id         uuid PRIMARY KEY,
    organisation_bin text NOT NULL,
    type             text NOT NULL,
    occurred_at      timestamptz NOT NULL,
    service          text,
    request_id       uuid,
    number           text
);
CREATE INDEX webhook_events_of ON webhook_events (organisation_bin, occurred_at);

CREATE TABLE webhook_deliveries (
    event_id        uuid NOT NULL REFERENCES webhook_events ON DELETE CASCADE,
    endpoint_id     uuid NOT NULL REFERENCES webhook_endpoints,
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    attempted_at    timestamptz,
    delivered_at    timestamptz,
    given_up_at     timestamptz,
    answered        text,
    PRIMARY KEY (endpoint_id, event_id)
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at)
    WHERE next_attempt_at IS NOT NULL;
"""

# A trigger, and no statement beside each change: whoever writes an answer or a standing tells it, or neither stands.
TOLD = """
CREATE FUNCTION webhook_type(service text, standing text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN service = 'appointment' AND standing IS NULL THEN 'appointment.booked'
        WHEN service = 'appointment' AND standing LIKE 'cancelled%' THEN 'appointment.cancelled'
        WHEN service = 'appointment' AND standing = 'moved' THEN 'appointment.moved'
        WHEN service = 'home-visit' AND standing IS NULL THEN 'home-visit.assigned'
        WHEN service = 'attachment' AND standing IS NULL THEN 'attachment.attached'
    END
$$;
CREATE FUNCTION tell_webhook(told text, one requests, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    event uuid := gen_random_uuid();
BEGIN
    IF told IS NULL OR NOT EXISTS (SELECT FROM webhook_endpoints
        WHERE organisation_bin = one.provider_bin AND deleted_at IS NULL) THEN
        RETURN;
    END IF;
    INSERT INTO webhook_events (event_id, organisation_bin, type, occurred_at, service, request_id, number)
    VALUES (event, one.provider_bin, told, at, one.service, one.id, one.number);
    INSERT INTO webhook_deliveries (event_id, endpoint_id, next_attempt_at)
    SELECT event, endpoint_id, at FROM webhook_endpoints
    WHERE organisation_bin = one.provider_bin AND deleted_at IS NULL AND disabled_at IS NULL AND told = ANY (events);
END
$$;
CREATE FUNCTION tell_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before requests;
BEGIN
    PERFORM tell_webhook(webhook_type(NEW.service, NEW.standing), NEW, NEW.updated_at);
    IF NEW.service = 'attachment' AND NEW.standing IS NULL THEN
        -- Whoever had the person before learns that they have left: the one whom their last granted request named.
        SELECT * INTO before FROM requests WHERE service = 'attachment' AND outcome = 'granted'
            AND subject_iin = NEW.subject_iin AND id <> NEW.id ORDER BY answered_at DESC LIMIT 1;
        IF before.provider_bin <> NEW.provider_bin THEN
            PERFORM tell_webhook('attachment.left', before, NEW.updated_at);
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE INDEX requests_attached ON requests (subject_iin, answered_at)
    WHERE service = 'attachment' AND outcome = 'granted';
CREATE TRIGGER tell_webhooks AFTER UPDATE ON requests FOR EACH ROW
    WHEN (NEW.outcome = 'granted' AND (OLD.outcome IS DISTINCT FROM NEW.outcome
        OR OLD.standing IS DISTINCT FROM NEW.standing))
    EXECUTE FUNCTION tell_webhooks();
"""


def upgrade() -> None:
    run_script(TABLES)
    run_script(TOLD)


def downgrade() -> None:
    run_script("DROP TRIGGER tell_webhooks ON requests; DROP FUNCTION tell_webhooks();")
    run_script("DROP FUNCTION tell_webhook; DROP FUNCTION webhook_type; DROP INDEX requests_attached;")
    run_script("DROP TABLE webhook_deliveries; DROP TABLE webhook_events; DROP TABLE webhook_endpoints;")
