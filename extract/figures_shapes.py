"""Which shapes do quantities have, and how is each read?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from extract.figures_numbers import DIGITS, NUMBER, read_number
from extract.figures_rules import load_rules

_SMALL: Final = r"(?:one|two|three|four|five|six|seven|eight|nine|[1-9])"
_FRACTIONS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
PARTS: Final = "|".join(_FRACTIONS)
_UNIT: Final = r"(?P<unit>days?|weeks?|months?|years?|hours?)"
_DASH: Final = r"\s?[-–−─―]\s?"
_PERCENT: Final = r"\s?(?:%|per\s?cent\b|percent\b|percentage\spoints?\b|pp\b)"
_PERIOD: Final = (
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|quarters?|terms?|working|calendar|financial|academic)\b"
)

_MONEY: Final = re.compile(
    rf"(?i)£\s?(?P<a>{DIGITS})(?:\s?(?P<scale_a>million|m|billion|bn|thousand|k)\b)?"
    rf"(?:(?:{_DASH}|\s(?:to|and)\s)£?(?P<b>{DIGITS})(?:\s?(?P<scale_b>million|m|billion|bn|thousand|k)\b)?)?"
)
_SCALES: Final = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3}
_PERCENTAGE: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:(?P<mark>{_PERCENT})?(?:{_DASH}|\s(?P<link>to|and|or)\s)(?P<b>{NUMBER}))?{_PERCENT}"
)
_RATE: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:(?P<link>{_DASH}|\sto\s)(?P<b>{DIGITS}))?(?:\s[a-z’-]+){{0,4}}?"
    r"(?:\sper\s|\sin\severy\s|\sfor\severy\s|\s?/\s?)(?P<base>1,000|10,000|100,000|10000|1000|100000|100|1000|thousand)(?![\d,]\d)"
)
_OUT_OF: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:\s[a-z’-]+){{0,2}}?\sout\sof\s(?:(?:the|these|those|all|every|a\stotal\sof)\s)*(?P<b>{NUMBER})"
)
_ONE_IN: Final = re.compile(
    rf"(?i)(?P<a>{_SMALL})\sin\s(?:every\s)?(?P<b>{_SMALL}|ten|twelve|twenty|1\d|20|25|50|100)\b(?!\s{_PERIOD}|[,.]\d|-)"
)
_FRACTION: Final = re.compile(
    rf"(?i)(?:(?P<a>an?|one|two|three|four|five)[\s-](?P<part>{PARTS})s?\b|(?P<half>half)\b)"
)
# What follows a fraction of a group, and what shows that "half" or "quarter" is something else.
_OF_GROUP: Final = re.compile(
    r"(?i)\s(?:of\b(?!\s(?:20\d\d|the\s(?:year|financial|20\d\d)))|(?:the|all|their|its|these|those|were|are|is|was|have|had|has|do|did|live|attend\w*|received?|"
    r"said|felt|reported|remain|who|not|being|in\s(?:20|march|june|sept)|make|made|achieved?|told|on|at|from|over|since|\()\b|\()|\s?[.,;:)]|$"
)
_BY: Final = re.compile(r"(?i)\bby\s(?:\w+\s)?$")
_NOT_GROUP: Final = re.compile(
    r"(?i)\b(?:first|second|last|latter|past|previous|next|other|each|per|every|the|this|that|one\sand\sa|and\sa|once|twice|times|\d\sand)\s$"
)
_OF_NUMBER: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})\s(?:of|from)\s(?:(?:the|its|their|these|those|all|our)\s)*(?P<b>{NUMBER})(?!\s?%|\sper\s|-|\s{_PERIOD})"
)
_COMPOUND: Final = re.compile(rf"(?i)(?P<a>{NUMBER})\syears?,?\s(?:and\s)?(?P<b>{NUMBER})\smonths?\b")
_DURATION: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:(?P<link>{_DASH}|\s(?:to|and|or)\s)(?P<b>{NUMBER}))?[\s-](?:(?:working|calendar|school|full|consecutive|term-time)\s)?{_UNIT}\b"
)
_RANGE: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:{_DASH}|\s(?P<link>to|and|or)\s)(?P<b>{NUMBER})(?![\w%]|[.,]\d|-\w)"
)
PLAIN: Final = re.compile(rf"(?i){NUMBER}(?![\w]|[.,]\d)")
YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\s?[-–−─/]\s?(?:20)?\d\d)?(?![\d,.]\d|\d|%)")
_SPREAD: Final = re.compile(
    r"(?i)\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anything|anywhere)\b[^.;]*?\sfrom\s(?:\w+\s)?$"
)
_BETWEEN: Final = re.compile(r"(?i)\bbetween\s(?:about\s|around\s|approximately\s|just\s)?$")
_FROM: Final = re.compile(
    r"(?i)\bfrom\s(?:an?\s)?(?:(?:just\s|almost\s|nearly\s|around\s|about\s|over\s|approximately\s)+)?$"
)
_SHARE_BEHIND: Final = re.compile(r"\s\(\d+(?:\.\d+)?\s?%\)")
_NORM: Final = re.compile(
    r"(?i)[\s-](?:statutory\s|national\s|recommended\s|required\s|government\s)?(?:target|timescale|timeframe|deadline|limit|threshold|standard|requirement|expectation|benchmark)"
)
_WEIGHTY: Final = re.compile(r"(?i)\b(?:of|is|was|took|takes|average|only|just|every)\s$")
_RATE_STATED: Final = re.compile(r"(?i)\brates?\b[^.;]*\bper\s(10,000|1,000|100,000)\b")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and approximator, and where it stands."""

    start: int
    end: int
    kind: str
    value: float
    value2: float | None = None
    unit: str | None = None
    approx: str | None = None
    number: int = -1  # where the number itself begins, after the approximator


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a sentence at which a number begins."""

    text: str
    at: int
    end: int  # of the sentence
    before: str  # the words before, back to the start of the sentence
    start: int  # of the sentence

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match the pattern where the number begins, within the sentence."""
        return pattern.match(self.text, self.at, self.end)


