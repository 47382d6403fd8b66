"""What is new since last time: which reports, which grades moved, and what do they find on which theme?"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from reports.judgements import cells_of
from reports.records import Cell, Passage, Source, Tally
from reports.sources import cut_off, is_full, load_every_source, load_findings, theme_names
from reports.tally import tally_reports

_ORDER: Final = ("inadequate", "requires_improvement", "good", "outstanding")  # grades that can be compared
_OUTCOMES: Final = ("systemic_failings", "inconsistent", "typically_positive")


@dataclass(frozen=True, slots=True)
class Moved:
    """A judgement that is another one than last time; `better` is None where the grades have no order."""

    area: str
    before: str
    after: str
    better: bool | None


@dataclass(frozen=True, slots=True)
class News:
    """One new report: its judgements, what moved since the one before, and its findings by theme.

    `again` marks another version of a report that was held before; `other_framework` that the report before
    follows another framework, so that its grades are not the same measure.
    """

    source: Source
    address: str | None
    cells: tuple[Cell, ...]
    before: Source | None
    moved: tuple[Moved, ...]
    other_framework: bool
    themes: tuple[tuple[str, Tally], ...]
    improvements: tuple[Passage, ...]
    again: bool


@dataclass(frozen=True, slots=True)
class ThemeNews:
    """What the new reports find on one theme."""

    name: str
    reports: tuple[tuple[Source, Tally], ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A publication without a place in the store: unreadable, or no longer listed; and why."""

    what: str
    why: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new since last time."""

    title: str
    made: str
    news: tuple[News, ...]
    themes: tuple[ThemeNews, ...]
    unread: tuple[Aside, ...]
    gone: tuple[Aside, ...]
    sources: tuple[Source, ...]

    @property
    def moved(self) -> tuple[News, ...]:
        """The reports with a judgement that is another one than last time."""
        return tuple(one for one in self.news if one.moved)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.news or self.unread or self.gone)


def build_digest(
    connection: sqlite3.Connection,
    new: Collection[str],
    addresses: Mapping[str, str],
    unread: Sequence[Aside] = (),
    gone: Sequence[Aside] = (),
) -> Digest:
    """The digest of the documents in `new`; `addresses` says where each document was published."""
    sources = load_every_source(connection)
    held = [source for source in sources if source.document_id not in new]
    chosen = [source for source in sources if source.document_id in new]
    news = [_news(connection, source, sources, held, addresses) for source in chosen]
    names, tallies = theme_names(connection), tally_reports(connection)
    news = [replace(one, themes=_themes(tallies.get(one.source.document_id, {}), names)) for one in news]
    news.sort(key=lambda one: (one.source.authority, one.source.date or date.min, one.source.document_id))
    return Digest(
        title="New inspection reports of children’s services",
        made=cut_off(sources),
        news=tuple(news),
        themes=_by_theme(news, names.values()),
        unread=tuple(unread),
        gone=tuple(gone),
        sources=tuple(one.source for one in news),
    )


def latest_news(
    connection: sqlite3.Connection, document_ids: Sequence[str], addresses: Mapping[str, str]
) -> tuple[News, ...]:
    """These documents as news, in the order given, without their findings."""
    sources = load_every_source(connection)
    by_id = {source.document_id: source for source in sources}
    return tuple(
        _news(connection, by_id[key], sources, (), addresses) for key in document_ids if key in by_id
    )


def _news(
    connection: sqlite3.Connection,
    source: Source,
    sources: Sequence[Source],
    held: Sequence[Source],
    addresses: Mapping[str, str],
) -> News:
    cells = cells_of(connection, source)
    before = _before(source, sources)
    earlier = cells_of(connection, before) if before else {}
    return News(
        source=source,
        address=addresses.get(source.document_id),
        cells=tuple(cell for cell in cells.values() if cell.state != "not_given"),
        before=before,
        moved=_moved(earlier, cells),
        other_framework=before is not None and before.framework != source.framework,
        themes=(),
        improvements=tuple(
            finding.passage() for finding in load_findings(connection, source, roles=("improvement",))
        ),
        again=any(_same_inspection(source, other) for other in held),
    )


def _before(source: Source, sources: Sequence[Source]) -> Source | None:
    """The latest earlier inspection whose judgements can be set beside these: full beside full."""
    if source.la_code is None or source.date is None:
        return None
    earlier = [
        other
        for other in sources
        if other.la_code == source.la_code
        and other.date is not None
        and other.date < source.date
        and ((is_full(source) and is_full(other)) or _alike(source, other))
    ]
    return max(earlier, key=lambda other: (other.date or date.min, other.document_id), default=None)


def _alike(source: Source, other: Source) -> bool:
    """Whether neither is a full inspection of children's services, and both are the same kind of thing."""
    return not is_full(source) and (source.framework, source.kind) == (other.framework, other.kind)


def _same_inspection(source: Source, other: Source) -> bool:
    key = (source.la_code, source.framework, source.date)
    return None not in key and key == (other.la_code, other.framework, other.date)


def _moved(before: Mapping[str, Cell], after: Mapping[str, Cell]) -> tuple[Moved, ...]:
    pairs = ((area, before[area].grade, cell.grade) for area, cell in after.items() if area in before)
    return tuple(
        Moved(area, first, last, _better(first, last))
        for area, first, last in pairs
        if first and last and first != last
    )


def _better(before: str, after: str) -> bool | None:
    for order in (_ORDER, _OUTCOMES):
        if before in order and after in order:
            return order.index(after) > order.index(before)
    return None


def _themes(tallies: Mapping[str, Tally], names: Mapping[str, str]) -> tuple[tuple[str, Tally], ...]:
    """The themes that a report has findings on, in the codebook's order."""
    return tuple(
        (name, tallies[theme]) for theme, name in names.items() if theme in tallies and tallies[theme].judged
    )


def _by_theme(news: Sequence[News], names: Collection[str]) -> tuple[ThemeNews, ...]:
    found: dict[str, list[tuple[Source, Tally]]] = {name: [] for name in names}
    for one in news:
        for name, tally in one.themes:
            found[name].append((one.source, tally))
    return tuple(ThemeNews(name, tuple(reports)) for name, reports in found.items() if reports)
