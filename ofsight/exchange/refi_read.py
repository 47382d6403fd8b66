"""What did people code in a REFI-QDA project (.qdpx) that another tool wrote?

Sources are found again by GUID or by the document's id in their name, and every paragraph by its own words:
a text whose ends of lines were changed, or which got a new head, still gives the right places.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from corpus.model import VALENCES, Valence
from ofsight.exchange.archive import open_project, parse
from ofsight.exchange.gather import Heard, Stretch, is_moment
from ofsight.exchange.positions import best_reading
from ofsight.exchange.records import PROGRAM, Report, Theme, Unit, read_label
from ofsight.exchange.refi import WHOLE, code_guid, guid, lay_out

_ID: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")
_NUMBER: Final = re.compile(r"\d{1,10}", re.ASCII)
Code = tuple[str | None, Valence | None]  # theme and valence


@dataclass(slots=True)
class _Selection:
    """One selection of a source with the codes that were put on it."""

    start: str
    end: str
    user: str | None
    made_at: str | None
    note: str = ""
    codings: list[tuple[str, str | None, str | None]] = field(default_factory=list)  # code, user, made

    @property
    def span(self) -> tuple[int, int] | None:
        """Its positions as the tool counts them; None where they are none."""
        if not (_NUMBER.fullmatch(self.start) and _NUMBER.fullmatch(self.end)):
            return None
        return int(self.start), int(self.end)


@dataclass(slots=True)
class _Source:
    """One plain-text source."""

    guid: str
    name: str
    path: str | None
    content: str | None = None
    selections: list[_Selection] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """What was met so far in the XML."""

    themes: Sequence[Theme]
    ours: Mapping[str, Code]  # by GUID
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Code | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sources: list[_Source] = field(default_factory=list)
    made_at: str | None = None
    above: list[str] = field(default_factory=list)  # open codes, by name
    path: list[str] = field(default_factory=list)  # open elements
    coding: tuple[str | None, str | None] = (None, None)
    words: list[str] = field(default_factory=list)

    def start(self, tag: str, values: Mapping[str, str]) -> None:
        """An element begins."""
        self.path.append(tag)
        self.words.clear()
        match tag:
            case "Project":
                self.made_at = values.get("modifiedDateTime") or values.get("creationDateTime")
            case "User":
                self.users[_key(values.get("guid"))] = values.get("name") or values.get("id") or ""
            case "Code":
                self._code(_key(values.get("guid")), values.get("name", ""))
            case "TextSource":
                path = values.get("plainTextPath")
                self.sources.append(_Source(_key(values.get("guid")), values.get("name", ""), path))
            case "PlainTextSelection" if self.sources:
                self._selection(values)
            case "Coding":
                self.coding = (values.get("creatingUser"), values.get("creationDateTime"))
            case "CodeRef" if self.path[-3:-1] == ["PlainTextSelection", "Coding"] and self.sources:
                code = _key(values.get("targetGUID"))
                self.sources[-1].selections[-1].codings.append((code, *self.coding))

    def end(self, tag: str) -> None:
        """An element ends."""
        self.path.pop()
        if tag == "Code":
            self.above.pop()
        elif tag == "PlainTextContent" and self.sources and self.path[-1:] == ["TextSource"]:
            self.sources[-1].content = "".join(self.words)
        elif tag == "Description" and self.path[-1:] == ["PlainTextSelection"] and self.sources:
            self.sources[-1].selections[-1].note = "".join(self.words).strip()

    def text(self, words: str) -> None:
        """Words between elements."""
        self.words.append(words)

    def _selection(self, values: Mapping[str, str]) -> None:
        places = values.get("startPosition", ""), values.get("endPosition", "")
        made = values.get("creatingUser"), values.get("creationDateTime")
        self.sources[-1].selections.append(_Selection(*places, *made))

    def _code(self, key: str, name: str) -> None:
        """What a code means: by its GUID where it is ours, else by its name and that of the code above it."""
        above = self.above[-1] if self.above else ""
        self.above.append(name)
        self.names[key] = f"{above}: {name}" if above else name
        self.codes[key] = self.ours.get(key) or _by_name(above, name, self.themes)


def read_project(
    path: Path, reports: Mapping[str, Report], themes: Sequence[Theme], coder: str, now: str
) -> tuple[list[tuple[Unit, Heard]], list[str]]:
    """What each coder said of each paragraph, and remarks on what could not be taken over.

    Codings that name no user are those of `coder`; those of the program are passed over.

    Raises:
        DataFileError: the file is no sound project.
    """
    reader = _Reader(themes, {code_guid(*code): code for code in _known(themes)})
    found: list[tuple[Unit, Heard]] = []
    remarks = []
    with open_project(path) as project:
        parse(project.main(), path.name, reader.start, reader.end, reader.text)
        for source in reader.sources:
            report = _report(source, reports)
            if report is None:
                remarks.append(f"The source “{source.name}” is no report of this store; it was passed over.")
                continue
            text = source.content if source.content is not None else project.source(source.path or "")
            if text is None:
                remarks.append(f"The text of “{source.name}” is not in the file; it was passed over.")
                continue
            found += _heard(reader, source, report, text, coder, now, remarks)
    return found, remarks + _unknown(reader)


def _heard(
    reader: _Reader, source: _Source, report: Report, text: str, coder: str, now: str, remarks: list[str]
) -> Iterator[tuple[Unit, Heard]]:
    placed = [(span, s) for s in source.selections if (span := s.span) is not None]
    texts = [unit.text for unit in report.units]
    reading = best_reading(text, texts, [span for span, _ in placed], lay_out(report))
    if reading.lost:
        remarks.append(f"{reading.lost} paragraphs of “{source.name}” were not found again in its text.")
    said: dict[tuple[int, str], list[tuple[Stretch, _Selection, str | None]]] = {}
    for span, selection in placed:
        for place, start, end in reading.within(*span):
            for key, user, made in selection.codings:
                code = reader.codes.get(key)
                who = reader.users.get(_key(user or selection.user), "") or coder
                if code and who != PROGRAM:
                    stretch = Stretch(start, end, *code)
                    said.setdefault((place, who), []).append((stretch, selection, made))
    for (place, who), parts in said.items():
        moments = [made or s.made_at or reader.made_at for _, s, made in parts]
        latest = max((m for m in moments if m and is_moment(m)), default=now)
        notes = "; ".join(dict.fromkeys(s.note for _, s, _ in parts if s.note))
        stretches = tuple(dict.fromkeys(stretch for stretch, _, _ in parts))
        yield report.units[place], Heard(who, stretches, latest, notes or None)


def _report(source: _Source, reports: Mapping[str, Report]) -> Report | None:
    """The report that a source is: by its GUID, else by the id in its name."""
    ours = {guid("source", document): document for document in reports}
    named = next((key for key in _ID.findall(source.name) if key in reports), None)
    return reports.get(ours.get(source.guid) or named or "")


def _unknown(reader: _Reader) -> list[str]:
    """Codes that are used and are none of ours."""
    used = Counter(
        reader.names.get(key, key)
        for source in reader.sources
        for selection in source.selections
        for key, _, _ in selection.codings
        if not reader.codes.get(key)
    )
    if not used:
        return []
    names = ", ".join(f"“{name}” ({count})" for name, count in used.most_common(10))
    return [f"Codes that are no theme with a valence of this store's codebook were passed over: {names}."]


def _known(themes: Sequence[Theme]) -> Iterator[Code]:
    for theme in (None, *(theme.id for theme in themes)):
        for valence in (None, *VALENCES):
            if theme or valence:
                yield theme, valence


def _by_name(above: str, name: str, themes: Sequence[Theme]) -> Code | None:
    """What a code of another making means: "Theme: valence", a valence below its theme, or a theme alone."""
    if code := read_label(name, themes) or read_label(f"{above}: {name}", themes):
        return code
    head, _, last = name.casefold().rpartition(":")
    valence = next((valence for valence in VALENCES if valence == last.strip()), None)
    if valence and (head.strip() or above.casefold().strip()) in (WHOLE.casefold(), ""):
        return None, valence
    theme = next((t.id for t in themes if name.casefold().strip() in (t.id, t.name.casefold())), None)
    return (theme, None) if theme else None


def _key(text: str | None) -> str:
    """A GUID however it is written."""
    return (text or "").strip("{} ").lower()
