-- What an authority decided and signed: the open-data catalogue that it issues (R-017), the plan that it approves (R-018). The signed PDF is an object of the store.
CREATE TABLE signed_decision (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    -- ISO 8601.
    decided_on TEXT NOT NULL,
    signer TEXT NOT NULL,
    -- Whose decision it is by the rules of its time, the law behind that, and whether the source was read.
    authority TEXT NOT NULL CHECK (authority IN ('ppc', 'chair')),
    basis TEXT,
    verified BOOLEAN NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL
);

-- An issue of the open-data catalogue. The revision goes up by one with each change and is the mark of forms. Who submits does not
-- record the decision.
CREATE TABLE catalogue_issue (
    id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'issued', 'superseded')),
    revision INTEGER NOT NULL,
    made_by TEXT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    submitted_by TEXT REFERENCES account (id),
    submitted_at BIGINT,
    recorded_by TEXT REFERENCES account (id),
    decision_id TEXT UNIQUE REFERENCES signed_decision (id),
    superseded_at BIGINT,
    CHECK ((state IN ('issued', 'superseded')) = (decision_id IS NOT NULL)),
    CHECK ((decision_id IS NULL) = (recorded_by IS NULL)),
    CHECK ((state = 'draft') = (submitted_by IS NULL)),
    CHECK ((submitted_by IS NULL) = (submitted_at IS NULL)),
    CHECK ((state = 'superseded') = (superseded_at IS NOT NULL)),
    CHECK (recorded_by IS NULL OR recorded_by <> submitted_by)
);
CREATE UNIQUE INDEX catalogue_issue_in_force ON catalogue_issue (state) WHERE state = 'issued';
CREATE UNIQUE INDEX catalogue_issue_drafted ON catalogue_issue (state) WHERE state = 'draft';

-- What an issue lists: a dataset that is there, or one that is intended. An entry keeps its id from issue to issue.
CREATE TABLE catalogue_entry (
    issue_id TEXT NOT NULL REFERENCES catalogue_issue (id),
    entry_id TEXT NOT NULL,
    dataset_id TEXT REFERENCES dataset (id),
    title_vi TEXT NOT NULL,
    title_en TEXT,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    topic TEXT NOT NULL,
    frequency TEXT NOT NULL,
    -- How it is shared: a packed file or a data service (R-025).
    sharing TEXT NOT NULL CHECK (sharing IN ('file', 'service')),
    -- The code of a licence; none for the province's own terms.
    licence TEXT,
    search_text TEXT NOT NULL,
    PRIMARY KEY (issue_id, entry_id),
    UNIQUE (issue_id, dataset_id)
);

-- What the issue before listed and this one does not any more, and why.
CREATE TABLE catalogue_removal (
    issue_id TEXT NOT NULL REFERENCES catalogue_issue (id),
    entry_id TEXT NOT NULL,
    title_vi TEXT NOT NULL,
    reason TEXT NOT NULL,
    removed_by TEXT NOT NULL REFERENCES account (id),
    removed_at BIGINT NOT NULL,
    PRIMARY KEY (issue_id, entry_id)
);

-- The open-data plan of a year (R-018). The revision is the mark of forms, as that of the catalogue.
CREATE TABLE yearly_plan (
    id TEXT NOT NULL PRIMARY KEY,
    year INTEGER NOT NULL UNIQUE CHECK (year BETWEEN 2000 AND 2999),
    state TEXT NOT NULL
        CHECK (state IN ('draft', 'consulted', 'submitted', 'returned', 'approved', 'executing', 'closed')),
    revision INTEGER NOT NULL,
    made_by TEXT NOT NULL REFERENCES account (id),
    made_at BIGINT NOT NULL,
    submitted_by TEXT REFERENCES account (id),
    submitted_at BIGINT,
    recorded_by TEXT REFERENCES account (id),
    decision_id TEXT UNIQUE REFERENCES signed_decision (id),
    -- Why the authority gave it back.
    returned_reason TEXT,
    CHECK ((state IN ('approved', 'executing', 'closed')) = (decision_id IS NOT NULL)),
    CHECK ((decision_id IS NULL) = (recorded_by IS NULL)),
    CHECK ((submitted_by IS NULL) = (submitted_at IS NULL)),
    CHECK (state IN ('draft', 'consulted', 'returned') OR submitted_by IS NOT NULL),
    CHECK (state <> 'returned' OR returned_reason IS NOT NULL),
    CHECK (recorded_by IS NULL OR recorded_by <> submitted_by)
);

