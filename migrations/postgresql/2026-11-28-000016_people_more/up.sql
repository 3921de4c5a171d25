-- Bodies that the regulation only encourages to take part may join of their own will (R-003).
ALTER TABLE agency ADD COLUMN voluntary BOOLEAN NOT NULL DEFAULT FALSE;

-- The list of focal points as the coordinating department compiles it for the province's approval (R-096). What a compiled list says is
-- kept as it was; where it stands goes one way.
CREATE TABLE focal_list (
    id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('compiled', 'submitted', 'approved')),
    compiled_by TEXT NOT NULL REFERENCES account (id),
    compiled_at BIGINT NOT NULL,
    submitted_by TEXT REFERENCES account (id),
    submitted_on TEXT,
    letter_number TEXT,
    recorded_by TEXT REFERENCES account (id),
    recorded_at BIGINT,
    decision_number TEXT,
    decision_date TEXT,
    signer TEXT,
    link TEXT,
    CHECK (state = 'compiled' OR (submitted_by IS NOT NULL AND submitted_on IS NOT NULL)),
    CHECK (state <> 'approved' OR (recorded_by IS NOT NULL AND recorded_at IS NOT NULL)),
    CHECK (state <> 'approved' OR (decision_number IS NOT NULL AND decision_date IS NOT NULL AND signer IS NOT NULL))
);
CREATE TABLE focal_list_row (
    list_id TEXT NOT NULL REFERENCES focal_list (id),
    position INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('province', 'commune')),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    agency_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- None where the agency has named nobody. A row is a copy, and so refers to no focal point.
    focal_point_id TEXT,
    person_name TEXT NOT NULL,
    duty TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    PRIMARY KEY (list_id, position)
);

-- Who looks after a dataset inside the agencies (R-100).
CREATE TABLE dataset_contact (
    id TEXT NOT NULL PRIMARY KEY,
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    account_id TEXT REFERENCES account (id),
    person_name TEXT NOT NULL,
    duty TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX dataset_contact_dataset ON dataset_contact (dataset_id, changed_at);
CREATE TRIGGER focal_list_row_kept BEFORE UPDATE OR DELETE ON focal_list_row
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER focal_list_approved BEFORE UPDATE ON focal_list
    FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER focal_list_kept BEFORE DELETE ON focal_list
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
