-- What had become of the duties whose day lay in a quarter when it was closed (R-159), written once by the close: whatever moves later, a
-- closed quarter does not. What a duty is called stays in `duty`, where a purge empties it.
CREATE TABLE quarter_duty (
    quarter_id TEXT NOT NULL REFERENCES quarter (id),
    duty_id TEXT NOT NULL REFERENCES duty (id),
    -- Whose it was, and of which kind.
    agency_id TEXT NOT NULL REFERENCES agency (id),
    kind TEXT NOT NULL,
    -- The day on which it was due, ISO 8601.
    due_on TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done-in-time', 'done-late', 'undone', 'excused')),
    -- When and how it had ended; neither where it had not.
    ended_at BIGINT,
    ended_how TEXT,
    PRIMARY KEY (quarter_id, agency_id, duty_id),
    CHECK ((ended_at IS NULL) = (ended_how IS NULL)),
    CHECK (ended_at IS NOT NULL OR outcome = 'undone')
);
DROP TRIGGER duty_ended;
-- A return that was taken back and begun anew counts once, as its last round ends: the earlier ones were not owed.
UPDATE duty SET state = 'excused', ended_how = 'recalled', late = FALSE
WHERE kind = 'return' AND state = 'done' AND EXISTS (
    SELECT 1 FROM duty AS later
    WHERE later.kind = 'return' AND later.subject = duty.subject AND later.id <> duty.id AND later.opened_at >= duty.ended_at
        AND substr(later.turn, 1, 7) = substr(duty.turn, 1, 7)
);
-- Quarters that were closed before: what ended after the close was not done then, and what was over before the quarter was opened does not
-- count in it.
INSERT INTO quarter_duty (quarter_id, duty_id, agency_id, kind, due_on, outcome, ended_at, ended_how)
SELECT
    q.id, d.id, d.agency_id, d.kind, d.due_on,
    CASE
        WHEN d.ended_at IS NULL OR d.ended_at > q.closed_at THEN 'undone'
        WHEN d.state = 'done' AND d.late THEN 'done-late'
        WHEN d.state = 'done' THEN 'done-in-time'
        WHEN d.late THEN 'undone'
        ELSE 'excused'
    END,
    CASE WHEN d.ended_at <= q.closed_at THEN d.ended_at END,
    CASE WHEN d.ended_at <= q.closed_at THEN d.ended_how END
FROM quarter AS q
JOIN duty AS d ON d.due_on BETWEEN q.first_on AND q.last_on
WHERE q.state = 'closed' AND d.opened_at <= q.closed_at AND (d.ended_at IS NULL OR d.ended_at >= q.opened_at)
ORDER BY q.id, d.agency_id, d.due_on, d.id;
CREATE TRIGGER quarter_duty_closed BEFORE INSERT ON quarter_duty
WHEN (SELECT state FROM quarter WHERE id = NEW.quarter_id) = 'closed'
BEGIN
    SELECT RAISE(ABORT, 'a closed quarter stays as it is');
END;
CREATE TRIGGER quarter_duty_final BEFORE UPDATE ON quarter_duty
BEGIN
    SELECT RAISE(ABORT, 'a closed quarter stays as it is');
END;
CREATE TRIGGER quarter_duty_kept BEFORE DELETE ON quarter_duty
BEGIN
    SELECT RAISE(ABORT, 'a closed quarter stays as it is');
END;

-- Of a round that is over the words may be destroyed, and that it was done may be taken back where it is owed again; all else stays.
CREATE TRIGGER duty_ended BEFORE UPDATE ON duty WHEN OLD.ended_at IS NOT NULL AND NOT (
    (NEW.id, NEW.kind, NEW.subject, NEW.turn, NEW.agency_id, NEW.from_on, NEW.opens_on, NEW.soon_on,
        NEW.due_on, NEW.basis, NEW.verified, NEW.reminded, NEW.raised, NEW.ended_at, NEW.ended_by, NEW.opened_at)
    IS (OLD.id, OLD.kind, OLD.subject, OLD.turn, OLD.agency_id, OLD.from_on, OLD.opens_on, OLD.soon_on,
        OLD.due_on, OLD.basis, OLD.verified, OLD.reminded, OLD.raised, OLD.ended_at, OLD.ended_by, OLD.opened_at)
    AND (
        (NEW.title = '' AND (NEW.state, NEW.ended_how, NEW.late, NEW.changed_at) IS (OLD.state, OLD.ended_how, OLD.late, OLD.changed_at))
        OR (OLD.state = 'done' AND NEW.state = 'excused' AND NEW.ended_how = 'recalled' AND NOT NEW.late AND NEW.title = OLD.title)
    )
)
BEGIN
    SELECT RAISE(ABORT, 'an ended duty stays as it is');
END;
-- Of a confirmation only the words of its check go.
DROP TRIGGER confirmation_append_only_update;
CREATE TRIGGER confirmation_append_only_update BEFORE UPDATE ON confirmation WHEN NOT (
    NEW.checked = '' AND (NEW.id, NEW.dataset_id, NEW.version_id, NEW.counted_from, NEW.declared, NEW.account_id, NEW.at)
    IS (OLD.id, OLD.dataset_id, OLD.version_id, OLD.counted_from, OLD.declared, OLD.account_id, OLD.at)
)
BEGIN
    SELECT RAISE(ABORT, 'a confirmation is append-only');
END;
