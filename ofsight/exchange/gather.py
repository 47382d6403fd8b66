"""What did a coder say of a paragraph, given the stretches of it that they coded in another tool?

A code on the whole paragraph is a coding of it; a code on a part is a mark, and speaks for the paragraph only
where nothing was said of the whole.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.ledger import Entry, Mark, Place, by_place, standing, whole_hash
from corpus.model import Valence
from ofsight.exchange.records import Unit


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a paragraph with one code; without a theme it judges the paragraph as a whole."""

    start: int
    end: int
    theme: str | None
    valence: Valence | None


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything that one coder said of one paragraph in another tool."""

    coder: str
    stretches: tuple[Stretch, ...]
    made_at: str
    note: str | None = None


def make_entry(unit: Unit, heard: Heard) -> Entry | None:
    """The entry for the ledger; None where neither a valence nor a theme with one can be told."""
    whole = [s for s in heard.stretches if _covers(s, unit.text)]
    parts = [s for s in heard.stretches if s not in whole]
    given = next((s.valence for s in whole if s.theme is None and s.valence), None)
    themes = _themes(whole, given) or _themes(_longest_first(parts), given)
    valence = given or _overall([side for _, side in themes] or [s.valence for s in parts])
    if valence is None or not (themes or valence == "neutral"):
        return None
    return Entry(
        document=unit.document,
        position=unit.position,
        text_sha256=whole_hash(unit.text),
        coder=heard.coder,
        made_at=heard.made_at,
        valence=valence,
        themes=themes,
        marks=tuple(
            Mark(s.start, s.end, s.theme, s.valence or valence)
            for s in sorted(parts, key=lambda s: (s.start, s.end))
            if s.theme
        ),
        note=heard.note,
    )


def only_news(entries: Iterable[Entry], known: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries that say something else than the ledger has from their coder already."""
    said = standing(known)
    coders = {entry.coder for entry in known}
    own: dict[str, dict[Place, Entry]] = {coder: by_place(said, coder) for coder in coders}
    return tuple(e for e in entries if not _same(e, own.get(e.coder, {}).get(e.place)))


def is_moment(text: str | None) -> bool:
    """Whether this is an ISO time with its zone."""
    try:
        return text is not None and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _same(new: Entry, old: Entry | None) -> bool:
    return old is not None and (new.text_sha256, new.valence, new.themes, set(new.marks)) == (
        old.text_sha256,
        old.valence,
        old.themes,
        set(old.marks),
    )


def _covers(stretch: Stretch, text: str) -> bool:
    """Whether the stretch is the whole paragraph, but for white space at its ends."""
    return not text[: stretch.start].strip() and not text[stretch.end :].strip()


def _themes(stretches: Iterable[Stretch], given: Valence | None) -> tuple[tuple[str, Valence], ...]:
    """Each theme once, in order, with its valence, or that of the paragraph; on different ones: mixed."""
    sides: dict[str, list[Valence]] = {}
    for stretch in stretches:
        valence = stretch.valence or given
        if stretch.theme and valence:
            sides.setdefault(stretch.theme, []).append(valence)
    found = ((theme, _overall(said)) for theme, said in sides.items())
    return tuple((theme, valence) for theme, valence in found if valence)


def _longest_first(stretches: Sequence[Stretch]) -> list[Stretch]:
    """In the order of how much of the paragraph each theme covers."""
    covered: Counter[str | None] = Counter()
    for stretch in stretches:
        covered[stretch.theme] += stretch.end - stretch.start
    return sorted(stretches, key=lambda s: (-covered[s.theme], s.start))


def _overall(sides: Iterable[Valence | None]) -> Valence | None:
    """One valence of several: what is neutral does not change what the others find."""
    told = {side for side in sides if side}
    if len(told) > 1:
        told.discard("neutral")
    if len(told) > 1:
        return "mixed"
    return next(iter(told), None)
