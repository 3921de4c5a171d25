DROP TRIGGER release_file_kept ON release_file;
DROP TRIGGER release_entry_kept ON release_entry;
DROP FUNCTION refuse_change_of_release();
DROP TRIGGER release_kept ON release;
DROP TRIGGER release_unchanged ON release;
DROP TRIGGER release_key_kept ON release_key;
