"""Which words of a sentence does the model see?

Lower-case words without place names, local board names and figures: what an inspector says about a service
must not depend on whose service it is. The model sees stems, so that what it learned of *timely assessment*
holds for *timely assessments*.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from corpus.authorities import register

PLACE: Final = "placename"
BOARD: Final = "safeguardingboard"
NUMBER: Final = "numeral"

_ENDINGS: Final = ("ing", "ed", "ly", "es", "s")
_SHORTEST: Final = 5  # shorter words stay as they are
_KEPT: Final = 4  # letters that an ending must leave

MARKS: Final = (",", ";")  # between clauses

_WORD: Final = re.compile(r"[a-z]++(?:['-][a-z]++)*|\d[\d.,]*|[%£]")
_WORD_OR_MARK: Final = re.compile(r"[a-z]++(?:['-][a-z]++)*|\d(?:[\d.,]*\d)?|[%£,;]")
_BOARD: Final = re.compile(r"\b[A-Z]{0,5}(?:L?SC[BP]|SCB)s?\b")
# References that inspectors add since 2025; they are a test set, never evidence.
_FRAMEWORK_TAG: Final = re.compile(
    r"\s{0,3}\((?=[^()]*(?:national framework|outcome|enabler|principle))"
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


def stems(text: str) -> list[str]:
    """Return the words of a text as the model sees them, with the marks between its clauses."""
    return list(chain.from_iterable(map(_seen, _plain(text).split())))


@lru_cache(maxsize=50_000)
def _seen(piece: str) -> tuple[str, ...]:
    """Return what the model sees of a piece of text without a space: a figure is a figure."""
    return tuple(stem(_without_figure(word)) for word in _WORD_OR_MARK.findall(piece))


def stem(word: str) -> str:
    """Return a word without its inflection; crude, but the same for all forms of most words."""
    if len(word) < _SHORTEST:
        return word
    word = word.removesuffix("'s")
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _KEPT and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    return word[:-1] if word.endswith("e") and len(word) >= _SHORTEST else word


def words(text: str) -> list[str]:
    """Return the words of a text, with names and figures made the same."""
    return list(map(_without_figure, _WORD.findall(_plain(text))))


def _plain(text: str) -> str:
    """Return the text with names made the same, in lower case with plain apostrophes and hyphens."""
    return mask(text).replace("’", "'").replace("‑", "-").lower()


def _without_figure(word: str) -> str:
    return NUMBER if word[0].isdigit() else word


@cache
def _places() -> re.Pattern[str]:
    """Return the pattern of all names of authorities, with the words that belong to them."""
    names = {name for authority in register() for name in (authority.name, *authority.also_known_as)}
    return re.compile(rf"(?:{_by_initial(names)}){_COUNCIL}")


def _by_initial(names: Iterable[str]) -> str:
    """Return an alternation that opens with first letters: the engine skips to where one begins a word."""
    groups = defaultdict(list)
    for name in names:
        if name[:1].isupper() and len(name) > 3:  # shorter ones are acronyms
            groups[name[0]].append(re.escape(name[1:]).replace("\\ ", r"\s"))
    return "|".join(
        rf"{initial}(?<!\w{initial})(?:{'|'.join(sorted(rest, key=lambda r: (-len(r), r)))})"
        for initial, rest in sorted(groups.items())
    )
