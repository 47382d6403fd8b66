"""The same from Python: what the examples promise holds, and the front door stays narrow."""

import doctest
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import ofsight
from corpus.errors import SourceError, StoreError, UnknownAuthorityError
from ofsight import api
from ofsight.cli import run_command


def test_the_surface_is_what_it_says():
    assert ofsight.__all__ == ["__version__", "analyse", "nlp", "open_store", "read"]
    for name in ofsight.__all__:
        assert getattr(ofsight, name)
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        _ = ofsight.reed


def test_the_examples_hold():
    results = doctest.testmod(api)
    assert results.attempted > 0
    assert results.failed == 0


def test_import_alone_imports_nothing_heavy():
    program = "import sys, ofsight; print(sorted({'pandas', 'spacy', 'sklearn', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_cannot_be_read_says_why(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear council,")
    with pytest.raises(SourceError) as caught:
        ofsight.read(tmp_path / "letter.txt")
    assert caught.value.reason == "not_a_report"


def test_a_store_comes_out_as_frames(folder, store, fake):
    fake.do(folder(a="Care leavers are supported.", b="Caseloads are high."), store)
    with ofsight.open_store(store) as frames:
        documents = frames.documents()
        assert len(documents) == 2
        assert pd.api.types.is_datetime64_any_dtype(documents["inspected_to"])
        assert list(frames.paragraphs(theme="leadership")["valence"]) == ["strength", "strength"]
        assert list(frames.codings()["theme"]) == ["leadership", "leadership"]
        assert list(frames.search("caseload")["text"]) == ["Caseloads are high."]
        assert frames.judgements().empty
        assert frames.figures().empty
        assert frames.indicators().empty
        assert list(frames.sql("SELECT count(*) AS n FROM mention")["n"]) == [0]
        with pytest.raises(ValueError, match="There is no theme 'weather'"):
            frames.paragraphs(theme="weather")
        with pytest.raises(UnknownAuthorityError):
            frames.paragraphs(authority="Atlantis")


def test_numbers_of_paragraphs_and_pages_are_whole_where_some_have_none(tmp_path):
    sample = next((Path(__file__).parents[2] / "corpus" / "samples" / "text").glob("s05*ilacs*"))
    store = tmp_path / "s.db"
    assert run_command(["run", str(sample), "--store", str(store), "--jobs", "1"]) == 0
    with ofsight.open_store(store) as frames:
        for table in (frames.paragraphs(), frames.codings(), frames.search("children")):
            assert str(table["number"].dtype) == "Int64"
        assert str(frames.paragraphs()["number"].dropna().iloc[0]) == "1"
        assert str(frames.figures()["paragraph"].dtype) == "Int64"


def test_a_store_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="There is no store"):
        ofsight.open_store(tmp_path / "no.db")
