DROP TRIGGER confirmation_append_only_update;
CREATE TRIGGER confirmation_append_only_update BEFORE UPDATE ON confirmation WHEN NEW.checked <> ''
BEGIN
    SELECT RAISE(ABORT, 'a confirmation is append-only');
END;
DROP TRIGGER duty_ended;
CREATE TRIGGER duty_ended BEFORE UPDATE ON duty WHEN OLD.ended_at IS NOT NULL AND NEW.title <> ''
BEGIN
    SELECT RAISE(ABORT, 'an ended duty stays as it is');
END;
DROP TABLE quarter_duty;
