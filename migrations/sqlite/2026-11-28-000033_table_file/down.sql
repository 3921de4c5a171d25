DROP TABLE table_file;
