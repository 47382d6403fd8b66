"""Which noun phrase stands behind a number, that the number counts or measures?"""

import re
from typing import Final

from extract.figures_clause import changed_in
from extract.figures_phrases import phrase_after
from extract.figures_place import Quantity, Statement

_NEAR: Final = 200  # characters before a number in which a word that describes it stands
_LIMITS: Final = frozenset({"up_to", "under"})  # "within six months of the move" does not measure moves
_PARTS: Final = frozenset({"percent", "share"})
# What an "of" after a number may pass over: "of the 12 ", "of its ", "of all open ".
OF_GROUP: Final = re.compile(
    r"\s?\)?\s?(?:out\s)?of\s(?!no\b|these\s\w{1,20}ly\b)(?:(?:the|all|its|their|these|those(?!\swho)|this|our|current|eligible|open)\s)*"
    r"(?:\d[\d,]*\s(?!years?[- ]old)|[a-z]+\s(?=children|young|cases|care\sleavers))?"
)
# "a high (31%) turnover of staff", "Most children, 90%, say": what a number in between speaks of.
_DESCRIBED: Final = re.compile(
    r"(?i)\b(?:high|higher|low|lower|large|larger|small|smaller|increased|reduced|average)\s\($"
)
_BRACKETED: Final = re.compile(
    r"\s?\((?![^()]{0,60}\b(?:19|20)\d\d)(?:[^()]{0,30}\d[^()]{0,30})\)|\s?\([^()]{1,60}\)(?=\sof\s)"
)
_CHANGE_ONLY: Final = re.compile(
    r"(?i)\s?(?:\w{1,30}\s)?(?:increase|reduction|decrease|rise|fall|drop|decline|growth|improvement(?!\s(?:plan|notice|board|officer|partner|adviser|team))|fluctuation"
    r"|reduc|increas|variation)\w*\b"
)
_TIMES: Final = re.compile(r"\sthe\s(?:national|England)\b")  # "half the national rate"
_MOVES_TO: Final = re.compile(r"(?:\s(?:in|at|by)\s[^,;.()]{1,25})?\sto\s(?:(?:just|over|about|only)\s)?")
# "8% continuing in school": what follows is no noun.
_GOING_ON: Final = re.compile(
    r"(?!(?:ongoing|outstanding|existing|housing|training|learning|supervising|practising|visiting|nursing|travelling"
    r"|emerging|developing|leading|missing|meetings?|lodgings?|hearings?|siblings?|remaining|following|teaching|parenting"
    r"|offspring|settings?|buildings?|briefings?|findings?|outgoing|returning|beings?)\b)[a-z]{3,17}ing\b"
)
# "35% recorded neglect": no share of what was recorded.
_DOES: Final = re.compile(r"\s(?!looked\safter|cared\sfor|disabled|experienced|unaccompanied)\w{2,20}ed\s")
_PAYMENT: Final = re.compile(
    r"(?i)\s((?:[a-z-]+\s){0,3}?(?:grants?|allowances?|bursar(?:y|ies)|payments?|loans?|fees?))\b(?!\s(?:for|in|into|of)\b)"
)
_MONEY_FOR: Final = re.compile(
    r"(?i)\s(?:(?:additional\s)?(?:investment|funding|grant|budget|fund|cost|savings?|contribution)\b"
    r"(?:\s(?:in|for|into|of|from|to)\s)?|(?:for|in|into|on|to)\s(?:the\s)?)"
)


def noun_behind(text: str, quantity: Quantity, end: int) -> str | None:
    """Return the noun phrase that follows the number, if one does."""
    at = quantity.end
    if bracket := _BRACKETED.match(text, at, end):
        at = bracket.end()
    elif text[at : at + 1] == ")":
        at += 1
    if changed := changed_in(text, quantity.start, at, end):
        return changed
    if of := OF_GROUP.match(text, at, end):
        bounds = quantity.kind == "duration" and quantity.approx in _LIMITS
        return None if bounds else phrase_after(text, of.end(), end)
    if quantity.kind == "money":
        return _bought(text, at, end)
    return phrase_after(text, at + 1, end) if _opens_phrase(text, quantity, at, end) else None


def noun_behind_later(sentence: Statement, index: int) -> str | None:
    """Return what follows the end of a movement whose start this is: "from 285 to 430 young people"."""
    quantities = sentence.quantities
    if index + 1 >= len(quantities) or quantities[index + 1].kind != quantities[index].kind:
        return None
    if _MOVES_TO.fullmatch(sentence.between(index + 1)) is None:
        return None
    return noun_behind(sentence.text, quantities[index + 1], sentence.end)


def _opens_phrase(text: str, quantity: Quantity, at: int, end: int) -> bool:
    """Tell whether what stands behind the number, at this place, can be the noun that it counts."""
    if quantity.kind in {"duration", "rate"} or text[at : at + 1] != " ":
        return False
    if _CHANGE_ONLY.match(text, at, end) or _TIMES.match(text, at, end):
        return False
    part = quantity.kind in _PARTS or at > quantity.end
    if part and (_DOES.match(text, at, end) or _GOING_ON.match(text, at + 1, end)):
        return False
    described = _DESCRIBED.search(text, max(0, quantity.start - _NEAR), quantity.start)
    return text[quantity.end : quantity.end + 1] != ")" or described is not None


def _bought(text: str, at: int, end: int) -> str | None:
    """Return what money is: the grant that it makes up, or what it is spent on."""
    if payment := _PAYMENT.match(text, at, end):
        return payment[1]
    goal = _MONEY_FOR.match(text, at, end)
    return phrase_after(text, goal.end(), end) if goal else None
