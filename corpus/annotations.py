"""How are hand codings kept without the words of the reports, and how do they find their words again?

Stand-off: a document id, the paragraph's printed number (or its position, where none is printed), the
hash of its text, and for each sentence its span, a hash of its letters, its valence and theme. When a text
has changed a little since, each sentence is found again by its letters.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from corpus.errors import DataFileError
from corpus.model import VALENCES, Document, Paragraph, Valence
from corpus.sentences import split_sentences

_LETTERS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class CodedSentence:
    """What a reader said of one sentence; `letters` is the hash of its letters and digits."""

    start: int
    end: int
    letters: str
    valence: Valence
    theme: str | None


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a reader said of one paragraph; exactly one of `number` and `position` leads to it."""

    document: str
    number: int | None
    position: int | None
    text_sha256: str  # the first 16 hex digits
    valence: Valence
    themes: tuple[tuple[str, Valence], ...]
    sentences: tuple[CodedSentence, ...]
    reader: str
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """An annotation with the paragraph it speaks of and the sentences found again in it."""

    annotation: Annotation
    paragraph: Paragraph
    sentences: tuple[CodedSentence, ...]


def letters_hash(text: str) -> str:
    """Hash the letters and digits of a text, so that spacing and quotation marks do not matter."""
    return hashlib.sha256(" ".join(_LETTERS.findall(text.lower())).encode()).hexdigest()[:12]


def text_hash(text: str) -> str:
    """The first 16 hex digits of the SHA-256 of a paragraph's text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def load_annotations(paths: Iterable[Path]) -> tuple[Annotation, ...]:
    """Return the annotations of some files, in order.

    Raises:
        DataFileError: a line is no annotation; every fault is named with its file and line.
    """
    found: list[Annotation] = []
    faults: list[str] = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                found.append(_from_json(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                faults.append(f"{path.name}, line {number}: {error}")
    if faults:
        raise DataFileError("; ".join(faults))
    return tuple(found)


def save_annotations(annotations: Iterable[Annotation], path: Path) -> None:
    """Write annotations, one a line, in the order of document and place."""
    ordered = sorted(annotations, key=lambda a: (a.document, a.number or 0, a.position or 0, a.reader))
    text = "".join(json.dumps(_to_json(a), ensure_ascii=False) + "\n" for a in ordered)
    partial = path.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def resolve(annotations: Iterable[Annotation], document: Document) -> tuple[Resolved, ...]:
    """Return the annotations of this document whose paragraph and sentences are found again."""
    by_number: dict[int, list[Paragraph]] = {}
    for paragraph in document.paragraphs:
        if paragraph.number is not None:
            by_number.setdefault(paragraph.number, []).append(paragraph)
    by_position = {paragraph.position: paragraph for paragraph in document.paragraphs}
    found = []
    for annotation in annotations:
        if annotation.document != document.id:
            continue
        if annotation.number is not None:
            candidates = by_number.get(annotation.number, [])
        else:
            candidates = [p for p in (by_position.get(annotation.position or 0),) if p]
        best = max((_resolve_in(annotation, p) for p in candidates), key=_coded_characters, default=None)
        if best and best.sentences:
            found.append(best)
    return tuple(found)


def _coded_characters(resolved: Resolved) -> int:
    """How much of a paragraph was found again."""
    return sum(sentence.end - sentence.start for sentence in resolved.sentences)


def _resolve_in(annotation: Annotation, paragraph: Paragraph) -> Resolved:
    """Find the sentences of an annotation in this paragraph."""
    if text_hash(paragraph.text) == annotation.text_sha256:
        return Resolved(annotation, paragraph, annotation.sentences)
    places = {
        letters_hash(paragraph.text[start:end]): (start, end)
        for start, end in split_sentences(paragraph.text)
    }
    found = []
    for sentence in annotation.sentences:
        span = places.get(sentence.letters)
        if span is None and letters_hash(paragraph.text[sentence.start : sentence.end]) == sentence.letters:
            span = sentence.start, sentence.end
        if span:
            found.append(CodedSentence(*span, sentence.letters, sentence.valence, sentence.theme))
    return Resolved(annotation, paragraph, tuple(found))


def _from_json(line: Mapping[str, Any]) -> Annotation:
    """Read one annotation."""
    sentences = tuple(CodedSentence(s[0], s[1], s[2], _valence(s[3]), s[4]) for s in line["sentences"])
    if any(not 0 <= s.start < s.end for s in sentences):
        raise ValueError("a sentence ends before it begins")
    number, position = line.get("number"), line.get("position")
    if (number is None) == (position is None):
        raise ValueError("exactly one of number and position must be given")
    return Annotation(
        document=line["document"],
        number=number,
        position=position,
        text_sha256=line["text_sha256"],
        valence=_valence(line["valence"]),
        themes=tuple((theme, _valence(valence)) for theme, valence in line["themes"]),
        sentences=sentences,
        reader=line["reader"],
        doubt=line.get("doubt"),
    )


def _valence(word: str) -> Valence:
    """Check that a word is one of the valences."""
    for valence in VALENCES:
        if word == valence:
            return valence
    raise ValueError(f"'{word}' is no valence")


def _to_json(annotation: Annotation) -> dict[str, Any]:
    """Return the line of one annotation."""
    a = annotation
    place = {"number": a.number} if a.number is not None else {"position": a.position}
    line = {
        "document": a.document,
        **place,
        "text_sha256": a.text_sha256,
        "valence": a.valence,
        "themes": [list(theme) for theme in a.themes],
        "sentences": [[s.start, s.end, s.letters, s.valence, s.theme] for s in a.sentences],
        "reader": a.reader,
    }
    return line | ({"doubt": a.doubt} if a.doubt else {})
