DROP TRIGGER release_file_delete;
DROP TRIGGER release_file_update;
DROP TRIGGER release_entry_delete;
DROP TRIGGER release_entry_update;
DROP TRIGGER release_delete;
DROP TRIGGER release_update;
DROP TRIGGER release_key_delete;
DROP TRIGGER release_key_update;
