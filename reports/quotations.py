"""Which sentences of a report may be quoted for a theme, and which are quoted?

A quotation has to stand on its own: sentences that lean on the one before ("However", "This") or that only
introduce are quoted last.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from corpus.model import Valence
from reports.records import Passage, ThemeQuotations
from reports.selection import choose
from reports.sources import Finding

_LEANING: Final = re.compile(
    r"(?:However|This|These|Those|They|It|Its|He|She|Such|Consequently|Therefore|As a result"
    r"|Nevertheless|Nonetheless|Also|Additionally|Furthermore|Moreover|But|And|Their|In addition"
    r"|Similarly|Conversely|Here|There)\b"
)
_DANGLING: Final = re.compile(
    r"(?:However, |Also, |But |And |In addition, |Furthermore, )?"
    r"(?:This|These|Those|They|Their|It|Its|He|She|Such|As a result|Consequently|Therefore"
    r"|There (?:is|are) also|More needs|Further work|More work)\b",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(
    r"(?:Some|Most|Many|Others|All|A few|A small number|Both|Another|One)\s+(?:also|still)?\s*"
    r"(?:do|does|did|are|is|was|were|have|has|had|can|could|will|would|may|need|needs|receive|benefit)\b"
)
_POINTING: Final = re.compile(r"\b(?:this|these|those|such|above|latter|former|them|it)\b")
_FEWEST_WORDS: Final = 9
_MOST_WORDS: Final = 40
_MOST_TOGETHER: Final = 55


def quotable(findings: Iterable[Finding], theme: str, valence: Valence) -> list[Passage]:
    """The passages that find `valence` on `theme` and stand best alone, in reading order."""
    passages = [passage for finding in findings for passage in _speaking(finding, theme, valence)]
    best = min((leaning(passage.text) for passage in passages), default=0)
    return [passage for passage in passages if leaning(passage.text) == best]


def leaning(text: str) -> int:
    """How much a passage leans on what stands around it: 0 not at all, 3 too long to quote."""
    words = len(text.split())
    if words > 2 * _MOST_WORDS:
        return 3
    if leans(text):
        return 2
    return int(not _FEWEST_WORDS <= words <= _MOST_WORDS or _POINTING.search(text) is not None)


def leans(text: str) -> bool:
    """Whether a sentence begins by pointing back at the one before."""
    return bool(_LEANING.match(text) or _PRONOUN.match(text)) or not text[:1].isupper()


def dangles(text: str) -> bool:
    """Whether a sentence says something of a thing that only the sentence before names."""
    return bool(_DANGLING.match(text) or _PRONOUN.match(text) or (leans(text) and _POINTING.search(text)))


def _speaking(finding: Finding, theme: str, valence: Valence) -> list[Passage]:
    """The sentences that say it; the whole paragraph where it says it and no sentence was told apart."""
    held = {said for coded, said in finding.codings if coded == theme}
    if not held & {valence, "mixed"}:
        return []
    said = [
        _understood(finding, place)
        for place, sentence in enumerate(finding.sentences)
        if sentence.theme == theme and sentence.valence == valence
    ]
    return said or ([finding.passage()] if valence in held else [])


def _understood(finding: Finding, place: int) -> Passage:
    """A sentence; where it points back at one before that stands alone, and both are short, both."""
    own = finding.sentences[place]
    alone = finding.passage(own)
    if not place or not leaning(alone.text):
        return alone
    before = finding.sentences[place - 1]
    both = finding.passage(replace(own, start=before.start))
    clear = leaning(finding.passage(before).text) == 0 and len(both.text.split()) <= _MOST_TOGETHER
    return both if clear else alone


def quote_themes(
    reports: Sequence[Sequence[Finding]], names: Mapping[str, str], *, each: int = 1
) -> tuple[ThemeQuotations, ...]:
    """For every theme, up to `each` strengths and weaknesses of every report; empty themes left out."""
    quoted = []
    for theme, name in names.items():
        strengths = tuple(p for findings in reports for p in pick(findings, theme, "strength", each))
        weaknesses = tuple(p for findings in reports for p in pick(findings, theme, "weakness", each))
        if strengths or weaknesses:
            quoted.append(ThemeQuotations(theme, name, strengths, weaknesses))
    return tuple(quoted)


def pick(findings: Sequence[Finding], theme: str, valence: Valence, count: int) -> tuple[Passage, ...]:
    """Up to `count` typical and diverse passages of one report on a theme."""
    candidates = quotable(findings, theme, valence)
    return tuple(candidates[place] for place in choose([c.text for c in candidates], count))
