"""Which entities does a text name?"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Final

from corpus.sentences import split_sentences
from extract.authority_names import is_part_of_other_name
from extract.gazetteer import load_gazetteer
from extract.introduced import find_introduced
from extract.legislation import find_legislation
from extract.matcher import Matcher
from extract.mentions import Candidate, settle
from extract.naming import capitalised_runs, find_named
from extract.people import find_people

BETWEEN: Final = "\n\n"  # divides the paragraphs of a text


def find_entities(text: str, begins: Collection[int]) -> list[Candidate]:
    """Return every name: those of the gazetteer, those with the shape of a name, Acts and people.

    It doubts capitals that begin a sentence; `begins` holds the offsets of those that do.
    """
    names = [
        found
        for found in _matcher().find(paragraphs(text), begins)
        if found.entity.label != "local_authority" or not is_part_of_other_name(text, found)
    ]
    runs = capitalised_runs(text)
    shaped = [*find_named(text, runs), *find_introduced(text, begins)]
    return settle([*names, *find_legislation(text), *find_people(text, runs), *shaped])


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph of a text with the offset of its first character."""
    at = 0
    for paragraph in text.split(BETWEEN):
        yield at, paragraph
        at += len(paragraph) + len(BETWEEN)


def sentence_starts(divided: Iterable[tuple[int, str]]) -> list[int]:
    """Return the offset of each sentence of paragraphs, as `corpus.sentences` has them."""
    return [start + at for at, paragraph in divided for start, _ in split_sentences(paragraph)]


@cache
def _matcher() -> Matcher:
    return Matcher(load_gazetteer())
