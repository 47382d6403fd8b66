"""Which plain numbers are counts, durations or parts of a whole?"""

import re
from dataclasses import replace
from typing import Final

from extract.figures_numbers import NUMBER, read_number
from extract.figures_place import Place, Quantity, Shape, is_range, make_quantity
from extract.figures_rules import load_rules
from extract.figures_shapes import DASH, PERIOD

_UNIT: Final = r"(?P<unit>days?|weeks?|months?|years?|hours?)"
_OF_NUMBER: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})\s(?:of|from)\s(?:(?:the|its|their|these|those|all|our|last|first|latest|most|recent)\s)*(?P<b>{NUMBER})(?!\s?%|\sper\s|-|\s{PERIOD})"
)
_COMPOUND: Final = re.compile(rf"(?i)(?P<a>{NUMBER})\syears?,?\s(?:and\s)?(?P<b>{NUMBER})\smonths?\b")
_DURATION: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:(?P<link>{DASH}|\s(?:to|and|or)\s)(?P<b>{NUMBER}))?(?P<more>\sor\smore)?[\s-](?:(?:working|calendar|school|full|consecutive|term-time)\s)?{_UNIT}\b"
)
_RANGE: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:{DASH}|\s(?P<link>to|and|or)\s)(?P<b>{NUMBER})(?![\w%]|[.,]\d|-\w)"
)
PLAIN: Final = re.compile(rf"(?i){NUMBER}(?![\w]|[.,]\d)")
YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\s?[-–−─/]\s?(?:(?:20)?\d\d|\d(?!\d)))?(?![\d,.]\d|\d|%)")
_SHARE_BEHIND: Final = re.compile(r"\s\(\d+(?:\.\d+)?\s?%\)")
_NORM: Final = re.compile(
    r"(?i)[\s-](?:statutory\s|national\s|recommended\s|required\s|government\s)?(?:target|timescale|timeframe|deadline|limit|threshold|standard|requirement|expectation|benchmark|guideline|entitlement|average|wait\b|delay|gap\b)"
)
_WEIGHTY: Final = re.compile(r"(?i)\b(?:of|is|was|took|takes|average|only|just|every)\s$")
_ONLY: Final = re.compile(r"(?i)\b(?:only|just)\s$")
_RATE_STATED: Final = re.compile(r"(?i)\brates?\b[^.;]{0,200}\bper\s(10,000|1,000|100,000)\b")
_RATE_NEAR: Final = 200  # characters: a rate is stated near its values, and a search has a bound
_NUMBER_OF: Final = re.compile(r"(?i)\b(?:numbers?|minority|group|few|cohort)\s\($")
_NEAR: Final = 40  # characters in which what a bracket counts is named


def _compound(here: Place) -> Quantity | None:
    """Read "two years and three months" as months."""
    match = here.match(_COMPOUND)
    if match is None:
        return None
    months = read_number(match["a"]) * 12 + read_number(match["b"])
    return Quantity(here.at, match.end(), "duration", months, unit="months", number=here.at)


def _duration(here: Place) -> Quantity | None:
    """Read "842 days", "two to four weeks" and "26-week target"."""
    match = here.match(_DURATION)
    if match is None:
        return None
    unit = match["unit"].casefold().rstrip("s") + "s"
    value = read_number(match["a"])
    if match["b"] is not None and not is_range(match, here):
        return make_quantity(match, "duration", end=match.end("a"), unit=unit)
    plural = match["unit"].casefold().endswith("s")
    if not plural and match["b"] is None and not _is_weighty(here, match.end(), value):
        return None
    approx = "at_least" if match["more"] else None
    return replace(make_quantity(match, "duration", second=match["b"], unit=unit), approx=approx)


def _is_weighty(here: Place, after: int, value: float) -> bool:
    """Tell whether a duration in the singular ("one week", "26-week target") states something measured."""
    if _NORM.match(here.text, after, here.end):
        return True
    return (
        value == 1
        and (_WEIGHTY.search(here.before) or load_rules().approx_before.search(here.before)) is not None
    )


