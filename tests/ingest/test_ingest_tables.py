"""Tables of actions and lists without glyphs: each cell and each item is a paragraph of its own."""

import pytest

import ingest
from corpus.model import Document


def body(top: float, words: str, x: float = 62.0) -> tuple[float, float, str, float, bool]:
    return (x, top, words, 12, False)


@pytest.fixture
def read(draw):
    """Read a report on the Harrowmere partnership with the given words on its second page."""

    def make(*drawn: tuple[float, float, str, float, bool]) -> Document:
        first = [
            (57.0, 100, "Area SEND inspection of Harrowmere Local Area Partnership", 16, True),
            body(140, "Inspection dates: 4 to 8 March 2024"),
        ]
        return ingest.read_bytes(draw([first, list(drawn)]), "harrowmere.pdf")

    return make


def kept(document: Document) -> list[tuple[str, int, str]]:
    return [(p.role, p.level, p.text) for p in document.paragraphs if p.page_from == 2]


def test_rows_that_touch_are_rows(read):
    document = read(
        (57.0, 100, "Areas for priority action", 14, True),
        (62.0, 130, "Responsible body Areas for priority action", 12, True),
        body(160, "Harrowmere Council and"),
        body(174.5, "Vale Care Board"),
        body(160, "Leaders should plan together and say who does", 224),
        body(174.5, "what by when.", 224),
        body(189, "Vale Care Board"),
        body(189, "Leaders should see to it that nobody waits for long", 224),
        body(203.5, "without help.", 224),
    )
    assert kept(document) == [
        ("boilerplate", 0, "Responsible body Areas for priority action"),
        ("note", 0, "Harrowmere Council and Vale Care Board"),
        ("improvement", 0, "Leaders should plan together and say who does what by when."),
        ("note", 0, "Vale Care Board"),
        ("improvement", 0, "Leaders should see to it that nobody waits for long without help."),
    ]


def test_a_line_left_short_ends_its_row(read):
    document = read(
        (57.0, 100, "Areas for improvement", 14, True),
        body(130, "Leaders should write plans that children, their families and everyone who helps"),
        body(144.5, "them can use."),
        body(159, "Leaders should make sure that help comes early, wherever a child lives and goes."),
    )
    assert [text for role, _, text in kept(document) if role == "improvement"] == [
        "Leaders should write plans that children, their families and everyone who helps them can use.",
        "Leaders should make sure that help comes early, wherever a child lives and goes.",
    ]


def test_sub_items_printed_without_a_glyph_are_items(read):
    document = read(
        (57.0, 100, "Information about the local area partnership", 14, True),
        body(130, "• The share of children with free meals:", 71),
        body(154, "in primary schools is 16%", 116),
        body(178, "in secondary schools is 12%.", 116),
        body(202, "• About 40,000 children live here, and most of them", 71),
        body(216.5, "walk to school.", 89),
    )
    assert kept(document) == [
        ("profile", 1, "The share of children with free meals:"),
        ("profile", 2, "in primary schools is 16%"),
        ("profile", 2, "in secondary schools is 12%."),
        ("profile", 1, "About 40,000 children live here, and most of them walk to school."),
    ]


def test_a_dash_in_the_midst_of_an_item_begins_no_item(read):
    document = read(
        (57.0, 100, "Information about the local area partnership", 14, True),
        body(
            130,
            "• The council runs four homes for children, by way of a trust that calls itself Together",
            71,
        ),
        body(144.5, "– Vale.", 89),
        body(170, "• Of these homes", 71),
        body(184.5, "– two are good", 107),
        body(199, "– two are new.", 107),
    )
    assert [(level, text) for _, level, text in kept(document)] == [
        (
            1,
            "The council runs four homes for children, by way of a trust that calls itself Together – Vale.",
        ),
        (1, "Of these homes"),
        (2, "two are good"),
        (2, "two are new."),
    ]


def test_a_paragraph_ends_short_of_where_the_lines_around_it_reach(read):
    document = read(
        (57.0, 100, "Areas for improvement", 14, True),
        body(130, "Children who live elsewhere go to good schools that meet their needs very well."),
        body(144.5, "Risks for children who go missing are recognised by those who work with them."),
        body(
            180,
            "Senior managers and leaders of the council truly care about the children whom they look after.",
        ),
    )
    assert len([text for role, _, text in kept(document) if role == "improvement"]) == 3
