"""Which words of a sentence does the model see?

Lower-case words without place names, local board names and figures: what an inspector says about a service
must not depend on whose service it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final

from corpus.authorities import register

PLACE: Final = "placename"
BOARD: Final = "safeguardingboard"
NUMBER: Final = "numeral"

_WORD: Final = re.compile(r"[a-z]+(?:['-][a-z]+)*|\d[\d.,]*|[%£]")
_BOARD: Final = re.compile(r"\b[A-Z]{0,5}(?:L?SC[BP]|SCB)s?\b")
# References that inspectors add since 2025; they are a test set, never evidence.
_FRAMEWORK_TAG: Final = re.compile(
    r"\s*\((?=[^()]*(?:national framework|outcome|enabler|principle))"
    r"(?:national framework[\s,:]*)?(?:outcome|enabler|principle)s?\b[^()]*\)",
    re.IGNORECASE,
)
_COUNCIL: Final = (
    r"(?:(?:'s|’s)?\s(?:City|County|Borough|Metropolitan|District|Council|Local Authority|Children(?:'s|’s)?"
    r" (?:Services?|Trust))\b)*"
)


def strip_framework_tags(text: str) -> str:
    """Return the text without bracketed references to the children's social care national framework."""
    return _FRAMEWORK_TAG.sub("", text)


def mask(text: str) -> str:
    """Return the text with every authority's name and every local board's name made the same."""
    if "(" in text:
        text = strip_framework_tags(text)
    text = _places().sub(f" {PLACE} ", text)
    return _BOARD.sub(f" {BOARD} ", text) if "SC" in text else text


def words(text: str) -> list[str]:
    """Return the words of a text as the model sees them."""
    plain = mask(text).replace("’", "'").replace("‑", "-").lower()
    return [NUMBER if word[0].isdigit() else word for word in _WORD.findall(plain)]


@cache
def _places() -> re.Pattern[str]:
    """Return the pattern of all names of authorities, with the words that belong to them."""
    names = {name for authority in register() for name in (authority.name, *authority.also_known_as)}
    return re.compile(rf"\b(?:{_by_initial(names)}){_COUNCIL}")


def _by_initial(names: Iterable[str]) -> str:
    """Return an alternation that looks at the first letter before trying the names under it."""
    groups = defaultdict(list)
    for name in names:
        if name[:1].isupper() and len(name) > 3:  # shorter ones are acronyms
            groups[name[0]].append(re.escape(name[1:]).replace("\\ ", r"\s"))
    return "|".join(
        f"{initial}(?:{'|'.join(sorted(rest, key=lambda r: (-len(r), r)))})"
        for initial, rest in sorted(groups.items())
    )
