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
CREATE TRIGGER catalogue_review_kept BEFORE UPDATE OR DELETE ON catalogue_review
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- A draft that turns out to change nothing may go.
DROP TRIGGER catalogue_issue_kept ON catalogue_issue;
CREATE TRIGGER catalogue_issue_kept BEFORE DELETE ON catalogue_issue FOR EACH ROW WHEN (OLD.state <> 'draft')
    EXECUTE FUNCTION refuse_change();
