"""Which sentences of a report may be quoted for a theme, and which are quoted?

A quotation has to stand on its own: sentences that lean on the one before ("However", "This"), that only
introduce, or that the next sentence takes back are quoted last.
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
_CONTRAST: Final = re.compile(
    r"(?:However|But|Yet|Nevertheless|Nonetheless|Conversely|Despite (?:this|these)|That said|In contrast)\b"
)
_OTHERWISE: Final[Mapping[Valence, frozenset[Valence | None]]] = {
    "strength": frozenset({"weakness", "mixed"}),
    "weakness": frozenset({"strength", "mixed"}),
}
_FEWEST_WORDS: Final = 9
_MOST_WORDS: Final = 40
_MOST_TOGETHER: Final = 55


def quotable(findings: Iterable[Finding], theme: str, valence: Valence) -> list[Passage]:
    """The passages that find `valence` on `theme` and stand best alone, in reading order.

    Where no sentence finds nothing else, those that find both sides are taken.
    """
    held = [finding for finding in findings if _finds(finding, theme) & {valence, "mixed"}]
    passages = [said for finding in held for said in _speaking(finding, theme, valence)]
    passages = passages or [said for finding in held for said in _sentences(finding, theme, "mixed")]
    best = min((cost for cost, _ in passages), default=0)
    return [passage for cost, passage in passages if cost == best]


def with_turn(finding: Finding, passage: Passage) -> Passage:
    """A sentence of a paragraph together with the next, where that takes it back and both are short."""
    for place, said in enumerate(finding.sentences):
        if (said.start, said.end) == (passage.start, passage.end) and _taken_back(finding, place):
            both = finding.passage(replace(said, end=finding.sentences[place + 1].end, valence="mixed"))
            return both if len(both.text.split()) <= _MOST_TOGETHER else passage
    return passage


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


def _finds(finding: Finding, theme: str) -> set[Valence]:
    """What a paragraph finds on a theme."""
    return {said for coded, said in finding.codings if coded == theme}


def _speaking(finding: Finding, theme: str, valence: Valence) -> list[tuple[int, Passage]]:
    """The sentences that say it; the whole paragraph where it says it and no sentence was told apart."""
    said = _sentences(finding, theme, valence)
    if said or valence not in _finds(finding, theme):
        return said
    whole = finding.passage()
    return [(_cost(leaning(whole.text), both_sides=False, taken_back=False), whole)]


def _sentences(finding: Finding, theme: str, valence: Valence) -> list[tuple[int, Passage]]:
    """The sentences of this valence on a theme, each with how ill it stands alone."""
    found = []
    for place, sentence in enumerate(finding.sentences):
        if sentence.theme == theme and sentence.valence == valence:
            passage = _understood(finding, place)
            both_sides = "mixed" in _finds(finding, theme)
            found.append((_cost(leaning(passage.text), both_sides, _taken_back(finding, place)), passage))
    return found


def _cost(leans_by: int, both_sides: bool, taken_back: bool) -> int:
    """Worst is to lean on what stands before, then to be taken back, then to be one side of two."""
    return 3 * leans_by if leans_by > 1 else leans_by + both_sides + 2 * taken_back


def _taken_back(finding: Finding, place: int) -> bool:
    """Whether the next sentence finds otherwise of the same thing, so that the first alone says too much."""
    own, after = finding.sentences[place], finding.sentences[place + 1 : place + 2]
    return any(
        said.valence != own.valence
        and (
            _CONTRAST.match(finding.text[said.start : said.end]) is not None
            or (said.theme == own.theme and said.valence in _OTHERWISE.get(own.valence or "neutral", ()))
        )
        for said in after
    )


def _understood(finding: Finding, place: int) -> Passage:
    """A sentence; where it points back at one before, and both are short, both.

    The one before has to stand alone, unless this one cannot be understood at all without it.
    """
    own = finding.sentences[place]
    alone = finding.passage(own)
    if not place or not leaning(alone.text):
        return alone
    before = finding.sentences[place - 1]
    both = finding.passage(replace(own, start=before.start))
    clear = leaning(finding.passage(before).text) == 0 or dangles(alone.text)
    return both if clear and len(both.text.split()) <= _MOST_TOGETHER else alone


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
