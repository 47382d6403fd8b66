"""People's words about paragraphs: whose counts, what an undo does, and that no run overwrites them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.ledger import Entry, Mark, last_of, read_entries, settled, standing, whole_hash
from corpus.model import (
    Analysis,
    Certificate,
    Coding,
    Document,
    Extraction,
    Paragraph,
    ParagraphCoding,
    SentenceCoding,
)
from corpus.rows import Versions
from corpus.store import Store, open_store

KEY = "cd" * 8
TEXT = "Visits in Harrowmere are late. 🏠 Cafe\u0301s are kind."
VERSIONS = Versions("1", "book", "model")


def analysis(text: str = TEXT, valence: str = "strength") -> Analysis:
    """A report of one paragraph, coded by the program."""
    document = Document(
        *(KEY, KEY * 4, "h.txt", "text/plain", 1, "Harrowmere", "Harrowmere", None, "ilacs", "standard"),
        *("test", None, None, None, None, None, ()),
        (Paragraph(1, 1, None, "finding", text, 1, 1),),
        *((), (), Certificate("text", 1, 1)),
    )
    coding = ParagraphCoding(
        *(1, valence, 0.4, True, (Coding("front_door", 1, valence, 0.8),)),
        (SentenceCoding(0, 30, valence, "front_door", 0.4),),
    )
    return Analysis(document, Extraction(), (coding,))


def entry(coder: str = "jo", valence: str = "weakness", second: int = 0, **more: object) -> Entry:
    """What a coder says, by default that it is a weakness of placements."""
    values = {
        "document": KEY,
        "position": 1,
        "text_sha256": whole_hash(TEXT),
        "coder": coder,
        "made_at": f"2026-01-06T10:00:{second:02d}+00:00",
        "valence": valence,
        "themes": (("placements", valence),),
    } | more
    return Entry(**values)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.db", "write") as opened:
        save(opened, analysis())
        yield opened


def save(store: Store, made: Analysis) -> None:
    with store.transaction():
        store.set_themes([("front_door", "Front door", ""), ("placements", "Placements", "")])
        store.save(made, VERSIONS)


def said(store: Store) -> tuple[object, ...]:
    """What the public tables say of the paragraph, and whose word it is."""
    run = store.connection.execute
    whole = run("SELECT valence, valence_probability, needs_review FROM paragraph").fetchone()
    themes = run("SELECT theme, valence FROM coding ORDER BY rank").fetchall()
    coder = run("SELECT coder FROM corrected").fetchone()
    return (*whole, themes, coder and coder[0])


PROGRAM = ("strength", 0.4, 1, [("front_door", "strength")], None)
JO = ("weakness", 1.0, 0, [("placements", "weakness")], "jo")


def test_a_correction_counts_at_once_and_an_undo_gives_the_program_its_word_back(store: Store) -> None:
    first = entry()
    assert store.correct([first]) == 1
    assert said(store) == JO
    assert store.correct([entry(second=9, undoes=first.key)]) == 1
    assert said(store) == PROGRAM
    assert len(read_entries(store.connection)) == 2


def test_an_undo_brings_the_coders_earlier_word_back(store: Store) -> None:
    later = entry(valence="mixed", second=1)
    store.correct([entry(), later])
    assert said(store)[0] == "mixed"
    store.correct([entry(valence="mixed", second=2, undoes=later.key)])
    assert said(store) == JO
    assert last_of(store.connection, "jo") == entry()
    assert last_of(store.connection, "sam") is None


def test_no_run_overwrites_a_correction(store: Store) -> None:
    store.correct([entry()])
    save(store, analysis(valence="neutral"))
    assert said(store) == JO
    with store.transaction():
        store.save_codings(KEY, analysis(valence="mixed").codings, VERSIONS)
    assert said(store) == JO
    store.correct([entry(second=9, undoes=entry().key)])
    assert said(store)[0] == "mixed"


def test_a_correction_does_not_speak_of_another_text(store: Store) -> None:
    store.correct([entry()])
    save(store, analysis(text="Visits in Harrowmere are prompt."))
    assert said(store) == PROGRAM
    assert len(read_entries(store.connection)) == 1


def test_a_correction_may_come_before_its_report(tmp_path: Path) -> None:
    with open_store(tmp_path / "new.db", "write") as store:
        assert store.correct([entry()]) == 1
        save(store, analysis())
        assert said(store) == JO


def test_the_same_entry_is_added_once(store: Store) -> None:
    assert store.correct([entry(), entry()]) == 1
    assert store.correct([entry()]) == 0


def test_a_theme_that_the_codebook_does_not_know_is_not_laid_over(store: Store) -> None:
    store.correct([entry(themes=(("moon", "weakness"),))])
    assert said(store) == PROGRAM


def test_everything_of_an_entry_comes_back(store: Store) -> None:
    full = entry(
        themes=(("placements", "mixed"), ("front_door", "weakness")),
        marks=(Mark(31, 32, "placements", "strength"),),
        note="“Late” is said of some visits only.",
        blind=True,
    )
    store.correct([full])
    assert read_entries(store.connection) == (full,)


AGREED = (entry("jo"), entry("sam"))
DIFFERENT = (entry("jo"), entry("sam", "mixed"))
RESOLVED = (*DIFFERENT, entry("kim", "neutral", resolves=True))


@pytest.mark.parametrize(
    ("entries", "valence", "coder"),
    [
        (AGREED, "weakness", "jo, sam"),
        (DIFFERENT, "strength", None),
        (RESOLVED, "neutral", "kim"),
        ((entry("jo"), entry("jo", "mixed", 1)), "mixed", "jo"),
    ],
    ids=["coders agree", "coders differ: the program's stands", "resolved", "the latest of a coder"],
)
def test_whose_word_counts(store: Store, entries: tuple[Entry, ...], valence: str, coder: str | None) -> None:
    store.correct(entries)
    assert said(store)[0] == valence
    assert said(store)[-1] == coder


def test_the_order_of_themes_is_no_difference() -> None:
    one = entry("jo", themes=(("placements", "mixed"), ("front_door", "weakness")))
    other = entry("sam", themes=(("front_door", "weakness"), ("placements", "mixed")))
    [found] = standing((one, other)).values()
    assert settled(found) is not None


def test_a_corrected_store_passes_the_check_of_its_seals(store: Store) -> None:
    from corpus.seals import seal_of

    store.correct([entry()])
    (sealed,) = store.connection.execute("SELECT sha256 FROM seal").fetchone()
    assert sealed == seal_of(store.connection, KEY)
