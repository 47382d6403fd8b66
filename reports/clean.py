"""What may stand in a cell or a document, and what would do harm there?"""

import re
from typing import Final

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORMULA: Final = re.compile(r"^\s*(?:[=+\-@|\t\r]|%(?!$))")  # the unit "%" computes nothing


def printable(text: str) -> str:
    """The text without characters that XML forbids."""
    return _UNPRINTABLE.sub("", text)


def safe_cell(text: str) -> str:
    """The text as a spreadsheet shows it and never computes it: a leading apostrophe disarms a formula."""
    cleaned = printable(text)
    return f"'{cleaned}" if _FORMULA.match(cleaned) else cleaned
