"""Which numbers lead to a footnote, and are no part of the text?

Both readers keep what stands raised as raised digits in `Line.printed`. A number that a footnote has is a
marker and goes. One that no footnote has goes only where it hangs on a word, and the certificate names it;
whatever else is small is a figure and stays. And where no raised number leads to a footnote, its marker is
looked for in plain digits behind a word or a year of the same page.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from ingest.lines import Line

RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_RAISED: Final = str.maketrans("0123456789", RAISED)
_TO_DIGITS: Final = str.maketrans(RAISED, "0123456789")
_NUMBER: Final = re.compile(rf"\d{{1,2}}|[{RAISED}]{{1,2}}")
_RAISED: Final = re.compile(rf"\s?[{RAISED}]+")
_INSIDE: Final = re.compile(rf"(?<=\S)\s?[{RAISED}]+")
_ENDS_WORD: Final = re.compile(r"(?:[^\W\d_]{3}|\d{4}|[.,;:?!)’”'\"%])$")
Numbers = Collection[tuple[int | None, str | None]]  # page and number of each footnote
_SMALLER: Final = 0.8  # a marker's size relative to the text it hangs on
_LARGEST: Final = 10.7  # points; the text itself is set in 11 or more


def raise_digits(digits: str) -> str:
    """The digits as raised ones."""
    return digits.translate(_TO_RAISED)


def lift_raised(printed: str, *, begins: bool) -> str:
    """The words without raised numbers; `begins`: one that begins the line hangs on the line before."""
    return (_RAISED if begins else _INSIDE).sub("", printed).strip()


def lower_digits(text: str) -> str:
    """Raised digits as plain ones."""
    return text.translate(_TO_DIGITS)


def number_of(text: str) -> str | None:
    """The number that a footnote begins with."""
    match = _NUMBER.match(text)
    return lower_digits(match[0]) if match else None


def settle_markers(
    lines: Sequence[Line], notes: Mapping[int, Sequence[int]]
) -> tuple[list[Line], tuple[str, ...]]:
    """The lines without markers of footnotes, and a remark for each raised number that leads to none."""
    inside = {index for indices in notes.values() for index in indices}
    numbers = {(lines[index].page, number_of(lines[index].text)) for index in notes}
    settled = list(lines)
    remarks: list[str] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if index in inside:
            continue
        if before is not None and _stands_alone(line, before):
            line = replace(line, text="", printed=raise_digits(line.text))
        if line.printed is not None:
            settled[index], lost = _settle(line, numbers, before.text if before else "")
            remarks += (_remark(number, line) for number in lost)
    _take_flat(settled, {index: number_of(lines[index].text) for index in notes}, inside)
    return settled, tuple(remarks)


def _stands_alone(line: Line, before: Line) -> bool:
    """Whether a line is a raised number beside the words that it hangs on."""
    return (
        line.text.isdecimal()
        and len(line.text) <= 2
        and line.size is not None
        and line.size < min(_LARGEST, _SMALLER * (before.size or 0))
        and line.page == before.page
        and line.top < before.bottom
    )


def _settle(line: Line, numbers: Numbers, before: str) -> tuple[Line, list[str]]:
    """The line with its figures back in the text, and the numbers taken out although no footnote has them."""
    printed, lost = line.printed or "", []
    in_print = line.page is not None

    def judge(match: re.Match[str]) -> str:
        number = lower_digits(match[0].strip())
        hangs = not match[0][0].isspace()
        if (line.page, number) in numbers or (hangs and any(number == other for _, other in numbers)):
            return match[0]
        if hangs and _ENDS_WORD.search((printed[: match.start()] or before)[-4:]):
            lost.append(number)
            return match[0]
        return lower_digits(match[0])

    kept = (_RAISED if in_print else _INSIDE).sub(judge, printed)
    return replace(line, text=lower_digits(lift_raised(kept, begins=in_print)), printed=kept), lost


def _remark(number: str, line: Line) -> str:
    where = f" on page {line.page}" if line.page else ""
    return f"A raised {number} stands behind a word{where}, and no footnote has this number."


def _take_flat(lines: list[Line], notes: Mapping[int, str | None], inside: Collection[int]) -> None:
    """Take out markers that are not raised, of footnotes that nothing raised on their page leads to."""
    led = {
        (line.page, lower_digits(raised.strip()))
        for line in lines
        if line.printed is not None
        for raised in _RAISED.findall(line.printed)
    }
    for start, number in notes.items():
        page = lines[start].page
        if number is None or (page, number) in led:
            continue
        flat = re.compile(rf"(?:(?<=[a-z]{{3}})|(?<=\b20\d\d)){number}(?=[\s,.;:)]|$)")
        for index, line in enumerate(lines):
            if line.page == page and index not in inside and flat.search(line.text):
                printed = flat.sub(raise_digits(number), line.printed or line.text)
                lines[index] = replace(line, text=flat.sub("", line.text), printed=printed)
