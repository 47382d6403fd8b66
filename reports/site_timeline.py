"""What do the inspections and grades of an authority look like over the years?

An SVG of our own with plain attributes only, because the policy of the pages forbids inline styles. Every
grade carries its letters, so that nothing depends on colour; a dashed line stands where the framework
changes. The table beneath it on the page says the same.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

from markupsafe import Markup

from reports.records import Judgements, Source
from reports.sources import is_full
from reports.wording import name_of, scheme_of, wording

_WIDTH: Final = 760
_LEFT: Final = 290  # where the years begin, right of the names of the areas
_RIGHT: Final = 742
_TOP: Final = 26
_ROW: Final = 29
_MARK: Final = 30
_YEAR: Final = 34  # least room for the name of a year
_UNGRADED: Final = "Visits and reviews without these grades"
_FRAME: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
    ' aria-label="{label}" font-family="Liberation Sans, Arial, sans-serif" font-size="13" fill="#1b1f23">'
    "{drawn}</svg>"
)
_TEXT: Final = Markup('<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{fill}">{words}</text>')
_BOX: Final = Markup('<rect x="{x}" y="{y}" width="{w}" height="22" rx="3" fill="{fill}"/>')
_DOT: Final = Markup('<circle cx="{x}" cy="{y}" r="5" fill="#ffffff" stroke="#1b1f23" stroke-width="2"/>')
_LINE: Final = Markup('<path d="M{x} {top}V{bottom}" stroke="{colour}" stroke-dasharray="{dashes}"/>')


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture, and what its letters stand for."""

    picture: Markup
    key: tuple[tuple[str, str], ...]


@cache
def site_words() -> Mapping[str, Any]:
    """The words of `site.toml`, read once."""
    return tomllib.loads((files("reports") / "site.toml").read_text(encoding="utf-8"))


def draw_timeline(judgements: Judgements) -> Timeline | None:
    """The timeline of an authority's reports; None where none of them is dated."""
    places = _places([source for source in judgements.sources if source.date])
    if not places:
        return None
    rows = [row for row in judgements.rows if any(cell.grade for cell in row.cells)]
    graded = {judgements.sources[n].document_id for row in rows for n, c in enumerate(row.cells) if c.grade}
    names = [name_of(wording().area, row.area) for row in rows]
    ungraded = [x for key, x in places.items() if key not in graded]
    height = _TOP + _ROW * (len(rows) + bool(ungraded)) + 6
    drawn = [*_years(judgements.sources, height), *_breaks(judgements.sources, places, height)]
    met: dict[str, str] = {}
    for place, row in enumerate(rows):
        drawn.append(_name(names[place], place))
        for source, cell in zip(judgements.sources, row.cells, strict=True):
            if cell.grade and source.document_id in places:
                letters, colour = _mark(cell.grade)
                met[letters] = name_of(wording().grade, cell.grade)
                drawn += _grade(letters, colour, places[source.document_id], place)
    if ungraded:
        drawn.append(_name(_UNGRADED, len(rows)))
        drawn += [_DOT.format(x=x, y=_TOP + _ROW * len(rows) + 14) for x in ungraded]
    label = f"Timeline of inspections and grades, {judgements.sources[-1].authority}"
    picture = _FRAME.format(w=_WIDTH, h=height, label=label, drawn=Markup("").join(drawn))
    return Timeline(picture, tuple(met.items()))


def _span(sources: Sequence[Source]) -> tuple[int, int]:
    """The first year shown, and the year after the last."""
    years = [source.date.year for source in sources if source.date]
    return min(years), max(years) + 1


def _at(day: date, span: tuple[int, int]) -> float:
    years = day.year + (day.timetuple().tm_yday - 1) / 366 - span[0]
    return _LEFT + (_RIGHT - _LEFT) * years / (span[1] - span[0])


def _places(sources: Sequence[Source]) -> dict[str, float]:
    """Where on the line each report stands, moved apart where marks would lie on one another."""
    if not sources:
        return {}
    span = _span(sources)
    half = _MARK / 2
    gap = min(_MARK + 2.0, (_RIGHT - _LEFT - _MARK) / max(len(sources) - 1, 1))
    found: list[float] = []
    for source in sources:
        x = max(_at(source.date, span) if source.date else 0.0, _LEFT + half)
        found.append(max(x, found[-1] + gap) if found else x)
    for place in reversed(range(len(found))):
        most = _RIGHT - half - gap * (len(found) - 1 - place)
        found[place] = round(min(found[place], most), 1)
    return {source.document_id: x for source, x in zip(sources, found, strict=True)}


def _years(sources: Sequence[Source], height: int) -> Iterator[Markup]:
    span = _span(sources)
    step = 1 + int(_YEAR * (span[1] - span[0]) / (_RIGHT - _LEFT))
    for year in range(span[0], span[1], step):
        x = round(_at(date(year, 1, 1), span), 1)
        yield _LINE.format(x=x, top=_TOP - 6, bottom=height - 2, colour="#d3d8de", dashes="none")
        yield _TEXT.format(x=x, y=14, anchor="start", fill="#1b1f23", words=year)


def _breaks(sources: Sequence[Source], places: Mapping[str, float], height: int) -> Iterator[Markup]:
    """A dashed line before each full inspection whose framework gives other judgements than the last one."""
    full = [source for source in sources if is_full(source) and source.document_id in places]
    for before, after in pairwise(full):
        if scheme_of(before.framework, before.date) != scheme_of(after.framework, after.date):
            x = places[after.document_id] - _MARK / 2 - 1
            yield _LINE.format(x=x, top=_TOP - 4, bottom=height - 2, colour="#1b1f23", dashes="4 3")


def _name(words: str, place: int) -> Markup:
    return _TEXT.format(x=0, y=_TOP + _ROW * place + 18, anchor="start", fill="#1b1f23", words=words)


def _mark(grade: str) -> tuple[str, str]:
    found = site_words()["mark"].get(grade, {"letters": grade[:2].upper(), "colour": "#4b5563"})
    return found["letters"], found["colour"]


def _grade(letters: str, colour: str, x: float, place: int) -> tuple[Markup, Markup]:
    top = _TOP + _ROW * place + 3
    return (
        _BOX.format(x=round(x - _MARK / 2, 1), y=top, w=_MARK, fill=colour),
        _TEXT.format(x=x, y=top + 16, anchor="middle", fill="#ffffff", words=letters),
    )
