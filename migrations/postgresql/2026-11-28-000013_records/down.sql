DROP INDEX audit_entry_actor;
DROP TABLE audit_mark;
DROP TABLE alert;
