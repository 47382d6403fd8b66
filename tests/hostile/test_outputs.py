"""Whatever a report holds, every output opens in its own reader, and nothing in it runs."""

import csv
import importlib.util
import io
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from ofsight.terminal import clean, table
from reports.brief import build_briefing
from reports.clean import safe_cell
from reports.compare import build_comparison
from reports.export import write_tables
from reports.render import render, write
from reports.site import write_site

TEXTS = (
    "<script>alert(1)</script> children are safe.",
    "<img src=x onerror=alert(1)> and \"quotes\" 'too' are well kept.",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7} plans are timely.",
    '=HYPERLINK("http://x","y") visits are late.',
    "+1+1 visits are late.",
    "-1+1 visits are late.",
    "@SUM(1) visits are late.",
    "\t=1+1 visits are late.",
    "\n=1+1 visits are late.",
    "well\ufffebeing and \uffff and \x00 and \x0b are considered.",
    "\u202eesrever\u202c \u2066hidden\u2069 order is shown.",
    "\x1b[2J\x1b]0;owned\x07 the screen is kept.",
    "](javascript:alert(1)) `code` **bold** | pipe is kept.",
    "]]> <!-- --> &lt;b&gt; #let x = 1 \\ $x$ is kept.",
    "A " + "very " * 10_000 + "long paragraph.",
)
FORMULA = tuple("=+-@\t\r\n")


@pytest.fixture(scope="module")
def shelves() -> ModuleType:
    """The small stores of the tests of reports."""
    path = Path(__file__).parent.parent / "reports" / "conftest.py"
    spec = importlib.util.spec_from_file_location("shelves", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["shelves"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def connection(shelves):
    """Two reports of an authority whose names, headings, sources and words are all hostile."""
    shelf = shelves.make_shelf()
    findings = [(text, "front_door", ("strength", "weakness")[n % 2]) for n, text in enumerate(TEXTS)]
    for day in ("2019-01-10", "2024-01-10"):
        shelf.add(
            "X01",
            day,
            findings=findings,
            improvements=TEXTS[:4],
            authority=TEXTS[0] + TEXTS[10],
            title=TEXTS[1],
            source="/reports/\x1b[2J=cmd|' /C calc'!A0<script>.pdf",
            lead_inspector=TEXTS[3],
            judgements={"overall": "good"},
        )
    shelf.connection.execute(
        "UPDATE authority SET name = ? WHERE la_code = 'X01'", (TEXTS[0] + TEXTS[2] + TEXTS[10],)
    )
    yield shelf.connection
    shelf.connection.close()


@pytest.fixture(params=["briefing", "comparison"])
def view(request, connection):
    if request.param == "briefing":
        return build_briefing(connection, "X01")
    return build_comparison(connection, ["X01", "X02"])


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_page_holds_no_element_from_a_report(view):
    page = render(view, ".html")
    elements = Elements()
    elements.feed(page)
    assert not {"script", "img", "iframe", "object", "b>"} & {tag for tag, _ in elements.found}
    assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]
    links = [attributes.get("href") or "" for _, attributes in elements.found]
    assert all(re.match(r"$|#|https://", link) for link in links)
    assert "default-src 'none'" in page
    assert not re.search("[\x00\x1b\ufffe\u202e\u2066]", page)
    assert "[U+202E]" in page
    assert "{{ 7 * 7 }}" in page


def test_markdown_holds_no_markup_from_a_report(view):
    text = render(view, ".md")
    assert not re.search(r"(?<!\\)<|(?<!\\)\]\(javascript|[\x00\x1b\ufffe\u202e]", text)


def test_json_is_json(view):
    assert json.loads(render(view, ".json"))["version"] == 1


def test_word_opens(view):
    import docx

    document = docx.Document(io.BytesIO(render(view, ".docx")))
    assert any("<script>alert(1)</script>" in paragraph.text for paragraph in document.paragraphs)


def test_pdf_opens_in_pdfium(view):
    import pypdfium2

    document = pypdfium2.PdfDocument(render(view, ".pdf"))
    assert len(document) > 0
    document.close()


def cells(path: Path) -> list[object]:
    """Every cell of a workbook."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    book.close()
    return found


def test_a_workbook_opens_and_computes_nothing(view, tmp_path):
    write(view, tmp_path / "view.xlsx")
    found = cells(tmp_path / "view.xlsx")
    assert found
    assert not [cell.value for cell in found if cell.data_type == "f" or cell.hyperlink]


def test_an_exported_workbook_opens_and_says_where_a_cell_was_cut(connection, tmp_path):
    write_tables(connection, tmp_path / "all.xlsx", withheld=False)
    found = [cell.value for cell in cells(tmp_path / "all.xlsx") if isinstance(cell.value, str)]
    longest = max(found, key=len)
    assert len(longest) <= 32_767
    assert longest.endswith("[cut here: 50,017 characters in all; export as CSV or JSONL for the rest]")
    assert not [value for value in found if value.startswith(FORMULA)]


def test_no_field_of_a_csv_begins_like_a_formula(connection, tmp_path):
    write_tables(connection, tmp_path / "tables", withheld=False)
    for path in (tmp_path / "tables").glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            fields = [field for row in csv.reader(file) for field in row]
        numbers = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")
        assert not [f for f in fields if f.startswith(FORMULA) and not numbers.fullmatch(f)], path.name


@pytest.mark.parametrize("text", TEXTS)
def test_a_cell_and_a_terminal_obey_nothing(text):
    assert not safe_cell(text).startswith(FORMULA)
    assert clean(text).isprintable()
    assert "\x1b" not in table(("Head",), [(text,)])


def test_a_site_of_names_too_long_for_a_file_is_written_and_keeps_them_apart(shelves, tmp_path):
    shelf = shelves.make_shelf()
    for code, end in (("X01", "east"), ("X02", "west")):
        shelf.add(code, "2024-01-10", judgements={"overall": "good"})
        shelf.connection.execute(
            "UPDATE authority SET region = ? WHERE la_code = ?", (f"{TEXTS[0]} {'far ' * 99}{end}", code)
        )
    write_site(shelf.connection, tmp_path / "site")
    shelf.connection.close()
    names = [path.name for path in (tmp_path / "site" / "regions").iterdir()]
    assert len(names) >= 2
    assert max(map(len, names)) < 120


@pytest.mark.parametrize("key", ["../../out", "/out", "a/b", "", "..", "x" * 300, "a\\b", "a\0b"])
def test_no_page_of_a_site_is_written_by_way_of_a_key_of_the_store(shelves, tmp_path, key):
    shelf = shelves.make_shelf()
    shelf.add("X01", "2024-01-10", judgements={"overall": "good"})
    shelf.connection.execute("UPDATE document SET id = ?", (key,))
    with pytest.raises(ValueError, match="ofsight check"):
        write_site(shelf.connection, tmp_path / "site")
    shelf.connection.close()
    assert list(tmp_path.iterdir()) == []


def test_an_output_cannot_leave_its_folder(connection, tmp_path):
    made = write_tables(connection, tmp_path / "tables")
    assert all(path.parent == tmp_path / "tables" for path in made)
