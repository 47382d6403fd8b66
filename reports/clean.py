"""What may stand in a cell or a document, and what would do harm there?"""

import re
from typing import Final

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")  # none stands in a real report
_FORMULA: Final = re.compile(r"^\s*(?:[=+\-@|\t\r]|%(?!$))")  # the unit "%" computes nothing


def printable(text: str) -> str:
    """The text without characters that XML forbids; what would turn the order of letters round is named."""
    return _TURNING.sub(lambda found: f"[U+{ord(found[0]):04X}]", _UNPRINTABLE.sub("", text))


def safe_cell(text: str) -> str:
    """The text as a spreadsheet shows it and never computes it: a leading apostrophe disarms a formula."""
    cleaned = printable(text)
    return f"'{cleaned}" if _FORMULA.match(cleaned) else cleaned
