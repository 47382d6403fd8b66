"""Small invented documents for the tests of the classify stage."""

from collections.abc import Callable

import pytest

from corpus.model import Certificate, Document, Paragraph, Role, Section

MakeDocument = Callable[..., Document]


@pytest.fixture(scope="session")
def make_document() -> MakeDocument:
    """Return a function that makes a document of paragraphs under one heading."""

    def make(
        *texts: str, role: Role = "finding", area: str | None = "help_and_protection", name: str = "0" * 16
    ) -> Document:
        section = Section(1, None, "A heading", area, role, 1)
        paragraphs = tuple(Paragraph(n, n, 1, role, text, 1, 1) for n, text in enumerate(texts, 1))
        return Document(
            id=name,
            sha256=name.ljust(64, "0"),
            source="invented.txt",
            media_type="text/plain",
            pages=None,
            title=None,
            authority=f"Invented {name}",
            la_code=None,
            framework="ilacs",
            kind="inspection",
            layout="invented",
            inspected_from=None,
            inspected_to=None,
            published=None,
            lead_inspector=None,
            licence=None,
            sections=(section,),
            paragraphs=paragraphs,
            judgements=(),
            readings=(),
            certificate=Certificate("text", 1, 1),
        )

    return make
