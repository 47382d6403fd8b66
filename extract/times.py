"""Which times does a text name, and which days are they?"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

_MONTHS: Final = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS_SHORT: Final = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Sept?|Oct|Nov|Dec)"
)
_DAY_OF_MONTH: Final = r"\d{1,2}(?:st|nd|rd|th)?"
DAY: Final = (
    rf"(?:{_DAY_OF_MONTH}\s(?:of\s)?{MONTH},?\s(?:19|20)\d\d"
    rf"|{MONTH}\s{_DAY_OF_MONTH},?\s(?:19|20)\d\d|(?<![\d/.])\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d)"
)
_MOMENT: Final = rf"(?:{DAY}|{MONTH}\s(?:19|20)\d\d)"
_SHORT: Final = rf"(?:(?:\d{{1,2}}\s)?{MONTH}(?:\s(?:19|20)\d\d)?)"
_YEARS: Final = (
    r"(?:(?:19|20)\d\d[-–−─/]\d\d\s(?:to|and)\s(?:19|20)\d\d[-–−─/]\d\d\b"
    r"|(?:19|20)\d\d\s?[-–−─/]\s?(?:(?:20)?\d\d|\d)\b|(?:19|20)\d\d\s(?:to|and|until)\s(?:19|20)\d\d\b)"
)
_YEAR: Final = r"(?:19|20)\d\d"
_NUMBER: Final = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|few)"

# With what a time can begin: a place that has none of it is left at once, five times as fast as without.
_OPENS: Final = (
    rf"(?=\d|{MONTH}|[Bb]etween\s|[Ff](?:rom|irst|ourth)\s|[Tt](?:he|his|hird)\s|quarter\s|second\s|[Ll]ast\s|Q[1-4]"
    r"|[Ss]ince\s|[Oo]ver\s|[Ii]n\s|[Ww]ithin\s|[Dd]uring\s|[Aa]t\s|a\s)"
)
_PERIOD: Final = re.compile(
    rf"{_OPENS}(?:(?P<range>(?:[Bb]etween\s|[Ff]rom\s)?{_SHORT}(?:\s(?:to|and|until)\s|\s?[-–−]\s?)(?:the\send\sof\s)?{_MOMENT})"
    rf"|(?P<year_to>[Tt]he\s(?:(?:\w+\s)?year|(?:{_NUMBER}[\s-])months?(?:\speriod)?)\s(?:to|up\sto|ending|ended)\s(?:the\send\sof\s)?{_MOMENT})"
    rf"|(?P<quarter>(?:the\s)?(?:quarter\s(?:one|two|three|four|[1-4])|(?:first|second|third|fourth|last)\squarter|Q[1-4])(?:\s(?:of|in))?(?:\s(?:{_YEARS}|{_YEAR}))?)"
    rf"|(?P<since>[Ss]ince\s(?:the\send\sof\s)?(?:{_MOMENT}|{_YEARS}|{_YEAR}))"
    rf"|(?P<moment>{_MOMENT})"
    rf"|(?P<years>(?:the\s(?:academic|school|financial)\syear\s)?{_YEARS}(?:\s(?:academic|school|financial)\syear)?)"
    rf"|(?P<year>(?<![\d£,.-])(?<!Act\s)(?<!Regulations\s)(?<!Together\s)(?<!Guidance\s)(?<!guidance\s){_YEAR}(?![\d%]|[,.]\d))"
    rf"|(?P<window>(?:[Oo]ver\s|[Ii]n\s|[Ww]ithin\s|[Dd]uring\s)?the\s(?:last|past|previous|preceding|first|next|most\srecent)\s(?:(?:{_NUMBER}|full|academic|financial|school|reporting|\w+-)[\s-]?){{0,2}}(?:days|weeks|months|years|year|month|quarter|inspection\syear|term)(?:\s(?:of|before|prior\sto|preceding)\s(?:the\s|this\s)?(?:inspection|{_YEARS}|{_YEAR}))?"
    r"|(?:[Tt]his|[Ll]ast)\s(?:financial\s|academic\s|school\s)?year|the\s(?:year|(?:\w+\s)?months|period)\s(?:before|preceding|prior\sto)\s(?:the\s|this\s)?inspection"
    r"|[Aa]t\sthis\sinspection|(?:[Aa]t\s)?the\s(?:time|point)\sof\s(?:(?:the|this|our|inspectors’)\s)?(?:last\s|previous\s)?(?:inspection|visit|audit|review)|since\sthe\s(?:last|previous)\sinspection|(?:a|the\sprevious)\syear\s(?:ago|earlier|before)))"
)
_ACADEMIC: Final = re.compile(
    r"(?i)\b(?:GCSEs?|key stage|academic|school year|pupils?|attainment|exclusions?|attendance|A\*)"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A time as printed, where it stands, and its first and last day where they are known."""

    start: int
    end: int
    printed: str
    first: str | None
    last: str | None


