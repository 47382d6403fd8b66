-- To version 2: a seal on each document, by which damage to its rows is noticed.
CREATE TABLE seal (document_id TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE, sha256 TEXT NOT NULL) WITHOUT ROWID;
