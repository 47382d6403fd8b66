"""Which shapes can only be quantities, whatever stands around them?"""

import re
from dataclasses import replace
from typing import Final

from extract.alternatives import either
from extract.figures_numbers import DIGITS, NUMBER, NUMBER_WORDS, read_number
from extract.figures_place import BEFORE_AMOUNT, FROM, Place, Quantity, Shape, is_range, make_quantity

_SMALL: Final = r"(?:one|two|three|four|five|six|seven|eight|nine|[1-9])"
_FRACTIONS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
PARTS: Final = "|".join(_FRACTIONS)
DASH: Final = r"\s?[-–−─―]\s?"
_PERCENT: Final = r"\s?(?:%|per\s?cent\b|percent\b|percentage\spoints?\b|pp\b)"
PERIOD: Final = (
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|quarters?|terms?|working|calendar|financial|academic)\b"
)
_MONEY: Final = re.compile(
    rf"(?i)£\s?(?P<a>{DIGITS})(?:\s?(?P<scale_a>million|m|billion|bn|thousand|k)\b)?"
    rf"(?:(?:{DASH}|\s(?:to|and)\s)£?(?P<b>{DIGITS})(?:\s?(?P<scale_b>million|m|billion|bn|thousand|k)\b)?)?"
)
_POUNDS: Final = re.compile(rf"(?i)(?P<a>{NUMBER})\spounds\b")
_SCALES: Final = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3}
_PERCENTAGE: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:(?P<mark>{_PERCENT})?(?:{DASH}|\s(?P<link>to|and|or)\s)(?P<b>{NUMBER}))?{_PERCENT}"
)
_RATE: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:(?P<link>{DASH}|\sto\s)(?P<b>{DIGITS}))?(?:\s[a-z’-]+){{0,4}}?"
    r"(?:\sper\s|\sin\severy\s|\sfor\severy\s|\s?/\s?)(?P<base>100,000|10,000|1,000|100000|10000|1000|100|(?:(?:ten|one|a|a\shundred|one\shundred)\s)?thousand)(?![\d,]\d)"
)
_OUT_OF: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:\s[a-z’-]+){{0,2}}?\sout\s(?:of\s|(?=the\s))(?:(?:the|these|those|all|every|a\stotal\sof)\s)*(?P<b>{NUMBER})"
)
_RATIO: Final = re.compile(r"(?i)\bratios?\s(?:[a-z’-]+\s){0,5}?(?:of|is|was|at)\s(?:about\s)?$")
_TO_ONE: Final = re.compile(
    rf"(?i)(?P<a>{NUMBER})(?:(?:\s[a-z’-]+){{0,2}}?\sto\s|\s?:\s?)(?P<b>{NUMBER})(?![\w%]|[.,]\d)"
)
_ONE_IN: Final = re.compile(
    rf"(?i)(?P<a>{_SMALL})(?:\s(?:child(?:ren)?|young\s(?:person|people)|pupils?|famil(?:y|ies)|care\sleavers?))?\sin\s(?:every\s)?(?P<b>{_SMALL}|ten|twelve|twenty|1\d|20|25|50|100)\b(?!\s{PERIOD}|[,.]\d|-)"
)
_FRACTION: Final = re.compile(
    rf"(?i)(?:(?P<a>an?|one|two|three|four|five)[\s-](?P<part>{PARTS})s?\b|(?P<half>half)\b)"
)
# What follows a fraction of a group, and what shows that "half" or "quarter" is something else.
_OF_GROUP: Final = re.compile(
    r"(?i)\s(?:of\b(?!\s(?:20\d\d|the\s(?:year|financial|20\d\d)))|(?:the|all|their|its|these|those|were|are|is|was|have|had|has|do|did|live|attend\w*|received?|"
    r"said|felt|reported|remain|who|not|being|in\s(?:20\d\d|march|june|sept\w*)|make|made|achieved?|told|on|at|from|over|since|a\s(?:year|month)|\()\b|\()|\s?[.,;:)]|$"
)
# After an approximator it is a share, unless one of these follows.
_ABOUT: Final = re.compile(
    r"(?i)\b(?:over|more\sthan|less\sthan|fewer\sthan|under|nearly|almost|around|about|approximately)\s$"
)
_NOT_PART: Final = re.compile(
    r"(?i)[\s-](?:an?\b|day|hour|term|year|way|price|yearly|termly|brother|sister|sibling)"
)
_THE_NEXT: Final = re.compile(r"a\sthird\s(?:is|was|has|will)\b")  # after two others
_NOT_GROUP: Final = re.compile(
    r"(?i)\b(?:first|second|last|latter|past|previous|next|other|each|per|every|the|this|one\sand\sa|and\sa|once|twice|times|\d\sand)\s$|-and-(?:a-)?$"
)
# "less than a year", "within a week"; "a year before" is a moment.
_ONE_UNIT: Final = re.compile(
    r"(?i)an?\s(?P<unit>year|month|week|day|hour)\b(?!\s(?:ago|later|earlier|before|after|on|old|into|since|from|prior|time)\b|[-’])"
)
_LIMITED: Final = re.compile(
    r"(?i)\b(?:(?:less|more|longer|shorter)\sthan|at\sleast|within|under|up\sto|almost|nearly|just\s(?:over|under)"
    r"|(?:for|in|waits?|waited|waiting|takes?|took|taken)\sover)\s$"
)


