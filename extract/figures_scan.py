"""Where in a sentence does a quantity stand, of which kind is it, and what is its value?"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from extract.figures_numbers import DIGITS, NUMBER, NUMBER_WORDS, read_number
from extract.figures_rules import Exclusion, load_rules

_BEFORE: Final = 60  # characters before a number in which the words that decide about it stand

_SMALL: Final = r"(?:one|two|three|four|five|six|seven|eight|nine|[1-9])"
_FRACTIONS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_PARTS: Final = "|".join(_FRACTIONS)
_UNIT: Final = r"(?P<unit>days?|weeks?|months?|years?|hours?)"
_DASH: Final = r"\s?[-–−─―]\s?"
_PERCENT: Final = r"\s?(?:%|per\s?cent\b|percent\b|percentage\spoints?\b|pp\b)"
_PERIOD: Final = (
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|quarters?|terms?|working|calendar|financial|academic)\b"
)

# Where a number can begin. Each pattern opens with a set of characters, which the engine skips to quickly.
_DIGIT: Final = re.compile(r"[\d£](?<![\w£.,].)")
_LOWER: Final = re.compile(
    rf"[\s(‘“/–—-](?:half\b|an?\s(?:dozen|hundred|thousand|million|{_PARTS})\b|(?:{'|'.join(sorted(NUMBER_WORDS))})\b)"
)
_CAPITAL: Final = re.compile(r"[AFHENOST](?<!\w.)[a-z]*")
_OPENS_LOWER: Final = re.compile(r"[a-z]+")  # an item of a list
_OPENING: Final = frozenset({"A", "Half", *(word.capitalize() for word in NUMBER_WORDS)})
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
    rf"(?i)(?:(?P<a>an?|one|two|three|four|five)[\s-](?P<part>{_PARTS})s?\b|(?P<half>half)\b)"
)
# What follows a fraction of a group, and what shows that "half" or "quarter" is something else.
_OF_GROUP: Final = re.compile(
    r"(?i)\s(?:of\b(?!\s(?:20\d\d|the\s(?:year|financial|20\d\d)))|(?:the|all|their|its|these|those|were|are|is|was|have|had|has|do|did|live|attend\w*|received?|"
    r"said|felt|reported|remain|who|not|being|in\s(?:20|march|june|sept)|make|made|achieved?|told|on|at|from|over|since|\()\b|\()|\s?[.,;:)]|$"
)
_NOT_GROUP: Final = re.compile(
    r"(?i)\b(?:first|second|last|latter|past|previous|next|other|each|per|every|the|this|that|one\sand\sa|and\sa|once|twice|times)\s$"
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
_PLAIN: Final = re.compile(rf"(?i){NUMBER}(?![\w]|[.,]\d)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\s?[-–−─/]\s?(?:20)?\d\d)?(?![\d,.]\d|\d|%)")
_TEMPORAL: Final = re.compile(
    r"(?i)\b(?:in|since|during|by|of|for|from|to|until|and|at|between|before|after|summer|autumn|spring|winter|early|late|mid|mid-|the|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|act|regulations|together)\s?$"
)
_SPREAD: Final = re.compile(
    r"(?i)\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anything|anywhere)\b[^.;]*?\sfrom\s(?:\w+\s)?$"
)
_BETWEEN: Final = re.compile(r"(?i)\bbetween\s(?:about\s|around\s|approximately\s|just\s)?$")
_FROM: Final = re.compile(
    r"(?i)\bfrom\s(?:an?\s)?(?:(?:just\s|almost\s|nearly\s|around\s|about\s|over\s|approximately\s)+)?$"
)
_MOVING_TO: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})\sto\s(?:(?:just|almost|nearly|around|about|over|under|approximately|below)\s)*(?P<b>{NUMBER})"
)
_SHARE_BEHIND: Final = re.compile(r"\s\(\d+(?:\.\d+)?\s?%\)")
_NORM: Final = re.compile(
    r"(?i)[\s-](?:statutory\s|national\s|recommended\s|required\s|government\s)?(?:target|timescale|timeframe|deadline|limit|threshold|standard|requirement|expectation|benchmark)"
)
_WEIGHTY: Final = re.compile(r"(?i)\b(?:of|is|was|took|takes|average|only|just|every)\s$")
_NUMBER: Final = re.compile(rf"(?i){NUMBER}")
# Nouns and verbs after which "about", "around" or "over" is a preposition.
_PREPOSITION: Final = re.compile(
    r"(?i)\b(?:concerns?|information|decisions?|worr(?:y|ies|ied)|spoke|speak|talk(?:ed)?|told|views?|feedback|questions?|"
    r"control|support|wrapped|work|challenge|authority|discussions?|responsibility|oversight)\s$"
)
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


def find_quantities(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the quantities of the sentence `text[start:end]` in order, none overlapping another."""
    done = start
    for position in _places(text, start, end):
        if position < done:
            continue
        here = _Place(text, position, end, text[max(start, position - _BEFORE) : position], start)
        found = _read(here)
        if found is None:
            done = _end_of_number(here)
            continue
        found = _approximate(found, text, done, end)
        done = found.end
        yield found


