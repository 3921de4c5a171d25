DROP TABLE table_attempt;
DROP TABLE table_file;
