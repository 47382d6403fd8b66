"""How is a whole corpus of invented reports made?"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from corpus.maker.findings import Writer
from corpus.maker.ilacs import IlacsReport
from corpus.maker.pdf import made_with, print_pdf
from corpus.maker.plan import Inspection, endless_plan, sample_plan
from corpus.maker.script import Script
from corpus.maker.send import SendReport
from corpus.maker.sif import write_sif
from corpus.maker.story import Finding, tell
from corpus.maker.transcript import write_transcript
from corpus.maker.truth import write_truth
from corpus.maker.typeset import Typesetter

SAMPLE_SEED = "ofsight"
_MONTHS = ("January", "March", "April", "June", "September", "October")


@dataclass(frozen=True, slots=True)
class Made:
    """One report in its three forms."""

    stem: str
    pdf: bytes
    text: str
    truth: Mapping[str, Any]


def sample_documents() -> Iterator[Made]:
    """Make the bundled corpus."""
    return _documents(sample_plan(), SAMPLE_SEED)


def many_documents(count: int, seed: str) -> Iterator[Made]:
    """Make as many reports as asked for, about authorities made up on the way."""
    return islice(_documents(endless_plan(seed), seed), count)


def _documents(runs: Iterable[tuple[Inspection, ...]], seed: str) -> Iterator[Made]:
    """Make the reports of each authority in turn; each inspection remembers the one before."""
    for run in runs:
        story: Mapping[str, Finding] = {}
        for index, inspection in enumerate(run):
            before = run[index - 1].start.year if index else inspection.start.year - 3
            dice = Random(f"{seed}/{inspection.stem}")  # noqa: S311 -- invented reports, not secrets
            told = tell(inspection.grades, story, inspection.start.year, dice)
            script = _script(inspection, told, story, before, dice)
            layout = Typesetter(script).set()
            pdf, text = print_pdf(script, layout), write_transcript(script, layout)
            yield Made(inspection.stem, pdf, text, write_truth(script, layout))
            story = {**story, **told}


def _script(
    inspection: Inspection,
    told: Mapping[str, Finding],
    story: Mapping[str, Finding],
    before: int,
    dice: Random,
) -> Script:
    """Write the script of one inspection in the layout of its time."""
    writer = Writer(dice, _words(inspection, before, dice), told, story)
    if inspection.layout.startswith("sif"):
        return write_sif(inspection, writer, dice)
    if inspection.layout == "area-send":
        return SendReport(inspection, writer, dice).write()
    return IlacsReport(inspection, writer, dice).write()


def _words(inspection: Inspection, before: int, dice: Random) -> dict[str, str]:
    """Return the words of the time and place."""
    year = inspection.start.year
    early, late = inspection.layout in ("sif-1a", "sif-1b"), not inspection.layout.startswith("sif")
    kids = "looked after children" if early else "children in care" if late else "children looked after"
    assessments = "early help assessments" if year > 2015 else "common assessment framework (CAF) assessments"
    officers = "independent reviewing officers (IROs)"
    return {
        "place": inspection.place.name,
        "la": "the local authority",
        "la_cap": "The local authority",
        "la_name": inspection.place.council,
        "kids": kids,
        "kids_cap": kids[0].upper() + kids[1:],
        "eha": assessments,
        "eha_cap": assessments[0].upper() + assessments[1:],
        "iro": officers[0].upper() + officers[1:],
        "icb": inspection.place.region,
        "month": dice.choice(_MONTHS),
        "year-1": str(year - 1),
        "year-2": str(year - 2),
        "previous": str(before),
        "before": str(year - 3),
    }


def write_corpus(documents: Iterable[Made], folder: Path) -> int:
    """Write PDF, text and truth of each report into three folders, and say with what; return their number."""
    for name in ("pdf", "text", "truth"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    count = 0
    for made in documents:
        (folder / "pdf" / f"{made.stem}.pdf").write_bytes(made.pdf)
        (folder / "text" / f"{made.stem}.txt").write_text(made.text, encoding="utf-8")
        (folder / "truth" / f"{made.stem}.json").write_text(dump_truth(made.truth), encoding="utf-8")
        count += 1
    (folder / "made-with.json").write_text(json.dumps(made_with(), indent=1) + "\n", encoding="utf-8")
    return count


def dump_truth(truth: Mapping[str, Any]) -> str:
    """Return the truth as JSON, one line a paragraph, so that a change shows as a small difference."""
    head = {key: value for key, value in truth.items() if key != "paragraphs"}
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    rows = ",\n  ".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in truth["paragraphs"]
    )
    return f'{opening},\n "paragraphs": [\n  {rows}\n ]\n}}\n'
