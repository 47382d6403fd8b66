"""How do these authorities stand side by side, each by its latest full inspection?"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from corpus.errors import UnknownAuthorityError
from reports import method
from reports.apart import apart
from reports.judgements import count_grades, judgements_side_by_side, mixed_frameworks
from reports.measures import compared_figures, indicator_rows
from reports.peers import AGAINST, Against, find_group
from reports.quotations import quote_themes
from reports.records import Source, Tally
from reports.sources import (
    Window,
    cut_off,
    latest_full,
    load_findings,
    load_sources,
    of_authority,
    theme_names,
)
from reports.tally import add_tallies, bars, tally_reports, theme_rows
from reports.views import Comparison, Group
from reports.wording import plural

_FIGURES_EACH: Final = 6


def build_comparison(
    connection: sqlite3.Connection,
    la_codes: Sequence[str],
    *,
    window: Window | None = None,
    against: Against | Sequence[str] | None = None,
) -> Comparison:
    """Put authorities side by side, or one of them beside a group.

    Args:
        connection: an open store.
        la_codes: the authorities, in the order in which to show them.
        window: first and last day (either may be None) on which the inspections compared may have begun.
        against: "neighbours", "region", "grade", "england", or the codes of a group of your own.

    Raises:
        ValueError: fewer than two authorities and nothing to compare with; an unknown `against`.
        UnknownAuthorityError: a code that the store's register does not hold.
    """
    wanted = tuple(dict.fromkeys(la_codes))
    _check(wanted, against)
    sources = load_sources(connection)
    names = {code: _name(connection, code) for code in wanted}
    found = {code: latest_full(sources, code, window) for code in wanted}
    members = tuple(source for source in found.values() if source)
    without = tuple(_why_not(sources, code, names[code], window) for code in wanted if not found[code])
    group = find_group(connection, sources, wanted[0], against, window) if against else None
    return _compare(connection, members, without, group, sources, _command(wanted, window, against))


def _check(wanted: Sequence[str], against: Against | Sequence[str] | None) -> None:
    if not wanted or (len(wanted) == 1 and not against):
        raise ValueError(
            "Name two authorities, or one and what to compare it against:"
            " ofsight compare Leeds --against neighbours"
        )
    if isinstance(against, str) and against not in AGAINST:
        raise ValueError(f"Compare against {', '.join(AGAINST)} or a list of authorities, not '{against}'.")
    if against and len(wanted) > 1:
        raise ValueError("Name one authority when comparing against a group.")


def _command(wanted: Sequence[str], window: Window | None, against: Against | Sequence[str] | None) -> str:
    """The command that makes this comparison again."""
    since, until = window or (None, None)
    group = against if isinstance(against, str) or not against else ",".join(against)
    options = {"against": group, "since": since, "until": until}
    chosen = [f"--{name} {value}" for name, value in options.items() if value]
    return " ".join(["ofsight compare", *wanted, *chosen])


def _name(connection: sqlite3.Connection, la_code: str) -> str:
    row = connection.execute("SELECT name FROM authority WHERE la_code = ?", (la_code,)).fetchone()
    if row is None:
        raise UnknownAuthorityError(la_code)
    return str(row[0])


def _why_not(sources: Sequence[Source], la_code: str, name: str, window: Window | None) -> str:
    """Why an authority is not compared, in one line."""
    held = of_authority(sources, la_code)
    if not held:
        return f"{name}: the store holds no report."
    if latest_full(held, la_code) is None:
        return f"{name}: the store holds no full inspection of children’s services."
    return f"{name}: no full inspection in the stated window." if window else f"{name}: not compared."


def _compare(
    connection: sqlite3.Connection,
    members: tuple[Source, ...],
    without: tuple[str, ...],
    group: Group | None,
    held: Sequence[Source],
    command: str,
) -> Comparison:
    names = theme_names(connection)
    tallies = tally_reports(connection)
    findings = [load_findings(connection, source) for source in members]
    columns, pooled = _columns(members, group, tallies)
    judgements = judgements_side_by_side(connection, members)
    grades = count_grades(judgements_side_by_side(connection, group.sources)) if group else ()
    return Comparison(
        title=_title(members, group),
        made=cut_off(held),
        command=command,
        members=members,
        without=without,
        group=group,
        group_grades=grades,
        group_frameworks=mixed_frameworks(connection, (*members, *group.sources)) if group else (),
        judgements=judgements,
        columns=columns,
        themes=theme_rows(pooled, names),
        bars=tuple((name, bars(tally, names)) for name, tally in zip(columns, pooled, strict=True)),
        apart=apart(connection, findings, group, tallies, names),
        quotations=quote_themes(findings, names),
        indicators=indicator_rows(connection, members),
        figures=tuple(f for each in findings for f in compared_figures(connection, each, _FIGURES_EACH)),
        method=(method.LIKE, method.READ, method.COUNTS, method.QUOTED, method.APART)
        + ((method.PEERS,) if group and group.kind == "neighbours" else ()),
        sources=members + (group.sources if group else ()),
    )


def _columns(
    members: Sequence[Source], group: Group | None, tallies: Mapping[str, Mapping[str, Tally]]
) -> tuple[tuple[str, ...], list[dict[str, Tally]]]:
    """The columns of the theme table: every member, and the group as one."""
    columns = [source.authority for source in members]
    pooled = [dict(tallies.get(source.document_id, {})) for source in members]
    if group and group.sources:
        columns.append(f"{group.name} ({plural(len(group.sources), 'report')})")
        pooled.append(add_tallies(tallies.get(source.document_id, {}) for source in group.sources))
    return tuple(columns), pooled


def _title(members: Sequence[Source], group: Group | None) -> str:
    names = [source.authority for source in members] or ["No authority"]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    if group is None:
        return listed
    is_place = group.kind in ("region", "england")
    return f"{listed} against {group.name if is_place else group.name[:1].lower() + group.name[1:]}"
