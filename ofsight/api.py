"""How does a Python program read, analyse and look things up?

>>> import ofsight
>>> from importlib.resources import files
>>> samples = files("corpus") / "samples" / "text"
>>> report = ofsight.read(samples / "s05-calderwick-ilacs-b5-2024-06.txt")
>>> report.authority, report.framework, report.judgements[0].grade
('Calderwick', 'ilacs', 'requires_improvement')

>>> analysis = ofsight.analyse(report)
>>> len(analysis.codings) == len(report.paragraphs)
True
>>> {coding.valence for coding in analysis.codings} <= {"strength", "weakness", "mixed", "neutral"}
True

A store comes out as DataFrames: `ofsight.open_store("ofsight.db").paragraphs(theme="workforce")`.
"""

from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model import Analysis, Document

if TYPE_CHECKING:
    from spacy.language import Language

    from ofsight.frames import Frames
    from ofsight.stages import Stages


def read(path: str | PathLike[str]) -> Document:
    """Read a report (PDF or text) into numbered paragraphs with section and page.

    Raises:
        SourceError: the file cannot be read as an inspection report; `reason` says why.
    """
    import ingest

    return ingest.read(Path(path))


def analyse(report: str | PathLike[str] | Document) -> Analysis:
    """Read a report, find its entities and figures, and code each paragraph.

    Raises:
        SourceError: the file cannot be read as an inspection report; `reason` says why.
    """
    from ofsight import stages

    document = report if isinstance(report, Document) else read(report)
    return stages.analyse(document, _stages())


def open_store(path: str | PathLike[str]) -> "Frames":
    """Open a store for reading; its tables come out as DataFrames.

    Raises:
        StoreError: there is no such store, or it is damaged.
    """
    from corpus import store
    from ofsight.frames import Frames

    return Frames(store.open_store(Path(path)))


def nlp() -> "Language":
    """The spaCy pipeline that finds entities and figures; it takes any text."""
    import extract

    return extract.nlp()


@cache
def _stages() -> "Stages":
    from ofsight.stages import load_stages

    return load_stages()
