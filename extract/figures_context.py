"""Is this number the value of a comparison, and which way did it move?"""

import re
from collections.abc import Sequence
from typing import Final

from extract.figures_rules import Cue, load_rules
from extract.figures_scan import Quantity

_RESTATES: Final = re.compile(
    r"(?:\s(?:in|at|by|during|on)\s[^();.]{0,25}|\sof\s(?:these|those|whom|them|which))?\s?\((?:or\s)?|,?\sor\s"
)
_IN_LINE: Final = re.compile(r"(?:\s(?:in|for|at)\s[\w’ ]{1,30}?)?,?\sand\s(?:(?:just|only)\s)?")
_PAIR: Final = re.compile(r"\sand\s")
_NAMES: Final = re.compile(
    r"(?i)(?P<statistical_neighbours>statistical(?:ly)?\s(?:similar\s)?(?:neighbour|comparator|authorit)\w*"
    r"|(?:similar|comparable|comparator)\s(?:local\s)?(?:authorities|areas|councils))"
    r"|(?P<region>\b(?:regional(?:ly)?|the\sregion)\b|\bLondon\s(?:average|boroughs?)\b)"
    r"|(?P<england>\bEngland\b|\bnational(?:ly)?\b(?!\s(?:target|threshold|minimum|guidance)))"
)
_OTHERS: Final = frozenset({"england", "statistical_neighbours", "region"})
_RESPECTIVELY: Final = re.compile(r"(?i)\brespectively\b")
_AGAINST: Final = re.compile(
    r"\s(?:against|(?:as\s)?compared\s(?:to|with)|as\sopposed\sto|versus|vs?\.?)\s(?:an?\s|the\s)?"
)
# "20 in 2013 and 10 in 2012": further values of a list that goes back in time.
_EARLIER_STILL: Final = re.compile(r"\s(?:in|at|for|during)\s[\w–−-]{4,20}(?:\s[\w–−-]{2,9})?(?:,|,?\sand)\s")
_IN_YEAR: Final = re.compile(r"\s(?:in|at|for|during)\s(?:\w+\s){0,2}(?:19|20)\d\d")
# "92%, more than secondary schools (72%)", "lower than Moorshire’s overall figure of 81%": of no one body.
_THAN: Final = re.compile(
    r"[^;:]{0,300}\b(?:than|above|below)\s(?:[^.;:,()\d]{3,90}\s\((?:at\s)?"
    r"|[^.;:,()\d]{0,50}\b(?:figure|rate|average|level|proportion|performance)s?\b[^.;:,()\d]{0,50}\s(?:of|at|was|is)\s)"
)
_ASIDE: Final = re.compile(r"\b(?:which|who|where)\b|\),\s")  # what follows has not moved
# "66 days slower": how far two values are apart, none that has moved.
_DIFFERENCE: Final = re.compile(
    r"\s(?:slower|faster|quicker|more|less|fewer|higher|lower|longer|shorter|better|worse|above|below)\b"
)
_OWN_AT: Final = re.compile(
    r"(?i)^(?!\s*(?:this|it|these|that|while|although)\b)(?!.*\b(?:compar\w+|against|than|th(?:at|ose)\s(?:of|for|in))\b).*,?\sat\s(?:\w+\s)?$"
)
_LEFT: Final = 200  # characters left of a number that can tell what it is compared with
_RIGHT: Final = 130


