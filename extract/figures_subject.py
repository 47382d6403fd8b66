"""What does a figure measure?"""

import re
from collections.abc import Sequence
from typing import Final

from extract.figures_behind import OF_GROUP, noun_behind, noun_behind_later
from extract.figures_carried import acts, carried, describes, is_apart, moved, same_kind
from extract.figures_clause import clause_subject, phrase_before, value_of
from extract.figures_phrases import named, phrase_after
from extract.figures_place import Quantity, Statement
from extract.figures_rules import load_rules

# "caseloads of 20 cases", "the average caseload is 15 children": those counted are the unit of the measure.
_CASELOAD: Final = re.compile(
    r"(?i)\bcaseloads?\b(?:\s(?!and\b|but\b|with\b|as\b|so\b|because\b|if\b|of\b)[\w’-]+){0,6}?"
    r"\s(?:of|at|is|are|was|were|averag(?:e|es|ed)|between|from)\s(?:an?\saverage\sof\s)?$"
)
_IN_CASES: Final = re.compile(r"\s(?:cases|children|young\speople|families|pupils)\b")
_NEAR: Final = 200  # characters to either side in which a known term is looked for
_CLAUSES: Final = 600  # characters before a number whose clauses are read
_PARTS: Final = frozenset({"percent", "share"})
_INSIDE: Final = re.compile(r"\s(?P<what>[a-z][a-z ’-]{2,40}?)\s(?:per|in|(?:in|for)\severy)\s[\w,]{1,20}$")
_OPENING_GROUP: Final = re.compile(
    r"(?:Of|Among|From)\s(?:(?:the|those|these|all)\s){0,2}(?P<what>[a-z][^,;]{3,80}),\s(?:\w+\s)?"
)
_APPOSED: Final = re.compile(r"[a-z],\s(?:at\s)?$")
_IN_BRACKET: Final = re.compile(r"(?P<what>[a-z][\w’ -]{3,60})\s\((?:currently|now|only|just|about)\s$")
# "many children in care (35%", "the majority of pupils (80%": whom the bracket numbers.
_SOME: Final = re.compile(
    r"(?i)\b(?:many|most|some|few|several|(?:number|majority|minority|proportion|percentage)\sof)\s"
    r"(?P<what>[a-z][\w’-]*(?:\s(?!(?:than|who|that|which|has|have|had|is|are|was|were)\b)[\w’-]+){0,5})\s\($"
)
_THIS: Final = re.compile(
    r"(?:However,\s)?(?:[Tt]his|[Ii]t|[Tt]hat|[Tt]hese)(?:\s(?:figure|rate|number|proportion|percentage|total|level|average|performance))?"
    r"(?:,\s[^,;]{3,60},)?\s(?:is|was|has|are|were|had)\s[^,;]{3,80}(?:\(|,\s(?:at\s)?)?(?=£?\d)"
)
# Another clause begins.
_ANEW: Final = re.compile(r"[;.]|\b(?:and|but|while|whilst|whereas|although)\s(?:the|its|their)\s")
_OPENING_AT: Final = re.compile(r"(?i)^\s*(?:\w+,?\s)?at\s$")
_DEMONSTRATIVE: Final = re.compile(r"(?:this|that|these|it|they|which)\b")
# "It took 40 days between an order and a match", "oversees all decisions within 24 hours".
_TAKES: Final = re.compile(
    r"(?i)\bit\s(?:\w{1,10}\s){0,2}?(?:takes?|took|taken|taking)\s(?:[\w,]{1,15}\s){0,3}$"
)
_TAKEN: Final = re.compile(r"(?:\son\saverage)?,?\s(?:for|between|from)\s(?P<what>(?:[\w’-]{1,30}\s?){1,8})")
_DONE: Final = re.compile(
    r"\b(?:complete|review|conclude|oversee|visit|see|check|update|close|allocate|assess|respond\sto|deliver|arrange"
    r"|hold|make|place|process|resolve|answer|supervise|audit)(?:s|d|ed|n)?\s(?P<what>[a-z][\w’ -]{3,80}?)"
    r"\s(?:within|every|in|after)\s(?:\w+\s)?$"
)
_AND: Final = re.compile(r"\b(?:and|but|while|whilst)\s(?:\w+\s)?$")
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
    if last and (_is_compared_on(sentence, index) or is_apart(sentence, index)):
        return same_kind(sentence, index, before) or last
    if come := moved(sentence, index, before):
        return come
    if _OPENING_AT.match(left) and text[quantity.end : quantity.end + 1] == ",":
        points_back = _DEMONSTRATIVE.match(text, quantity.end + 2)
        return (None if points_back else phrase_after(text, quantity.end + 2, end)) or last
    return (
        _caseload(sentence, index)
        or _inside(text, quantity)
        or (None if describes(sentence, index) else noun_behind(text, quantity, end))
        or noun_behind_later(sentence, index)
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
    quantity = sentence.quantities[index]
    text, at, end = sentence.text, quantity.end, sentence.end
    counts = quantity.kind == "count" and load_rules().counted.match(text, at, end)
    if not index:
        return not counts and _THIS.match(text, sentence.start) is not None
    if sentence.comparators[index] == "previous" and _ANEW.search(sentence.between(index)):
        return False
    return not counts and not OF_GROUP.match(text, at, end)


def _caseload(sentence: Statement, index: int) -> str | None:
    """Return the caseload of which a number of cases or children is the value."""
    quantity, left = sentence.quantities[index], sentence.left(index)
    if quantity.kind != "count" or _CASELOAD.search(left) is None:
        return None
    if _IN_CASES.match(sentence.text, quantity.end, sentence.end) is None:
        return None
    subject = value_of(left) or clause_subject(left)
    return subject if subject and "caseload" in subject.casefold() else None


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
    if inside := _IN_BRACKET.search(left) or _SOME.search(left):
        return phrase_before(inside["what"])
    if not _APPOSED.search(left) or text[quantity.end : quantity.end + 1] != ",":
        return None
    return phrase_before(left[: left.rindex(",")])


def _valued(quantity: Quantity, left: str) -> str | None:
    """Return what a share, a time or a sum is the value of: "a vacancy rate of 31%"."""
    return value_of(left) if quantity.kind in {"percent", "duration", "money", "rate"} else None


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
