"""All the real reports read whole; the printed page's own faults are the only ones the certificates name."""

import csv
import json
import re
from pathlib import Path

import pytest

import ingest
from corpus.authorities import register
from corpus.errors import SourceError
from corpus.model import Document

pytestmark = pytest.mark.real

GOLD = Path(__file__).parent.parent / "gold" / "metadata.jsonl"
NUMBERED = 26_357
SILENT_EDITS = {82, 89, 156, 190}  # where the transcript differs from the print by a letter or two
PRINTED_FAULTS = {
    "childrens-services/50146539.pdf": ((15,), ()),
    "childrens-services/50296623.pdf": ((), (57,)),
}


@pytest.fixture(scope="module")
def index(shared) -> dict[str, dict[str, str]]:
    with (shared / "reports" / "index.csv").open(encoding="utf-8") as lines:
        return {row["file"]: row for row in csv.DictReader(lines)}


@pytest.fixture(scope="module")
def outcomes(shared, index) -> dict[str, Document | str]:
    """Each file's document, or the reason why it was refused."""
    found: dict[str, Document | str] = {}
    for file in index:
        try:
            found[file] = ingest.read(shared / "reports" / file)
        except SourceError as error:
            found[file] = error.reason
    return found


@pytest.fixture(scope="module")
def documents(outcomes) -> dict[str, Document]:
    return {file: each for file, each in outcomes.items() if isinstance(each, Document)}


def test_only_web_pages_are_refused(index, outcomes):
    refused = {file: reason for file, reason in outcomes.items() if isinstance(reason, str)}
    assert refused == {file: "not_pdf" for file, row in index.items() if row["note"].startswith("not a PDF")}


def test_numbered_paragraphs_of_childrens_services(documents):
    found = [
        p
        for f, d in documents.items()
        if f.startswith("childrens")
        for p in d.paragraphs
        if p.number is not None
    ]
    assert len(found) == NUMBERED


def test_faults_of_numbering_are_those_of_the_print(documents):
    faults = {f: (d.certificate.gaps, d.certificate.repeats) for f, d in documents.items()}
    assert {file: fault for file, fault in faults.items() if any(fault)} == PRINTED_FAULTS


def test_every_character_of_every_page_is_placed_once(documents):
    certificates = {file: document.certificate for file, document in documents.items()}
    assert not {file: c.characters - c.placed for file, c in certificates.items() if c.characters != c.placed}
    assert not {file: c.missing for file, c in certificates.items() if c.missing}


def test_no_glyph_of_a_list_or_line_end_is_left_in_the_text(documents):
    odd = re.compile(r"[\ue000-\uf8ff\ufffe\ufffd◼■]|\s{2}|^\s|\s$")
    assert not [(f, p.position) for f, d in documents.items() for p in d.paragraphs if odd.search(p.text)]


def test_authorities_are_those_of_the_catalogue(documents, index):
    known = register()
    wrong = {
        f: d.la_code for f, d in documents.items() if (known.get(d.la_code or "") or d).urn != index[f]["urn"]
    }
    assert not wrong


def test_every_expected_judgement_is_read(documents):
    unread = {(f, r.field) for f, d in documents.items() for r in d.readings if r.status == "not_read"}
    assert not unread


def test_metadata_and_judgements_against_the_hand_read_gold(documents):
    known = register()
    by_id = {document.id: document for document in documents.values()}
    wrong = []
    for line in GOLD.read_text("utf-8").splitlines():
        gold = json.loads(line)
        document = by_id[gold["document_id"]]
        authority = known.get(document.la_code or "")
        found = {
            "title": document.title,
            "authority": document.authority,
            "urn": authority.urn if authority else None,
            "framework": document.framework,
            "kind": document.kind,
            "inspected_from": str(document.inspected_from),
            "inspected_to": str(document.inspected_to),
            "published": str(document.published) if document.published else None,
            "lead_inspector": document.lead_inspector,
            "licence": document.licence,
            "judgements": {judgement.area: judgement.grade for judgement in document.judgements},
            "numbered": sum(paragraph.number is not None for paragraph in document.paragraphs),
        }
        accepted = gold.get("accept", {})
        wrong += [
            (document.id, field, value, gold[field])
            for field, value in found.items()
            if value != gold[field] and value not in accepted.get(field, [])
        ]
    assert wrong == []


def test_the_transcript_reads_like_the_pdf(shared, documents):
    def words(text: str) -> str:
        return " ".join(text.translate(str.maketrans("‘’“”", "''\"\"")).split())

    def numbered(document: Document) -> dict[int, str]:
        return {p.number: words(p.text) for p in document.paragraphs if p.number is not None}

    transcript = ingest.read(shared / "seed" / "liverpool-2014.txt")
    pdf = next(d for d in documents.values() if d.la_code == "341" and str(d.published) == "2014-07-18")
    ours, printed = numbered(transcript), numbered(pdf)
    assert len(printed) == 203
    assert ours.keys() == printed.keys()
    assert {number for number in printed if ours[number] != printed[number]} == SILENT_EDITS
    assert [(s.area, s.role, s.grade) for s in transcript.sections] == [
        (s.area, s.role, s.grade) for s in pdf.sections
    ]
    assert {j.area: j.grade for j in transcript.judgements} == {j.area: j.grade for j in pdf.judgements}
