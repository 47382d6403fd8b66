"""What does the area profile of a 2014-2017 report say of the standard measures?"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.model import Document, Indicator, Paragraph
from corpus.sentences import split_sentences
from extract.figures_numbers import DIGITS, WORDS, read_number
from extract.figures_period import DAY, MONTH, last_day
from extract.indicators_checks import mark_doubts
from extract.indicators_rules import NUMBER, PERCENT, SUPPRESSED, Measure, load_measures

_DATE: Final = re.compile(
    rf"{DAY}|{MONTH}\s(?:19|20)\d\d|(?<![\d,.£])(?:19|20)\d\d(?:\s?[-–/]\s?\d{{2,4}})?(?![\d%]|,\d|\s?children|\s?young)"
)
_YEAR_LONG: Final = re.compile(
    r"(?i)\b(?:in|over|during|within)\sthe\s"
    r"(?:(?:last|past|previous)\s(?:12|twelve)[\s-]months?|last\syear|year|12\smonths?)\b(?:\s(?:to|up\sto|ending|ended|prior\sto|before)\s)?"
)
_NUMBER: Final = NUMBER
_EARLIER: Final = re.compile(
    rf"(?i)\b(?:increas|reduc|decreas|ris|fall|fell|declin|drop|chang|up|down|growth|higher|lower|compar)\w*\b[^.]{{0,60}}?"
    rf"\b(?:from|than|compared\s(?:to|with)|on|with|to)\s(?:(?:the|a\stotal\sof|when)\s)*(?P<value>{_NUMBER})"
    rf"(?P<rest>.*)$"
)
_SAME: Final = re.compile(r"(?i)\b(?:the\ssame\b|unchanged|no\schange|identical)(?P<rest>.*)$")
_RATE: Final = re.compile(r"(?i)(?P<rate>\d+(?:\.\d+)?)\s(?:children\s)?per\s10,000")
_OUTSIDE: Final = re.compile(r"(?i)\b(?:out\b|outside|outwith)")
_RETURNED: Final = re.compile(
    r"(?i)^(?P<head>.*?)\b(?:return(?:ed|ing)|re-?entered|came\sback|(?:became|become)\slooked\safter\sagain)\b"
)
_SPAN: Final = re.compile(r"\s(?:to|until)\s|\s?[-–]\s?")  # of time, dated by its end
_GLUED: Final = re.compile(r"(?<=\d)(?=(?:children|young)\b)")
_CHILDREN: Final = re.compile(r"(?i)\b(?:children|number|data)\b")
# Where the bullets of a list were lost, an item begins with a number right behind the item before.
_ITEM: Final = re.compile(
    r"(?:(?<=area)|(?<=:)|(?<=school)|(?<=schools)|(?<=homes)|(?<=families)|(?<=parents)|(?<=adoption)|(?<=adoptions)|(?<=orders)|"
    r"(?<=\))|(?<=living)|(?<=looked after))\s"
    rf"(?=(?:no|none|{WORDS}|{DIGITS})\s(?:children|child|young|live[sd]?|is|are|were|\((?:or\s)?\d))"
)
_HEADER: Final = re.compile(r"(?i)(?::\s*$|\bbelow\b)")
_FULL: Final = re.compile(r"(?i)\b(?:all|both)\b")
_NIL: Final = re.compile(r"(?i)\b(?:none|no|neither|nil)\b")
_LATER_SENTENCE: Final = re.compile(r"(?i)(?:of\s(?:these|this|those|whom|the)|all|both|none|these|they)\b")


@dataclass(slots=True)
class _Reading:
    """What is known while a profile is read from top to bottom."""

    rows: dict[str, Indicator] = field(default_factory=dict)
    last: tuple[str, ...] = ()  # the measures of the last dated sentence, which an "increase from" belongs to
    topic: str | None = None
    list_date: str | None = None  # of the children looked after, for the items under "of this number"
    year_date: str | None = None  # printed end of the twelve months


def find_indicators(document: Document) -> tuple[Indicator, ...]:
    """Return one row for each standard measure that the document's area profile prints, in printed order."""
    reading = _Reading()
    for paragraph in document.paragraphs:
        if paragraph.role == "profile":
            _read_paragraph(paragraph, reading)
    return mark_doubts(tuple(reading.rows.values()), document)


def _read_paragraph(paragraph: Paragraph, reading: _Reading) -> None:
    """Add what one line of the profile says."""
    reading.last = ()
    _note_topic(paragraph.text, reading)
    sentences = [
        item
        for start, end in split_sentences(paragraph.text)
        for item in _ITEM.split(paragraph.text[start:end])
    ]
    for sentence, following in zip(sentences, [*sentences[1:], ""], strict=True):
        _read_sentence(sentence, following, paragraph.position, reading)


