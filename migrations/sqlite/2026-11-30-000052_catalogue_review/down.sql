DROP TRIGGER catalogue_issue_delete;
CREATE TRIGGER catalogue_issue_delete BEFORE DELETE ON catalogue_issue
BEGIN
    SELECT RAISE(ABORT, 'an issue of the catalogue is kept');
END;
DROP TABLE catalogue_review;