def _part_of(here: Place) -> Quantity | None:
    """Read "13 of the 125", where the second number is the whole."""
    match = here.match(_OF_NUMBER)
    if match is None or YEAR.match(here.text, match.start("b"), here.end):
        return None
    part, whole = read_number(match["a"]), read_number(match["b"])
    if part > whole or (part == 1 and not match["a"].isdigit() and not _ONLY.search(here.before)):
        return None
    return make_quantity(match, "ratio", second=match["b"])


def _range(here: Place) -> Quantity | None:
    """Read "29 to 45" and "between five and eight children"; of "from 57 to 92" the first."""
    match = here.match(_RANGE)
    if match is None or YEAR.match(here.text, match.start("b"), here.end):
        return None
    if not (match["a"][0].isdigit() or load_rules().counted.match(here.text, match.end(), here.end)):
        return None
    if not is_range(match, here):
        return make_quantity(match, "count", end=match.end("a")) if match["link"] != "and" else None
    return make_quantity(match, "count", second=match["b"])


def _count(here: Place) -> Quantity | None:
    """Read a plain number: in digits, or in words where people, cases or services are counted."""
    match = here.match(PLAIN)
    if match is None:
        return None
    value = read_number(match.group())
    if not match.group()[0].isdigit() and not _is_counted(here, match.end(), value):
        return None
    base = _stated_base(here) if match.group()[0].isdigit() else None
    if base and load_rules().counted.match(here.text, match.end(), here.end) is None:
        return replace(make_quantity(match, "rate"), value2=base)
    return make_quantity(match, "count")


def _stated_base(here: Place) -> float | None:
    """Return the base of a rate that the words before a bare number state: "the rate per 10,000 is"."""
    near = here.text[max(here.start, here.at - _RATE_NEAR) : here.at]
    stated = _RATE_STATED.search(near)
    return read_number(stated[1]) if stated else None


def _is_counted(here: Place, after: int, value: float) -> bool:
    """Tell whether a number word is followed by people, cases or services, or stands for them."""
    rules = load_rules()
    if _SHARE_BEHIND.match(here.text, after, here.end):
        return True
    if value == 1:
        nouns = rules.counted if _ONLY.search(here.before) else rules.counted_by_one
        return nouns.match(here.text, after, here.end) is not None
    counted = rules.counted.match(here.text, after, here.end)
    if counted or rules.grouped.search(here.before) or _ends_movement(here, after):
        return True
    if rules.named.search(here.before):
        return False
    return bool(
        rules.stands_for_counted(here.text, after, here.end)
        or _is_bracketed(here, after)
        or _is_alone(here, after, value)
    )


def _is_bracketed(here: Place, after: int) -> bool:
    """Tell whether the number word is all that a bracket behind people or cases holds: "children (six)"."""
    if not (here.before.endswith("(") and here.text[after : after + 1] == ")"):
        return False
    near = " " + here.before[-_NEAR:]
    return (load_rules().counted.search(near) or _NUMBER_OF.search(near)) is not None


def _is_alone(here: Place, after: int, value: float) -> bool:
    """Tell whether the number word stands alone before a place or time: "with nine in foster care"."""
    rules = load_rules()
    before, behind = rules.alone
    stands = behind.match(here.text, after, here.end)
    if stands is None:
        return False
    listed = rules.listed.search(here.before) and rules.counted.search(f" {here.before}")
    if value <= 2 or stands.group().startswith(" of"):
        return bool(listed) and stands.group().startswith(" of")  # "seven of rudeness and two of delay"
    return before.search(here.before) is not None or bool(listed)


def _ends_movement(here: Place, after: int) -> bool:
    """Tell whether the number word is one end of a movement: "rose from seven in May to nine"."""
    before, behind, clause = load_rules().moved
    if before.search(here.before) is None or behind.match(here.text, after, here.end) is None:
        return False
    return clause.search(here.before) is not None


OTHERS: Final = (
    Shape(_part_of, re.compile(r"(?:of|from)\s")),
    Shape(_compound, re.compile("month")),
    Shape(_duration, re.compile("day|week|month|year|hour")),
    Shape(_range, re.compile(rf"{DASH}|(?:to|and|or)\s")),
    Shape(_count, re.compile("")),
)