def _read_sentence(sentence: str, following: str, position: int, reading: _Reading) -> None:
    """Add the measures of one sentence, or the earlier value that it states for those before it."""
    undated = _DATE.sub(lambda match: "_" * len(match.group()), sentence)
    earlier = _EARLIER.search(undated) or _SAME.search(undated)
    now = sentence[: earlier.start()] if earlier else sentence
    date = _own_date(now, reading)
    found = _find_measures(_blank(now), following, position, date, reading)
    if found:
        reading.last = tuple(found)
    elif date and _HEADER.search(sentence):
        _note_date(sentence, date, reading)
    if earlier:
        _add_earlier(earlier, sentence, reading)


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
    if _CHILDREN.search(header):
        reading.list_date = date
    else:
        reading.year_date = last_day(list(_DATE.finditer(header))[-1].group())


def _own_date(sentence: str, reading: _Reading) -> str | None:
    """Return the date that the sentence gives itself; that of twelve months is kept for the items below."""
    year = _YEAR_LONG.search(sentence)
    dates = list(_DATE.finditer(sentence))
    if year and not (dates and dates[0].start() < year.start()):
        reading.year_date = last_day(dates[-1].group()) if dates else None
        return None
    if not dates:
        return None
    spans_time = len(dates) > 1 and _SPAN.fullmatch(sentence, dates[0].end(), dates[1].start())
    return last_day(dates[1 if spans_time else 0].group())


def _blank(sentence: str) -> str:
    """Return the sentence with its dates and the twelve months blanked out: no number in them counts."""
    sentence = _GLUED.sub(" ", sentence)
    without = _YEAR_LONG.sub(lambda match: " " * len(match.group()), sentence)
    return re.sub(r"^[\s,:]+", "", _DATE.sub(lambda match: "_" * len(match.group()), without))


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
        rest = sentence[match.end() :]
        if measure.outside and (share := _share_outside(rest, following)) is not None:
            reading.rows[measure.outside] = replace(row, indicator=measure.outside, value=share, unit="%")
        if measure.returned:
            _add_returned(measure, rest, row, reading)
    return found


def _row(
    measure: Measure, match: re.Match[str], position: int, date: str | None, reading: _Reading
) -> Indicator:
    """Return the row of one measure."""
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    printed = next(
        groups[name] for name in ("share", "share_b", "rate", "value", "value_b") if name in groups
    )
    england = groups.get("england") or groups.get("england_b")
    inherited = {"own": None, "list": reading.list_date, "year": reading.year_date}[measure.date]
    return Indicator(
        paragraph=position,
        indicator=measure.name,
        value=_value(printed),
        unit=measure.unit,
        as_of=date or inherited,
        england=_value(england) if england else None,
    )


def _value(printed: str) -> float | None:
    """Return the value of printed words: "none" is 0, a suppressed number None."""
    words = re.sub(r"(?i)\s?(?:%+|per\s?cent)$", "", printed.strip())
    if re.fullmatch(SUPPRESSED, words, re.IGNORECASE):
        return None
    return 0.0 if words.casefold() in {"no", "none", "nil", "zero"} else float(read_number(words))


def _share_outside(rest: str, following: str) -> float | None:
    """Return the share outside the area that the rest of a line prints, in figures or as all or none."""
    if _OUTSIDE.search(rest) is None:
        if not (_LATER_SENTENCE.match(following) and _OUTSIDE.search(following)):
            return None
        rest = following
    if share := re.search(PERCENT, rest):
        return _value(share.group())
    if _FULL.search(rest):
        return 100.0
    return 0.0 if _NIL.search(rest) else None


def _add_returned(measure: Measure, rest: str, row: Indicator, reading: _Reading) -> None:
    """Add the share and the count of children who came back, where the rest of the line prints them."""
    match = _RETURNED.search(rest)
    if match is None:
        return
    share_name, count_name = measure.returned
    head = match["head"]
    if share := re.search(PERCENT, head):
        reading.rows[share_name] = replace(row, indicator=share_name, value=_value(share.group()), unit="%")
    if count := re.search(_NUMBER, re.sub(PERCENT, " ", head), re.IGNORECASE):
        reading.rows[count_name] = replace(row, indicator=count_name, value=_value(count.group()), unit=None)


def _add_earlier(match: re.Match[str], sentence: str, reading: _Reading) -> None:
    """Add the earlier value and its date to the measures of the last dated sentence."""
    rest = sentence[match.start("rest") :]
    own = {
        measure.name for measure in load_measures().measures if measure.date == "own" and measure.unit != "%"
    }
    date = _DATE.search(rest)
    as_of = last_day(date.group()) if date else None
    rate = _RATE.search(rest)
    for name in reading.last:
        row = reading.rows[name]
        if name not in own or row.previous_as_of is not None or row.previous_value is not None:
            continue
        if "value" not in match.re.groupindex:
            earlier = row.value
        elif row.unit == "per 10,000":
            if rate is None:
                continue
            earlier = float(rate["rate"])
        else:
            earlier = _value(match["value"])
        reading.rows[name] = replace(row, previous_value=earlier, previous_as_of=as_of)
