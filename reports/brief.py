"""What should somebody know about one authority before a meeting?"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from corpus.errors import UnknownAuthorityError
from corpus.model import Valence
from reports import method
from reports.change import find_progress
from reports.fates import Progress
from reports.judgements import judgements_side_by_side
from reports.measures import compared_figures
from reports.peers import find_exemplars, find_neighbours
from reports.quotations import pick
from reports.records import Passage, Source, Tally, ThemeQuotations, ThemeRow
from reports.sources import (
    Finding,
    cut_off,
    is_full,
    latest_full,
    load_findings,
    load_sources,
    of_authority,
    theme_names,
)
from reports.tally import bars, tally_reports, theme_rows
from reports.views import Briefing
from reports.wording import wording

_FIGURES: Final = 4
_QUOTED: Final = 5
_FOREMOST: Final = 3
_COMMON: Final = ("overall", "help_and_protection", "leadership")
_SIF_ONLY: Final = ("adoption", "lscb")  # too few other reports to compare with
_LEARN_THEMES: Final = 2
_LEARN_EACH: Final = 2
_SPEAKING: Final = ("finding", "improvement")


def build_briefing(connection: sqlite3.Connection, la_code: str) -> Briefing:
    """Everything the store says about one authority, centred on its latest full inspection.

    Raises:
        UnknownAuthorityError: a code that the store's register does not hold.
    """
    row = connection.execute(
        "SELECT name, gss_code, urn, region FROM authority WHERE la_code = ?", (la_code,)
    ).fetchone()
    if row is None:
        raise UnknownAuthorityError(la_code)
    held = load_sources(connection)
    own = of_authority(held, la_code)
    latest = latest_full(own, la_code)
    spoken = load_findings(connection, latest, _SPEAKING) if latest else ()
    return _brief(connection, (la_code, *row), held, own, latest, spoken)


def _brief(
    connection: sqlite3.Connection,
    authority: tuple[str, str, str | None, str | None, str | None],
    held: Sequence[Source],
    own: Sequence[Source],
    latest: Source | None,
    spoken: Sequence[Finding],
) -> Briefing:
    la_code, name, gss_code, urn, region = authority
    names, tallies = theme_names(connection), tally_reports(connection)
    judgements = judgements_side_by_side(connection, own)
    mine = tallies.get(latest.document_id, {}) if latest else {}
    findings = [finding for finding in spoken if finding.role == "finding"]
    areas = _areas_of(connection, latest)
    neighbours = find_neighbours(connection, held, la_code, areas)
    exemplars = find_exemplars(
        connection,
        held,
        la_code,
        tallies,
        weak={theme: _weak_on(spoken, theme) for theme in _to_learn(mine, spoken)},
        names=names,
        each=_LEARN_EACH,
    )
    themes = theme_rows([mine], names)
    cited = [e.passage.source for e in exemplars] + [n.source for n in neighbours if n.source]
    return Briefing(
        title=name,
        made=cut_off(held),
        command=f"ofsight brief {la_code}",
        authority=name,
        la_code=la_code,
        gss_code=gss_code,
        urn=urn,
        region=region,
        source=latest,
        judgements=judgements,
        themes=themes,
        bars=((name, bars(mine, names)),) if mine else (),
        strongest=_foremost(themes, 1),
        weakest=_foremost(themes, -1),
        strengths=_quoted(findings, mine, names, "strength"),
        weaknesses=_quoted(findings, mine, names, "weakness"),
        improvements=tuple(f.passage() for f in spoken if f.role == "improvement"),
        figures=compared_figures(connection, findings, _FIGURES),
        progress=_progress(connection, own, latest, spoken, names),
        neighbour_areas=areas,
        neighbours=neighbours,
        exemplars=exemplars,
        method=(method.READ, method.COUNTS, method.QUOTED, method.changed(), method.PEERS),
        sources=tuple(dict.fromkeys([*own, *cited])),
    )


def _quoted(
    findings: Sequence[Finding], tallies: Mapping[str, Tally], names: Mapping[str, str], valence: Valence
) -> tuple[ThemeQuotations, ...]:
    """One typical passage for each of the themes with most of this valence."""
    weight = {
        theme: (t.strength - t.weakness, -t.mixed, 0)
        if valence == "strength"
        else (t.weakness + t.mixed, t.weakness, -t.strength)
        for theme, t in tallies.items()
    }
    speaking = (theme for theme in names if theme in weight and weight[theme][0] > 0)
    ordered = sorted(speaking, key=weight.__getitem__, reverse=True)
    quoted = ((theme, pick(findings, theme, valence, 1)) for theme in ordered)
    kept = [(theme, passages) for theme, passages in quoted if passages][:_QUOTED]
    return tuple(
        ThemeQuotations(theme, names[theme], *((found, ()) if valence == "strength" else ((), found)))
        for theme, found in kept
    )


def _foremost(rows: Sequence[ThemeRow], sign: int) -> tuple[ThemeRow, ...]:
    """The themes on which strengths (1) or weaknesses (-1) outweigh the other most."""
    outweighing = {row: sign * (row.tallies[0].strength - row.tallies[0].weakness) for row in rows}
    ordered = sorted((row for row in rows if outweighing[row] > 0), key=lambda row: -outweighing[row])
    return tuple(ordered[:_FOREMOST])


def _areas_of(connection: sqlite3.Connection, latest: Source | None) -> tuple[str, ...]:
    """The judgement areas by which neighbours are shown: the common ones and those of the latest."""
    own = [row.area for row in judgements_side_by_side(connection, [latest] if latest else []).rows]
    return tuple(
        area for area in wording().area if area in _COMMON or (area in own and area not in _SIF_ONLY)
    )


def _to_learn(tallies: Mapping[str, Tally], spoken: Iterable[Finding]) -> list[str]:
    """The themes on which the report finds most weakness, improvement points included.

    Of themes alike in this, those come first that are to be improved, then those that have fewer strengths.
    """
    asked = Counter(f.codings[0][0] for f in spoken if f.role == "improvement" and f.codings)
    weak = {theme: tally.weakness + tally.mixed for theme, tally in tallies.items()}
    total = {theme: weak.get(theme, 0) + asked[theme] for theme in weak.keys() | asked.keys()}
    strengths = {theme: tally.strength for theme, tally in tallies.items()}
    ordered = sorted(total, key=lambda theme: (-total[theme], -asked[theme], strengths.get(theme, 0), theme))
    return [theme for theme in ordered if total[theme]][:_LEARN_THEMES]


def _weak_on(spoken: Iterable[Finding], theme: str) -> list[Passage]:
    """What is found weak on a theme: weak sentences and improvement points."""
    asked = [f.passage() for f in spoken if f.role == "improvement" and (theme in {t for t, _ in f.codings})]
    said = [
        finding.passage(sentence)
        for finding in spoken
        for sentence in finding.sentences
        if finding.role == "finding" and sentence.theme == theme and sentence.valence == "weakness"
    ]
    return asked + said


def _progress(
    connection: sqlite3.Connection,
    own: Sequence[Source],
    latest: Source | None,
    spoken: Sequence[Finding],
    names: Mapping[str, str],
) -> Progress | None:
    """What changed since the full inspection before the latest one."""
    earlier = [source for source in own if is_full(source) and latest and source != latest]
    if not earlier or not spoken:
        return None
    return find_progress(load_findings(connection, earlier[-1], _SPEAKING), spoken, names)
