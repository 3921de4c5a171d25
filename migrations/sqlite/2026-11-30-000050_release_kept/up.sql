-- What was released, and the keys that it was signed with, stay as they are, whoever writes.
CREATE TRIGGER release_key_update BEFORE UPDATE ON release_key
BEGIN
    SELECT RAISE(ABORT, 'a published key is not changed');
END;
CREATE TRIGGER release_key_delete BEFORE DELETE ON release_key
BEGIN
    SELECT RAISE(ABORT, 'a published key is kept');
END;
CREATE TRIGGER release_update BEFORE UPDATE ON release WHEN OLD.state = 'ready'
BEGIN
    SELECT RAISE(ABORT, 'a release is not changed');
END;
CREATE TRIGGER release_delete BEFORE DELETE ON release
BEGIN
    SELECT RAISE(ABORT, 'a release is kept');
END;
CREATE TRIGGER release_entry_update BEFORE UPDATE ON release_entry
    WHEN (SELECT state FROM release WHERE id = OLD.release_id) = 'ready'
BEGIN
    SELECT RAISE(ABORT, 'a release is not changed');
END;
CREATE TRIGGER release_entry_delete BEFORE DELETE ON release_entry
    WHEN (SELECT state FROM release WHERE id = OLD.release_id) = 'ready'
BEGIN
    SELECT RAISE(ABORT, 'a release is not changed');
END;
CREATE TRIGGER release_file_update BEFORE UPDATE ON release_file
    WHEN (SELECT state FROM release WHERE id = OLD.release_id) = 'ready'
BEGIN
    SELECT RAISE(ABORT, 'a release is not changed');
END;
CREATE TRIGGER release_file_delete BEFORE DELETE ON release_file
    WHEN (SELECT state FROM release WHERE id = OLD.release_id) = 'ready'
BEGIN
    SELECT RAISE(ABORT, 'a release is not changed');
END;
