-- A file on its way in, or a table read again with other choices: from the first byte to the table in the draft.
CREATE TABLE upload (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    -- The resource whose next state it is; a new one where there is none.
    resource_id TEXT REFERENCES resource (id),
    file_name TEXT NOT NULL,
    -- How many bytes are to come; unknown while a plain form sends them.
    bytes BIGINT,
    received BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('receiving', 'reading', 'read', 'refused', 'cancelled')),
    -- The table whose original is read again; no bytes come in then.
    source_table_id TEXT REFERENCES table_version (id),
    choices TEXT NOT NULL,
    problems TEXT,
    table_version_id TEXT REFERENCES table_version (id),
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CHECK (state <> 'read' OR table_version_id IS NOT NULL)
);
CREATE INDEX upload_account ON upload (account_id, state);
CREATE INDEX upload_dataset ON upload (dataset_id, created_at);
CREATE INDEX upload_state ON upload (state, changed_at);

-- The pieces that have come, each an object of the store; they go once the file was read.
CREATE TABLE upload_part (
    upload_id TEXT NOT NULL REFERENCES upload (id),
    starts_at BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    object TEXT NOT NULL,
    PRIMARY KEY (upload_id, starts_at)
);
