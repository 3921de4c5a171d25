DROP TABLE extension;
DROP TABLE confirmation;
DROP TABLE duty_run;
DROP TABLE duty;
ALTER TABLE dataset DROP COLUMN extended_to;
ALTER TABLE dataset DROP COLUMN counts_from;
