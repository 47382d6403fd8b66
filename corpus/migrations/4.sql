-- To version 4: without it, each paragraph that is replaced has all indicators of the store looked through.
CREATE INDEX indicator_paragraph ON indicator (paragraph_id);
