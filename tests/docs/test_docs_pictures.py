"""A picture on a page shows what the program draws, colours included."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STYLE = (ROOT / "reports" / "templates" / "style.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("grade", ["outstanding", "good", "requires_improvement"])
def test_the_first_picture_shows_each_grade_in_its_own_colour(grade: str) -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    colour = re.search(rf"td\.{grade}\b[^{{]*{{ border-left-color: #(\w{{6}})", STYLE)
    assert colour
    with image.open(ROOT / "docs" / "images" / "comparison.png") as picture:
        drawn = {found for _, found in picture.convert("RGB").getcolors(4096)}
    assert tuple(bytes.fromhex(colour[1])) in drawn
