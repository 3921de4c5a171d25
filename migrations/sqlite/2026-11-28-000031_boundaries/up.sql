-- Boundaries of administrative units as maps draw them: one set for each level and first day, replaced as a whole.
CREATE TABLE boundary_set (
    level TEXT NOT NULL CHECK (level IN ('province', 'commune')),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    source TEXT NOT NULL,
    licence TEXT NOT NULL,
    units INTEGER NOT NULL CHECK (units > 0),
    points INTEGER NOT NULL CHECK (points > 0),
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (level, valid_from),
    CHECK (valid_to IS NULL OR valid_from <= valid_to)
);

-- Coordinates are hundred-thousandths of a degree (WGS 84); a ring is its first point and the steps from point to point.
CREATE TABLE boundary (
    level TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    code TEXT NOT NULL,
    name_vi TEXT NOT NULL,
    name_en TEXT,
    west INTEGER NOT NULL,
    south INTEGER NOT NULL,
    east INTEGER NOT NULL,
    north INTEGER NOT NULL,
    rings TEXT NOT NULL,
    PRIMARY KEY (level, valid_from, code),
    FOREIGN KEY (level, valid_from) REFERENCES boundary_set (level, valid_from)
);
