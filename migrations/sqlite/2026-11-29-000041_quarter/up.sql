-- The quarters [quý] of the duties (R-040, R-155): opened, run through by its agencies' returns, closed once for good.
CREATE TABLE quarter (
    -- Its code, such as 2026-Q3.
    id TEXT NOT NULL PRIMARY KEY,
    -- Its days, ISO 8601.
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    -- The day until which agencies hand in their returns, and the day on which it is closed.
    return_due_on TEXT NOT NULL,
    close_on TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    -- When it was over, and the returns were opened where the province asks for any.
    ended_at BIGINT,
    closed_at BIGINT,
    -- Who closed it before its day; none when its day had come.
    closed_by TEXT REFERENCES account (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'ended', 'closed')),
    -- Datasets of the quarter, counted as of its close.
    new_count BIGINT,
    updated_count BIGINT,
    unchanged_count BIGINT,
    late_count BIGINT,
    withdrawn_count BIGINT,
    CHECK (first_on < last_on AND last_on < return_due_on AND return_due_on <= close_on),
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CHECK (closed_by IS NULL OR closed_at IS NOT NULL),
    CHECK ((closed_at IS NULL) = (new_count IS NULL)),
    CHECK ((closed_at IS NULL) = (updated_count IS NULL)),
    CHECK ((closed_at IS NULL) = (unchanged_count IS NULL)),
    CHECK ((closed_at IS NULL) = (late_count IS NULL)),
    CHECK ((closed_at IS NULL) = (withdrawn_count IS NULL))
);

-- An agency's return [báo cáo quý]: its list of data, the requests it handled, what it needs. Signed, it stays as it is until it is
-- taken back, and from the close on for good.
CREATE TABLE quarter_return (
    quarter_id TEXT NOT NULL REFERENCES quarter (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    -- `late`: signed after its day. `missing`: not handed in when the quarter was closed.
    state TEXT NOT NULL CHECK (state IN ('open', 'signed', 'late', 'missing')),
    remarks TEXT NOT NULL,
    handling TEXT NOT NULL,
    needs TEXT NOT NULL,
    -- What became of requests and reports in the quarter, as it was signed; JSON.
    handled TEXT,
    signed_by TEXT REFERENCES account (id),
    -- The name and the role that it was signed with.
    signed_name TEXT,
    signed_role TEXT,
    signed_at BIGINT,
    -- SHA-256 of what was signed.
    hash TEXT,
    -- Why it was taken back last.
    recall_reason TEXT,
    recalled_at BIGINT,
    changed_by TEXT REFERENCES account (id),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (quarter_id, agency_id),
    CHECK ((state IN ('signed', 'late')) = (signed_at IS NOT NULL)),
    CHECK ((signed_at IS NULL) = (signed_by IS NULL)),
    CHECK ((signed_at IS NULL) = (signed_name IS NULL)),
    CHECK ((signed_at IS NULL) = (signed_role IS NULL)),
    CHECK ((signed_at IS NULL) = (handled IS NULL)),
    CHECK ((signed_at IS NULL) = (hash IS NULL)),
    CHECK ((recall_reason IS NULL) = (recalled_at IS NULL))
);
CREATE INDEX quarter_return_agency ON quarter_return (agency_id, quarter_id);

-- The agency's list of data. While a return is open only what is kept elsewhere stands here; its signing adds the datasets.
CREATE TABLE return_item (
    quarter_id TEXT NOT NULL,
    agency_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    -- The dataset; none for data kept elsewhere.
    dataset_id TEXT REFERENCES dataset (id),
    -- What it is called, and the SHA-256 of that, which the signature stands under: a purge destroys the words and leaves the signature.
    title TEXT NOT NULL,
    title_hash TEXT NOT NULL,
    purged BOOLEAN NOT NULL DEFAULT FALSE,
    -- What it is: a dataset's state, or what the agency says of data kept elsewhere.
    kind TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('open', 'shared', 'internal')),
    -- The day by which it is to be published, ISO 8601.
    planned_on TEXT,
    row_count BIGINT,
    updated_at BIGINT,
    timeliness TEXT,
    PRIMARY KEY (quarter_id, agency_id, position),
    FOREIGN KEY (quarter_id, agency_id) REFERENCES quarter_return (quarter_id, agency_id),
    CHECK (dataset_id IS NULL OR planned_on IS NULL),
    CHECK (dataset_id IS NOT NULL OR (row_count IS NULL AND updated_at IS NULL AND timeliness IS NULL))
);

CREATE TRIGGER quarter_final BEFORE UPDATE ON quarter WHEN OLD.state = 'closed'
BEGIN
    SELECT RAISE(ABORT, 'a closed quarter stays as it is');
END;
CREATE TRIGGER quarter_kept BEFORE DELETE ON quarter
BEGIN
    SELECT RAISE(ABORT, 'a quarter is kept');
END;
CREATE TRIGGER quarter_return_final BEFORE UPDATE ON quarter_return
WHEN OLD.state = 'missing' OR (OLD.state <> 'open' AND NEW.state <> 'open')
    OR (SELECT state FROM quarter WHERE id = OLD.quarter_id) = 'closed'
BEGIN
    SELECT RAISE(ABORT, 'a signed return stays as it is');
END;
CREATE TRIGGER quarter_return_kept BEFORE DELETE ON quarter_return
BEGIN
    SELECT RAISE(ABORT, 'a return is kept');
END;
CREATE TRIGGER return_item_frozen_insert BEFORE INSERT ON return_item
WHEN (SELECT state FROM quarter_return WHERE quarter_id = NEW.quarter_id AND agency_id = NEW.agency_id) <> 'open'
BEGIN
    SELECT RAISE(ABORT, 'a signed return stays as it is');
END;
-- Of a signed return only the words that a purge destroys go.
CREATE TRIGGER return_item_frozen_update BEFORE UPDATE ON return_item
WHEN (SELECT state FROM quarter_return WHERE quarter_id = OLD.quarter_id AND agency_id = OLD.agency_id) <> 'open'
    AND NOT coalesce(NEW.purged AND NEW.quarter_id = OLD.quarter_id AND NEW.agency_id = OLD.agency_id AND NEW.position = OLD.position
    AND NEW.dataset_id = OLD.dataset_id AND NEW.kind = OLD.kind AND NEW.kept_at = OLD.kept_at AND NEW.visibility = OLD.visibility
    AND NEW.title_hash = OLD.title_hash AND NEW.row_count IS OLD.row_count AND NEW.updated_at IS OLD.updated_at AND NEW.timeliness IS OLD.timeliness AND NEW.planned_on IS OLD.planned_on
    AND EXISTS (SELECT 1 FROM purge WHERE dataset_id = OLD.dataset_id AND state IN ('confirmed', 'done')), FALSE)
BEGIN
    SELECT RAISE(ABORT, 'a signed return stays as it is');
END;
CREATE TRIGGER return_item_frozen_delete BEFORE DELETE ON return_item
WHEN (SELECT state FROM quarter_return WHERE quarter_id = OLD.quarter_id AND agency_id = OLD.agency_id) <> 'open'
BEGIN
    SELECT RAISE(ABORT, 'a signed return stays as it is');
END;
