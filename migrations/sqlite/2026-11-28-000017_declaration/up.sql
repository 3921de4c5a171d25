-- Who declared that a file holds no state secret, and when (R-001); nobody in an account where the operator did at the command
-- line. The table made of the file keeps it. Both are empty for what came before declarations were asked for.
ALTER TABLE upload ADD COLUMN declared_by TEXT REFERENCES account (id);
ALTER TABLE upload ADD COLUMN declared_at BIGINT;
ALTER TABLE table_version ADD COLUMN declared_by TEXT REFERENCES account (id);
ALTER TABLE table_version ADD COLUMN declared_at BIGINT;

-- A list of datasets that an agency keeps in a workbook, from its reading until its rows are entered as drafts, or for a day.
CREATE TABLE inventory (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    file_name TEXT NOT NULL,
    -- The headings, and the cells of the rows below them, as JSON.
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- The rows that were entered, with their datasets, as JSON; nothing until then.
    entered TEXT
);
CREATE INDEX inventory_age ON inventory (created_at);