-- What a plan promises. A proposal of an agency becomes an item once the coordinating department takes it up.
CREATE TABLE plan_item (
    id TEXT NOT NULL PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES yearly_plan (id),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'open', 'done', 'dropped')),
    title_vi TEXT NOT NULL,
    title_en TEXT,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    -- Who is to see to it, in words.
    person TEXT,
    -- ISO 8601.
    target_on TEXT NOT NULL,
    -- The code of a level of the profile.
    level TEXT NOT NULL,
    -- What it is about, and once it is done what it came to.
    dataset_id TEXT REFERENCES dataset (id),
    -- The request for data that it answers.
    request_id TEXT REFERENCES data_request (id),
    -- Why it was dropped.
    reason TEXT,
    made_by TEXT NOT NULL REFERENCES account (id),
    settled_on TEXT,
    CHECK (state <> 'done' OR dataset_id IS NOT NULL),
    CHECK ((state = 'dropped') = (reason IS NOT NULL)),
    CHECK ((state IN ('done', 'dropped')) = (settled_on IS NOT NULL))
);
CREATE INDEX plan_item_plan ON plan_item (plan_id, target_on);

-- What agencies say while a plan is consulted.
CREATE TABLE plan_comment (
    plan_id TEXT NOT NULL REFERENCES yearly_plan (id),
    seq INTEGER NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (plan_id, seq)
);

CREATE TRIGGER signed_decision_update BEFORE UPDATE ON signed_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision is not changed');
END;
CREATE TRIGGER signed_decision_delete BEFORE DELETE ON signed_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision is kept');
END;
CREATE TRIGGER catalogue_issue_delete BEFORE DELETE ON catalogue_issue
BEGIN
    SELECT RAISE(ABORT, 'an issue of the catalogue is kept');
END;
CREATE TRIGGER catalogue_entry_insert BEFORE INSERT ON catalogue_entry
WHEN (SELECT state FROM catalogue_issue WHERE id = NEW.issue_id) <> 'draft'
BEGIN
    SELECT RAISE(ABORT, 'only a draft of the catalogue is changed');
END;
CREATE TRIGGER catalogue_entry_update BEFORE UPDATE ON catalogue_entry
WHEN (SELECT state FROM catalogue_issue WHERE id = OLD.issue_id) <> 'draft' OR NEW.issue_id <> OLD.issue_id
BEGIN
    SELECT RAISE(ABORT, 'only a draft of the catalogue is changed');
END;
CREATE TRIGGER catalogue_entry_delete BEFORE DELETE ON catalogue_entry
WHEN (SELECT state FROM catalogue_issue WHERE id = OLD.issue_id) <> 'draft'
BEGIN
    SELECT RAISE(ABORT, 'only a draft of the catalogue is changed');
END;
CREATE TRIGGER yearly_plan_delete BEFORE DELETE ON yearly_plan
BEGIN
    SELECT RAISE(ABORT, 'a plan is kept');
END;
CREATE TRIGGER plan_item_delete BEFORE DELETE ON plan_item
BEGIN
    SELECT RAISE(ABORT, 'an item is dropped with a reason');
END;
CREATE TRIGGER plan_comment_update BEFORE UPDATE ON plan_comment
BEGIN
    SELECT RAISE(ABORT, 'a comment is not changed');
END;
CREATE TRIGGER plan_comment_delete BEFORE DELETE ON plan_comment
BEGIN
    SELECT RAISE(ABORT, 'a comment is kept');
END;
