"""Where does a text hold a name from the gazetteer?"""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from corpus.model import Entity
from extract.gazetteer import Entry, written
from extract.mentions import Candidate


class Matcher:
    """Finds the names of a gazetteer on spaCy's tokens, at one look-up per token whatever its size."""

    def __init__(self, nlp: Language, entries: Iterable[Entry]) -> None:
        # NORM is lower case with plain apostrophes and dashes.
        self._any_case = PhraseMatcher(nlp.vocab, attr="NORM")
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._inside = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._entities: dict[int, Entity] = {}
        for entry in entries:
            self._entities[nlp.vocab.strings.add(entry.entity.id)] = entry.entity
            for matcher, forms in (
                (self._any_case, entry.variants),
                (self._exact, entry.exact),
                (self._inside, entry.inside),
            ):
                patterns = [nlp.tokenizer(form) for one in forms for form in written(entry, one)]
                if patterns:
                    matcher.add(entry.entity.id, patterns)

    def find(self, doc: Doc) -> Iterator[Candidate]:
        """Yield every name found, overlapping ones too; the document's sentences must be set."""
        for matcher in (self._any_case, self._exact):
            for key, start, end in matcher(doc):
                yield _candidate(doc, start, end, self._entities[key])
        for key, start, end in self._inside(doc):
            if not doc[start].is_sent_start:
                yield _candidate(doc, start, end, self._entities[key])


def _candidate(doc: Doc, start: int, end: int, entity: Entity) -> Candidate:
    last = doc[end - 1]
    return Candidate(doc[start].idx, last.idx + len(last), entity)
