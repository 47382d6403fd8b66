"""Figures are of what inspectors tell; the numbers of the area profile are indicators."""

from dataclasses import replace

import pytest

import extract
from corpus.model import Certificate, Document, Paragraph, Role

_TEXT = "At 31 March 2016, 214 children were the subject of a child protection plan."
_DOCUMENT = Document(
    id="0" * 16,
    sha256="0" * 64,
    source="harrowmere.pdf",
    media_type="application/pdf",
    pages=1,
    title=None,
    authority="Harrowmere",
    la_code=None,
    framework="sif",
    kind="inspection",
    layout="sif-3",
    inspected_from=None,
    inspected_to=None,
    published=None,
    lead_inspector=None,
    licence=None,
    sections=(),
    judgements=(),
    readings=(),
    certificate=Certificate("geometry", 0, 0),
    paragraphs=(),
)


@pytest.mark.parametrize(
    ("role", "figures", "indicators"),
    [
        ("finding", 1, 0),
        ("summary", 1, 0),
        ("improvement", 1, 0),
        ("profile", 0, 1),
        ("note", 0, 0),
        ("boilerplate", 0, 0),
    ],
)
def test_the_role_of_a_paragraph_decides_what_its_numbers_are(
    role: Role, figures: int, indicators: int
) -> None:
    document = replace(_DOCUMENT, paragraphs=(Paragraph(1, None, None, role, _TEXT, 1, 1),))
    found = extract.load().analyse(document)
    assert (len(found.figures), len(found.indicators)) == (figures, indicators)
