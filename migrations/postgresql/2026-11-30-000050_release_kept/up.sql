-- What was released, and the keys that it was signed with, stay as they are, whoever writes.
CREATE TRIGGER release_key_kept BEFORE UPDATE OR DELETE ON release_key
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER release_unchanged BEFORE UPDATE ON release
    FOR EACH ROW WHEN (OLD.state = 'ready') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER release_kept BEFORE DELETE ON release
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_change_of_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM release WHERE id = OLD.release_id) = 'ready' THEN
        RAISE EXCEPTION 'a release is not changed';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER release_entry_kept BEFORE UPDATE OR DELETE ON release_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_release();
CREATE TRIGGER release_file_kept BEFORE UPDATE OR DELETE ON release_file
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_release();
