-- Readers who are written to when data change (R-026, R-031, R-128). No reader has an account: whoever holds the key that the letters bring
-- confirms and ends it, and nothing of it is kept then.
CREATE TABLE subscription (
    id TEXT NOT NULL PRIMARY KEY,
    -- What is followed: all data, those of an agency or of a topic, or one dataset; an id or a code, empty for all.
    scope TEXT NOT NULL CHECK (scope IN ('all', 'agency', 'topic', 'dataset')),
    subject TEXT NOT NULL CHECK ((subject = '') = (scope = 'all')),
    -- The e-mail: as a hash under the program's own key, to find it again, and that of its letter box, to count what is asked there; and
    -- sealed with the key of the links.
    address_mark TEXT NOT NULL,
    box_mark TEXT NOT NULL,
    sealed TEXT NOT NULL,
    -- SHA-256 of the key.
    key_hash TEXT NOT NULL UNIQUE,
    lang TEXT NOT NULL,
    -- When a letter last asked whether it is wanted, and how many did; when that was confirmed; until when everything is told.
    asked_at BIGINT NOT NULL,
    asks INTEGER NOT NULL,
    confirmed_at BIGINT,
    told_until BIGINT,
    UNIQUE (address_mark, scope, subject),
    CHECK ((confirmed_at IS NULL) = (told_until IS NULL))
);
CREATE INDEX subscription_box_mark ON subscription (box_mark);
CREATE INDEX subscription_told_until ON subscription (told_until, id);