def _money(here: Place) -> Quantity | None:
    """Read "£700", "£1.2 million" or "£5 to £6 million"."""
    match = here.match(_MONEY)
    if match is None:
        return None
    scale_b = _SCALES.get((match["scale_b"] or "").casefold(), 1.0)
    scale_a = _SCALES.get((match["scale_a"] or match["scale_b"] or "").casefold(), 1.0)
    value = round(read_number(match["a"]) * scale_a, 2)
    if match["b"] is None:
        return Quantity(here.at, match.end(), "money", value, unit="GBP", number=here.at)
    upper = round(read_number(match["b"]) * scale_b, 2)
    if upper <= value or _FROM.search(here.before):
        end = match.end("scale_a") if match["scale_a"] else match.end("a")
        return Quantity(here.at, end, "money", value, unit="GBP", number=here.at)
    return Quantity(here.at, match.end(), "money", value, upper, "GBP", number=here.at)


def _percentage(here: Place) -> Quantity | None:
    """Read "40%", "forty per cent", "20–25%"; of "from 5% to 8%" the first."""
    match = here.match(_PERCENTAGE)
    if match is None:
        return None
    if match["b"] is not None and not _is_range(match, here):
        end = match.end("mark") if match["mark"] else match.end("a")
        return _quantity(match, "percent", end=end, unit="%")
    return _quantity(match, "percent", second=match["b"], unit="%")


def _rate(here: Place) -> Quantity | None:
    """Read "111 per 10,000" and "67/10,000"; of "from 18 to 13 per 10,000" the first."""
    match = here.match(_RATE)
    if match is None:
        return None
    end = match.end("a") if match["b"] is not None else match.end()
    return replace(_quantity(match, "rate", end=end), value2=read_number(match["base"]))


def _out_of(here: Place) -> Quantity | None:
    """Read "58 out of 80"."""
    match = here.match(_OUT_OF)
    if match is None or read_number(match["b"]) < read_number(match["a"]):
        return None
    return _quantity(match, "ratio", second=match["b"])


def _one_in(here: Place) -> Quantity | None:
    """Read "one in three" as a share."""
    match = here.match(_ONE_IN)
    if match is None:
        return None
    part, whole = read_number(match["a"]), read_number(match["b"])
    if part >= whole:
        return None
    return Quantity(here.at, match.end(), "share", round(part / whole, 4), number=here.at)


