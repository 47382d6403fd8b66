"""What does a figure measure?"""

import re
from collections.abc import Sequence
from typing import Final

from extract.figures_carried import acts, carried, describes, moved
from extract.figures_clause import changed_in, clause_subject, phrase_before, value_of
from extract.figures_phrases import named, phrase_after
from extract.figures_place import Quantity, Statement
from extract.figures_rules import load_rules

_NEAR: Final = 200  # characters to either side in which a known term is looked for
_CLAUSES: Final = 600  # characters before a number whose clauses are read
_LIMITS: Final = frozenset({"up_to", "under"})  # "within six months of the move" does not measure moves
_PARTS: Final = frozenset({"percent", "share"})
# What an "of" after a number may pass over: "of the 12 ", "of its ", "of all open ".
_OF: Final = re.compile(
    r"\s?\)?\s?(?:out\s)?of\s(?!no\b|these\s\w{1,20}ly\b)(?:(?:the|all|its|their|these|those(?!\swho)|this|our|current|eligible|open)\s)*"
    r"(?:\d[\d,]*\s(?!years?[- ]old)|[a-z]+\s(?=children|young|cases|care\sleavers))?"
)
# "a high (31%) turnover of staff", "Most children, 90%, say": what a number in between speaks of.
_DESCRIBED: Final = re.compile(
    r"(?i)\b(?:high|higher|low|lower|large|larger|small|smaller|increased|reduced|average)\s\($"
)
_INSIDE: Final = re.compile(r"\s(?P<what>[a-z][a-z ’-]{2,40}?)\s(?:per|in|(?:in|for)\severy)\s[\w,]{1,20}$")
_OPENING_GROUP: Final = re.compile(
    r"(?:Of|Among|From)\s(?:(?:the|those|these|all)\s){0,2}(?P<what>[a-z][^,;]{3,80}),\s(?:\w+\s)?"
)
_APPOSED: Final = re.compile(r"[a-z],\s(?:at\s)?$")
_IN_BRACKET: Final = re.compile(r"(?P<what>[a-z][\w’ -]{3,60})\s\((?:currently|now|only|just|about)\s$")
_THIS: Final = re.compile(
    r"(?:This|It|That|These)\s(?:is|was|has|are|were|had)\s[^,;]{3,80}(?:\(|,\s(?:at\s)?)?(?=£?\d)"
)
_ANEW: Final = re.compile(r"[;.]|\b(?:and|but|while|whereas|although)\s(?:the|its|their)\s")  # another clause
_BRACKETED: Final = re.compile(
    r"\s?\((?![^()]{0,60}\b(?:19|20)\d\d)(?:[^()]{0,30}\d[^()]{0,30})\)|\s?\([^()]{1,60}\)(?=\sof\s)"
)
_CHANGE_ONLY: Final = re.compile(
    r"(?i)\s?(?:\w{1,30}\s)?(?:increase|reduction|decrease|rise|fall|drop|decline|growth|improvement|fluctuation"
    r"|reduc|increas|variation)\w*\b"
)
_OPENING_AT: Final = re.compile(r"(?i)^\s*(?:\w+,?\s)?at\s$")
_DEMONSTRATIVE: Final = re.compile(r"(?:this|that|these|it|they|which)\b")
_MOVES_TO: Final = re.compile(r"(?:\s(?:in|at|by)\s[^,;.()]{1,25})?\sto\s(?:(?:just|over|about|only)\s)?")
# "8% continuing in school": what follows is no noun.
_GOING_ON: Final = re.compile(
    r"(?!(?:ongoing|outstanding|existing|housing|training|learning|supervising|practising|visiting|nursing|travelling"
    r"|emerging|developing|leading|missing|meetings?|lodgings?|hearings?|siblings?|remaining|following|teaching|parenting"
    r"|offspring|settings?|buildings?|briefings?|findings?|outgoing|returning|beings?)\b)[a-z]{3,17}ing\b"
)
_DOES: Final = re.compile(r"\s\w{2,20}ed\s")  # "35% recorded neglect": no share of what was recorded
_PAYMENT: Final = re.compile(
    r"(?i)\s((?:[a-z-]+\s){0,3}?(?:grants?|allowances?|bursar(?:y|ies)|payments?|loans?|fees?))\b(?!\s(?:for|in|into|of)\b)"
)
_MONEY_FOR: Final = re.compile(
    r"(?i)\s(?:(?:additional\s)?(?:investment|funding|grant|budget|fund|cost|savings?|contribution)\b"
    r"(?:\s(?:in|for|into|of|from|to)\s)?|(?:for|in|into|on|to)\s(?:the\s)?)"
)
# "It took 40 days between an order and a match", "oversees all decisions within 24 hours".
_TAKES: Final = re.compile(
    r"(?i)\bit\s(?:\w{1,10}\s){0,2}?(?:takes?|took|taken|taking)\s(?:[\w,]{1,15}\s){0,3}$"
)
_TAKEN: Final = re.compile(r"(?:\son\saverage)?,?\s(?:for|between|from)\s(?P<what>(?:[\w’-]{1,30}\s?){1,8})")
_DONE: Final = re.compile(
    r"\b(?:complete|review|conclude|oversee|visit|see|check|update|close|allocate|assess|respond\sto|deliver|arrange"
    r"|hold|make|process|resolve|answer|supervise|audit)(?:s|d|ed|n)?\s(?P<what>[a-z][\w’ -]{3,80}?)"
    r"\s(?:within|every|in|after)\s(?:\w+\s)?$"
)
_AND: Final = re.compile(r"\b(?:and|but|while)\s(?:\w+\s)?$")
_PEOPLE: Final = re.compile(
    r"\b((?:disabled\s|homeless\s|missing\s)?(?:children|young\speople|care\sleavers|families|carers|parents|social\sworkers|staff|pupils"
    r"|adopters|workers|young\scarers))\b"
)


