-- The store: a public contract. Columns up to the marker "beside" are stable; what stands beside may grow.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- One row: the hash of the whole file as its last writer left it, but for the page on which this stands.
CREATE TABLE imprint (sha256 TEXT NOT NULL);

CREATE TABLE run (id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, arguments TEXT NOT NULL, version TEXT NOT NULL);

CREATE TABLE authority (
    la_code TEXT PRIMARY KEY, gss_code TEXT, urn TEXT, name TEXT NOT NULL, type TEXT, region TEXT,
    population_0_25 INTEGER, current INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE neighbour (
    la_code TEXT NOT NULL REFERENCES authority, rank INTEGER NOT NULL, neighbour TEXT NOT NULL, PRIMARY KEY (la_code, rank)
) WITHOUT ROWID;
CREATE TABLE theme (id TEXT PRIMARY KEY, name TEXT NOT NULL, holds TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE document (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, source TEXT NOT NULL, media_type TEXT NOT NULL, pages INTEGER,
    title TEXT, authority TEXT, la_code TEXT, framework TEXT NOT NULL, kind TEXT NOT NULL,
    inspected_from TEXT, inspected_to TEXT, published TEXT, lead_inspector TEXT,
    pipeline_version TEXT NOT NULL, ingested_at TEXT NOT NULL,
    -- beside
    layout TEXT NOT NULL, licence TEXT, codebook_hash TEXT NOT NULL, model_hash TEXT NOT NULL
);
CREATE INDEX document_la_code ON document (la_code);
-- The hash of all rows of a document, by which damage is noticed.
CREATE TABLE seal (document_id TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE, sha256 TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE certificate (
    document_id TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE, path TEXT NOT NULL,
    characters INTEGER NOT NULL, placed INTEGER NOT NULL, coverage REAL NOT NULL,
    gaps TEXT NOT NULL, repeats TEXT NOT NULL, unplaced TEXT NOT NULL, remarks TEXT NOT NULL, missing TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE reading (
    document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE, field TEXT NOT NULL, status TEXT NOT NULL,
    evidence TEXT, page INTEGER, PRIMARY KEY (document_id, field)
) WITHOUT ROWID;
CREATE TABLE judgement (
    document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE, area TEXT NOT NULL, grade TEXT NOT NULL,
    label TEXT NOT NULL, page INTEGER, PRIMARY KEY (document_id, area)
) WITHOUT ROWID;
CREATE TABLE section (
    document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE, id INTEGER NOT NULL, parent_id INTEGER,
    heading TEXT NOT NULL, area TEXT, role TEXT NOT NULL, position INTEGER NOT NULL,
    grade TEXT, page INTEGER, PRIMARY KEY (document_id, id)
) WITHOUT ROWID;

CREATE TABLE paragraph (
    id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE, position INTEGER NOT NULL,
    number INTEGER, section_id INTEGER, role TEXT NOT NULL, text TEXT NOT NULL, page_from INTEGER, page_to INTEGER,
    valence TEXT, valence_probability REAL, needs_review INTEGER NOT NULL,
    -- beside
    level INTEGER NOT NULL, parent INTEGER, tags TEXT NOT NULL, boxes TEXT NOT NULL,
    UNIQUE (document_id, position)
);
CREATE TABLE coding (
    paragraph_id TEXT NOT NULL REFERENCES paragraph (id) ON DELETE CASCADE, theme TEXT NOT NULL, rank INTEGER NOT NULL,
    valence TEXT NOT NULL, probability REAL NOT NULL, PRIMARY KEY (paragraph_id, rank)
) WITHOUT ROWID;
CREATE TABLE sentence (
    id TEXT PRIMARY KEY, paragraph_id TEXT NOT NULL REFERENCES paragraph (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, valence TEXT, theme TEXT, probability REAL, prevalence TEXT
) WITHOUT ROWID;
CREATE INDEX sentence_paragraph ON sentence (paragraph_id);

CREATE TABLE entity (id TEXT PRIMARY KEY, label TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE mention (
    paragraph_id TEXT NOT NULL REFERENCES paragraph (id) ON DELETE CASCADE, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    label TEXT NOT NULL, text TEXT NOT NULL, entity_id TEXT NOT NULL
);
CREATE INDEX mention_paragraph ON mention (paragraph_id);
CREATE INDEX mention_entity ON mention (entity_id);
CREATE TABLE figure (
    paragraph_id TEXT NOT NULL REFERENCES paragraph (id) ON DELETE CASCADE, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    kind TEXT NOT NULL, value REAL, value2 REAL, unit TEXT, approx TEXT, subject TEXT, comparator TEXT, period TEXT, direction TEXT,
    -- beside
    period_from TEXT, period_to TEXT
);
CREATE INDEX figure_paragraph ON figure (paragraph_id);
CREATE TABLE indicator (
    document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE, indicator TEXT NOT NULL, value REAL, unit TEXT, as_of TEXT,
    previous_value REAL, previous_as_of TEXT, england REAL, paragraph_id TEXT REFERENCES paragraph (id) ON DELETE CASCADE,
    -- beside
    doubt TEXT
);
CREATE INDEX indicator_document ON indicator (document_id);
CREATE INDEX indicator_name ON indicator (indicator);
CREATE INDEX indicator_paragraph ON indicator (paragraph_id);

CREATE TABLE outcome (
    source TEXT NOT NULL, sha256 TEXT, status TEXT NOT NULL, reason TEXT, detail TEXT, run_id INTEGER NOT NULL REFERENCES run,
    -- beside: what lets the next run see at a glance that a file has not changed
    size INTEGER, mtime_ns INTEGER
);
CREATE INDEX outcome_source ON outcome (source);
CREATE INDEX outcome_run ON outcome (run_id);

-- What people corrected; no run writes here. A correction finds its paragraph again by document, position and text hash.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY, document_id TEXT NOT NULL, position INTEGER NOT NULL, text_sha256 TEXT NOT NULL,
    coder TEXT NOT NULL, made_at TEXT NOT NULL, valence TEXT NOT NULL, codings TEXT NOT NULL, remark TEXT,
    -- beside: the key that is the same in every store, that of the entry it takes back, and what was marked
    entry TEXT, undoes TEXT, blind INTEGER NOT NULL DEFAULT 0, resolves INTEGER NOT NULL DEFAULT 0,
    spans TEXT NOT NULL DEFAULT '[]'
);
CREATE UNIQUE INDEX correction_entry ON correction (entry);
CREATE INDEX correction_place ON correction (document_id, position);
-- Paragraphs whose coding is a person's now: whose, and what the program had said.
CREATE TABLE corrected (
    paragraph_id TEXT PRIMARY KEY REFERENCES paragraph (id) ON DELETE CASCADE, coder TEXT NOT NULL,
    valence TEXT, valence_probability REAL, needs_review INTEGER NOT NULL, codings TEXT NOT NULL
) WITHOUT ROWID;

CREATE VIRTUAL TABLE paragraph_fts USING fts5 (text, content='paragraph', content_rowid='rowid', tokenize="porter unicode61 remove_diacritics 2");
CREATE TRIGGER paragraph_inserted AFTER INSERT ON paragraph BEGIN
    INSERT INTO paragraph_fts (rowid, text) VALUES (new.rowid, new.text);
END;
CREATE TRIGGER paragraph_deleted AFTER DELETE ON paragraph BEGIN
    INSERT INTO paragraph_fts (paragraph_fts, rowid, text) VALUES ('delete', old.rowid, old.text);
END;
