"""pdfminer loads no file by a name that a PDF gives, save the character maps that came with it."""

import gzip
import json
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import ingest
from ingest.fence import fence_maps

sys.path.insert(0, str(Path(__file__).parent))

from shapes import SHARP, report

pdfminer = pytest.importorskip("pdfminer")
OWN = Path(pdfminer.__file__).parent / "cmap"
NAMES = (
    "Evil",
    "../Evil",
    "..#2fEvil",
    "/Evil",
    "H/../Evil",
    "Evil.json.gz#00",
    "to-unicode-Evil",
    "x" * 9_000,
)


@pytest.fixture
def opened(monkeypatch, tmp_path) -> list[Path]:
    """Every packed file that is opened; one that a PDF might ask for lies where pdfminer looks first."""
    fence_maps()
    monkeypatch.setenv("CMAP_PATH", str(tmp_path / "maps"))
    (tmp_path / "maps").mkdir()
    for place in (tmp_path, tmp_path / "maps"):
        for name in ("Evil", "to-unicode-Evil"):
            with gzip.open(place / f"{name}.json.gz", "wt") as file:
                json.dump(
                    {"IS_VERTICAL": False, "CODE2CID": {}, "CID2UNICHR_H": {}, "CID2UNICHR_V": {}}, file
                )
    found: list[Path] = []
    real = gzip.open

    def note(path, *rest, **named):
        found.append(Path(path))
        return real(path, *rest, **named)

    monkeypatch.setattr(gzip, "open", note)
    return found


def letters_by(name: str) -> dict[int, bytes]:
    """A font that names the map of its letters, and one that comes from it."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /%s /DescendantFonts [9 0 R] >>"
        % name.encode()
    )
    system = b"/CIDSystemInfo << /Registry (x) /Ordering (%s) /Supplement 0 >>" % name.encode()
    return {7: font, 9: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X %s >>" % system}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_a_pdf_opens_no_file_but_a_character_map_of_pdfminer(opened, name):
    # number 6 is missing, so that the second reader looks at the page
    remarks = ingest.read_bytes(report(SHARP, letters_by(name)), "x.pdf").certificate.remarks
    assert any("second reader" in remark for remark in remarks)
    assert all(path.resolve().parent == OWN.resolve() for path in opened)


def test_a_map_that_came_with_pdfminer_is_found(opened):
    from pdfminer.cmapdb import CMapDB

    CMapDB._cmap_cache.pop("GBK-EUC-H", None)
    assert CMapDB.get_cmap("GBK-EUC-H")
    assert [path.name for path in opened] == ["GBK-EUC-H.json.gz"]


@pytest.mark.parametrize("name", NAMES)
def test_any_other_name_is_not_found(opened, name):
    from pdfminer.cmapdb import CMapDB

    with pytest.raises(CMapDB.CMapNotFound):
        CMapDB.get_cmap(name)
    assert opened == []


def test_pdfminer_is_of_a_version_that_runs_no_maps():
    assert version("pdfminer.six") >= "20251230"
