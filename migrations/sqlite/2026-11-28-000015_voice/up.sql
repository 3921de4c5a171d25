-- What somebody says is wrong with a published dataset (R-127). The receipt number is kept as its SHA-256 only. `reply` holds the
-- reporter's e-mail with that number, sealed under the program's key, and is gone once the report is closed.
CREATE TABLE error_report (
    id TEXT NOT NULL PRIMARY KEY,
    receipt_hash TEXT NOT NULL UNIQUE,
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    -- The version that the public saw when it was written.
    version_number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('value', 'outdated', 'file', 'description', 'other')),
    place TEXT,
    description TEXT NOT NULL,
    evidence TEXT,
    lang TEXT NOT NULL,
    reply TEXT,
    -- Of a reporter who was signed in, and for which agency.
    account_id TEXT REFERENCES account (id),
    agency_id TEXT REFERENCES agency (id),
    state TEXT NOT NULL CHECK (state IN ('new', 'received', 'verified', 'correcting', 'corrected', 'closed')),
    outcome TEXT CHECK (outcome IN ('corrected', 'not-an-error', 'answered')),
    answer TEXT,
    corrected_in INTEGER,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CHECK ((account_id IS NULL) = (agency_id IS NULL)),
    CHECK (account_id IS NULL OR reply IS NULL),
    CHECK ((state = 'closed') = (outcome IS NOT NULL)),
    CHECK (state <> 'closed' OR reply IS NULL),
    CHECK (outcome IS NULL OR outcome = 'corrected' OR answer IS NOT NULL)
);
CREATE INDEX error_report_dataset ON error_report (dataset_id, state);
CREATE INDEX error_report_state ON error_report (state, made_at);

-- The way of a report, as its reporter reads it.
CREATE TABLE error_report_step (
    report_id TEXT NOT NULL REFERENCES error_report (id),
    seq INTEGER NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('new', 'received', 'verified', 'not-an-error', 'correcting', 'corrected', 'closed')),
    account_id TEXT REFERENCES account (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (report_id, seq)
);
CREATE TRIGGER error_report_step_append_only_update BEFORE UPDATE ON error_report_step
BEGIN
    SELECT RAISE(ABORT, 'the way of a report is append-only');
END;
CREATE TRIGGER error_report_step_append_only_delete BEFORE DELETE ON error_report_step
BEGIN
    SELECT RAISE(ABORT, 'the way of a report is append-only');
END;

-- A correction [đính chính] (R-128): the ids of the reports it settles, as JSON; none in a version that is no correction.
ALTER TABLE version ADD COLUMN corrects TEXT CHECK (corrects IS NULL OR note_vi IS NOT NULL);

-- Mail to a reporter without an account: the address is sealed in the job that sends it. The table is made anew, and what notices
-- say of its rows holds again at the end.
PRAGMA defer_foreign_keys = ON;
CREATE TEMPORARY TABLE mail_before AS SELECT * FROM mail;
DROP TABLE mail;
CREATE TABLE mail (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT REFERENCES account (id),
    kind TEXT NOT NULL CHECK (kind IN ('notice', 'digest', 'answer')),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'dropped')),
    -- Of the job's lease under which it is being sent.
    token BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    last_failure TEXT,
    CHECK (state <> 'sending' OR token > 0),
    CHECK ((kind = 'answer') = (account_id IS NULL))
);
CREATE INDEX mail_state ON mail (state);
INSERT INTO mail (id, account_id, kind, state, token, created_at, changed_at, last_failure)
    SELECT id, account_id, kind, state, token, created_at, changed_at, last_failure FROM mail_before;
DROP TABLE mail_before;
