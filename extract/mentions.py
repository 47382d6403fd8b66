"""Which spans name an entity, when several rules claim the same words?"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from corpus.model import Entity
from corpus.records import record

SMALL: Final = frozenset(
    {"and", "of", "for", "the", "in", "to", "a", "at", "on", "with", "or", "by", "from", "upon", "&"}
)
_AS_PRINTED: Final = frozenset({"person", "legislation"})
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")

Span = tuple[int, int]


@record
class Candidate:
    """A span that a rule takes for a name of `entity`.

    `open_class` marks a span found only by its shape (capitals before "Team"): a name from the gazetteer that
    ends on the same word, or a person that begins there, is trusted more. One that is `alone` stands only
    where no other rule knows a part of it ("the Lantern team", but not "the CAMHS team"). One that is `built`
    of the sector's words is the fuller name of what the gazetteer knows by its last words ("multi-agency
    exploitation hub", where it knows the "exploitation hub").
    """

    start: int
    end: int
    entity: Entity
    open_class: bool = False
    alone: bool = False
    built: bool = False


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that stand, in order without overlap: the longest wins, then the first given."""
    known = _fuller(_without_parts(list(candidates)))
    ends = {c.end for c in known if not c.open_class}
    people = {c.start for c in known if c.entity.label == "person"}
    ranked = sorted(
        (c for c in known if not (c.open_class and (c.end in ends or c.start in people))),
        key=lambda c: (c.start - c.end, c.open_class),
    )
    taken = _characters(known)
    standing: list[Candidate] = []
    for candidate in ranked:
        # Ranked by length, so whatever overlaps a chosen span has its first or last character inside it.
        if taken[candidate.start] or taken[candidate.end - 1]:
            continue
        taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
        standing.append(candidate)
    return sorted(standing, key=lambda c: c.start)


def _characters(candidates: Sequence[Candidate]) -> bytearray:
    """Return a zero for each character up to the last that a candidate has: none of them is taken."""
    return bytearray(max((c.end for c in candidates), default=0))


def _without_parts(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates without those that should stand alone and do not."""
    if not any(c.alone for c in candidates):
        return candidates
    taken = _characters(candidates)
    for candidate in candidates:
        if not candidate.alone:
            taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
    return [c for c in candidates if not (c.alone and 1 in taken[c.start : c.end])]


def _fuller(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates; a built name that ends in a known one is a fuller name of the same entity."""
    ends = {c.end for c in candidates if c.built}
    alike = [c for c in candidates if c.end in ends and not c.open_class]
    known = {(c.end, c.entity.label): c for c in sorted(alike, key=_length)}
    return [_as_known(c, known.get((c.end, c.entity.label))) if c.built else c for c in candidates]


def _length(candidate: Candidate) -> int:
    return candidate.end - candidate.start


def _as_known(name: Candidate, known: Candidate | None) -> Candidate:
    """Return the built name as the entity of the known one, if it is the longer."""
    if known is None or known.start <= name.start:
        return name
    return Candidate(name.start, name.end, known.entity)


def whole_words(candidates: Iterable[Candidate], edges: Callable[[int, int], Span]) -> tuple[Candidate, ...]:
    """Return the candidates, each grown to the edges of words, without those that then overlap one before.

    `edges` grows a span to the edges of the tokens that it begins and ends in.
    """
    grown: list[Candidate] = []
    free = 0  # behind the mentions so far
    for candidate in candidates:
        start, end = edges(candidate.start, candidate.end)
        if start < free:
            continue
        free = end
        if candidate.open_class or candidate.built or (start, end) != (candidate.start, candidate.end):
            candidate = Candidate(start, end, candidate.entity, alone=candidate.alone)
        grown.append(candidate)
    return tuple(grown)


def slug(name: str) -> str:
    """Return the name as the tail of an id: "Children's Hub" -> "childrens-hub"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()  # drops ’ too
    return _NOT_SLUG.sub("-", plain.lower().replace("'", "").replace("&", " and ")).strip("-")


def named(label: str, name: str) -> Entity:
    """Return the entity that is known only by the name printed; its id follows from label and name.

    A report writes "early response service" and "Early Response Service": the entity's name is one of them.
    """
    printed = name if label in _AS_PRINTED else " ".join(map(_capital, name.replace("'", "’").split()))
    return Entity(id=f"{label}:{slug(name)}", label=label, name=printed)


def _capital(word: str) -> str:
    """Return the word with a capital, unless it is small or an acronym."""
    if word.lower() in SMALL:
        return word.lower()
    return word if sum(letter.isupper() for letter in word) > 1 else word[:1].upper() + word[1:].lower()
