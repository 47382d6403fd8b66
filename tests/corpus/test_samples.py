"""Is the bundled corpus what its maker makes, invented throughout, and read as its truth says?"""

import csv
import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import ingest
from corpus.maker.make import dump_truth, sample_documents
from corpus.maker.pdf import made_with
from corpus.maker.plan import endless_plan
from corpus.sentences import split_sentences

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "corpus" / "samples"
STEMS = sorted(path.stem for path in (SAMPLES / "truth").glob("*.json"))
LIMIT = 4_000_000


def truth_of(stem: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((SAMPLES / "truth" / f"{stem}.json").read_text("utf-8"))
    return truth


def sentences() -> Iterator[str]:
    for stem in STEMS:
        for paragraph in truth_of(stem)["paragraphs"]:
            text = paragraph["text"]
            yield from (text[start:end] for start, end in split_sentences(text))


def bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def test_making_the_corpus_again_gives_the_bytes_that_are_here() -> None:
    pytest.importorskip("reportlab", reason="the maker needs its PDF library")
    used = json.loads((SAMPLES / "made-with.json").read_text("utf-8"))
    same_tools = used == made_with()
    stems = []
    for made in sample_documents():
        stem = made.stem
        stems.append(stem)
        assert (SAMPLES / "text" / f"{stem}.txt").read_text("utf-8") == made.text, stem
        assert (SAMPLES / "truth" / f"{stem}.json").read_text("utf-8") == dump_truth(made.truth), stem
        if same_tools:
            assert (SAMPLES / "pdf" / f"{stem}.pdf").read_bytes() == made.pdf, stem
    assert sorted(stems) == STEMS
    if not same_tools:
        pytest.skip(f"text and truth are the same; PDF bytes were made with {used} and are not compared")


def test_the_corpus_is_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < LIMIT


def test_no_invented_authority_bears_a_real_name_or_code() -> None:
    def rows(path: Path) -> list[dict[str, str]]:
        return list(csv.DictReader(path.read_text("utf-8").splitlines()))

    real = rows(ROOT / "corpus" / "authorities.csv")
    names = {bare(row["name"]) for row in real} | {bare(row.get("also_known_as") or "") for row in real}
    more = {run[0].place.name for run in islice(endless_plan("any"), 2000)}
    assert not {bare(name) for name in more} & names
    for row in rows(ROOT / "corpus" / "maker" / "authorities.csv"):
        assert bare(row["name"]) not in names
        for column in ("la_code", "gss_code", "urn"):
            assert row[column] not in {each.get(column) for each in real}


@pytest.mark.real
def test_no_sentence_is_one_of_the_real_ones(shared: Path) -> None:
    coded = (shared / "annotations" / "codings.jsonl").read_text("utf-8").splitlines()
    real = {bare(sentence["text"]) for line in coded for sentence in json.loads(line)["sentences"]}
    long_enough = {sentence for sentence in real if len(sentence.split()) > 8}
    assert not {bare(sentence) for sentence in sentences()} & long_enough


def cases() -> Iterator[Any]:
    for stem in STEMS:
        yield pytest.param(SAMPLES / "pdf" / f"{stem}.pdf", id=f"{stem}.pdf")
        yield pytest.param(SAMPLES / "text" / f"{stem}.txt", id=f"{stem}.txt")


@pytest.mark.parametrize("path", tuple(cases()))
def test_numbered_paragraphs_are_read_word_for_word(path: Path) -> None:
    stem, document = path.stem, ingest.read(path)
    expected = {each["number"]: each["text"] for each in truth_of(stem)["paragraphs"] if "number" in each}
    numbered = [each for each in document.paragraphs if each.number and each.role != "boilerplate"]
    read = {each.number: each.text.replace("'", "’") for each in numbered}
    assert read == expected


@pytest.mark.parametrize("stem", STEMS)
def test_first_page_and_pages_are_read_as_the_truth_says(stem: str) -> None:
    truth, document = truth_of(stem), ingest.read(SAMPLES / "pdf" / f"{stem}.pdf")
    assert {each.area: each.grade for each in document.judgements} == truth["judgements"]
    assert (document.framework, document.kind) == (truth["framework"], truth["kind"])
    assert (str(document.inspected_from), str(document.inspected_to)) == (
        truth["inspected_from"],
        truth["inspected_to"],
    )
    assert document.lead_inspector == truth["lead_inspector"]
    assert document.licence == truth["licence"]
    assert document.la_code == truth["la_code"]
    pages = {each.number: (each.page_from, each.page_to) for each in document.paragraphs if each.number}
    for paragraph in truth["paragraphs"]:
        if "number" in paragraph:
            assert pages[paragraph["number"]] == (paragraph["page_from"], paragraph["page_to"])
