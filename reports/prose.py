"""Do the numbers and citations of a sentence in a user's own words stand in the store?"""

import re
from collections.abc import Iterator
from typing import Final, Literal

from corpus.sentences import split_sentences
from reports.evidence import Evidence
from reports.grades import Found, check_grade_said
from reports.setting import Setting
from reports.wording import number, wording

_NOT_FIGURES: Final = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?: \d{4})?|\b(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?\b"
    r"|\b(?:paragraphs?|paras?\.?|pages?|pp?\.|LA code|section)\s*[\d, and-]+\d*",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"£?\b\d[\d,]*(?:\.\d+)?\s*(?:%|per cent)?")
Kind = Literal["grade", "citation", "number"]
_SAME: Final = 1e-6
_LONG_WORD: Final = re.compile(r"[a-z]{4,}")
_STEM: Final = 5  # letters that visits, visited and visiting share


def check_sentences(evidence: Evidence, text: str, setting: Setting) -> Iterator[tuple[Kind, str, Found]]:
    """Kind, words and verdict of each grade, citation and number in a text."""
    for start, end in split_sentences(text):
        sentence = text[start:end]
        graded = check_grade_said(evidence, sentence, setting)
        if graded:
            yield "grade", sentence, graded
        cited = _check_citation(evidence, sentence, setting.la_code)
        if cited:
            yield "citation", sentence, cited
        for match in _FIGURE.finditer(_NOT_FIGURES.sub(" ", sentence)):
            yield (
                "number",
                match.group().strip(),
                _check_figure(evidence, match.group(), sentence, setting.la_code),
            )


def _check_citation(evidence: Evidence, sentence: str, about: str | None) -> Found | None:
    """Whether a report and paragraph that a sentence cites are there; None where it cites none."""
    reference = evidence.reference(sentence, about)
    if reference.la_code is None or reference.number is None:
        return None
    reports = evidence.cited(reference)
    if not reports:
        return "not_found", "no report in the store fits the authority and date"
    for report in reports:
        for stated in evidence.paragraphs(report):
            if stated.number == reference.number and evidence.agrees(stated, reference):
                return "supported", stated.place
    return "differs", "the report has no such paragraph on that page"


def _check_figure(evidence: Evidence, printed: str, sentence: str, about: str | None) -> Found:
    """Whether a report of the authority in question states this number."""
    named = evidence.authorities_in(sentence) or ((about,) if about else ())
    if len(named) != 1:
        return "not_checked", "the sentence does not name one authority"
    value = float(re.sub(r"[^\d.]", "", printed.rstrip(".")))
    share = "%" in printed or "per cent" in printed
    reports = evidence.cited(evidence.reference(sentence, named[0]))
    matter, elsewhere = _matter(sentence, evidence), None
    for stated, held, unit, words in evidence.figures(reports):
        if abs(held - value) < _SAME and (unit == "%") == share:
            if matter & _matter(words, evidence):
                return "supported", f"{stated} states {number(held)}{unit or ''}"
            elsewhere = elsewhere or stated
    if elsewhere:
        return "not_checked", f"{elsewhere} states this number, but not plainly of the same thing"
    return "not_found", "no figure of this authority’s reports in the store is this number"


def _matter(text: str, evidence: Evidence) -> set[str]:
    """The beginnings of the words that say what a text is about; names of councils say nothing of it."""
    text = text.lower()
    for name in evidence.names:
        text = text.replace(name, " ")
    empty = wording().common | wording().function_words
    return {word[:_STEM] for word in _LONG_WORD.findall(text) if word not in empty}