def find_comparators(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[str | None]:
    """Return for each quantity of the sentence `text[start:end]` whose value it is, else None.

    A number that only repeats the one before it in a bracket ("14 out of 24 (58%)"), or stands in line with
    it ("39% in English and 29% in mathematics"), is compared as that is.
    """
    found: list[str | None] = []
    for index, quantity in enumerate(quantities):
        comparator = _compared(*_sides(text, start, end, quantity))
        if (
            comparator in _OTHERS
            and not index
            and _OWN_AT.match(text[max(start, quantity.start - _LEFT) : quantity.start])
        ):
            comparator = None  # "is above the England average, at 6%": nobody's but its own
        if index and comparator is None:
            comparator = _from_before(text, end, quantities, index, found[-1])
        elif index and found[-1] in {None, "other"} and _is_pair(text, quantities, index):
            found[-1] = comparator
        found.append(comparator)
        own = comparator in {None, "other"} or (comparator == "previous" and index and found[-2] in _OTHERS)
        if index and own and found[-2] and _puts_against(text, quantities, index):
            found[-2:] = None, found[-2]
    for index in range(1, len(quantities)):
        if named := _named_in_turn(text, start, end, quantities, index):
            found[index - 1 : index + 1] = named
        elif found[index] == "other" and _puts_against(text, quantities, index):
            before = _names(text, start, quantities[index - 1].start)
            found[index] = before[0] if len(before) == 1 else "other"
    return found


def _compared(left: str, right: str) -> str | None:
    """Return whose value a number is by the words left and right of it."""
    rules = load_rules()
    if rules.comparing.search(left) is None and rules.comparing.search(right) is None:
        return None
    return _first_match(rules.comparators, left, right)


def _from_before(
    text: str, end: int, quantities: Sequence[Quantity], index: int, before: str | None
) -> str | None:
    """Return whose value a number is by the one before it, whose value that is being `before`."""
    first, second = quantities[index - 1], quantities[index]
    between = text[first.end : second.start]
    apart = _DIFFERENCE.match(text, second.end, end)
    in_line = _IN_LINE.fullmatch(between) and not _NAMES.search(between) and not apart
    if in_line or repeats(text, quantities, index):
        return before
    if first.kind != second.kind:
        return None
    if before == "previous" and _EARLIER_STILL.fullmatch(between) and _IN_YEAR.match(text, second.end, end):
        return "previous"
    return "other" if before not in {"previous", "target"} and _THAN.fullmatch(between) else None


def _is_pair(text: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Tell whether a number and the one before it stand as two for the same: "59% and 61% in England"."""
    first, second = quantities[index - 1], quantities[index]
    return first.kind == second.kind and _PAIR.fullmatch(text, first.end, second.start) is not None


def _puts_against(text: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Tell whether two numbers in a bracket are put against each other: the first is then the own one.

    "Higher than in similar authorities (42 against 41 per 10,000)".
    """
    first, second = quantities[index - 1], quantities[index]
    opens = text[first.start - 1 : first.start] == "("
    return opens and _AGAINST.fullmatch(text, first.end, second.start) is not None


def _named_in_turn(
    text: str, start: int, end: int, quantities: Sequence[Quantity], index: int
) -> tuple[str, str] | None:
    """Return whose two values are where two names and two numbers stand in the same order.

    "Compared with similar authorities and England (19% and 14%)", "with 19% and 14% for them respectively".
    """
    first, second = quantities[index - 1], quantities[index]
    if _PAIR.fullmatch(text, first.end, second.start) is None or first.kind != second.kind:
        return None
    left_bound = max(start, quantities[index - 2].end if index > 1 else start, first.start - _LEFT)
    before = _names(text, left_bound, first.start)
    right_bound = quantities[index + 1].start if index + 1 < len(quantities) else end
    after = _names(text, second.end, min(right_bound, second.end + _RIGHT))
    respectively = _RESPECTIVELY.search(text, second.end, min(end, second.end + _RIGHT)) is not None
    if len(before) >= 2 and (respectively or not after):
        return before[-2], before[-1]
    return (after[0], after[1]) if len(after) == 2 and (respectively or not before) else None


def _names(text: str, start: int, end: int) -> list[str]:
    """Return which bodies of comparison a stretch names, in order, each once."""
    kinds = [match.lastgroup or "" for match in _NAMES.finditer(text, start, end)]
    return list(dict.fromkeys(kinds))


def repeats(text: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Tell whether the quantity stands in a bracket behind another that it restates: "68 (43%)"."""
    if index == 0:
        return False
    return _RESTATES.fullmatch(text, quantities[index - 1].end, quantities[index].start) is not None


def find_direction(
    text: str,
    start: int,
    end: int,
    quantities: Sequence[Quantity],
    comparators: Sequence[str | None],
    index: int,
) -> str | None:
    """Return "up", "down" or "same" where the sentence says how the quantity at `index` moved.

    An earlier value of the same kind beside it ("from 13% to 18%") decides; else words such as "rose to".
    """
    if comparators[index] is not None:
        return None
    now = quantities[index]
    apart = _DIFFERENCE.match(text, now.end, end) is not None
    for other in (index - 1, index - 2, index - 3, index + 1):
        if 0 <= other < len(quantities) and comparators[other] == "previous" and not apart:
            before = quantities[other]
            if _ASIDE.search(text, before.end, now.start):
                continue
            if (before.kind, before.unit, before.value2 is None) == (now.kind, now.unit, now.value2 is None):
                return _movement(before.value, now.value)
    return _first_match(load_rules().directions, *_sides(text, start, end, now))


def _sides(text: str, start: int, end: int, quantity: Quantity) -> tuple[str, str]:
    """Return the words left and right of a quantity within its sentence."""
    return text[max(start, quantity.start - _LEFT) : quantity.start], text[
        quantity.end : min(end, quantity.end + _RIGHT)
    ]


def _movement(before: float, now: float) -> str:
    """Return which way a value moved."""
    if now == before:
        return "same"
    return "up" if now > before else "down"


def _first_match(cues: Sequence[Cue], left: str, right: str) -> str | None:
    """Return the value of the first cue whose words all stand where they must."""
    for cue in cues:
        if cue.right and cue.right.match(right) is None:
            continue
        if cue.left and cue.left.search(left) is None:
            continue
        if cue.needs and cue.needs.search(left) is None:
            continue
        if cue.unless and cue.unless.search(left):
            continue
        return cue.value
    return None
