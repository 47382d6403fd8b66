"""What does the area profile of a 2014-2017 report say of the standard measures?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.model import Document, Indicator, Paragraph
from corpus.sentences import split_sentences
from extract.figures_numbers import DIGITS, WORDS
from extract.indicators_checks import mark_doubts
from extract.indicators_earlier import Earlier, find_afterthought, find_earlier
from extract.indicators_rules import DATE, Measure, load_measures, read_value
from extract.indicators_shares import find_returned, find_share_outside
from extract.times import MONTH, last_day

_YEAR_LONG: Final = re.compile(
    r"(?i)\b(?:in|over|during|within)\sthe\s"
    r"(?:(?:last|past|previous)\s(?:12|twelve)[\s-]months?|last\syear|year|12\smonths?)\b(?:\s(?:to|up\sto|ending|ended|prior\sto|before)\s)?"
)
# What a bracket says of the country dates nothing else.
_NATIONAL: Final = re.compile(
    r"(?i)\((?!source\b)[^()]*\b(?<!Office for )(?:national|England|country|average)\b[^()]*\)"
)
_SOURCE: Final = re.compile(
    r"(?i)(?:\(|\b(?:source|ONS|mid[\s-]?year|estimates?|census)\b)[^().%]*\b(?:mid-?)?(?P<year>(?:19|20)\d\d)\b[^().%]*\)?\W*$"
)
_SAME_DAY: Final = re.compile(r"(?i)\b(?:at|on)\s(?:that|the\ssame|this)\s(?:date|point|time|day)\b")
_GOES_ON: Final = re.compile(r"(?:This|These|It|The\s(?:number|figure|rate))\b")
_SPAN: Final = re.compile(
    r"\s(?:up\s)?(?:to|until|and)\s(?:the\send\sof\s)?|\s?[-–]\s?"
)  # of time, dated by its end
_DAY_ALONE: Final = re.compile(rf"(?i)(?<=\b(?:at|on|to)\s)\d{{1,2}}\s{MONTH}\b(?!,?\s(?:19|20)\d\d)")
# A footnote marker sticks to a number with thousands: "42,6163".
_MARKED: Final = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+)\d\b")
_GLUED: Final = re.compile(r"(?<=\d)(?=(?:children|young)\b)")
_AT: Final = re.compile(r"(?i)\b(?:at|on)\s(?:the\send\sof\s)?$")
_CHILDREN: Final = re.compile(r"(?i)\b(?:children|number|data)\b")
# Where the bullets of a list were lost, an item begins with a number right behind the item before.
_ITEM: Final = re.compile(
    r"(?:(?<=area)|(?<=:)|(?<=school)|(?<=schools)|(?<=homes)|(?<=families)|(?<=parents)|(?<=adoption)|(?<=adoptions)|(?<=orders)|"
    r"(?<=\))|(?<=living)|(?<=looked after))(?:\s|(?=[A-Z]))"
    rf"(?=(?i:no|none|{WORDS}|{DIGITS})\s(?:children|child|young|live[sd]?|is|are|were|\((?:or\s)?\d))"
)
_HEADER: Final = re.compile(r"(?i)(?::\s*$|\b(?:below|following|brackets?)\b)")
_PRINTED: Final = ("share", "share_b", "rate", "rate_b", "value", "value_b", "value_c")  # groups of a pattern
_POPULATION: Final = frozenset({"child_population", "child_population_share"})
_WITHOUT_PROFILE: Final = frozenset({"pre_sif", "ilacs", "area_send"})  # what they tell of the area is prose


@dataclass(slots=True)
class _Reading:
    """What is known while a profile is read from top to bottom."""

    rows: dict[str, Indicator] = field(default_factory=dict)
    last: tuple[str, ...] = ()  # the measures of the last dated sentence, which an "increase from" belongs to
    topic: str | None = None
    section: int | None = None
    last_date: str | None = None  # of a measure, for "on the same day"
    header_date: str | None = None  # of a line above a list, for the items that print none
    list_date: str | None = None  # of the children looked after, for the items under "of this number"
    year_date: str | None = None  # printed end of the twelve months


def find_indicators(document: Document) -> tuple[Indicator, ...]:
    """Return one row for each standard measure that the document's area profile prints, in printed order."""
    if document.framework in _WITHOUT_PROFILE:
        return ()
    headings: dict[int | None, str] = {section.id: section.heading for section in document.sections}
    reading = _Reading()
    for paragraph in document.paragraphs:
        if paragraph.role == "profile":
            _read_paragraph(paragraph, headings.get(paragraph.section_id, ""), reading)
    return mark_doubts(tuple(reading.rows.values()), document)


