-- Passwords: when it was set, and whether its owner must choose another before anything else.
ALTER TABLE account ADD COLUMN password_set_at BIGINT;
ALTER TABLE account ADD COLUMN password_must_change BOOLEAN NOT NULL DEFAULT FALSE;
-- The version of the rules of use that the person has accepted (R-169).
ALTER TABLE account ADD COLUMN rules_accepted TEXT;
ALTER TABLE account ADD COLUMN rules_accepted_at BIGINT;

-- Hashes of former passwords, for profiles in which they may not come again.
CREATE TABLE password_history (
    account_id TEXT NOT NULL REFERENCES account (id),
    set_at BIGINT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (account_id, set_at)
);

-- The second factor (TOTP, RFC 6238). The secret is sealed under the key that signs cookies; `last_step` keeps a code from being
-- used twice.
CREATE TABLE second_factor (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES account (id),
    secret TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL
);

-- Codes for people who have lost their device: SHA-256 of each, gone once used.
CREATE TABLE recovery_code (
    account_id TEXT NOT NULL REFERENCES account (id),
    code_hash TEXT NOT NULL,
    PRIMARY KEY (account_id, code_hash)
);

-- Keys for programs; the key itself is shown once and kept as its SHA-256.
CREATE TABLE api_token (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    key_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_token_account ON api_token (account_id);
