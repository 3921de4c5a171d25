PRAGMA defer_foreign_keys = ON;
CREATE TEMPORARY TABLE mail_before AS SELECT * FROM mail;
DROP TABLE mail;
CREATE TABLE mail (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL CHECK (kind IN ('notice', 'digest')),
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'dropped')),
    -- Of the job's lease under which it is being sent.
    token BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    last_failure TEXT,
    CHECK (state <> 'sending' OR token > 0)
);
CREATE INDEX mail_state ON mail (state);
INSERT INTO mail (id, account_id, kind, state, token, created_at, changed_at, last_failure)
    SELECT id, account_id, kind, state, token, created_at, changed_at, last_failure FROM mail_before
    WHERE account_id IS NOT NULL;
DROP TABLE mail_before;
ALTER TABLE version DROP COLUMN corrects;
DROP TABLE error_report_step;
DROP TABLE error_report;
