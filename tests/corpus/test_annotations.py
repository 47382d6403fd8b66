"""Do codings find their words again without keeping them?"""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.annotations import (
    Annotation,
    CodedSentence,
    letters_hash,
    load_annotations,
    resolve,
    save_annotations,
    text_hash,
)
from corpus.errors import DataFileError
from corpus.model import Certificate, Document, Paragraph

TEXT = "Visits are regular. Plans are “late”."


def document(text: str, number: int | None = 7) -> Document:
    return Document(
        *(
            "d" * 16,
            "d" * 64,
            "x.txt",
            "text/plain",
            None,
            None,
            None,
            None,
            "ilacs",
            "inspection",
            "invented",
        ),
        *(None, None, None, None, None, ()),
        (Paragraph(3, number, None, "finding", text, None, None),),
        *((), (), Certificate("text", 1, 1)),
    )


def annotation(**other: object) -> Annotation:
    sentences = (
        CodedSentence(0, 19, letters_hash(TEXT[:19]), "strength", "assessment_planning"),
        CodedSentence(20, 37, letters_hash(TEXT[20:]), "weakness", "assessment_planning"),
    )
    themes = (("assessment_planning", "mixed"),)
    one = Annotation("d" * 16, 7, None, text_hash(TEXT), "mixed", themes, sentences, "reader-1")  # type: ignore[arg-type]
    return replace(one, **other)  # type: ignore[arg-type]


def found(text: str) -> list[str]:
    resolved = resolve([annotation()], document(text))
    return [text[s.start : s.end] for r in resolved for s in r.sentences]


def test_the_same_text_gives_the_same_sentences() -> None:
    assert found(TEXT) == ["Visits are regular.", "Plans are “late”."]


def test_a_small_change_of_the_text_loses_nothing() -> None:
    changed = 'A heading. Visits  are regular. Plans are "late".'
    assert found(changed) == ["Visits  are regular.", 'Plans are "late".']


def test_a_sentence_that_is_gone_is_left_out() -> None:
    assert found("Visits are regular. Staff are kind.") == ["Visits are regular."]


def test_another_paragraph_is_not_taken() -> None:
    assert found("Quite another text.") == []


def test_a_paragraph_without_a_number_is_found_by_position() -> None:
    resolved = resolve([annotation(number=None, position=3)], document(TEXT, number=None))
    assert len(resolved) == 1


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    both = (annotation(), annotation(number=None, position=4, doubt="hard to say"))
    save_annotations(both, path)
    assert set(load_annotations([path])) == set(both)
    assert "Visits" not in path.read_text()


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    save_annotations([annotation()], path)
    line = path.read_text()
    path.write_text(line.replace('"mixed"', '"fair"') + line + line.replace('"number": 7, ', ""))
    with pytest.raises(DataFileError, match=r"line 1: 'fair' is no valence.*line 3: exactly one of number"):
        load_annotations([path])
