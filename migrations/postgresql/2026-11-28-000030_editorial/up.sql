-- Pages that the coordinating department writes: guides, news, and the pages that stand at an address of their own. The row holds what is
-- being written; the public sees the revision that `revision` names.
CREATE TABLE article (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('guide', 'news', 'fixed')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    position INTEGER NOT NULL,
    title_vi TEXT NOT NULL,
    title_en TEXT,
    body_vi TEXT NOT NULL,
    body_en TEXT,
    -- The number of the newest revision; 0 while nothing was published.
    revision INTEGER NOT NULL,
    changed_at BIGINT NOT NULL,
    published_at BIGINT,
    withdrawn_at BIGINT,
    withdrawn_reason_vi TEXT,
    withdrawn_reason_en TEXT,
    CHECK ((title_en IS NULL) = (body_en IS NULL)),
    CHECK ((state = 'draft') = (revision = 0) AND (revision = 0) = (published_at IS NULL)),
    CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason_vi IS NULL)),
    CHECK (kind <> 'fixed' OR state = 'published')
);
CREATE INDEX article_kind ON article (kind, state);

-- What was published, for good. A revision without a person is the text that came with the program.
CREATE TABLE article_revision (
    article_id TEXT NOT NULL REFERENCES article (id),
    number INTEGER NOT NULL,
    title_vi TEXT NOT NULL,
    title_en TEXT,
    body_vi TEXT NOT NULL,
    body_en TEXT,
    account_id TEXT REFERENCES account (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (article_id, number),
    CHECK ((title_en IS NULL) = (body_en IS NULL))
);
CREATE TRIGGER article_revision_append_only BEFORE UPDATE OR DELETE ON article_revision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
