"""How do the reports print grades, dates, names and their last page?"""

from datetime import date
from random import Random
from typing import Final

from corpus.maker.script import Block, Heading, Line, Text
from corpus.maker.story import frames

# As in the table of judgements: later, then 2014.
GRADE: Final = {
    "outstanding": ("Outstanding", "Outstanding"),
    "good": ("Good", "Good"),
    "requires_improvement": ("Requires improvement", "Requires Improvement"),
    "inadequate": ("Inadequate", "Inadequate"),
}
SENTENCE_GRADE: Final = {
    "outstanding": "outstanding",
    "good": "good",
    "requires_improvement": "requires improvement",
    "inadequate": "inadequate",
}


def typographic(text: str) -> str:
    """Return the text with a typographic apostrophe."""
    return text.replace("'", "’")


def long_date(day: date) -> str:
    """Return a day as "4 March 2015"."""
    return f"{day.day} {day:%B %Y}"


def on_site(start: date, end: date, dice: Random) -> str:
    """Return the days of an inspection in one of the styles of the first page."""
    joiner = dice.choice((" to ", " to ", " – "))
    return f"{long_date(start)}{joiner}{long_date(end)}"


def short_span(start: date, end: date) -> str:
    """Return the days as the reports since 2021 print them: nothing said twice."""
    if start.year != end.year:
        return f"{long_date(start)} to {long_date(end)}"
    if start.month != end.month:
        return f"{start.day} {start:%B} to {long_date(end)}"
    return f"{start.day} to {long_date(end)}"


def person(dice: Random) -> str:
    """Return an invented name."""
    names = frames()["names"]
    return f"{dice.choice(names['first'])} {dice.choice(names['last'])}"


def imprint(family: str, licence: str, year: int) -> list[Block]:
    """Return the last page: who publishes, how to copy, and that all of this is invented."""
    words = frames()["contact"]
    size = 12 if family == "ilacs" else 10
    lines = [*words["sif" if family == "sif" else "ilacs"], words[licence], words["note"]]
    blocks: list[Block] = [Text(typographic(line), "boilerplate", size=size) for line in lines]
    address = ("Piccadilly Gate", "Store Street", "Manchester", "M1 2WD")
    blocks.extend(Line(((line, False),), size, 2) for line in address)
    blocks.append(
        Line((("W: www.gov.uk/ofsted" if year > 2014 else "W: www.ofsted.gov.uk", False),), size, 10)
    )
    blocks.append(Line(((f"Sample report, {year}", False),), size, 2))
    return blocks


def heading_with_grade(heading: str, grade: str, area: str, *, comma: str = ": ") -> Heading:
    """Return a heading that ends in its grade."""
    words = "requires improvement to be good" if grade == "requires_improvement" else SENTENCE_GRADE[grade]
    return Heading(f"{heading}{comma}{words}", 1, "finding", area, grade)
