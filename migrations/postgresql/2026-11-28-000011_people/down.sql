DROP TABLE review_answer;
DROP TABLE review_campaign;
DROP TABLE focal_point;
DROP TABLE account_request;
DROP TABLE password_link;
DROP INDEX account_role_agency;
-- Of several periods of one role the last is kept; deputies have none of their own.
ALTER TABLE account_role RENAME TO account_role_after;
CREATE TABLE account_role (
    account_id TEXT NOT NULL REFERENCES account (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    role TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    PRIMARY KEY (account_id, agency_id, role)
);
INSERT INTO account_role (account_id, agency_id, role, valid_from, valid_to)
    SELECT held.account_id, held.agency_id, held.role, held.valid_from, held.valid_to
    FROM account_role_after AS held
    WHERE held.deputy_for IS NULL AND NOT EXISTS (
        SELECT 1 FROM account_role_after AS later
        WHERE later.account_id = held.account_id AND later.agency_id = held.agency_id AND later.role = held.role
            AND later.deputy_for IS NULL AND later.valid_from > held.valid_from
    );
DROP TABLE account_role_after;