def find_subject(sentence: Statement, index: int, before: Sequence[str | None]) -> str | None:
    """Return the noun phrase that says what the quantity at `index` measures.

    `before` are the subject that the sentence before leaves and those of the quantities so far. Tried in
    turn: the phrase after the number ("62% of social workers"), the figure that it restates or is compared
    with ("68 (43%)", "86%, below the England average of 88%"), the subject of the clause ("the average time
    is 545 days"), the subject before, the nearest known term.
    """
    text, end, quantity = sentence.text, sentence.end, sentence.quantities[index]
    left = sentence.left(index)
    last = before[-1]
    if last and _is_compared_on(sentence, index):
        return last
    if come := moved(sentence, index, before):
        return come
    if _OPENING_AT.match(left) and text[quantity.end : quantity.end + 1] == ",":
        points_back = _DEMONSTRATIVE.match(text, quantity.end + 2)
        return (None if points_back else phrase_after(text, quantity.end + 2, end)) or last
    return (
        _inside(text, quantity)
        or (None if describes(sentence, index) else _after(text, quantity, end))
        or _after_later(sentence, index)
        or _taken(sentence, index)
        or (None if sentence.comparators[index] else _valued(quantity, left))
        or _behind_term(sentence, quantity)
        or carried(sentence, index, before)
        or _apposed(text, quantity, left)
        or _out_of_those(left)
        or _of_clause(sentence, index, last)
        or (last if index or acts(sentence, index) else None)
        or _nearest_term(sentence, quantity)
        or last
    )


def _is_compared_on(sentence: Statement, index: int) -> bool:
    """Tell whether the quantity is compared with one before it, with no noun of its own."""
    if sentence.comparators[index] is None:
        return False
    if not index:
        return _THIS.match(sentence.text, sentence.start) is not None
    quantity = sentence.quantities[index]
    if sentence.comparators[index] == "previous" and _ANEW.search(sentence.between(index)):
        return False
    text, at, end = sentence.text, quantity.end, sentence.end
    counts = quantity.kind == "count" and load_rules().counted.match(text, at, end)
    return not counts and not _OF.match(text, at, end)


def _inside(text: str, quantity: Quantity) -> str | None:
    """Return the noun within a rate or share: "38 children per 10,000", "one child in eight"."""
    match = _INSIDE.search(text, quantity.number, quantity.end)
    return match["what"] if match and quantity.kind in {"rate", "share"} else None


def _out_of_those(left: str) -> str | None:
    """Return the group of which the sentence opens: "Of those contacts sampled, four of 14"."""
    match = _OPENING_GROUP.fullmatch(left)
    return phrase_after(match["what"], 0, len(match["what"])) if match else None


