"""What does each acronym stand for in this report?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from corpus.model import Entity
from extract.alternatives import either
from extract.gazetteer import Entry, load_gazetteer, plural, spellings
from extract.mentions import SMALL, Candidate, Span, named, settle
from extract.naming import load_heads

_DEFINED: Final = re.compile(
    r"\((?:the |known as |also known as |or |previously )?"
    r"[‘'“\"]?(?P<acronym>[A-Z][A-Za-z0-9]{0,11}(?:[&/@-][A-Za-z0-9]{1,11}){0,3})[’'”\"]?\)"
)
_EXPLAINED: Final = re.compile(
    r"(?P<acronym>[A-Z](?<!\w[A-Z])[A-Za-z]{1,11}) \((?:the )?(?P<long>[A-Za-z][^().;:]{5,90})\)"
)
_JOINTS: Final = {ord(mark): None for mark in "&/@-"}
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?|&")
_QUOTED: Final = re.compile(r"[‘“][^‘’“”]{1,60}[’”](?= \w)")
_QUOTES: Final = re.compile(r"[‘“”]|’(?= )")
_FOLLOWING: Final = re.compile(r" (?P<word>[a-z][a-z-]+)")
# The acronym stands for the whole name in "child exploitation group (CEG) meeting", not in "risk (R) report".
_SHORTENED: Final = frozenset({"organisation", "panel"})
_MOST: Final = 1000  # definitions; a report has fewer than a hundred, a hostile text any number
_REACH: Final = 140  # characters before the bracket in which the long form begins


@dataclass(frozen=True, slots=True)
class Definition:
    """An acronym that the report explains; `entity` is None where it stands for nothing that we record."""

    acronym: str  # in the singular
    start: int  # of the long form
    end: int
    long_form: str
    entity: Entity | None


def find_definitions(text: str, known: Mapping[Span, Entity]) -> Iterator[Definition]:
    """Yield each "long form (ACRONYM)" and "ACRONYM (long form)" whose letters agree.

    What is `known` of a long form, by its place in the text, is what its acronym means.
    """
    for match in _DEFINED.finditer(text):
        acronym = match["acronym"]
        if sum(letter.isupper() for letter in acronym) < 2:
            continue
        span = _long_form(text, match.start(), acronym)
        if span is not None:
            yield _definition(text, acronym, span, match.end(), known.get(span))
    for match in _EXPLAINED.finditer(text):
        if sum(letter.isupper() for letter in match["acronym"]) < 2:
            continue
        span = _long_form(text, match.end("long"), match["acronym"])
        if span is not None and span[0] == match.start("long"):
            yield _definition(text, match["acronym"], span, match.end(), known.get(span))


def resolve(text: str, mentions: Iterable[Candidate]) -> list[Candidate]:
    """Return the mentions with every acronym read as the report defines it, wherever it stands in the report.

    A definition takes precedence over what the acronym means elsewhere. Of two definitions of one acronym the
    first holds.
    """
    mentions = list(mentions)
    known = {(m.start, m.end): m.entity for m in mentions}
    definitions: dict[str, Definition] = {}
    for definition in islice(find_definitions(text, known), _MOST):
        held = definitions.setdefault(definition.acronym, definition)
        if held.entity is None and definition.entity is not None:
            definitions[definition.acronym] = definition
    if not definitions:
        return mentions
    standing = [m for m in mentions if _singular(text[m.start : m.end]) not in definitions]
    return settle([*_acronyms(text, definitions), *_long_forms(text, definitions.values()), *standing])


def _long_form(text: str, end: int, acronym: str) -> Span | None:
    """Return the range of the words before `end` whose letters make the acronym, or None.

    Each letter must begin a word, except that a word may give a second letter from its inside ("well-being",
    "CAMHS"); small words may be left out. The shortest such range is taken.
    """
    letters = _singular(acronym).translate(_JOINTS)
    reach = max(0, end - _REACH)
    sentence = max(text.rfind(mark, reach, end) for mark in ("\n", ". ", "; ", ": ", "(", ")"))
    words = list(_WORD.finditer(text, max(sentence + 1, reach), end))
    capitals = "".join(letter for letter in letters if letter.isupper())
    readings = ((letters, SMALL), (letters, frozenset[str]()), (capitals, SMALL))  # "MASH", "DfE", "ChiHub"
    found = (_match_backwards(words, read.lower(), skipped=skipped) for read, skipped in readings)
    at = next((at for at in found if at is not None), None)
    if at is None or words[at][0].lower() in SMALL:
        return None
    start = words[at].start()
    if _QUOTED.match(text, start - 1, end):  # "the ‘next chance’ team (NCT)"
        start -= 1
    return start, len(text[:end].rstrip(" ‘’'“”\""))


def _match_backwards(words: list[re.Match[str]], letters: str, *, skipped: frozenset[str]) -> int | None:
    """Return the index of the word at which the letters, read from the last, are all used."""
    left, missed = len(letters), 0
    for at in range(len(words) - 1, -1, -1):
        word = words[at][0].lower()
        if word in skipped:
            continue
        if word[0] == letters[left - 1]:
            left -= 1
        elif left >= 2 and word[0] == letters[left - 2] and letters[left - 1] in word[1:]:
            left -= 2
        elif word not in SMALL:
            missed += 1
            if missed > 1 or (at == len(words) - 1 and word[0] not in letters):
                return None
        if left == 0:
            return at if missed == 0 or len(letters) > 2 else None
    return None


def _definition(text: str, acronym: str, span: Span, after: int, found: Entity | None) -> Definition:
    """Name the entity: a known one under this long form, the one found there, or a new one of this report."""
    start, end = span
    long_form = text[start:end]
    singular = _singular(acronym)
    following = _FOLLOWING.match(text, after)
    head = following["word"] if following else ""
    known = (
        _known().get(key(long_form))
        or _known().get(key(f"{long_form} {head}"))
        or _same_thing(singular, long_form)
        or found
    )
    if known is not None:
        return Definition(singular, start, end, long_form, known)
    label = load_heads().label(long_form)
    name = load_heads().singular(_QUOTES.sub("", long_form) if long_form[0] in "‘“" else long_form)
    if label is None and head and acronym not in load_heads().topics:
        label = load_heads().label(head)
        label = label if label in _SHORTENED else None
    return Definition(singular, start, end, long_form, named(label, name) if label else None)


def _same_thing(acronym: str, long_form: str) -> Entity | None:
    """Return what the acronym means everywhere, if the long form differs in a word or so from it."""
    entity = _known_acronyms().get(acronym)
    if entity is None:
        return None
    ours, theirs = (set(key(name).split()) - SMALL for name in (entity.name, long_form))
    return entity if len(ours & theirs) * 2 > max(len(ours), len(theirs)) else None


def _acronyms(text: str, definitions: Mapping[str, Definition]) -> Iterator[Candidate]:
    """Yield every place where a defined acronym stands."""
    acronyms = either(definitions, not_behind=r"[\w-]")
    for match in re.finditer(rf"(?P<acronym>{acronyms})s?(?!\w)", text):
        entity = definitions[match["acronym"]].entity
        if entity is not None:
            yield Candidate(match.start(), match.end(), entity)


def _long_forms(text: str, definitions: Iterable[Definition]) -> Iterator[Candidate]:
    """Yield every place where a long form stands, in any case, singular or plural."""
    meant = {
        form.lower(): definition.entity
        for definition in definitions
        if definition.entity is not None
        for number in (_one(definition.long_form), plural(_one(definition.long_form)))
        for form in spellings(number)
    }
    if not meant:
        return
    lower = _lower(text)
    found = sorted((start, -len(form), form) for form in meant for start in _places(lower, form))
    free = 0
    for start, length, form in found:  # where several stand, the longest
        if start >= free:
            free = start - length
            yield Candidate(start, free, meant[form])


def _places(text: str, words: str) -> Iterator[int]:
    """Yield where the words stand by themselves; quicker than to compile a pattern for one report."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        if not _is_word(text[at - 1 : at]) and not _is_word(text[end : end + 1]):
            yield at
        at = text.find(words, at + 1)


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _lower(text: str) -> str:
    """Return the text in lower case, each character in its place: a few have two in lower case."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(letter.lower()[0] for letter in text)


def key(name: str) -> str:
    """Return the name as it compares: lower case, no hyphens or commas, plain apostrophes, singular."""
    return " ".join(_one(name).lower().replace("’", "'").replace(",", "").replace("-", " ").split())


def _one(name: str) -> str:
    """Return the name with its last word in the singular, where the plural is regular."""
    if name.endswith("ies") and plural(f"{name[:-3]}y") == name:
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us")) else name


def _singular(acronym: str) -> str:
    return acronym[:-1] if acronym[-1:] == "s" and acronym[-2:-1].isupper() else acronym


@cache
def _known() -> Mapping[str, Entity]:
    """Every name of the gazetteer, as it compares."""
    return {key(form): entry.entity for entry in load_gazetteer() for form in _written(entry)}


@cache
def _known_acronyms() -> Mapping[str, Entity]:
    return {form: entry.entity for entry in load_gazetteer() for form in entry.exact if form[1:2].isupper()}


def _written(entry: Entry) -> tuple[str, ...]:
    return (entry.entity.name, *entry.variants, *entry.exact, *entry.inside)
