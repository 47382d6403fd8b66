"""Where does a text hold a name from the gazetteer?"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import Final

from corpus.model import Entity
from extract.gazetteer import Entry, written
from extract.mentions import Candidate
from extract.tokens import LONGEST, cut

_WRITTEN, _NORM = range(2)  # the two sides of a token
_SIDES: Final = (_NORM, _WRITTEN, _WRITTEN)  # of the forms in any case, as written, and inside sentences
_MOST_KNOWN: Final = 100_000


@dataclass(slots=True)
class _Node:
    """How the forms go on that begin with the tokens so far, and the entities whose form is complete."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    entities: list[Entity] = field(default_factory=list)

    def add(self, tokens: Iterable[str], entity: Entity) -> None:
        """Keep one form of an entity."""
        node = self
        for token in tokens:
            node = node.following.setdefault(token, _Node())
        if entity not in node.entities:
            node.entities.append(entity)


@dataclass(frozen=True, slots=True)
class _Start:
    """A token with which names begin: how they go on, which token of its piece it is, and where in that."""

    node: _Node
    kind: int
    number: int
    offset: int


class Matcher:
    """Finds the names of a gazetteer on tokens, at one look-up per word whatever its size."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._trees = tuple(_Node() for _ in _SIDES)
        for entry in entries:
            for tree, side, forms in zip(
                self._trees, _SIDES, (entry.variants, entry.exact, entry.inside), strict=True
            ):
                for form in chain.from_iterable(written(entry, one) for one in forms):
                    tokens = (token[side] for piece in form.split(" ") for token in cut(piece).tokens)
                    tree.add(tokens, entry.entity)
        self._starts: dict[str, tuple[_Start, ...]] = {}  # by piece of text, of those seen before

    def find(self, paragraphs: Iterable[tuple[int, str]], begins: Collection[int]) -> Iterator[Candidate]:
        """Yield every name found, overlapping ones too, in paragraphs with their offsets.

        `begins` holds the offsets at which sentences begin: there every word has a capital.
        """
        found: tuple[list[Candidate], ...] = tuple([] for _ in _SIDES)
        known, oversized = self._starts, set[str]()
        for at, paragraph in paragraphs:
            pieces = paragraph.split(" ")
            fresh = set(pieces).difference(known)
            known.update((piece, tuple(self._begin(piece))) for piece in fresh)
            oversized.update(piece for piece in fresh if len(piece) > LONGEST)
            warm = [(place, start) for place, piece in enumerate(pieces) for start in known[piece]]
            offsets = list(accumulate(map(len, pieces), initial=at)) if warm else []
            for place, start in warm:
                for entities, last, length in _complete(pieces, place, start):
                    begin, end = offsets[place] + place + start.offset, offsets[last] + last + length
                    found[start.kind].extend(Candidate(begin, end, entity) for entity in entities)
        for piece in tuple(known) if len(known) > _MOST_KNOWN else oversized:
            del known[piece]
        any_case, exact, inside = found
        return chain(any_case, exact, (each for each in inside if each.start not in begins))

    def _begin(self, piece: str) -> Iterator[_Start]:
        """Yield the tokens of a piece with which names begin."""
        here = cut(piece)
        for number, (token, offset) in enumerate(zip(here.tokens, (0, *here.ends), strict=False)):
            for kind, (tree, side) in enumerate(zip(self._trees, _SIDES, strict=True)):
                if token[side] in tree.following:
                    yield _Start(tree.following[token[side]], kind, number, offset)


def _complete(pieces: Sequence[str], place: int, start: _Start) -> list[tuple[list[Entity], int, int]]:
    """Return the entities of each form that is complete, with the piece that it ends in and where in that."""
    node, number, side = start.node, start.number, _SIDES[start.kind]
    here = cut(pieces[place])
    complete = []
    while True:
        if node.entities:
            complete.append((node.entities, place, here.ends[number]))
        number += 1
        if number == len(here.ends):
            place, number = place + 1, 0
            if place == len(pieces):
                break
            here = cut(pieces[place])
            if not here.ends:
                break
        following = node.following.get(here.tokens[number][side])
        if following is None:
            break
        node = following
    return complete
