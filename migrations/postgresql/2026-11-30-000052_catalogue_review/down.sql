DROP TRIGGER catalogue_issue_kept ON catalogue_issue;
CREATE TRIGGER catalogue_issue_kept BEFORE DELETE ON catalogue_issue
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TABLE catalogue_review;
