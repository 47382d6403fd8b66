"""How is a report laid out: its paragraphs, page by page, each page beside its picture where there is one?"""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

from reports.records import Source
from reports.site_shelf import Shown
from reports.wording import wording

_SIZES: Final = "pages.json"  # beside the pictures of a report: width and height of each of its pages


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a report as an image, with the page's size in points."""

    page: int
    width: float
    height: float
    data: bytes  # WebP


Draw = Callable[[str], Iterable[Picture]]  # the pictures of the report with this id; none without its file


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a page's picture lies, and how large the page is."""

    file: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A paragraph's place on a page's picture; only its first part carries the anchor."""

    anchor: str | None
    valence: str
    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a report: its picture, and the paragraphs that begin on it under their headings."""

    page: int | None
    sheet: Sheet | None
    frames: tuple[Frame, ...]
    parts: tuple[tuple[str | None, tuple[Shown, ...]], ...]


def lay_out(paragraphs: Sequence[Shown], sheets: Mapping[int, Sheet]) -> tuple[Leaf, ...]:
    """The report page by page; pages on which no paragraph begins stand only where there are pictures."""
    begun = {
        page: [p for _, p in found] for page, found in groupby(_settled(paragraphs), lambda pair: pair[0])
    }
    numbered = sorted({page for page in begun if page is not None} | set(sheets))
    pages: list[int | None] = [None, *numbered] if None in begun else [*numbered]
    leaves, heading = [], None
    for page in pages:
        found = begun.get(page, [])
        frames = tuple(_frames(paragraphs, page)) if page in sheets else ()
        leaves.append(Leaf(page, sheets.get(page or 0), frames, _parts(found, heading)))
        heading = found[-1].heading if found else heading
    return tuple(leaves)


def _settled(paragraphs: Sequence[Shown]) -> list[tuple[int | None, Shown]]:
    """Each paragraph with its page, never before the page of an earlier one, so that the order stays."""
    settled: list[tuple[int | None, Shown]] = []
    last: int | None = None
    for paragraph in paragraphs:
        last = max(paragraph.page or last or 0, last or 0) or None
        settled.append((last, paragraph))
    return settled


def _parts(
    paragraphs: Iterable[Shown], before: str | None
) -> tuple[tuple[str | None, tuple[Shown, ...]], ...]:
    """The paragraphs under their headings; a heading that stands on an earlier page is not said again."""
    parts = []
    for heading, found in groupby(paragraphs, lambda p: p.heading):
        parts.append((None if heading == before or not heading else _titled(heading), tuple(found)))
        before = heading
    return tuple(parts)


def _titled(heading: str) -> str:
    """A heading in one line: SIF reports print the grade on a line of its own beneath it."""
    return _grade_at_end().sub(r": \1", heading.rstrip(":"))


@cache
def _grade_at_end() -> re.Pattern[str]:
    grades = "|".join(map(re.escape, [*wording().grade.values(), "Requires improvement"]))
    return re.compile(rf"(?<!:)(?<! is) ((?:Grade \d \()?(?:{grades})\)?)$")


def _frames(paragraphs: Iterable[Shown], page: int | None) -> Iterable[Frame]:
    for paragraph in paragraphs:
        for place, (on, left, top, right, bottom) in enumerate(paragraph.boxes):
            if on == page:
                yield Frame(
                    anchor=None if place else paragraph.anchor,
                    valence=paragraph.valence or "",
                    name="" if paragraph.number is None else str(paragraph.number),
                    x=round(left - 3, 1),
                    y=round(top - 1, 1),
                    width=round(max(right - left, 0) + 6, 1),
                    height=round(max(bottom - top, 0) + 2, 1),
                )


def place_pictures(source: Source, draw: Draw, site: Path, before: Path) -> dict[int, Sheet]:
    """Put the pictures of a report's pages into the site, from the site that stood before where it has them.

    A report's id is made from its bytes, so that the pictures of an id never change.
    """
    folder = f"pictures/{source.document_id}"
    if (before / folder / _SIZES).is_file():
        shutil.copytree(before / folder, site / folder)
    else:
        sizes = {}
        for picture in draw(source.document_id):
            file = site / folder / f"{picture.page}.webp"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(picture.data)
            sizes[picture.page] = (picture.width, picture.height)
        if not sizes:
            return {}
        (site / folder / _SIZES).write_text(json.dumps(sizes), encoding="utf-8")
    known = json.loads((site / folder / _SIZES).read_text(encoding="utf-8"))
    return {int(page): Sheet(f"{folder}/{page}.webp", *size) for page, size in known.items()}
