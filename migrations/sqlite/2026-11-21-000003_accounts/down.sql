DROP TABLE api_token;
DROP TABLE recovery_code;
DROP TABLE second_factor;
DROP TABLE password_history;
ALTER TABLE account DROP COLUMN rules_accepted_at;
ALTER TABLE account DROP COLUMN rules_accepted;
ALTER TABLE account DROP COLUMN password_must_change;
ALTER TABLE account DROP COLUMN password_set_at;
