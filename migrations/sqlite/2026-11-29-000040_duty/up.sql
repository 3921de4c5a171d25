-- From when the present period of a dataset's update counts: its latest publication, or the latest word that nothing changed (R-020).
ALTER TABLE dataset ADD COLUMN counts_from BIGINT;
-- The day to which the present period was extended, ISO 8601; gone with the period.
ALTER TABLE dataset ADD COLUMN extended_to TEXT;
UPDATE dataset SET counts_from = updated_at;

-- Who must act by when. A turn is one round of a duty: it is opened once, and ended once for good.
CREATE TABLE duty (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('update', 'return', 'account-review', 'catalogue-review', 'plan-item')),
    -- What it is about: the id of a dataset, an agency, an item of a plan.
    subject TEXT NOT NULL,
    -- Which round: the day it counts from, a quarter, a campaign.
    turn TEXT NOT NULL,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    title TEXT NOT NULL,
    -- Days, ISO 8601.
    from_on TEXT NOT NULL,
    opens_on TEXT NOT NULL,
    soon_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'soon', 'due', 'overdue', 'done', 'excused')),
    -- The law behind the day, as the profile cites it; none where it is the agency's own word.
    basis TEXT,
    verified BOOLEAN NOT NULL,
    -- How many of the profile's reminders its agency has had, and up to whom it went: 0 the agency, 1 its head, 2 the coordinating
    -- department.
    reminded INTEGER NOT NULL DEFAULT 0,
    raised INTEGER NOT NULL DEFAULT 0,
    -- How it ended, and when: on which day decides whether it was late.
    ended_at BIGINT,
    ended_how TEXT,
    ended_by TEXT REFERENCES account (id),
    late BOOLEAN NOT NULL DEFAULT FALSE,
    opened_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (kind, subject, turn),
    CHECK ((state IN ('done', 'excused')) = (ended_at IS NOT NULL)),
    CHECK ((ended_at IS NULL) = (ended_how IS NULL)),
    CHECK (opens_on <= due_on AND soon_on <= due_on)
);
CREATE INDEX duty_agency ON duty (agency_id, state, due_on);
CREATE INDEX duty_state ON duty (state, kind, subject);
CREATE INDEX duty_due ON duty (due_on);

-- The day up to which the engine has gone through all duties, and the week whose list the coordinating department has.
CREATE TABLE duty_run (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    day TEXT NOT NULL,
    week TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- "Nothing changed this period" [xác nhận không thay đổi], signed by a person (R-020).
CREATE TABLE confirmation (
    id TEXT NOT NULL PRIMARY KEY,
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    version_id TEXT NOT NULL REFERENCES version (id),
    -- The period that it ends counted from here.
    counted_from BIGINT NOT NULL,
    -- What was declared, in the words of the day, and how it was checked.
    declared TEXT NOT NULL,
    checked TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL
);
CREATE INDEX confirmation_dataset ON confirmation (dataset_id, at);

-- More time for one period [gia hạn]: asked for with a reason, decided by another person.
CREATE TABLE extension (
    id TEXT NOT NULL PRIMARY KEY,
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    counted_from BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'over')),
    asked_by TEXT NOT NULL REFERENCES account (id),
    asked_at BIGINT NOT NULL,
    decided_by TEXT REFERENCES account (id),
    decided_at BIGINT,
    answer TEXT,
    CHECK (to_on > due_on),
    CHECK ((state IN ('granted', 'refused')) = (decided_by IS NOT NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CHECK (decided_by IS NULL OR decided_by <> asked_by)
);
CREATE UNIQUE INDEX extension_open ON extension (dataset_id) WHERE state = 'asked';
CREATE INDEX extension_dataset ON extension (dataset_id, asked_at);
-- Words may be destroyed by a purge, and nothing else changes.
CREATE TRIGGER confirmation_append_only_update BEFORE UPDATE ON confirmation WHEN NEW.checked <> ''
BEGIN
    SELECT RAISE(ABORT, 'a confirmation is append-only');
END;
CREATE TRIGGER confirmation_append_only_delete BEFORE DELETE ON confirmation
BEGIN
    SELECT RAISE(ABORT, 'a confirmation is append-only');
END;
CREATE TRIGGER duty_ended BEFORE UPDATE ON duty WHEN OLD.ended_at IS NOT NULL AND NEW.title <> ''
BEGIN
    SELECT RAISE(ABORT, 'an ended duty stays as it is');
END;
CREATE TRIGGER duty_kept BEFORE DELETE ON duty
BEGIN
    SELECT RAISE(ABORT, 'a duty is kept');
END;
