-- That the catalogue in force was reviewed and nothing of it is to change (R-017): the next review counts from there.
CREATE TABLE catalogue_review (
    id TEXT NOT NULL PRIMARY KEY,
    issue_id TEXT NOT NULL REFERENCES catalogue_issue (id),
    -- How it was checked.
    checked TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL
);
CREATE INDEX catalogue_review_issue ON catalogue_review (issue_id, at);
CREATE TRIGGER catalogue_review_update BEFORE UPDATE ON catalogue_review
BEGIN
    SELECT RAISE(ABORT, 'a signed review is not changed');
END;
CREATE TRIGGER catalogue_review_delete BEFORE DELETE ON catalogue_review
BEGIN
    SELECT RAISE(ABORT, 'a signed review is kept');
END;
-- A draft that turns out to change nothing may go.
DROP TRIGGER catalogue_issue_delete;
CREATE TRIGGER catalogue_issue_delete BEFORE DELETE ON catalogue_issue WHEN OLD.state <> 'draft'
BEGIN
    SELECT RAISE(ABORT, 'an issue of the catalogue is kept');
END;