def _fraction(here: Place) -> Quantity | None:
    """Read "two thirds", "a quarter" and "half" where a group is divided."""
    match = here.match(_FRACTION)
    if match is None:
        return None
    if not (_BY.search(here.before) or _OF_GROUP.match(here.text, match.end(), here.end)):
        return None
    if _NOT_GROUP.search(here.before):
        return None
    top = 1.0 if match["half"] or match["a"].casefold() in {"a", "an"} else read_number(match["a"])
    bottom = _FRACTIONS["half" if match["half"] else match["part"].casefold()]
    return (
        Quantity(here.at, match.end(), "share", round(top / bottom, 4), number=here.at)
        if top < bottom
        else None
    )


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
    if match["b"] is not None and not _is_range(match, here):
        return _quantity(match, "duration", end=match.end("a"), unit=unit)
    plural = match["unit"].casefold().endswith("s")
    if not plural and match["b"] is None and not _is_weighty(here, match.end(), value):
        return None
    return _quantity(match, "duration", second=match["b"], unit=unit)


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
    if part > whole or (part == 1 and not match["a"].isdigit() and not _WEIGHTY.search(here.before)):
        return None
    return _quantity(match, "ratio", second=match["b"])


def _range(here: Place) -> Quantity | None:
    """Read "29 to 45" and "between five and eight children"; of "from 57 to 92" the first."""
    match = here.match(_RANGE)
    if match is None or YEAR.match(here.text, match.start("b"), here.end):
        return None
    if not (match["a"][0].isdigit() or load_rules().counted.match(here.text, match.end(), here.end)):
        return None
    if not _is_range(match, here):
        return _quantity(match, "count", end=match.end("a")) if match["link"] != "and" else None
    return _quantity(match, "count", second=match["b"])


def _count(here: Place) -> Quantity | None:
    """Read a plain number: in digits, or in words where people, cases or services are counted."""
    match = here.match(PLAIN)
    if match is None:
        return None
    value = read_number(match.group())
    if not match.group()[0].isdigit() and not _is_counted(here, match.end(), value):
        return None
    base = _RATE_STATED.search(here.text, here.start, here.at) if match.group()[0].isdigit() else None
    if base and load_rules().counted.match(here.text, match.end(), here.end) is None:
        return replace(_quantity(match, "rate"), value2=read_number(base[1]))
    return _quantity(match, "count")


def _is_counted(here: Place, after: int, value: float) -> bool:
    """Tell whether a number word is followed by people, cases or services, or stands for them."""
    rules = load_rules()
    if _SHARE_BEHIND.match(here.text, after, here.end):
        return True
    if value == 1:
        return rules.counted_by_one.match(here.text, after, here.end) is not None
    if rules.counted.match(here.text, after, here.end):
        return True
    return value > 2 and rules.elided.match(here.text, after, here.end) is not None


def _is_range(match: re.Match[str], here: Place) -> bool:
    """Tell "29 to 45" and "between 20 and 30" from "(from) 57 to 92" as a movement and "20 and 30" as two."""
    lower, upper = read_number(match["a"]), read_number(match["b"])
    link = (match["link"] or "").strip().casefold()
    if upper <= lower:
        return False
    if link == "and":
        return _BETWEEN.search(here.before) is not None
    if link == "to":
        if _BY.search(here.before):
            return False
        return _FROM.search(here.before) is None or _SPREAD.search(here.before) is not None
    return link != "or" or upper <= 20


def _quantity(
    match: re.Match[str],
    kind: str,
    *,
    end: int | None = None,
    second: str | None = None,
    unit: str | None = None,
) -> Quantity:
    """Return the quantity of a match whose first number is the group `a` or, without groups, all of it."""
    first = match["a"] if "a" in match.re.groupindex else match.group()
    return Quantity(
        start=match.start(),
        end=match.end() if end is None else end,
        kind=kind,
        value=read_number(first),
        value2=read_number(second) if second is not None else None,
        unit=unit,
        number=match.start(),
    )


Reader = Callable[[Place], Quantity | None]
# What cannot be a date, an age or a section number, whatever stands around it; and what can.
UNMISTAKABLE: Final[tuple[Reader, ...]] = (_money, _percentage, _rate, _out_of, _one_in, _fraction)
OTHERS: Final[tuple[Reader, ...]] = (_part_of, _compound, _duration, _range, _count)
