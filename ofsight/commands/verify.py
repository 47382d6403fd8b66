"""`ofsight verify`: does a draft say what the reports say?"""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from corpus.store import open_store
from ofsight.options import STORE, AsJson, ReadStore
from ofsight.terminal import paint, wrap

if TYPE_CHECKING:
    import sqlite3

    from reports.verify import Claim, Verdict

_WORDS: Final[dict["Verdict", str]] = {
    "supported": "supported",
    "differs": "differs",
    "not_found": "not found",
    "not_checked": "not checked",
}
_WRONG: Final = ("differs", "not_found")


def verify(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A draft: .docx, .pdf, .md, .html or .txt, ours or your own."),
    ],
    store: ReadStore = STORE,
    show_all: Annotated[bool, typer.Option("--all", help="List what is supported as well.")] = False,
    as_json: AsJson = False,
) -> int:
    """Check every quotation, citation, grade and number of a draft against the store.

    Ends with 1 where something differs from the reports or is not found in them.

    \b
    Examples:
      ofsight verify briefing.docx
      ofsight verify draft.md --all
    """
    if not file.is_file():
        raise ValueError(f"There is no such file: {file}")
    with open_store(store) as opened:
        claims = _claims(opened.connection, file)
    counts = Counter(claim.verdict for claim in claims)
    if as_json:
        print(json.dumps([asdict(claim) for claim in claims]))
    else:
        listed = [claim for claim in claims if show_all or claim.verdict != "supported"]
        summary = ", ".join(f"{counts[verdict]:,} {words}" for verdict, words in _WORDS.items())
        print("\n\n".join([*(_lines(claim) for claim in listed), f"{len(claims):,} statements: {summary}"]))
    return 1 if any(claim.verdict in _WRONG for claim in claims) else 0


def _claims(connection: "sqlite3.Connection", file: Path) -> list["Claim"]:
    """Every claim of a draft; a PDF is read by the reader of reports."""
    from reports.verify import verify_blocks, verify_file

    if file.suffix.lower() != ".pdf":
        return verify_file(connection, file)
    from ofsight.drafts import read_pdf_draft

    return verify_blocks(connection, read_pdf_draft(file))


def _lines(claim: "Claim") -> str:
    style = "weakness" if claim.verdict in _WRONG else "neutral"
    under = f", under {claim.under}" if claim.under else ""
    first = f"{paint(_WORDS[claim.verdict], style)}: {claim.kind}{under}"
    return "\n".join([first, wrap(claim.text, "    "), wrap(claim.detail, "    -> ")])
