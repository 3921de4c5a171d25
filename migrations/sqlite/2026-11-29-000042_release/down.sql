DROP TABLE release_file;
DROP TABLE release_entry;
DROP TABLE release;
DROP TABLE release_key;
