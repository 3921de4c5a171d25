-- Alerts: what somebody must look at and say what they found (R-146, R-168, R-180). They are raised by looking at the audit log,
-- whose entries from `first_seq` to `last_seq` they are about; `account_id` is as it stands there, and so refers to nothing.
CREATE TABLE alert (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    account_id TEXT,
    events BIGINT NOT NULL,
    row_total BIGINT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'handled')),
    handled_by TEXT REFERENCES account (id),
    handled_at BIGINT,
    note TEXT,
    CHECK ((state = 'handled') = (handled_by IS NOT NULL AND handled_at IS NOT NULL AND note IS NOT NULL)),
    CHECK (handled_by IS NULL OR account_id IS NULL OR handled_by <> account_id)
);
CREATE INDEX alert_state ON alert (state, at);
CREATE INDEX alert_about ON alert (kind, account_id, last_seq);

-- How far the log was looked at: by the watch, by the walk over the whole chain, by who is told where it ends.
CREATE TABLE audit_mark (
    name TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    whole BOOLEAN NOT NULL
);

CREATE INDEX audit_entry_actor ON audit_entry (actor_id, seq);
