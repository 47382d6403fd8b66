"""What the files look like to the programs and people that open them."""

import base64
import hashlib
import io
import itertools
import json
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import pytest

from reports import write
from reports.blocks import Heading, Items, Picture, Quote, Table, column_weights
from reports.brief import build_briefing
from reports.chart import bar_chart
from reports.compare import build_comparison
from reports.page_reader import read_html
from reports.records import Bar
from reports.render import docx, html, markdown, pdf, render, xlsx
from reports.tables import DataTable, tables_of
from reports.workbook import to_workbook

HOSTILE = "Plans say <script>alert(1)</script> & “=1+1” | `code` *stars* [link](x)\x0b."


@pytest.fixture
def comparison(full_shelf):
    return build_comparison(full_shelf.connection, ["X01", "X02", "X04"])


@pytest.fixture
def briefing(full_shelf):
    return build_briefing(full_shelf.connection, "X01")


@pytest.fixture
def hostile(shelf):
    shelf.add("X01", "2024-01-10", findings=[(HOSTILE, "front_door", "strength")], improvements=["=cmd()"])
    return build_briefing(shelf.connection, "X01")


@pytest.mark.parametrize("name", ["comparison", "briefing"])
def test_a_page_is_accessible_by_construction(request, name: str) -> None:
    page = html(request.getfixturevalue(name))
    assert '<html lang="en-GB">' in page
    assert page.count("<main") == 1
    assert '<a class="skip" href="#main">' in page
    levels = [block.level for block in read_html(page) if isinstance(block, Heading)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert tables
    assert all("<caption>" in t and 'scope="col"' in t and 'scope="row"' in t for t in tables)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_a_page_is_self_contained_and_its_policy_allows_its_own_style_only(briefing) -> None:
    page = html(briefing)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert not re.search(r'\b(?:src|style)="|<script|<link|@import|url\(', page)


def test_no_section_is_empty(comparison, briefing) -> None:
    for view in (comparison, briefing):
        blocks = read_html(html(view))
        for block, following in itertools.pairwise(blocks):
            if isinstance(block, Heading):
                assert not (isinstance(following, Heading) and following.level <= block.level), block


def test_the_words_of_a_report_never_become_markup(hostile) -> None:
    page = html(hostile)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    text = markdown(hostile)
    assert "\\<script\\>" in text and "\\`code\\`" in text and "\\*stars\\*" in text
    assert not re.search(r"(?<!\\)\[link\]\(x\)", text)


def test_the_drawing_is_well_formed(briefing) -> None:
    drawing = re.search(r"<svg.*?</svg>", html(briefing), re.DOTALL)
    assert drawing is not None
    root = ElementTree.fromstring(drawing[0])  # noqa: S314 - our own drawing
    assert root.get("role") == "img" and root.get("aria-label")


def test_word_has_styles_captions_repeated_headers_and_a_language(comparison) -> None:
    import docx as word

    document = word.Document(io.BytesIO(docx(comparison)))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "Heading 2", "Heading 3", "Caption", "Quote", "List Bullet"} <= styles
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.title == "Comparison: Northby and Marlow Vale"
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)


def test_a_pdf_is_tagged_and_has_title_and_language(briefing) -> None:
    import pypdfium2

    data = pdf(briefing)
    assert b"/StructTreeRoot" in data and b"/MarkInfo" in data
    assert re.search(rb"/Lang ?\(en-GB\)", data)
    opened = pypdfium2.PdfDocument(data)
    assert opened.get_metadata_dict()["Title"] == "Briefing: Northby"
    text = "".join(page.get_textpage().get_text_bounded() for page in opened)
    assert "Who does this well" in text


def test_hostile_words_come_through_word_pdf_and_workbook_as_text(hostile) -> None:
    import docx as word
    import openpyxl
    import pypdfium2

    document = word.Document(io.BytesIO(docx(hostile)))
    assert any("<script>alert(1)</script>" in paragraph.text for paragraph in document.paragraphs)
    pages = pypdfium2.PdfDocument(pdf(hostile))
    assert "alert(1)" in "".join(page.get_textpage().get_text_bounded() for page in pages)
    book = openpyxl.load_workbook(io.BytesIO(xlsx(hostile)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "'=cmd()" in {cell.value for cell in cells}


def test_a_workbook_explains_every_column(comparison) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx(comparison)))
    explained = {(row[0], row[1]) for row in book["Dictionary"].iter_rows(min_row=2, values_only=True)}
    for sheet in book:
        if sheet.title not in {"About", "Dictionary"}:
            assert {(sheet.title, cell.value) for cell in sheet[1]} <= explained


def test_json_holds_the_records(briefing) -> None:
    data = json.loads(render(briefing, ".json"))
    assert (data["ofsight"], data["version"], data["la_code"]) == ("briefing", 1, "X01")
    assert data["source"]["inspected_from"] == "2026-05-11"


def test_the_file_name_chooses_the_format_and_nothing_is_left_behind(briefing, tmp_path: Path) -> None:
    for ending in ("html", "md", "json", "docx", "pdf", "xlsx"):
        write(briefing, tmp_path / f"northby.{ending}")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"northby.{ending}" for ending in ("docx", "html", "json", "md", "pdf", "xlsx")
    ]
    with pytest.raises(ValueError, match=r"\.html, \.md"):
        write(briefing, tmp_path / "northby.odt")


