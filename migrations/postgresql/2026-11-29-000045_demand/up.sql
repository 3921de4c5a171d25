-- What several people searched for in one day without finding anything (R-021): folded words, the month (YYYY-MM), and how many asked,
-- each once a day. Nothing says who.
CREATE TABLE vain_search (
    month TEXT NOT NULL,
    words TEXT NOT NULL,
    total BIGINT NOT NULL CHECK (total > 0),
    PRIMARY KEY (month, words)
);
