"""How does a report become a document: numbered paragraphs, sections, judgements, and how sure are we?"""

from ingest.picture import draw_page
from ingest.reader import MAX_BYTES, read, read_bytes

__all__ = ["MAX_BYTES", "draw_page", "read", "read_bytes"]
