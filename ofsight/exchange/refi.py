"""How does a store become a REFI-QDA project (.qdpx) or codebook (.qdc) for NVivo, ATLAS.ti, MAXQDA?

Follows the standard 1.5: a ZIP file with `project.qde` (XML) and plain-text sources; positions are code
points from 0, the end not included. Each theme is a code with one code for each valence below it, under a
name that stands only once, as some tools ask; the program and every coder are users. GUIDs are made from
what they name: the same store gives the same project.
"""

import io
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from corpus.model import VALENCES
from ofsight.exchange.records import PROGRAM, Coded, Report, Theme, Unit, label
from ofsight.version import __version__
from reports.clean import printable

PROJECT: Final = "urn:QDA-XML:project:1.0"
CODEBOOK: Final = "urn:QDA-XML:codebook:1.0"
WHOLE: Final = "Paragraph as a whole"
_WHOLE_HOLDS: Final = "What the paragraph finds, all in all."
_SPACE: Final = uuid.UUID("6f1d0d3c-58a4-5c0e-9f57-0f5197a2c0de")
_COLOURS: Final = {"strength": "#12436D", "weakness": "#A8480F", "mixed": "#6B4C9A", "neutral": "#6B7280"}
_THEME_COLOUR: Final = "#3F4751"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the same project gives the same bytes
_XML: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


def guid(*parts: str) -> str:
    """The GUID of what these words name."""
    return str(uuid.uuid5(_SPACE, "\x1f".join(parts)))


@cache
def code_guid(theme: str | None, valence: str | None) -> str:
    """The GUID of a code: a theme, a theme with a valence, or a valence of the paragraph as a whole."""
    return guid("code", theme or "", valence or "")


@cache
def user_guid(coder: str) -> str:
    """The GUID of a coder."""
    return guid("user", coder)


def write_codebook(themes: Sequence[Theme]) -> bytes:
    """The codebook alone (.qdc)."""
    body = "".join(_codes(themes))
    head = f"<CodeBook xmlns={_attribute(CODEBOOK)} origin={_attribute(_origin())}>"
    return f"{_XML}{head}<Codes>{body}</Codes></CodeBook>\n".encode()


def write_project(reports: Sequence[Report], themes: Sequence[Theme]) -> bytes:
    """The whole project (.qdpx)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        _put(archive, "project.qde", "".join(_project(reports, themes)))
        for report in reports:
            _put(archive, f"sources/{guid('text', report.document)}.txt", lay_out(report)[0])
    return file.getvalue()


def lay_out(report: Report) -> tuple[str, tuple[int, ...]]:
    """The text of a report as a source, and where in it each paragraph begins."""
    parts = [f"{report.name}\n"]
    starts = []
    length = len(parts[0])
    for unit in report.units:
        before = (f"\n{unit.heading}\n" if unit.heading else "") + "\n"
        before += f"{unit.number}. " if unit.number else ""
        starts.append(length + len(before))
        parts += [before, unit.text, "\n"]
        length = starts[-1] + len(unit.text) + 1
    return "".join(parts), tuple(starts)


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, text.encode())


def _project(reports: Sequence[Report], themes: Sequence[Theme]) -> Iterator[str]:
    coders = dict.fromkeys([PROGRAM, *sorted({c.coder for r in reports for u in r.units for c in u.coded})])
    origin = _attribute(_origin())
    yield f'{_XML}<Project xmlns={_attribute(PROJECT)} name="Inspection reports" origin={origin}>'
    yield "<Users>"
    for coder in coders:
        yield f"<User guid={_attribute(user_guid(coder))} name={_attribute(coder)}/>"
    yield "</Users>\n<CodeBook><Codes>"
    yield from _codes(themes)
    yield "</Codes></CodeBook>\n"
    if reports:
        yield "<Sources>"
        for report in reports:
            yield from _source(report)
        yield "</Sources>\n"
    yield (
        "<Description>Unofficial. Made by ofsight from Ofsted's inspection reports, © Crown copyright, each"
        " under its own licence. Codings by the user ofsight are the program's.</Description></Project>\n"
    )


def _codes(themes: Sequence[Theme]) -> Iterator[str]:
    yield _code(
        code_guid(None, None), WHOLE, _THEME_COLOUR, "What the paragraph finds, all in all.", codable=False
    )
    for valence in VALENCES:
        yield f"{_code(code_guid(None, valence), label(WHOLE, valence), _COLOURS[valence])}</Code>"
    yield "</Code>\n"
    for theme in themes:
        yield _code(code_guid(theme.id, None), theme.name, _THEME_COLOUR, theme.holds)
        for valence in VALENCES:
            name = label(theme.name, valence)
            yield f"{_code(code_guid(theme.id, valence), name, _COLOURS[valence])}</Code>"
        yield "</Code>\n"


def _code(key: str, name: str, colour: str, description: str = "", *, codable: bool = True) -> str:
    """A code's beginning; codes below it and its end follow."""
    described = f"<Description>{_words(description)}</Description>" if description else ""
    return (
        f"<Code guid={_attribute(key)} name={_attribute(name)} isCodable={_attribute(str(codable).lower())}"
        f" color={_attribute(colour)}>{described}"
    )


def _source(report: Report) -> Iterator[str]:
    key = guid("text", report.document)
    yield (
        f"<TextSource guid={_attribute(guid('source', report.document))} name={_attribute(report.name)}"
        f" plainTextPath={_attribute(f'internal://{key}.txt')}>\n"
    )
    for unit, start in zip(report.units, lay_out(report)[1], strict=True):
        for coded in unit.coded:
            yield from _selections(unit, coded, start)
    yield "</TextSource>\n"


def _selections(unit: Unit, coded: Coded, at: int) -> Iterator[str]:
    """What one coder said of one paragraph: of the whole first, then of each stretch."""
    whole = [(None, coded.valence), *coded.themes]
    yield _selection(unit, coded, (at, at + len(unit.text)), whole)
    for mark in coded.marks:
        yield _selection(unit, coded, (at + mark.start, at + mark.end), [(mark.theme, mark.valence)])


def _selection(
    unit: Unit, coded: Coded, span: tuple[int, int], codes: Sequence[tuple[str | None, str]]
) -> str:
    made = f" creatingUser={_attribute(user_guid(coded.coder))}"
    made += f" creationDateTime={_attribute(coded.made_at)}" if coded.made_at else ""
    parts = (coded.coder, coded.made_at or "", unit.key, *map(str, span), *(f"{t}:{v}" for t, v in codes))
    number = f"paragraph {unit.number}" if unit.number else f"passage {unit.position}"
    codings = "".join(
        f"<Coding guid={_attribute(guid('coding', *parts, str(theme), valence))}{made}>"
        f"<CodeRef targetGUID={_attribute(code_guid(theme, valence))}/></Coding>"
        for theme, valence in codes
    )
    note = f"<Description>{_words(coded.note)}</Description>" if coded.note and len(codes) > 1 else ""
    return (
        f"<PlainTextSelection guid={_attribute(guid('selection', *parts))} name={_attribute(number)}"
        f' startPosition="{span[0]}" endPosition="{span[1]}"{made}>{note}{codings}</PlainTextSelection>\n'
    )


def _origin() -> str:
    return f"ofsight {__version__}"


def _attribute(text: str) -> str:
    return quoteattr(printable(text))


def _words(text: str) -> str:
    return escape(printable(text))
