DROP INDEX catalogue_entry_dataset;
ALTER TABLE plan_item DROP COLUMN approved;
DROP TRIGGER catalogue_entry_update;
CREATE TRIGGER catalogue_entry_update BEFORE UPDATE ON catalogue_entry
WHEN (SELECT state FROM catalogue_issue WHERE id = OLD.issue_id) <> 'draft' OR NEW.issue_id <> OLD.issue_id
BEGIN
    SELECT RAISE(ABORT, 'only a draft of the catalogue is changed');
END;
