DROP TRIGGER confirmation_append_only_update ON confirmation;
CREATE TRIGGER confirmation_append_only_update BEFORE UPDATE ON confirmation FOR EACH ROW WHEN (NEW.checked <> '')
    EXECUTE FUNCTION refuse_change();
DROP TRIGGER duty_ended ON duty;
CREATE TRIGGER duty_ended BEFORE UPDATE ON duty FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL AND NEW.title <> '')
    EXECUTE FUNCTION refuse_change();
DROP TABLE quarter_duty;
DROP FUNCTION quarter_duty_closed();
