DROP TABLE remark;
DROP TABLE recall;
DROP INDEX decision_order;
ALTER TABLE decision DROP COLUMN seq;
CREATE OR REPLACE FUNCTION version_rule_of_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND NOT EXISTS (
        SELECT 1 FROM decision AS s JOIN decision AS a ON a.version_id = s.version_id
        WHERE s.version_id = NEW.id AND s.verdict = 'submitted' AND a.verdict = 'approved'
          AND s.hash = NEW.hash AND a.hash = NEW.hash AND a.account_id <> s.account_id
          AND (NEW.author_id IS NULL OR a.account_id <> NEW.author_id)
          AND NOT EXISTS (SELECT 1 FROM version_contributor AS c WHERE c.version_id = NEW.id AND c.account_id = a.account_id)) THEN
        RAISE EXCEPTION 'rule of two';
    END IF;
    RETURN NEW;
END $$;
