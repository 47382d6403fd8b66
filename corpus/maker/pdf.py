"""How is a report that has been set on pages printed as a PDF file?

The same pages give the same bytes: no time stamp, no random identifier.
"""

import io
from functools import cache
from typing import Any, Final

from corpus.maker.measure import BOLD, BULLETS, HEIGHT, REGULAR, WIDTH, Layout, Page, Run
from corpus.maker.script import Script

# The bullet glyphs of the real files, by the code point that their text layer gives.
_SQUARES: Final = {"\uf06e": f"{BULLETS}-F06E", "\u25fc": f"{BULLETS}-25FC"}
_TEXT_FONTS: Final = {REGULAR: f"Ofsight-{REGULAR}", BOLD: f"Ofsight-{BOLD}"}
_STEMS: Final = {REGULAR: 88, BOLD: 140}  # the width of an upright stroke: how heavy the type is
_DRAWN: Final = "\u25a0"
_SLANT: Final = 0.2126
_CMAP: Final = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Bullets def /CMapType 2 def "
    "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <6E> <{code:04X}> endbfchar "
    "endcmap CMapName currentdict /CMap defineresource pop end end"
)


@cache
def _fonts() -> None:
    """Register the text fonts, and a symbol font for each bullet with a text layer as in the real files."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics

    rl_config.useA85 = 0
    for character, name in _SQUARES.items():
        pdfmetrics.registerFont(_bullet_font(name, character))
    for face, name in _TEXT_FONTS.items():
        pdfmetrics.registerFont(_text_font(name, face))


def _text_font(name: str, face: str) -> Any:
    """Return a standard font with a descriptor, from which readers learn how heavy it is."""
    from reportlab.pdfbase import pdfdoc, pdfmetrics

    class TextFont(pdfmetrics.Font):  # type: ignore[misc]
        """A font that writes its descriptor into the document."""

        def addObjects(self, doc: Any) -> None:  # noqa: N802 -- the library's name
            """Add the font and its descriptor."""
            numbers = {"Flags": 32, "ItalicAngle": 0, "Ascent": 718, "Descent": -207, "CapHeight": 718}
            names = {"Type": pdfdoc.PDFName("FontDescriptor"), "FontName": pdfdoc.PDFName(face)}
            box = pdfdoc.PDFArray([-170, -228, 1003, 962])
            descriptor = pdfdoc.PDFDictionary({**names, "FontBBox": box, "StemV": _STEMS[face], **numbers})
            entries = {
                "Encoding": pdfdoc.PDFName("WinAnsiEncoding"),
                "FirstChar": 0,
                "LastChar": 255,
                "Widths": pdfdoc.PDFArray(self.widths),
                "FontDescriptor": doc.Reference(descriptor, f"descriptor:{name}"),
            }
            _add(doc, name, face, entries)

    return TextFont(name, face, "WinAnsiEncoding")


def _bullet_font(name: str, character: str) -> Any:
    """Return a standard symbol font whose square reads as another code point."""
    from reportlab.pdfbase import pdfdoc, pdfmetrics

    class BulletFont(pdfmetrics.Font):  # type: ignore[misc]
        """A font that writes its own map from glyphs to text into the document."""

        def addObjects(self, doc: Any) -> None:  # noqa: N802 -- the library's name
            """Add the font and its map."""
            content = _CMAP.format(code=ord(character)).encode("ascii")
            cmap = doc.Reference(pdfdoc.PDFStream(content=content, filters=[]), f"toUnicode:{name}")
            _add(doc, name, "ZapfDingbats", {"ToUnicode": cmap})

    return BulletFont(name, "ZapfDingbats", "ZapfDingbatsEncoding")


def _add(doc: Any, name: str, face: str, entries: dict[str, Any]) -> None:
    """Add a simple font to a document under the next free name."""
    from reportlab.pdfbase import pdfdoc

    internal = f"F{len(doc.fontMapping) + 1}"
    names = {"Type": "Font", "Subtype": "Type1", "BaseFont": face, "Name": internal}
    font = pdfdoc.PDFDictionary({key: pdfdoc.PDFName(value) for key, value in names.items()} | entries)
    doc.Reference(font, internal)
    doc.idToObject["BasicFonts"].dict[internal] = font
    doc.fontMapping[name] = f"/{internal}"


def made_with() -> dict[str, str]:
    """Return the versions that decide the bytes of a PDF file."""
    import zlib

    import reportlab

    return {"reportlab": reportlab.Version, "zlib": zlib.ZLIB_RUNTIME_VERSION}


def print_pdf(script: Script, layout: Layout) -> bytes:
    """Return the report as a PDF file."""
    from reportlab.pdfgen.canvas import Canvas

    _fonts()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(script.title)
    canvas.setAuthor("ofsight sample maker")
    canvas.setSubject("An invented report about an invented place")
    for page in layout.pages:
        _draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw(canvas: Any, page: Page) -> None:
    """Draw one page: footer first, as in the real files, then text, notes and lines."""
    text = canvas.beginText()
    current: tuple[str, float] | None = None
    for run in (*page.footer, *page.runs, *page.notes):
        font, words = _font(run)
        if current != (font, run.size):
            text.setFont(font, run.size)
            current = (font, run.size)
        if run.slant:
            text.setTextTransform(1, 0, _SLANT, 1, run.x, HEIGHT - run.y)
        else:
            text.setTextOrigin(run.x, HEIGHT - run.y)
        text.textOut(words)
    canvas.drawText(text)
    canvas.setLineWidth(0.5)
    canvas.lines([(x0, HEIGHT - y0, x1, HEIGHT - y1) for x0, y0, x1, y1 in page.rules])


def _font(run: Run) -> tuple[str, str]:
    """Return the font and the characters to draw; bullets have fonts of their own."""
    if run.font == BULLETS:
        return _SQUARES[run.text], _DRAWN
    return _TEXT_FONTS[run.font], run.text
