"""Is every quotation, citation, grade and number of a draft what the store says?

Quotations are looked up word for word where their citation points, then everywhere. Grades in tables and
sentences are compared with the printed judgements. A draft of ours names the command that made it: its counts
and other derived statements are worked out again from the store and compared line by line. What cannot be
looked up is said to be not checked; nothing passes for lack of a check.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from reports.blocks import Block, Table
from reports.evidence import Evidence, Reference, plain
from reports.grades import check_grade_cell
from reports.prose import check_sentences
from reports.reading import read_draft
from reports.remake import Remade, remake
from reports.setting import Setting, lines, settings

Kind = Literal["quotation", "citation", "grade", "number"]
Verdict = Literal["supported", "differs", "not_found", "not_checked"]
_FEWEST_WORDS: Final = 4
_ELLIPSIS: Final = re.compile(r"\[\.\.\.\]|\.\.\.")
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a draft and what the store says of it."""

    kind: Kind
    text: str
    under: str  # the heading under which it stands
    verdict: Verdict
    detail: str  # where it is supported, how it differs, or why it was not checked


def verify_file(connection: sqlite3.Connection, path: Path) -> list[Claim]:
    """Every claim of a draft in Word, Markdown, HTML or plain text, in order.

    Raises:
        ValueError: an ending that is no format of ours.
        OfsightError: a file that cannot be read.
    """
    return verify_blocks(connection, read_draft(path))


def verify_blocks(connection: sqlite3.Connection, blocks: Sequence[Block]) -> list[Claim]:
    """Every claim of a draft's blocks, in order."""
    evidence = Evidence(connection)
    remade = remake(connection, blocks)
    claims: list[Claim] = []
    for block, under, setting in settings(evidence, blocks):
        for text in lines(block):
            claims += [_placed(claim, under) for claim in _check_line(evidence, remade, text, setting)]
        if isinstance(block, Table):
            claims += [_placed(claim, under) for claim in _check_table(evidence, remade, block, setting)]
    return claims


def _placed(claim: Claim, under: str) -> Claim:
    return Claim(claim.kind, claim.text, under, claim.verdict, claim.detail)


def _check_line(evidence: Evidence, remade: Remade | None, text: str, setting: Setting) -> Iterator[Claim]:
    quotations = list(_quotations(text))
    for words, cited in quotations:
        yield _check_quotation(evidence, words, evidence.reference(cited, setting.la_code))
    if quotations:
        for kind, words, (verdict, detail) in check_sentences(evidence, _own_words(text), setting):
            if kind == "grade" or (kind == "number" and remade is None):
                yield Claim(kind, words, "", verdict, detail)
        return
    known = remade.says(text) if remade else None
    if known is True:
        if _DIGIT.search(text):
            yield Claim("number", text, "", "supported", "worked out again from the store")
        return
    if isinstance(known, str):
        yield Claim("number", text, "", "differs", f"the store gives: {known}")
        return
    for kind, words, (verdict, detail) in check_sentences(evidence, text, setting):
        yield Claim(kind, words, "", verdict, detail)


def _own_words(text: str) -> str:
    """A line without what it quotes."""
    for start, end in reversed(list(_quoted_spans(text))):
        text = f"{text[: start + 1]}...{text[end:]}"
    return text


def _quotations(text: str) -> Iterator[tuple[str, str]]:
    """Each quotation of a line with the words up to the next one, which may cite it."""
    spans = list(_quoted_spans(text))
    for place, (start, end) in enumerate(spans):
        until = spans[place + 1][0] if place + 1 < len(spans) else len(text)
        after = text[end + 1 : until]
        before = text[spans[place - 1][1] + 1 if place else 0 : start]
        yield text[start + 1 : end], after if _DIGIT.search(after) else f"{before} {after}"


def _quoted_spans(text: str) -> Iterator[tuple[int, int]]:
    """Ranges between double quotation marks; curly ones may hold others."""
    depth, start = 0, -1
    for place, character in enumerate(text):
        if character == "“" or (character == '"' and depth == 0):
            depth += 1
            start = place if depth == 1 else start
        elif character in '”"' and depth:
            depth -= 1
            if depth == 0:
                yield start, place
    if depth and "”" in text[start:]:
        yield start, text.rindex("”")


def _check_quotation(evidence: Evidence, words: str, cited: Reference) -> Claim:
    parts = [part.strip(" ,;") for part in _ELLIPSIS.split(plain(words)) if part.strip(" ,;.")]
    if not parts:
        return Claim("quotation", words, "", "not_checked", "no words")
    if cited.empty and len(" ".join(parts).split()) < _FEWEST_WORDS:
        return Claim("quotation", words, "", "not_checked", "too short to look up without a citation")
    reports = () if cited.empty else evidence.cited(cited)
    for stated in evidence.holding(parts[0], reports):
        if all(part in stated.text for part in parts) and evidence.agrees(stated, cited):
            return Claim("quotation", words, "", "supported", stated.place)
    return _misquoted(evidence, words, parts, cited)


def _misquoted(evidence: Evidence, words: str, parts: Sequence[str], cited: Reference) -> Claim:
    """What is wrong with a quotation that does not stand where it should."""
    elsewhere = next(evidence.holding(parts[0], evidence.cited(cited)), None) if not cited.empty else None
    elsewhere = elsewhere or evidence.anywhere(parts[0])
    if elsewhere and all(part in elsewhere.text for part in parts):
        verdict: Verdict = "supported" if cited.empty else "differs"
        return Claim("quotation", words, "", verdict, f"stands in {elsewhere.place}")
    near = evidence.nearest(" ".join(parts))
    if near:
        stated, passage = near
        return Claim("quotation", words, "", "differs", f"{stated.place} says: {passage}")
    return Claim("quotation", words, "", "not_found", "no report in the store says this or nearly this")


def _check_table(
    evidence: Evidence, remade: Remade | None, table: Table, setting: Setting
) -> Iterator[Claim]:
    for row in table.rows:
        yield from _check_grades(evidence, table, row, setting)
        known = remade.says(" | ".join(row)) if remade else None
        if isinstance(known, str):
            yield Claim("number", " | ".join(row), "", "differs", f"the store gives: {known}")
        elif not any("“" in cell for cell in row) and _DIGIT.search(" ".join(row[1:])):
            yield _counted(" | ".join(row), known is True)


def _check_grades(evidence: Evidence, table: Table, row: Sequence[str], setting: Setting) -> Iterator[Claim]:
    for place in range(1, min(len(row), len(table.header))):
        found = check_grade_cell(evidence, table.header[place], row, place, setting)
        if found:
            yield Claim("grade", f"{row[0]}, {table.header[place]}: {row[place]}", "", *found)
        for pair in row[place].split("; "):
            area, _, grade = pair.partition(": ")
            listed = (
                check_grade_cell(evidence, area, (*row[:place], grade), place, setting) if grade else None
            )
            if listed:
                yield Claim("grade", f"{row[0]}, {pair}", "", *listed)


def _counted(text: str, known: bool) -> Claim:
    if known:
        return Claim("number", text, "", "supported", "worked out again from the store")
    return Claim("number", text, "", "not_checked", "not a table of ours: its numbers were not looked up")
