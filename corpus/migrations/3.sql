-- To version 3: the ledger of corrections knows undoing, blind coding, resolving and marked stretches; what the
-- program said of a corrected paragraph is kept beside.
ALTER TABLE correction ADD COLUMN entry TEXT;
ALTER TABLE correction ADD COLUMN undoes TEXT;
ALTER TABLE correction ADD COLUMN blind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE correction ADD COLUMN resolves INTEGER NOT NULL DEFAULT 0;
ALTER TABLE correction ADD COLUMN spans TEXT NOT NULL DEFAULT '[]';
CREATE UNIQUE INDEX correction_entry ON correction (entry);
CREATE INDEX correction_place ON correction (document_id, position);
CREATE TABLE corrected (
    paragraph_id TEXT PRIMARY KEY REFERENCES paragraph (id) ON DELETE CASCADE, coder TEXT NOT NULL,
    valence TEXT, valence_probability REAL, needs_review INTEGER NOT NULL, codings TEXT NOT NULL
) WITHOUT ROWID;
