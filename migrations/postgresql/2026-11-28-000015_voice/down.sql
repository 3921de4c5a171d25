ALTER TABLE notice DROP CONSTRAINT notice_mail_id_fkey;
CREATE TEMPORARY TABLE mail_after ON COMMIT DROP AS SELECT * FROM mail;
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
    SELECT id, account_id, kind, state, token, created_at, changed_at, last_failure FROM mail_after
    WHERE account_id IS NOT NULL;
ALTER TABLE notice ADD CONSTRAINT notice_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES mail (id);
ALTER TABLE version DROP COLUMN corrects;
DROP TABLE error_report_step;
DROP TABLE error_report;