def _read_paragraph(paragraph: Paragraph, heading: str, reading: _Reading) -> None:
    """Add what one line of the profile says; a date in the `heading` above it holds for its items."""
    if not _GOES_ON.match(paragraph.text):
        reading.last = ()
    if paragraph.section_id != reading.section:
        dated = DATE.search(heading)
        reading.section, reading.header_date = paragraph.section_id, last_day(heading) if dated else None
    _note_topic(paragraph.text, reading)
    before = set(reading.rows)
    sentences = [
        item
        for start, end in split_sentences(paragraph.text)
        for item in _ITEM.split(paragraph.text[start:end])
    ]
    for sentence, following in zip(sentences, [*sentences[1:], ""], strict=True):
        _read_sentence(sentence, following, paragraph.position, reading)
    if source := _SOURCE.search(_NATIONAL.sub("", paragraph.text)):
        _date_by_source(source["year"], reading.rows.keys() - before, reading)


def _read_sentence(sentence: str, following: str, position: int, reading: _Reading) -> None:
    """Add the measures of one sentence, or the earlier value that it states for those before it."""
    sentence = _complete_days(sentence, reading.last_date)
    earlier = find_earlier(sentence, dated=len(DATE.findall(sentence)) > 1 or reading.header_date is not None)
    now = sentence[: earlier.start] if earlier else sentence
    date = _own_date(_NATIONAL.sub("", now), reading)
    found = _find_measures(_blank(now), following, position, date, reading)
    if found:
        reading.last = tuple(found)
    elif date and _HEADER.search(sentence):
        _note_date(sentence, date, reading)
    elif earlier is None and reading.last:
        earlier = find_afterthought(sentence)
    if earlier:
        _add_earlier(earlier, reading)


def _complete_days(sentence: str, known: str | None) -> str:
    """Return the sentence with the year added to a day without one that is the day `known` from above."""

    def complete(match: re.Match[str]) -> str:
        dated = f"{match.group()} {(known or '')[:4]}"
        return dated if last_day(dated) == known else match.group()

    return _DAY_ALONE.sub(complete, sentence) if known else sentence


def _date_by_source(year: str, names: Iterable[str], reading: _Reading) -> None:
    """Give the year of the source with which a line closes to the measures of the line that have no date."""
    for name in names:
        row = reading.rows[name]
        if row.as_of is None and name in _POPULATION:
            reading.rows[name] = replace(row, as_of=year)


def _note_topic(line: str, reading: _Reading) -> None:
    """Remember which school measure this line and those below it belong to."""
    for name, pattern in load_measures().topics:
        if pattern.search(line):
            reading.topic = name
            return
    if line.rstrip().endswith(":"):
        reading.topic = None


def _note_date(header: str, date: str, reading: _Reading) -> None:
    """Remember the date that a line above a list gives to its items."""
    day = DATE.search(header)
    if _CHILDREN.search(header) or (day and _AT.search(header, 0, day.start())):
        reading.list_date = reading.header_date = date
    else:
        reading.year_date = last_day(list(DATE.finditer(header))[-1].group())


