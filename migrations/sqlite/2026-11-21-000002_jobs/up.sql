-- Work to be done later. A finished job's row is deleted (or, of a recurring one, set to its next turn), so that what stands here
-- waits, runs, or is dead.
CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- At most one job of a key.
    unique_key TEXT UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'dead')),
    due_at BIGINT NOT NULL,
    -- How often it was begun since it was last put in.
    attempts INTEGER NOT NULL,
    most_attempts INTEGER NOT NULL,
    -- Raised whenever somebody takes the job; whoever holds an older one has lost it.
    token BIGINT NOT NULL,
    lease_until BIGINT,
    -- Put in again while it ran: it runs once more.
    again BOOLEAN NOT NULL,
    -- Of recurring jobs: how often, and how far from midnight UTC.
    every_seconds BIGINT,
    offset_seconds BIGINT,
    created_at BIGINT NOT NULL,
    last_failure TEXT,
    failed_at BIGINT,
    CHECK (state <> 'running' OR lease_until IS NOT NULL)
);
CREATE INDEX job_due ON job (state, due_at);

-- Outgoing mail: one row for each mail, whatever becomes of it. Its id is the Message-ID.
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

-- The inbox.
CREATE TABLE notice (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    -- What happened once, however many hear of it: each hears of it once.
    event_id TEXT NOT NULL,
    event TEXT NOT NULL,
    args TEXT NOT NULL,
    link TEXT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT,
    -- What the receiver wished when it happened, and the one mail that tells of it.
    wish TEXT NOT NULL CHECK (wish IN ('at-once', 'daily', 'none')),
    mail_id TEXT REFERENCES mail (id),
    UNIQUE (event_id, account_id)
);
CREATE INDEX notice_inbox ON notice (account_id, read_at, at);
CREATE INDEX notice_digest ON notice (wish, mail_id);
CREATE INDEX notice_mail ON notice (mail_id);

CREATE TABLE notice_choice (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
    frequency TEXT NOT NULL CHECK (frequency IN ('at-once', 'daily', 'none'))
);
