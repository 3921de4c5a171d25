-- Purges reach the catalogue: of an entry that was issued only the words that a purge destroys go, also where an earlier issue names as
-- intended what another one says is the dataset.
DROP TRIGGER catalogue_entry_update;
CREATE TRIGGER catalogue_entry_update BEFORE UPDATE ON catalogue_entry
WHEN ((SELECT state FROM catalogue_issue WHERE id = OLD.issue_id) <> 'draft' OR NEW.issue_id <> OLD.issue_id)
    AND NOT coalesce(NEW.issue_id = OLD.issue_id AND NEW.entry_id = OLD.entry_id AND NEW.dataset_id IS OLD.dataset_id
    AND NEW.title_vi = '' AND NEW.title_en IS NULL AND NEW.search_text = ''
    AND NEW.agency_id = OLD.agency_id AND NEW.topic = OLD.topic AND NEW.frequency = OLD.frequency AND NEW.sharing = OLD.sharing
    AND NEW.licence IS OLD.licence
    AND EXISTS (SELECT 1 FROM purge AS p JOIN catalogue_entry AS e ON e.dataset_id = p.dataset_id
        WHERE e.entry_id = OLD.entry_id AND coalesce(OLD.dataset_id, p.dataset_id) = p.dataset_id
            AND p.state IN ('confirmed', 'done')), FALSE)
BEGIN
    SELECT RAISE(ABORT, 'only a draft of the catalogue is changed');
END;
-- Whether the authority approved an item with its plan; what was dropped before is no part of it.
ALTER TABLE plan_item ADD COLUMN approved BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE plan_item SET approved = TRUE
WHERE plan_id IN (SELECT id FROM yearly_plan WHERE decision_id IS NOT NULL)
    AND (state IN ('open', 'done') OR (state = 'dropped' AND settled_on > (
        SELECT d.decided_on FROM yearly_plan AS p JOIN signed_decision AS d ON d.id = p.decision_id WHERE p.id = plan_item.plan_id)));
-- An entry is found again by its dataset.
CREATE INDEX catalogue_entry_dataset ON catalogue_entry (dataset_id);