def test_a_failed_write_leaves_the_old_file(briefing, tmp_path: Path, monkeypatch) -> None:
    target = tmp_path / "northby.md"
    target.write_text("old")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        write(briefing, target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_same_view_gives_the_same_bytes(briefing) -> None:
    for ending in (".html", ".md", ".json", ".pdf", ".xlsx"):
        assert render(briefing, ending) == render(briefing, ending), ending
    first, second = (zipfile.ZipFile(io.BytesIO(docx(briefing))) for _ in range(2))
    assert {n: first.read(n) for n in first.namelist()} == {n: second.read(n) for n in second.namelist()}


def test_a_user_may_replace_a_template(briefing, tmp_path: Path) -> None:
    (tmp_path / "base.html.j2").write_text(
        "<h1>{{ view.title }} & ours</h1>{% block content %}{% endblock %}"
    )
    assert html(briefing, templates=tmp_path).startswith("<h1>Northby & ours</h1>")


def test_a_page_is_read_back_as_blocks(comparison) -> None:
    blocks = read_html(html(comparison))
    quotes = [block for block in blocks if isinstance(block, Quote)]
    assert quotes[0].text.startswith("“") and "page" in quotes[0].citation
    tables = [block for block in blocks if isinstance(block, Table)]
    assert all(len(row) == len(table.header) for table in tables for row in table.rows)


def test_a_citation_in_small_type_stays_apart_from_the_words_before_it() -> None:
    page = """<ul><li><b>Health.</b> “Plans are late.” <span class="small">Northby, page 2</span></li></ul>
        <table><tr><th>Said</th></tr><tr><td>“Late.” <span class="small">page 3</span></td></tr></table>"""
    items, table = read_html(page)
    assert isinstance(items, Items) and isinstance(table, Table)
    assert items.items == ("Health. “Plans are late.” Northby, page 2",)
    assert items.parts() == (("Health.", " “Plans are late.” ", "Northby, page 2"),)
    assert table.rows == (("“Late.” page 3",),)
    assert table.parts() == ((("“Late.” ", "page 3"),),)


def test_word_sets_a_citation_in_grey(briefing) -> None:
    import docx as word

    document = word.Document(io.BytesIO(docx(briefing)))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    grey = [run.text for p in paragraphs for run in p.runs if str(run.font.color.rgb) == "3F4751"]
    assert len(grey) > 5
    assert all(re.search(r"page|confidence|passage finds|20[0-9][0-9]", text) for text in grey)


def test_no_bar_of_a_chart_reaches_into_a_name() -> None:
    long, short = "Domestic abuse, neglect and parental need", "Health"
    drawn = bar_chart(("Northby", (Bar(long, 1, 20, 60, 80), Bar(short, 80, 0, 1, 80))))
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own drawing
    boxes = [
        (float(box.get("x")), float(box.get("width"))) for box in root.iter() if box.tag.endswith("rect")
    ]
    counts = [text for text in root.iter() if text.text == "20 mixed + 60"]
    assert min(x for x, _ in boxes) > float(counts[0].get("x")) > 6 * len(long) + 6 * len("20 mixed + 60")
    assert max(x + wide for x, wide in boxes) < float(root.get("width"))


def test_a_drawing_says_how_wide_it_is_or_not() -> None:
    assert Picture('<svg viewBox="0 0 9 9" width="530" height="40">', "", "").width == 530
    assert Picture('<svg width="100%"><rect width="7"/>', "", "").width == 0


def test_a_briefing_without_a_full_inspection_speaks_of_none(shelf) -> None:
    shelf.add("X01", "2024-01-10", kind="focused_visit", findings=[("Plans are late.", "health", "weakness")])
    page = html(build_briefing(shelf.connection, "X01"))
    assert "holds no full inspection of its children’s services" in page
    assert "Figures that the report sets against something" not in page
    assert "closest first, by their latest" not in page
    assert "No full inspection in the store: Eastwick; Marlow Vale." in page


def test_rows_that_a_sheet_cannot_hold_go_on_in_the_next(monkeypatch) -> None:
    import openpyxl

    monkeypatch.setattr("reports.workbook._MOST_ROWS", 2)
    rows = tuple((f"X{place:02d}",) for place in range(5))
    book = openpyxl.load_workbook(io.BytesIO(to_workbook((DataTable("Codes", ("la_code",), rows),), "t", ())))
    sheets = [name for name in book.sheetnames if name.startswith("Codes")]
    assert sheets == ["Codes (1 of 3)", "Codes (2 of 3)", "Codes (3 of 3)"]
    held = [row for name in sheets for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert tuple(held) == rows
    assert [book[name]["A1"].value for name in sheets] == ["la_code"] * 3


def test_columns_that_fit_beside_each_other_are_as_wide_as_their_text() -> None:
    small = Table("Findings", ("Theme", "Strength"), (("Care leavers", "3"), ("Workforce", "12")))
    assert column_weights(small) == [len("Care leavers") + 4, len("Strength") + 4]
    long = Table("Passages", ("Label", "Words"), (("Resolved", "said " * 60),))
    narrow, wide = column_weights(long)
    assert narrow < wide < 20 * narrow


def test_every_table_of_a_workbook_carries_the_official_keys(full_shelf) -> None:
    views = (
        build_briefing(full_shelf.connection, "X01"),
        build_comparison(full_shelf.connection, ["X01", "X02"]),
        build_comparison(full_shelf.connection, ["X01"], against="region"),
    )
    for table in (table for view in views for table in tables_of(view)):
        assert table.columns[:3] == ("la_code", "gss_code", "urn"), table.name
    themes = next(table for table in tables_of(views[2]) if table.name == "Themes")
    assert {row[:4] for row in themes.rows} == {
        ("X01", "EX01", "9X01", "Northby"),
        (None, None, None, "North East (1 report)"),
    }
