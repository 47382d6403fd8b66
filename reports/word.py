"""How do blocks become a Word document that people can work with?

Real styles, captions, header rows that repeat, words beside every picture, and the document's language.
"""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from reports.blocks import Block, Heading, Items, Picture, Quote, Table, Text, column_weights
from reports.clean import printable

if TYPE_CHECKING:
    from docx.document import Document

_LANGUAGE: Final = "en-GB"
_FONT: Final = "Arial"
_MARGIN_CM: Final = 1.6
_TEXT_CM: Final = 17.8
_TEXT_PT: Final = 9.0
_NOTE_PT: Final = 7.5
_CELL_PT: Final = 8.0
_INDENT_CM: Final = 0.4
_GREY: Final = "3F4751"
_PIXEL_CM: Final = 0.0166  # what a pixel of a drawing measures on paper
_SHADE: Final = "E3EBF3"
_AFTER_TABLE_PT: Final = 4.0
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)  # no clock inside: the same view gives the same file


def to_word(blocks: Iterable[Block], title: str) -> bytes:
    """The blocks as a .docx file."""
    document = _new_document(title)
    for block in blocks:
        _add(document, block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _new_document(title: str) -> "Document":
    import docx
    from docx.shared import Cm, Pt, RGBColor

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.language, properties.author = printable(title), _LANGUAGE, "ofsight"
    properties.created = properties.modified = _EPOCH
    properties.comments = "Unofficial summary of published inspection reports"
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(_MARGIN_CM)
    for name, size in (("Normal", _TEXT_PT), ("Heading 1", 18), ("Heading 2", 13), ("Heading 3", 11)):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        _set_language(style)
        style.paragraph_format.line_spacing = 1.0
        if name == "Normal":
            style.paragraph_format.space_after = Pt(3)
        else:
            style.paragraph_format.space_before = Pt(size / 1.5)
            style.font.color.rgb = RGBColor(0x12, 0x43, 0x6D)
    for name in ("Caption", "Quote", "List Bullet"):
        document.styles[name].font.color.rgb = RGBColor(0x1B, 0x1F, 0x23)
    bullets = document.styles["List Bullet"].paragraph_format
    bullets.left_indent, bullets.first_line_indent = Cm(_INDENT_CM), Cm(-_INDENT_CM)
    _add_page_number(page.footer.paragraphs[0])
    return document


def _set_language(style: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    language.set(qn("w:eastAsia"), _LANGUAGE)
    properties.append(language)
    fonts = properties.get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), _FONT)
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(name), None)


def _add_page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run("Unofficial summary of published inspection reports. Page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add(document: "Document", block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(printable(text), level)
        case Text(text, kind):
            _add_text(document, text, kind)
        case Items():
            _add_items(document, block)
        case Quote(text, citation):
            _add_quote(document, text, citation)
        case Table():
            _add_table(document, block)
        case Picture():
            _add_picture(document, block)


def _add_text(document: "Document", text: str, kind: str) -> None:
    from docx.shared import Pt

    run = document.add_paragraph().add_run(printable(text))
    run.bold = kind == "unofficial" or None
    run.font.size = Pt(_NOTE_PT) if kind == "note" else None


def _add_items(document: "Document", block: Items) -> None:
    from docx.shared import Pt

    for lead, rest, tail in block.parts():
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.add_run(printable(lead)).bold = True
        paragraph.add_run(printable(rest))
        _add_tail(paragraph, tail)
        for run in paragraph.runs:
            run.font.size = Pt(_NOTE_PT) if block.kind == "note" else None


def _add_quote(document: "Document", text: str, citation: str) -> None:
    from docx.shared import Cm, Pt

    quoted = document.add_paragraph(printable(text), style="Quote")
    quoted.paragraph_format.keep_with_next = True
    quoted.paragraph_format.left_indent = Cm(0.6)
    quoted.paragraph_format.space_after = Pt(0)
    cited = document.add_paragraph()
    cited.add_run(printable(citation)).font.size = Pt(9)
    cited.paragraph_format.left_indent = Cm(0.6)


def _add_table(document: "Document", block: Table) -> None:
    from docx.shared import Cm, Pt

    caption = document.add_paragraph(printable(block.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.header), style="Table Grid")
    table.autofit = False
    header = tuple((text, "") for text in block.header)
    for row in (header, *block.parts()):
        cells = table.rows[0].cells if row is header else table.add_row().cells
        for cell, (text, tail) in zip(cells, row, strict=False):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.add_run(printable(text)).bold = (row is header or cell is cells[0]) or None
            _add_tail(paragraph, tail)
            for run in paragraph.runs:
                run.font.size = Pt(_CELL_PT)
    for column, width in zip(table.columns, _widths(block), strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    _mark_rows(table)
    document.add_paragraph().paragraph_format.line_spacing = Pt(_AFTER_TABLE_PT)


def _add_tail(paragraph: Any, tail: str) -> None:
    """The citation or date at the end of an item or a cell, in grey so that it is told from the words."""
    from docx.shared import RGBColor

    if tail:
        paragraph.add_run(printable(tail)).font.color.rgb = RGBColor.from_string(_GREY)


def _widths(block: Table) -> list[float]:
    """Column widths in centimetres."""
    weights = column_weights(block)
    return [_TEXT_CM * weight / sum(weights) for weight in weights]


def _mark_rows(table: Any) -> None:
    """The header row is shaded and repeats on every page; no row breaks across pages."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        for name in ("w:cantSplit", "w:tblHeader") if place == 0 else ("w:cantSplit",):
            mark = OxmlElement(name)
            mark.set(qn("w:val"), "true")
            properties.append(mark)
    for cell in table.rows[0].cells:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _SHADE)
        cell._tc.get_or_add_tcPr().append(shade)


def _add_picture(document: "Document", block: Picture) -> None:
    from docx.shared import Cm

    from reports.typeset import to_png

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = bool(block.caption)
    shape = paragraph.add_run().add_picture(io.BytesIO(to_png(block.svg)), width=Cm(block.width * _PIXEL_CM))
    shape._inline.docPr.set("descr", printable(f"{block.label}. {block.caption}".strip()))
    if block.caption:
        document.add_paragraph(printable(block.caption), style="Caption")
