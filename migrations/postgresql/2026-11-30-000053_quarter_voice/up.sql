-- What readers were waiting for from each agency when a quarter was closed (R-159), written once by the close. Of quarters that were closed
-- before nothing is known.
CREATE TABLE quarter_voice (
    quarter_id TEXT NOT NULL REFERENCES quarter (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    -- Reports of errors that were found to be right and not corrected; the others that were not closed.
    known INTEGER NOT NULL CHECK (known >= 0),
    unanswered INTEGER NOT NULL CHECK (unanswered >= 0),
    -- Requests for data that were not closed, and those of them that were past their day.
    requests INTEGER NOT NULL CHECK (requests >= 0),
    requests_late INTEGER NOT NULL CHECK (requests_late BETWEEN 0 AND requests),
    PRIMARY KEY (quarter_id, agency_id)
);
CREATE FUNCTION quarter_voice_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM quarter WHERE id = NEW.quarter_id) = 'closed' THEN
        RAISE EXCEPTION 'a closed quarter stays as it is';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER quarter_voice_closed BEFORE INSERT ON quarter_voice FOR EACH ROW EXECUTE FUNCTION quarter_voice_closed();
CREATE TRIGGER quarter_voice_kept BEFORE UPDATE OR DELETE ON quarter_voice FOR EACH ROW EXECUTE FUNCTION refuse_change();
