-- When an issue of the open-data catalogue was posted at the national portal, and where it stands there (R-019).
CREATE TABLE catalogue_posting (
    id TEXT NOT NULL PRIMARY KEY,
    issue_id TEXT NOT NULL REFERENCES catalogue_issue (id),
    -- ISO 8601.
    posted_on TEXT NOT NULL,
    address TEXT NOT NULL,
    -- For the internal portal alone.
    note TEXT,
    posted_by TEXT NOT NULL REFERENCES account (id),
    recorded_at BIGINT NOT NULL
);
CREATE INDEX catalogue_posting_issue ON catalogue_posting (issue_id, posted_on);
CREATE TRIGGER catalogue_posting_update BEFORE UPDATE ON catalogue_posting
BEGIN
    SELECT RAISE(ABORT, 'a record of posting is not changed');
END;
CREATE TRIGGER catalogue_posting_delete BEFORE DELETE ON catalogue_posting
BEGIN
    SELECT RAISE(ABORT, 'a record of posting is kept');
END;
