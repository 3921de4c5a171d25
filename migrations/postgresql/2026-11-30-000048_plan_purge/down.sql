DROP INDEX catalogue_entry_dataset;
ALTER TABLE plan_item DROP COLUMN approved;
CREATE OR REPLACE FUNCTION refuse_entry_of_no_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_issue TEXT;
BEGIN
    IF TG_OP = 'INSERT' THEN
        of_issue := NEW.issue_id;
    ELSE
        of_issue := OLD.issue_id;
    END IF;
    IF (SELECT state FROM catalogue_issue WHERE id = of_issue) <> 'draft' THEN
        RAISE EXCEPTION 'only a draft of the catalogue is changed';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.issue_id <> OLD.issue_id THEN
        RAISE EXCEPTION 'only a draft of the catalogue is changed';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$;