def find_periods(text: str, start: int, end: int) -> tuple[Period, ...]:
    """Return the times that the sentence `text[start:end]` names, in order."""
    matches = list(_PERIOD.finditer(text, start, end))
    academic = bool(matches) and _ACADEMIC.search(text, start, end) is not None
    found = []
    for match in matches:
        first, last = _resolve(match.lastgroup or "", match.group(), academic=academic)
        found.append(Period(match.start(), match.end(), match.group(), first, last))
    return tuple(found)


def last_day(printed: str) -> str | None:
    """Return the day, month or year of a date, as precisely as it is printed: "2014-03-31", "2014-03"."""
    if match := re.search(r"(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)", printed):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := re.search(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?({MONTH}),?\s({_YEAR})", printed):
        return _day(int(match[3]), _month(match[2]), int(match[1]))
    if match := re.search(rf"({MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s({_YEAR})", printed):
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    if match := re.search(rf"({MONTH})\s({_YEAR})", printed):
        return f"{int(match[2]):04d}-{_month(match[1]):02d}"
    if re.search(_YEARS, printed):
        return _resolve_years(printed, academic=False)[1]
    match = re.search(_YEAR, printed)
    return match.group() if match else None


def _day(year: int, month: int, day: int) -> str | None:
    """Return a day in ISO form, None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@cache
def _resolve(group: str, printed: str, *, academic: bool) -> tuple[str | None, str | None]:
    """Return the first and last day of a printed time, each None where it cannot be known."""
    if group == "range":
        return _resolve_range(printed)
    if group == "years":
        return _resolve_years(printed, academic=academic)
    if group not in {"moment", "since", "year_to", "year"}:
        return None, None
    moment = re.search(rf"{_MOMENT}|{_YEAR}", printed)
    first, last = _bounds(moment.group()) if moment else (None, None)
    if group == "since":
        return first, None
    if group == "year_to":
        return (_year_before(last) if "year" in printed else None), last
    return first, last


def _resolve_range(printed: str) -> tuple[str | None, str | None]:
    """Return the days of "April to September 2015" and "1 June 2014 to 31 May 2015"."""
    moments = list(re.finditer(rf"{_SHORT}", printed))
    last = _bounds(moments[-1].group())[1]
    opening = moments[0].group()
    if not re.search(_YEAR, opening) and last:
        opening = f"{opening} {last[:4]}"
    return _bounds(opening)[0], last


def _resolve_years(printed: str, *, academic: bool) -> tuple[str | None, str | None]:
    """Return the days of "2013–14": April to March, or September to August in education."""
    numbers = re.findall(r"\d{1,4}", printed)
    first = int(numbers[0])
    known = 10 ** len(numbers[-1])  # "2013–4" and "2013–14" leave out what both years share
    last = first // known * known + int(numbers[-1])
    if last <= first:
        return None, None
    if (academic or "academic" in printed or "school" in printed) and (last == first + 1 or len(numbers) > 2):
        return f"{first}-09-01", f"{last}-08-31"
    return f"{first}-04-01", f"{last}-03-31"


def _bounds(moment: str) -> tuple[str | None, str | None]:
    """Return the first and last day of "31 March 2014" or "March 2014"."""
    precise = last_day(moment)
    if precise is None or len(precise) == 10:
        return precise, precise
    if len(precise) == 4:
        return f"{precise}-01-01", f"{precise}-12-31"
    year, month = int(precise[:4]), int(precise[5:])
    return f"{precise}-01", f"{precise}-{calendar.monthrange(year, month)[1]:02d}"


def _year_before(last: str | None) -> str | None:
    """Return the first day of the year that ends on this day."""
    if last is None:
        return None
    following = date.fromisoformat(last) + timedelta(days=1)
    return following.replace(year=following.year - 1, day=min(following.day, 28)).isoformat()


def _month(name: str) -> int:
    """Return the number of a month by its full or short name."""
    return _MONTHS.get(name.casefold()) or _MONTHS_SHORT[name.casefold()[:3]]
