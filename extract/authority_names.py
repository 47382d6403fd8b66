"""Is the name of an authority part of another name, so that no authority is meant?"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from extract.alternatives import either
from extract.mentions import Candidate
from extract.whole import reading

_FILE: Final = "other_names.toml"
_POSTCODE: Final = r"[A-Z]{1,2}\d{1,2}[A-Z]?(?:\s\d[A-Z]{2})?\b"
_QUOTES: Final = frozenset("‘“'")
_GOES_ON: Final = re.compile(r"(?:\s(?:and\s|of\s)?[A-Z][\w-]*){1,5}[’”']")
_LONGEST: Final = 20  # characters of the words before


def is_part_of_other_name(text: str, found: Candidate) -> bool:
    """Tell whether the words beside an authority's name make it another: "Lancashire Care", "East Kent"."""
    before, after = _beside()
    if after.match(text, found.end) or _quoted(text, found):
        return True
    # A name of several words ("Kent County Council") says itself that it is an authority.
    plain = text[found.start : found.end] == found.entity.name
    return plain and before.search(text, max(0, found.start - _LONGEST), found.start) is not None


def _quoted(text: str, found: Candidate) -> bool:
    """Tell whether the name opens a longer one in quotation marks: "‘Westmere Works’"."""
    return text[found.start - 1 : found.start] in _QUOTES and _GOES_ON.match(text, found.end) is not None


@cache
@reading(_FILE)
def _beside() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the words before and after a name."""
    data = tomllib.loads(files("extract").joinpath("gazetteers").joinpath(_FILE).read_text("utf-8"))
    return (
        re.compile(rf"\b{either(data['before'])}\.?\s$"),
        re.compile(rf"\s(?:{either(data['after'])}\b|{_POSTCODE})"),
    )