def _money(here: Place) -> Quantity | None:
    """Read "£700", "£1.2 million" or "£5 to £6 million"."""
    if (pounds := here.match(_POUNDS)) is not None:
        return make_quantity(pounds, "money", unit="GBP")
    match = here.match(_MONEY)
    if match is None:
        return None
    scale_b = _SCALES.get((match["scale_b"] or "").casefold(), 1.0)
    scale_a = _SCALES.get((match["scale_a"] or match["scale_b"] or "").casefold(), 1.0)
    value = round(read_number(match["a"]) * scale_a, 2)
    if match["b"] is None:
        return Quantity(here.at, match.end(), "money", value, unit="GBP", number=here.at)
    upper = round(read_number(match["b"]) * scale_b, 2)
    if upper <= value or FROM.search(here.before) or BEFORE_AMOUNT.search(here.before):
        end = match.end("scale_a") if match["scale_a"] else match.end("a")
        return Quantity(here.at, end, "money", value, unit="GBP", number=here.at)
    return Quantity(here.at, match.end(), "money", value, upper, "GBP", number=here.at)


def _percentage(here: Place) -> Quantity | None:
    """Read "40%", "forty per cent", "20–25%"; of "from 5% to 8%" the first."""
    match = here.match(_PERCENTAGE)
    if match is None:
        return None
    if match["b"] is not None and not is_range(match, here):
        if match["link"] in {"and", "or"} and not match["mark"]:
            return None  # "were under ten and 32% were": two numbers of which one is a share
        end = match.end("mark") if match["mark"] else match.end("a")
        return make_quantity(match, "percent", end=end, unit="%")
    return make_quantity(match, "percent", second=match["b"], unit="%")


def _rate(here: Place) -> Quantity | None:
    """Read "111 per 10,000" and "67/10,000"; of "from 18 to 13 per 10,000" the first."""
    match = here.match(_RATE)
    if match is None:
        return None
    end = match.end("a") if match["b"] is not None else match.end()
    return replace(make_quantity(match, "rate", end=end), value2=read_number(match["base"]))


def _out_of(here: Place) -> Quantity | None:
    """Read "58 out of 80"."""
    match = here.match(_OUT_OF)
    if match is None or read_number(match["b"]) < read_number(match["a"]):
        return None
    return make_quantity(match, "ratio", second=match["b"])


def _ratio(here: Place) -> Quantity | None:
    """Read "a ratio of one to six" and "the ratio of staff to children is 1:8"."""
    match = here.match(_TO_ONE) if _RATIO.search(here.before) else None
    return make_quantity(match, "ratio", second=match["b"]) if match else None


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
    about = _ABOUT.search(here.before) and not _NOT_PART.match(here.text, match.end(), here.end)
    if not (about or BEFORE_AMOUNT.search(here.before) or _OF_GROUP.match(here.text, match.end(), here.end)):
        return None
    if _NOT_GROUP.search(here.before) or _THE_NEXT.match(here.text, here.at, here.end):
        return None
    top = 1.0 if match["half"] or match["a"].casefold() in {"a", "an"} else read_number(match["a"])
    bottom = _FRACTIONS["half" if match["half"] else match["part"].casefold()]
    return (
        Quantity(here.at, match.end(), "share", round(top / bottom, 4), number=here.at)
        if top < bottom
        else None
    )


def _one_unit(here: Place) -> Quantity | None:
    """Read "less than a year" and "within a week"."""
    match = here.match(_ONE_UNIT)
    if match is None or _LIMITED.search(here.before) is None:
        return None
    return Quantity(here.at, match.end(), "duration", 1, unit=match["unit"].casefold() + "s", number=here.at)


UNMISTAKABLE: Final = (
    Shape(_money, re.compile("£|pounds")),
    Shape(_percentage, re.compile(r"%|per\s?cent|pp\b")),
    Shape(_ratio, re.compile("ratio")),
    Shape(_rate, re.compile(r"/|per\s|every\s")),
    Shape(_out_of, re.compile(r"out\s")),
    Shape(_one_in, re.compile(r"in\s(?:every|\d|" + either(NUMBER_WORDS) + ")")),
    Shape(_fraction, re.compile(PARTS)),
    Shape(_one_unit, re.compile(r"an?\s(?:year|month|week|day|hour)\b")),
)
