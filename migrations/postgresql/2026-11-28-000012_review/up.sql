-- The order in which the decisions on a version were made, from 1: programs whose clocks differ share a database.
DROP TRIGGER decision_append_only ON decision;
ALTER TABLE decision ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
UPDATE decision SET seq = (
    SELECT count(*) FROM decision AS o WHERE o.version_id = decision.version_id
      AND (o.at < decision.at OR (o.at = decision.at AND o.id <= decision.id)));
CREATE UNIQUE INDEX decision_order ON decision (version_id, seq);
CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE ON decision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What a reviewer says of a field of a draft; `value` is the SHA-256 of what stood there, to see whether it was changed since.
CREATE TABLE remark (
    decision_id TEXT NOT NULL REFERENCES decision (id),
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (decision_id, position)
);

-- A submission that its person took back before anybody decided.
CREATE TABLE recall (
    decision_id TEXT NOT NULL PRIMARY KEY REFERENCES decision (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL
);

CREATE TRIGGER remark_append_only BEFORE UPDATE OR DELETE ON remark
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recall_append_only BEFORE UPDATE OR DELETE ON recall
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The rule of two: one person submitted these very bytes and did not take that back, another, who had no part in them, approved
-- them after that, and nobody refused them or asked for changes in between.
CREATE OR REPLACE FUNCTION version_rule_of_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND NOT EXISTS (
        SELECT 1 FROM decision AS s JOIN decision AS a ON a.version_id = s.version_id
        WHERE s.version_id = NEW.id AND s.verdict = 'submitted' AND a.verdict = 'approved' AND a.seq > s.seq
          AND s.hash = NEW.hash AND a.hash = NEW.hash AND a.account_id <> s.account_id
          AND (NEW.author_id IS NULL OR a.account_id <> NEW.author_id)
          AND NOT EXISTS (SELECT 1 FROM version_contributor AS c WHERE c.version_id = NEW.id AND c.account_id = a.account_id)
          AND NOT EXISTS (SELECT 1 FROM recall AS r WHERE r.decision_id = s.id)
          AND NOT EXISTS (SELECT 1 FROM decision AS n WHERE n.version_id = NEW.id AND n.hash = NEW.hash AND n.seq > s.seq
                          AND n.verdict IN ('changes-asked', 'refused'))) THEN
        RAISE EXCEPTION 'rule of two';
    END IF;
    RETURN NEW;
END $$;