def _taken(sentence: Statement, index: int) -> str | None:
    """Return what a time is spent on: "it took 40 days for a child", "oversees decisions within 24 hours"."""
    quantity = sentence.quantities[index]
    if quantity.kind != "duration":
        return None
    left = sentence.left(index)
    if _TAKES.search(left) and (on := _TAKEN.match(sentence.text, quantity.end, sentence.end)):
        return named(on["what"])
    done = _DONE.search(f"{left}within " if quantity.approx == "up_to" else left)
    return named(done["what"]) if done else None


def _behind_term(sentence: Statement, quantity: Quantity) -> str | None:
    """Return the known term behind which a bracket holds nothing but its count: "adoption orders (46)"."""
    text, at = sentence.text, quantity.start - 2
    if quantity.kind != "count" or text[at : at + 2] != " (" or text[quantity.end : quantity.end + 1] != ")":
        return None
    terms = load_rules().terms.finditer(text, max(sentence.start, at - _NEAR), at)
    return next((term.group() for term in terms if term.end() == at), None)


def _apposed(text: str, quantity: Quantity, left: str) -> str | None:
    """Return what stands just before a number between commas or in a bracket: "Most children, 90%, say"."""
    if quantity.kind not in {"percent", "share", "ratio", "count"}:
        return None
    if inside := _IN_BRACKET.search(left):
        return phrase_before(inside["what"])
    if not _APPOSED.search(left) or text[quantity.end : quantity.end + 1] != ",":
        return None
    return phrase_before(left[: left.rindex(",")])


def _valued(quantity: Quantity, left: str) -> str | None:
    """Return what a share, a time or a sum is the value of: "a vacancy rate of 31%"."""
    return value_of(left) if quantity.kind in {"percent", "duration", "money", "rate"} else None


def _after_later(sentence: Statement, index: int) -> str | None:
    """Return what follows the end of a movement whose start this is: "from 285 to 430 young people"."""
    quantities = sentence.quantities
    if index + 1 >= len(quantities) or quantities[index + 1].kind != quantities[index].kind:
        return None
    if _MOVES_TO.fullmatch(sentence.between(index + 1)) is None:
        return None
    return _after(sentence.text, quantities[index + 1], sentence.end)


def _after(text: str, quantity: Quantity, end: int) -> str | None:
    """Return the noun phrase that follows the number, if one does."""
    at = quantity.end
    if bracket := _BRACKETED.match(text, at, end):
        at = bracket.end()
    elif text[at : at + 1] == ")":
        at += 1
    if changed := changed_in(text, quantity.start, at, end):
        return changed
    if of := _OF.match(text, at, end):
        bounds = quantity.kind == "duration" and quantity.approx in _LIMITS
        return None if bounds else phrase_after(text, of.end(), end)
    if quantity.kind == "money":
        return _bought(text, at, end)
    return phrase_after(text, at + 1, end) if _opens_phrase(text, quantity, at, end) else None


def _opens_phrase(text: str, quantity: Quantity, at: int, end: int) -> bool:
    """Tell whether what stands behind the number, at this place, can be the noun that it counts."""
    if quantity.kind in {"duration", "rate"} or text[at : at + 1] != " " or _CHANGE_ONLY.match(text, at, end):
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


def _of_clause(sentence: Statement, index: int, last: str | None) -> str | None:
    """Return the subject of the clause; where that holds an earlier figure, `last`: the subject of that.

    A share that does something ("and one in five are not seen") is one of the people named before it.
    """
    left = sentence.left(index)[-_CLAUSES:]
    if sentence.quantities[index].kind in _PARTS and _AND.search(left) and acts(sentence, index):
        people = _PEOPLE.findall(left)
        if people:
            return str(people[-1])
    subject = clause_subject(left)
    earlier = (sentence.text[quantity.number : quantity.end] for quantity in sentence.quantities[:index])
    if subject and any(words in subject for words in earlier):
        return last
    return subject


def _nearest_term(sentence: Statement, quantity: Quantity) -> str | None:
    """Return the known term nearest to the number in its sentence."""
    best: tuple[int, str] | None = None
    for match in load_rules().terms.finditer(
        sentence.text, max(sentence.start, quantity.start - _NEAR), min(sentence.end, quantity.end + _NEAR)
    ):
        distance = (
            quantity.start - match.end()
            if match.end() <= quantity.start
            else match.start() - quantity.end + 15
        )
        if best is None or distance < best[0]:
            best = (distance, match.group())
    return best[1] if best else None
