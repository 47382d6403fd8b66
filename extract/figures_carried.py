"""Which subject, named before, does a number without a noun of its own take up?"""

import re
from collections.abc import Sequence
from typing import Final

from corpus.model import Figure
from extract.figures_context import repeats
from extract.figures_place import Quantity, Statement
from extract.figures_rules import load_rules
from extract.figures_words import load_words

_PARTS: Final = frozenset({"percent", "share", "ratio"})  # which count the same, whatever the kind
_OF_WHOM: Final = re.compile(r"\sof\swhom\b")
_JUST_NAMED: Final = re.compile(
    r"\b(?:in|of|for|to|with|by|the|an?|its|their|and)\s(?P<what>[\w’ -]{3,50}),\s(?:\w+\s)?$"
)
_ENDS_MOVE: Final = re.compile(r"\sto\s(?:(?:just|only|about|over|almost|nearly|under|around)\s)?$")
_OF_THESE: Final = re.compile(
    r"(?i)\bof (?:which|whom|these|those|them|this number),?\s(?:only\s|just\s|approximately\s)?$"
)
_OPENING_OF: Final = re.compile(r"Of\s")
# "14 of physical harm": no group of which 14 are a part, but what they are like.
_LIKE: Final = re.compile(
    r"\s(?:were\s|are\s)?of\s(?!(?:the|its|their|our|these|those|this|all|whom|which|them|an?|us|his|her|those|such|each)\b)[a-z]"
)
_BRACKET: Final = re.compile(r"(?:\s\([^()]{1,20}\))?")
_DOES: Final = re.compile(r"\s(?:also|now|currently|(?!looked\safter|cared\sfor)\w{2,20}ed)\b")
_BEHIND_NOUN: Final = re.compile(r"\s[a-z][\w’ -]{2,60}\s\(")
_BREAK: Final = re.compile(
    r"[;:,–]|\b(?:and|but|while|whilst|whereas|although|which|who|when|where|because)\b"
)
# "which is 4% above", "and 10 days quicker than": how far apart two values are, of which the one is known.
_APART: Final = re.compile(
    r"\s(?:(?:higher|lower|longer|shorter|better|worse|slower|faster|quicker|more|less|fewer)\sthan\b|above\b|below\b)"
)


def carried(sentence: Statement, index: int, before: Sequence[str | None]) -> str | None:
    """Return the earlier subject that a number takes up: "of whom five", "68 (43%)", "14 of physical harm".

    `before` are the subject that the sentence before leaves and those of the quantities so far.
    """
    quantity, left = sentence.quantities[index], sentence.left(index)
    if people := _whom(sentence.text, quantity, left):
        return people
    if _points_back(sentence, index) or describes(sentence, index):
        return before[-1]
    if not index:
        return None
    alike = same_kind(sentence, index, before)
    if _OPENING_OF.match(left):
        return (alike if quantity.kind == "count" else None) or before[1]
    if quantity.kind == "count" or (alike and acts(sentence, index)):
        return alike or before[-1]
    goes_on = quantity.kind == "duration" and not _BREAK.search(sentence.between(index))
    return before[-1] if goes_on else None


def _points_back(sentence: Statement, index: int) -> bool:
    """Tell whether words beside the number, or the bracket it stands in, refer to the one before it."""
    behind = sentence.text[sentence.quantities[index].end :].lstrip()[:12] + " "
    if _OF_THESE.search(sentence.left(index)) or _OF_THESE.match(behind):
        return True
    return _restates(sentence, index) or repeats(sentence.text, sentence.quantities, index)


def _restates(sentence: Statement, index: int) -> bool:
    """Tell whether a bracket behind a number and its noun holds the same as a share: "18 children (12%)"."""
    if not index or sentence.quantities[index].kind == sentence.quantities[index - 1].kind:
        return False
    return _BEHIND_NOUN.fullmatch(sentence.between(index)) is not None


def same_kind(sentence: Statement, index: int, before: Sequence[str | None]) -> str | None:
    """Return the subject of the last quantity before that is of the kind of the one at `index`."""
    family = _family(sentence.quantities[index])
    for other in range(index - 1, -1, -1):
        if _family(sentence.quantities[other]) == family:
            return before[other + 1]
    return None


def _family(quantity: Quantity) -> str:
    """Return the kind of a quantity, one for all parts of a whole."""
    return "part" if quantity.kind in _PARTS else quantity.kind


def left_over(figures: Sequence[Figure], kind: str) -> str | None:
    """Return which subject of one sentence the next goes on with, for a number of this kind."""
    own = [figure for figure in figures if not figure.comparator] or figures
    alike = [figure for figure in own if figure.kind == kind]
    return (alike or own)[-1].subject


def describes(sentence: Statement, index: int) -> bool:
    """Tell whether "of" says what the counted are like: "14 of physical harm"."""
    quantity = sentence.quantities[index]
    return quantity.kind == "count" and _LIKE.match(sentence.text, quantity.end, sentence.end) is not None


def is_apart(sentence: Statement, index: int) -> bool:
    """Tell whether the quantity is how far a value before it is from another: "which is 4% above"."""
    quantity = sentence.quantities[index]
    if not index or quantity.kind not in {"percent", "duration", "rate"}:
        return False
    return _APART.match(sentence.text, quantity.end, sentence.end) is not None


def acts(sentence: Statement, index: int) -> bool:
    """Tell whether a verb follows the number, which so stands for those who do something."""
    text, end = sentence.text, sentence.end
    bracket = _BRACKET.match(text, sentence.quantities[index].end, end)
    at = bracket.end() if bracket else end
    return (_DOES.match(text, at, end) or load_words().finite.match(text, at, end)) is not None


def moved(sentence: Statement, index: int, before: Sequence[str | None]) -> str | None:
    """Return the subject of the value that this one has come from: "from 105 with 49 children to 136"."""
    for other in (index - 1, index - 2):
        if other < 0 or sentence.comparators[other] != "previous":
            continue
        if sentence.quantities[other].kind != sentence.quantities[index].kind:
            continue
        if _ENDS_MOVE.search(sentence.between(index)):
            return before[other + 1]
    return None


def _whom(text: str, quantity: Quantity, left: str) -> str | None:
    """Return the people just named: "in trainees, 22 of whom"."""
    if not _OF_WHOM.match(text, quantity.end):
        return None
    named = _JUST_NAMED.search(left)
    return named["what"] if named and load_rules().counted_by_one.fullmatch(f" {named['what']}") else None
