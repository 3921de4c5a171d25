-- What an authority decided and signed: the open-data catalogue that it issues (R-017). The signed PDF is an object of the store.
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
