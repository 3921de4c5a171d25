-- Days off and make-up days as somebody entered them. A year that stands here takes the place of the profile's as a whole.
CREATE TABLE calendar_year (
    year INTEGER NOT NULL PRIMARY KEY CHECK (year BETWEEN 1000 AND 2999),
    entered_at BIGINT NOT NULL
);

CREATE TABLE calendar_day (
    from_on TEXT NOT NULL PRIMARY KEY,
    to_on TEXT NOT NULL,
    year INTEGER NOT NULL REFERENCES calendar_year (year),
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'compensation', 'swapped', 'make-up')),
    name_vi TEXT NOT NULL,
    name_en TEXT,
    status TEXT NOT NULL CHECK (status IN ('law', 'decided', 'assumed')),
    basis TEXT,
    CHECK (from_on <= to_on)
);
CREATE INDEX calendar_day_year ON calendar_day (year);
