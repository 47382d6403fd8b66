"""How do blocks become a tagged PDF, and a drawing a picture?

Typst sets the page; the text of reports reaches it as JSON data and is never read as markup.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from reports.blocks import Block, Items, Picture, Table, column_weights
from reports.clean import printable

_PAGE: Final = Path(__file__).parent / "templates" / "page.typ"
_DRAWING: Final = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
_DOTS_PER_INCH: Final = 200.0
_PIXEL_PT: Final = 0.47  # what a pixel of a drawing measures on paper


def to_pdf(blocks: Iterable[Block], title: str) -> bytes:
    """The blocks as a PDF with tags, title and language."""
    import typst

    data = json.dumps({"title": printable(title), "blocks": [_plain(block) for block in blocks]})
    made: bytes = typst.compile(_PAGE.read_bytes(), sys_inputs={"data": data}, pdf_standards=["ua-1"])
    return made


def to_png(svg: str) -> bytes:
    """A drawing as a picture, for formats that cannot hold SVG."""
    import typst

    made: bytes = typst.compile(_DRAWING, format="png", ppi=_DOTS_PER_INCH, sys_inputs={"svg": svg})
    return made


def _plain(block: Block) -> dict[str, Any]:
    plain: dict[str, Any] = {"type": type(block).__name__.lower(), **asdict(block)}
    if isinstance(block, Items):
        plain["parts"] = block.parts()
    if isinstance(block, Picture):
        plain["width"] = block.width * _PIXEL_PT
    if isinstance(block, Table):
        plain["widths"], plain["parts"] = column_weights(block), block.parts()
    return plain