def _own_date(sentence: str, reading: _Reading) -> str | None:
    """Return the date that the sentence gives itself; that of twelve months is kept for the items below."""
    year = _YEAR_LONG.search(sentence)
    dates = list(DATE.finditer(sentence))
    if year and not (dates and dates[0].start() < year.start()):
        reading.year_date = last_day(dates[-1].group()) if dates else None
        return None
    if not dates:
        return reading.last_date if _SAME_DAY.search(sentence) else None
    spans_time = len(dates) > 1 and _SPAN.fullmatch(sentence, dates[0].end(), dates[1].start())
    reading.last_date = last_day(dates[1 if spans_time else 0].group())
    return reading.last_date


def _blank(sentence: str) -> str:
    """Return the sentence with its dates and the twelve months blanked out: no number in them counts."""
    sentence = _MARKED.sub(r"\1", _GLUED.sub(" ", sentence))
    without = _YEAR_LONG.sub(lambda match: " " * len(match.group()), sentence)
    return re.sub(r"^[\s,:]+", "", DATE.sub(lambda match: "_" * len(match.group()), without))


def _find_measures(
    sentence: str, following: str, position: int, date: str | None, reading: _Reading
) -> list[str]:
    """Add each measure that the sentence prints and return their names."""
    found: list[str] = []
    for measure in load_measures().measures:
        if measure.name in reading.rows or (measure.topic and measure.topic != reading.topic):
            continue
        if measure.after and measure.after not in reading.rows:
            continue
        match = measure.pattern.search(sentence)
        if match is None:
            continue
        row = _row(measure, match, position, date, reading)
        reading.rows[measure.name] = row
        found.append(measure.name)
        if measure.name == "looked_after" and row.as_of:
            reading.list_date = row.as_of
        rest = match.groupdict().get("inverted") or sentence[match.end() :]
        if measure.outside and (share := find_share_outside(rest, following)) is not None:
            reading.rows[measure.outside] = replace(row, indicator=measure.outside, value=share, unit="%")
        if measure.returned:
            _add_returned(measure, find_returned(rest, following), row, reading)
    return found


def _row(
    measure: Measure, match: re.Match[str], position: int, date: str | None, reading: _Reading
) -> Indicator:
    """Return the row of one measure."""
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    printed = next(groups[name] for name in _PRINTED if name in groups)
    part_of = reading.rows.get(measure.part_of or "")
    every = printed[:3].casefold() == "all"
    whole_value = part_of.value if part_of else None
    value = whole_value if every else read_value(printed)
    england = groups.get("england") or groups.get("england_b") or (printed if "alike" in groups else None)
    whole = reading.rows.get(measure.after or "")
    own = whole.as_of if whole else None if measure.unit else reading.header_date
    inherited = {"own": own, "list": reading.list_date, "year": reading.year_date}[measure.date]
    return Indicator(
        paragraph=position,
        indicator=measure.name,
        value=100.0 if every and measure.unit == "%" else value,
        unit=measure.unit,
        as_of=date or inherited,
        england=read_value(england) if england else None,
    )


def _add_returned(
    measure: Measure, returned: tuple[float | None, float | None], row: Indicator, reading: _Reading
) -> None:
    """Add the share and the count of children who came back, as far as they are printed."""
    for name, value, unit in zip(measure.returned, returned, ("%", None), strict=True):
        if value is not None:
            reading.rows[name] = replace(row, indicator=name, value=value, unit=unit)


def _add_earlier(earlier: Earlier, reading: _Reading) -> None:
    """Add the earlier value and its date to the measures of the last dated sentence."""
    for measure in load_measures().measures:
        if measure.name not in reading.last or measure.date != "own" or measure.unit is not None:
            continue
        row = reading.rows[measure.name]
        if row.previous_as_of is not None or row.previous_value is not None:
            continue
        if earlier.as_of and row.as_of and earlier.as_of >= row.as_of:
            continue
        value = row.value if earlier.same else earlier.rate if measure.rate else earlier.value
        if measure.rate and value is None:
            continue
        reading.rows[measure.name] = replace(row, previous_value=value, previous_as_of=earlier.as_of)
