-- What a table breaks of what its dictionary wants: rules with counts and row numbers, never values. The same table and contract always
-- break the same, so that a row is written once.
CREATE TABLE contract_check (
    table_version_id TEXT NOT NULL REFERENCES table_version (id),
    -- SHA-256 of what the dictionary wants.
    contract_hash TEXT NOT NULL,
    breaches TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (table_version_id, contract_hash)
);

-- Somebody's word that a draft goes on its way although it breaks its contract or what the public uses: for exactly these breaks.
CREATE TABLE contract_acceptance (
    version_id TEXT NOT NULL REFERENCES version (id),
    -- SHA-256 of the list of breaks.
    breaks_hash TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (version_id, breaks_hash)
);
