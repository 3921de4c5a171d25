-- One role may be held in several periods, and by a deputy during somebody's leave.
ALTER TABLE account_role RENAME TO account_role_before;
CREATE TABLE account_role (
    account_id TEXT NOT NULL REFERENCES account (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    role TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    -- Whose place the holder takes; such a role always ends.
    deputy_for TEXT REFERENCES account (id),
    PRIMARY KEY (account_id, agency_id, role, valid_from),
    CHECK (deputy_for IS NULL OR valid_to IS NOT NULL)
);
INSERT INTO account_role (account_id, agency_id, role, valid_from, valid_to)
    SELECT account_id, agency_id, role, valid_from, valid_to FROM account_role_before;
DROP TABLE account_role_before;
CREATE INDEX account_role_agency ON account_role (agency_id);

-- Links that set a password, mailed: the key is kept as its SHA-256, opens once, and not for long.
CREATE TABLE password_link (
    key_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL CHECK (kind IN ('reset', 'invitation')),
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX password_link_account ON password_link (account_id, made_at);

-- Accounts that agencies ask for, and what the coordinating department decided (R-087).
CREATE TABLE account_request (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    asked_by TEXT NOT NULL REFERENCES account (id),
    asked_at BIGINT NOT NULL,
    full_name TEXT NOT NULL,
    user_name TEXT NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused')),
    decided_by TEXT REFERENCES account (id),
    decided_at BIGINT,
    decision_note TEXT,
    account_id TEXT REFERENCES account (id),
    CHECK (state = 'asked' OR (decided_by IS NOT NULL AND decided_by <> asked_by)),
    CHECK (state <> 'approved' OR account_id IS NOT NULL)
);
CREATE INDEX account_request_state ON account_request (state, asked_at);

-- The people whom agencies name to be spoken to (R-094 to R-097).
CREATE TABLE focal_point (
    id TEXT NOT NULL PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    kind TEXT NOT NULL,
    person_name TEXT NOT NULL,
    position TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('nominated', 'active', 'replaced', 'refused')),
    nominated_by TEXT NOT NULL REFERENCES account (id),
    nominated_at BIGINT NOT NULL,
    decided_by TEXT REFERENCES account (id),
    decided_at BIGINT,
    decision_number TEXT,
    decision_date TEXT,
    note TEXT
);
CREATE INDEX focal_point_agency ON focal_point (agency_id, state);

-- The periodic review of accounts (R-088): a campaign, and what became of each account in it.
CREATE TABLE review_campaign (
    id TEXT NOT NULL PRIMARY KEY,
    opened_by TEXT REFERENCES account (id),
    opened_at BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    reminded_on TEXT,
    ended_at BIGINT
);
CREATE TABLE review_answer (
    campaign_id TEXT NOT NULL REFERENCES review_campaign (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    -- Whose focal point answers; none for somebody without a role, for whom the coordinating department does.
    agency_id TEXT REFERENCES agency (id),
    verdict TEXT CHECK (verdict IN ('keep', 'change', 'close')),
    -- Which role ends, where one is to.
    ending TEXT,
    answered_by TEXT REFERENCES account (id),
    answered_at BIGINT,
    outcome TEXT CHECK (outcome IN ('kept', 'changed', 'closed', 'locked', 'spared')),
    PRIMARY KEY (campaign_id, account_id),
    CHECK ((verdict IS NULL) = (answered_by IS NULL)),
    CHECK (answered_by IS NULL OR answered_by <> account_id)
);
CREATE INDEX review_answer_agency ON review_answer (campaign_id, agency_id);
