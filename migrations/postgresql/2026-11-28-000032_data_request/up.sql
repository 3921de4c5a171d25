-- Data that somebody asks for and that is not there (R-164). The words are public once a person has looked at them: then the request
-- has a number, and `title` and `words` are what the public reads. The receipt number is kept as its SHA-256 only. `reply` holds the
-- asker's e-mail with that number, sealed under the program's key, and is gone once the request is closed. Of those who need the same
-- there is a count and nothing else.
CREATE TABLE data_request (
    id TEXT NOT NULL PRIMARY KEY,
    receipt_hash TEXT NOT NULL UNIQUE,
    wanted TEXT NOT NULL,
    purpose TEXT NOT NULL,
    -- Whose it is to answer: the one that the asker named, or the one that it was assigned to.
    agency_id TEXT REFERENCES agency (id),
    lang TEXT NOT NULL,
    reply TEXT,
    number INTEGER UNIQUE,
    title TEXT,
    words TEXT,
    state TEXT NOT NULL CHECK (state IN ('new', 'assigned', 'planned', 'closed')),
    outcome TEXT CHECK (outcome IN ('published', 'refused', 'merged', 'spam')),
    answer TEXT,
    -- The code of a reason of the profile.
    refusal TEXT,
    dataset_id TEXT REFERENCES dataset (id),
    -- The day by which the data will be published, ISO 8601.
    promised_on TEXT,
    merged_into TEXT REFERENCES data_request (id),
    supporters BIGINT NOT NULL CHECK (supporters >= 1),
    search_text TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    CHECK ((number IS NULL) = (title IS NULL)),
    CHECK ((state = 'closed') = (outcome IS NOT NULL)),
    CHECK (state <> 'closed' OR reply IS NULL),
    CHECK (state <> 'planned' OR (promised_on IS NOT NULL AND agency_id IS NOT NULL)),
    CHECK (state <> 'assigned' OR agency_id IS NOT NULL),
    CHECK ((outcome IS NOT NULL AND outcome = 'published') = (dataset_id IS NOT NULL)),
    CHECK ((outcome IS NOT NULL AND outcome = 'merged') = (merged_into IS NOT NULL)),
    CHECK ((outcome IS NOT NULL AND outcome = 'refused') = (refusal IS NOT NULL)),
    CHECK (refusal IS NULL OR answer IS NOT NULL),
    CHECK (merged_into IS NULL OR merged_into <> id)
);
CREATE INDEX data_request_state ON data_request (state, made_at);
CREATE INDEX data_request_agency ON data_request (agency_id, state);

-- The way of a request, as its asker reads it.
CREATE TABLE data_request_step (
    request_id TEXT NOT NULL REFERENCES data_request (id),
    seq INTEGER NOT NULL,
    event TEXT NOT NULL
        CHECK (event IN ('new', 'shown', 'assigned', 'planned', 'published', 'refused', 'merged', 'spam')),
    account_id TEXT REFERENCES account (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (request_id, seq)
);
CREATE TRIGGER data_request_step_append_only BEFORE UPDATE OR DELETE ON data_request_step
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