def _places(text: str, start: int, end: int) -> list[int]:
    """Return where digits and number words begin, in order."""
    places = [match.start() for match in _DIGIT.finditer(text, start, end)]
    places += [match.start() + 1 for match in _LOWER.finditer(text, start, end)]
    opening = _OPENS_LOWER.match(text, start, end)
    if opening and opening.group().capitalize() in _OPENING:
        places.append(start)
    places += [match.start() for match in _CAPITAL.finditer(text, start, end) if match.group() in _OPENING]
    return sorted(places)


@dataclass(frozen=True, slots=True)
class _Place:
    """A position in a sentence at which a number begins."""

    text: str
    at: int
    end: int  # of the sentence
    before: str  # the words before, back to the start of the sentence
    start: int  # of the sentence

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match the pattern where the number begins, within the sentence."""
        return pattern.match(self.text, self.at, self.end)


def _read(here: _Place) -> Quantity | None:
    """Return the quantity that begins here, if it is one."""
    if _is_year(here):
        return None
    for reader in _UNMISTAKABLE:
        if (found := reader(here)) is not None:
            return found
    if _is_excluded(here):
        return None
    for reader in _OTHERS:
        if (found := reader(here)) is not None:
            return found
    return None


def _end_of_number(here: _Place) -> int:
    """Return where to go on after a number that is no figure."""
    match = here.match(_YEAR) or here.match(_PLAIN)
    return match.end() if match else here.at + 1


def _money(here: _Place) -> Quantity | None:
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


def _percentage(here: _Place) -> Quantity | None:
    """Read "40%", "forty per cent", "20–25%"; of "from 5% to 8%" the first."""
    match = here.match(_PERCENTAGE)
    if match is None:
        return None
    if match["b"] is not None and not _is_range(match, here):
        end = match.end("mark") if match["mark"] else match.end("a")
        return _quantity(match, "percent", end=end, unit="%")
    return _quantity(match, "percent", second=match["b"], unit="%")


def _rate(here: _Place) -> Quantity | None:
    """Read "111 per 10,000" and "67/10,000"; of "from 18 to 13 per 10,000" the first."""
    match = here.match(_RATE)
    if match is None:
        return None
    end = match.end("a") if match["b"] is not None else match.end()
    return replace(_quantity(match, "rate", end=end), value2=read_number(match["base"]))


def _out_of(here: _Place) -> Quantity | None:
    """Read "58 out of 80"."""
    match = here.match(_OUT_OF)
    if match is None or read_number(match["b"]) < read_number(match["a"]):
        return None
    return _quantity(match, "ratio", second=match["b"])


def _one_in(here: _Place) -> Quantity | None:
    """Read "one in three" as a share."""
    match = here.match(_ONE_IN)
    if match is None:
        return None
    part, whole = read_number(match["a"]), read_number(match["b"])
    if part >= whole:
        return None
    return Quantity(here.at, match.end(), "share", round(part / whole, 4), number=here.at)


def _fraction(here: _Place) -> Quantity | None:
    """Read "two thirds", "a quarter" and "half" where a group is divided."""
    match = here.match(_FRACTION)
    if match is None or _OF_GROUP.match(here.text, match.end(), here.end) is None:
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


def _is_year(here: _Place) -> bool:
    """Tell whether the number is a year or a range of years, not a count such as "2013 children"."""
    match = here.match(_YEAR)
    if match is None:
        return False
    counted = load_rules().counted.match(here.text, match.end(), here.end)
    return counted is None or _TEMPORAL.search(here.before) is not None or match.end() - here.at > 4


def _is_excluded(here: _Place) -> bool:
    """Tell whether the number is a date, section, age or another number that is no figure."""
    match = here.match(_PLAIN) or here.match(_NUMBER)
    if match is None:
        return True
    value = read_number(match.group())
    in_words = not match.group()[0].isdigit()
    return any(_excludes(rule, here, value, match.end(), in_words) for rule in load_rules().exclusions)


def _excludes(rule: Exclusion, here: _Place, value: float, number_end: int, in_words: bool) -> bool:
    """Tell whether the rule says that this number is no figure."""
    if (
        not rule.at_least <= value <= rule.at_most
        or value in rule.exclude_values
        or (rule.only_words and not in_words)
    ):
        return False
    if rule.after and rule.after.match(here.text, number_end, here.end) is None:
        return False
    if rule.before and rule.before.search(here.before) is None:
        return False
    return not (rule.unless_clause and rule.unless_clause.search(here.text, here.start, here.end))


def _compound(here: _Place) -> Quantity | None:
    """Read "two years and three months" as months."""
    match = here.match(_COMPOUND)
    if match is None:
        return None
    months = read_number(match["a"]) * 12 + read_number(match["b"])
    return Quantity(here.at, match.end(), "duration", months, unit="months", number=here.at)


def _duration(here: _Place) -> Quantity | None:
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


def _is_weighty(here: _Place, after: int, value: float) -> bool:
    """Tell whether a duration in the singular ("one week", "26-week target") states something measured."""
    if _NORM.match(here.text, after, here.end):
        return True
    return (
        value == 1
        and (_WEIGHTY.search(here.before) or load_rules().approx_before.search(here.before)) is not None
    )


def _part_of(here: _Place) -> Quantity | None:
    """Read "13 of the 125", where the second number is the whole."""
    match = here.match(_OF_NUMBER)
    if match is None or _YEAR.match(here.text, match.start("b"), here.end):
        return None
    part, whole = read_number(match["a"]), read_number(match["b"])
    if part > whole or (part == 1 and not match["a"].isdigit() and not _WEIGHTY.search(here.before)):
        return None
    return _quantity(match, "ratio", second=match["b"])


def _range(here: _Place) -> Quantity | None:
    """Read "29 to 45" and "between five and eight children"; of "from 57 to 92" the first."""
    match = here.match(_RANGE)
    if match is None or _YEAR.match(here.text, match.start("b"), here.end):
        return None
    if not (match["a"][0].isdigit() or load_rules().counted.match(here.text, match.end(), here.end)):
        return None
    if not _is_range(match, here):
        return _quantity(match, "count", end=match.end("a")) if match["link"] != "and" else None
    return _quantity(match, "count", second=match["b"])


def _count(here: _Place) -> Quantity | None:
    """Read a plain number: in digits, or in words where people, cases or services are counted."""
    match = here.match(_PLAIN)
    if match is None:
        return None
    value = read_number(match.group())
    if not match.group()[0].isdigit() and not _is_counted(here, match.end(), value):
        return None
    if match.group()[0].isdigit() and (base := _RATE_STATED.search(here.text, here.start, here.at)):
        if load_rules().counted.match(here.text, match.end(), here.end) is None:
            return replace(_quantity(match, "rate"), value2=read_number(base[1]))
    return _quantity(match, "count")


def _is_counted(here: _Place, after: int, value: float) -> bool:
    """Tell whether a number word is followed by people, cases or services, or stands for them."""
    rules = load_rules()
    if _SHARE_BEHIND.match(here.text, after, here.end):
        return True
    if value == 1:
        return rules.counted_by_one.match(here.text, after, here.end) is not None
    if rules.counted.match(here.text, after, here.end):
        return True
    return value > 2 and rules.elided.match(here.text, after, here.end) is not None


def _is_range(match: re.Match[str], here: _Place) -> bool:
    """Tell "29 to 45" and "between 20 and 30" from "(from) 57 to 92" as a movement and "20 and 30" as two."""
    lower, upper = read_number(match["a"]), read_number(match["b"])
    link = (match["link"] or "").strip().casefold()
    if upper <= lower:
        return False
    if link == "and":
        return _BETWEEN.search(here.before) is not None
    if link == "to":
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


def _approximate(found: Quantity, text: str, done: int, end: int) -> Quantity:
    """Widen the quantity over an approximator before or after it."""
    for cue in load_rules().approx:
        if cue.right and (after := cue.right.match(text, found.end, end)):
            return replace(found, end=after.end(), approx=cue.value)
    before = load_rules().approx_before.search(text, max(done, found.start - _BEFORE), found.start)
    if before is None or not _may_approximate(text, before, found):
        return found
    for cue in load_rules().approx:
        if cue.left and cue.left.match(text, before.start(), found.start):
            return replace(found, start=before.start(), approx=cue.value)
    return found


def _may_approximate(text: str, before: re.Match[str], found: Quantity) -> bool:
    """Tell an approximator from a preposition: "about 40", but not "concerns about four children"."""
    word = before.group().strip().casefold()
    if word in {"about", "around", "over", "above", "below", "under"}:
        return _PREPOSITION.search(text, max(0, before.start() - 30), before.start()) is None
    return word != "within" or found.kind == "duration"


_UNMISTAKABLE: Final[tuple[Callable[[_Place], Quantity | None], ...]] = (
    _money,
    _percentage,
    _rate,
    _out_of,
    _one_in,
    _fraction,
)
_OTHERS: Final[tuple[Callable[[_Place], Quantity | None], ...]] = (
    _part_of,
    _compound,
    _duration,
    _range,
    _count,
)
