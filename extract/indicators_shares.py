"""Which share of the children of one line lives outside the area, or came back into care?"""

import re
from typing import Final

from extract.indicators_rules import NUMBER, PERCENT, read_value

_OUTSIDE: Final = re.compile(r"(?i)\b(?:out\b|outside|outwith)")
_ALL_INSIDE: Final = re.compile(
    r"(?i)\b(?:all|both|each)\b(?!\sbut)[^;%\d]{0,40}?\b(?:in|within|inside)\s(?:the\s)?"
    r"(?:local\s)?(?:authority|area|borough|county|city|district)"
)
_RETURNED: Final = re.compile(
    r"(?i)^(?P<head>.*?)\b(?:return\w*(?!\s(?:home|to\s(?:live|their\s(?:birth\s)?(?:parent|famil|home)))\b)|re-?enter\w*|re-?admitted|c[ao]me\sback|back\sin(?:to)?\scare"
    r"|(?:bec[ao]me|becoming|being)\slooked\safter(?:\sagain)?)\b"
)
_WHOLE: Final = re.compile(r"(?i)^of\s(?:the|these|those|this)\s[\d,]+")
_FULL: Final = re.compile(r"(?i)\b(?:all|both|each)\b")
_NIL: Final = re.compile(r"(?i)\b(?:none|no|neither|nil|zero)\b")
_LATER_SENTENCE: Final = re.compile(r"(?i)(?:of\s(?:these|this|those|whom|the)|all|both|none|these|they)\b")


def find_share_outside(rest: str, following: str) -> float | None:
    """Return the share outside the area that the rest of a line prints, in figures or as all or none."""
    if _OUTSIDE.search(rest) is None:
        later = following if _LATER_SENTENCE.match(following) else ""
        if _ALL_INSIDE.search(rest) or _ALL_INSIDE.search(later):
            return 0.0
        if not _OUTSIDE.search(later):
            return None
        rest = later
    if share := _share_before(rest):
        return read_value(share)
    if _FULL.search(rest):
        return 100.0
    return 0.0 if _NIL.search(rest) else None


def _share_before(rest: str) -> str | None:
    """Return the share that stands nearest before "outside", or else the first behind it."""
    outside = _OUTSIDE.search(rest)
    shares = list(re.finditer(PERCENT, rest))
    before = [share for share in shares if outside and share.end() <= outside.start()]
    nearest = before[-1:] or shares[:1]
    return nearest[0].group() if nearest else None


def find_returned(rest: str, following: str) -> tuple[float | None, float | None]:
    """Return the share and the count of children who came back, as far as a line prints them."""
    match = _RETURNED.search(rest) or (_LATER_SENTENCE.match(following) and _RETURNED.search(following))
    if not match:
        return None, None
    head = _WHOLE.sub("", match["head"])
    printed = re.search(PERCENT, head)
    share = read_value(printed.group()) if printed else None
    counted = re.search(NUMBER, re.sub(PERCENT, " ", head), re.IGNORECASE)
    count = read_value(counted.group()) if counted else None
    return (0.0 if share is None and count == 0 else share), count
