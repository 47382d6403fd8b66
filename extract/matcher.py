"""Where does a text hold a name from the gazetteer?"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, chain, islice
from typing import Final

from corpus.model import Entity
from corpus.records import record
from extract.gazetteer import Entry, written
from extract.mentions import Candidate
from extract.tokens import LONGEST, Cut, Token, cut

_WRITTEN, _NORM = range(2)  # the two sides of a token
_SIDES: Final = (_NORM, _WRITTEN, _WRITTEN)  # of the forms in any case, as written, and inside sentences
_MOST_KNOWN: Final = 100_000
_NO_TOKEN: Final[Token] = ("", "")
_HYPHEN: Final = "-"  # the norm of all dashes; "child-in-need" is "child in need"


@dataclass(slots=True)
class _Node:
    """How the forms go on that begin with the tokens so far, and the entities whose form is complete."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()

    def add(self, tokens: Iterable[str], entity: Entity) -> None:
        """Keep one form of an entity."""
        node = self
        for token in tokens:
            following = node.following.get(token)
            if following is None:
                following = node.following[token] = _Node()
            node = following
        if entity not in node.entities:
            node.entities += (entity,)


@dataclass(slots=True)
class _Tree:
    """Forms by the token with which they begin; how they go on is worked out where a text holds that token.

    Most names stand in no report of a run. `side` is that of the tokens by which the forms are known.
    """

    side: int
    waiting: dict[str, list[tuple[str, Entity]]] = field(default_factory=dict)
    grown: dict[str, _Node] = field(default_factory=dict)

    def add(self, form: str, entity: Entity) -> None:
        """Keep one form of an entity."""
        first = _first_token(form.partition(" ")[0], self.side) or next(self._tokens(form))
        self.waiting.setdefault(first, []).append((form, entity))

    def under(self, first: str) -> _Node | None:
        """Return how the forms go on that begin with a token, None where none does."""
        if first in self.waiting:
            node = self.grown[first] = _Node()
            for form, entity in self.waiting.pop(first):
                node.add(islice(self._tokens(form), 1, None), entity)
        return self.grown.get(first)

    def _tokens(self, form: str) -> Iterator[str]:
        return (token for piece in form.split(" ") for token in _tokens_of(piece, self.side))


def _tokens_of(piece: str, side: int) -> Iterator[str]:
    return (token[side] for token in cut(piece).tokens if token[_NORM] != _HYPHEN)


@lru_cache(maxsize=_MOST_KNOWN)
def _first_token(piece: str, side: int) -> str | None:
    """Return the token with which a piece begins, None for mere hyphens; kept, as many forms begin alike."""
    return next(_tokens_of(piece, side), None)


@record
class _Start:
    """A token with which names begin: how they go on, which token of its piece it is, and where in that.

    `needed` holds with what the next piece must begin, where no name can end before.
    """

    node: _Node
    kind: int
    number: int
    offset: int
    needed: Collection[str] | None


@record
class _Piece:
    """A piece of text: its tokens, the first of them, and those with which names begin.

    `needed` holds with what the next piece must begin for any of these names, where none can end before.
    """

    cut: Cut
    first: Token
    starts: tuple[_Start, ...]
    needed: Collection[str] | None

    def leads_to(self, following: "_Piece") -> bool:
        """Tell whether a name may begin here, with this piece behind."""
        if self.needed is None:
            return bool(self.starts)
        written, norm = following.first
        return norm in self.needed or written in self.needed


_NOTHING: Final = _Piece(Cut((), ()), _NO_TOKEN, (), None)


class Matcher:
    """Finds the names of a gazetteer on tokens, at one look-up per word whatever its size."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._trees = tuple(map(_Tree, _SIDES))
        for entry in entries:
            for tree, forms in zip(self._trees, (entry.variants, entry.exact, entry.inside), strict=True):
                for form in chain.from_iterable(written(entry, one) for one in forms):
                    tree.add(form, entry.entity)
        self._pieces: dict[str, _Piece] = {}  # those seen before

    def find(self, paragraphs: Iterable[tuple[int, str]], begins: Collection[int]) -> Iterator[Candidate]:
        """Yield every name found, overlapping ones too, in paragraphs with their offsets.

        `begins` holds the offsets at which sentences begin: there every word has a capital.
        """
        found: tuple[list[Candidate], ...] = tuple([] for _ in _SIDES)
        for at, paragraph in paragraphs:
            pieces = paragraph.split(" ")
            read = self._read(pieces)
            read.append(_NOTHING)
            warm = [
                place for place, piece in enumerate(read) if piece.starts and piece.leads_to(read[place + 1])
            ]
            offsets = list(accumulate(map(len, pieces), initial=at)) if warm else []
            for place in warm:
                following = read[place + 1].first
                for start in read[place].starts:
                    if start.needed is not None and following[_SIDES[start.kind]] not in start.needed:
                        continue
                    for entities, last, length in _complete(read, place, start):
                        begin, end = offsets[place] + place + start.offset, offsets[last] + last + length
                        found[start.kind].extend(Candidate(begin, end, entity) for entity in entities)
        any_case, exact, inside = found
        return chain(any_case, exact, (each for each in inside if each.start not in begins))

    def _read(self, pieces: Sequence[str]) -> list[_Piece]:
        """Return what is known of the pieces; those that could be no words are not kept."""
        known = self._pieces
        with suppress(KeyError):
            return list(map(known.__getitem__, pieces))
        fresh = set(pieces).difference(known)
        known.update((piece, self._look_at(piece)) for piece in fresh)
        read = [known[piece] for piece in pieces]
        if len(known) > _MOST_KNOWN or any(len(piece) > LONGEST for piece in fresh):
            known.clear()
        return read

    def _look_at(self, piece: str) -> _Piece:
        """Return what has to be known of a piece."""
        here = cut(piece)
        starts = []
        for number, (token, offset) in enumerate(zip(here.tokens, (0, *here.ends), strict=False)):
            for kind, tree in enumerate(self._trees):
                node = tree.under(token[tree.side])
                if node is not None:
                    last = number + 1 == len(here.tokens) and not node.entities
                    starts.append(_Start(node, kind, number, offset, node.following if last else None))
        first = here.tokens[0] if here.tokens else _NO_TOKEN
        return _Piece(here, first, tuple(starts), _needed([start.needed for start in starts]))


def _needed(each: Sequence[Collection[str] | None]) -> Collection[str] | None:
    """Return all that is needed by one or another, None where one needs nothing."""
    known = [needed for needed in each if needed is not None]
    if len(known) < len(each):
        return None
    return known[0] if len(known) == 1 else frozenset(chain.from_iterable(known))


def _complete(read: Sequence[_Piece], place: int, start: _Start) -> list[tuple[tuple[Entity, ...], int, int]]:
    """Return the entities of each form that is complete, with the piece that it ends in and where in that."""
    node, number, side = start.node, start.number, _SIDES[start.kind]
    here = read[place].cut
    complete = []
    while True:
        if node.entities:
            complete.append((node.entities, place, here.ends[number]))
        if not node.following:
            break
        number += 1
        if number < len(here.ends) and here.tokens[number][_NORM] == _HYPHEN:
            number += 1
        if number == len(here.ends):
            place, number = place + 1, 0
            here = read[place].cut
            if not here.ends:  # nothing, or the end
                break
        following = node.following.get(here.tokens[number][side])
        if following is None:
            break
        node = following
    return complete
