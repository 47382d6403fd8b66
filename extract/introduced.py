"""Which names does a report itself introduce: "a service known as Lantern", "the forum, ‘Speak Up’,"?"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice
from typing import Final

from extract.alternatives import either
from extract.mentions import Candidate, Span, named
from extract.naming import load_heads

_CUES: Final = (
    "known as",
    "known locally as",
    "known collectively as",
    "called",
    "named",
    "entitled",
    "titled",
)
_VERBS: Final = (
    "is",
    "are",
    "has",
    "have",
    "had",
    "was",
    "were",
    "which",
    "who",
    "meets",
    "helps",
    "supports",
)
_QUOTED: Final = r"[‘“](?P<{}>[^\W_][^‘’“”\n]{{1,50}}(?:’\w[^‘’“”\n]{{0,30}})?)[’”](?!\w)"
_PLAIN: Final = (
    r"(?P<{}>[A-Z][\w-]{{2,40}}(?: (?:(?:and|of|for|in|to|the|with|&) ){{0,2}}[A-Z][\w-]{{1,40}}){{0,4}})"
)
_SAID: Final = re.compile(rf"{either(_CUES)} (?:{_QUOTED.format('q')}|(?:the )?{_PLAIN.format('p')})")
_ASIDE: Final = re.compile(
    rf", (?:{_QUOTED.format('q')}(?=[,.;)])|{_PLAIN.format('p')}(?=, {either(_VERBS)} ))"
    rf"| \(?(?=[‘“][A-Z]){_QUOTED.format('beside')}"
)
# The word that says what the thing is, and what may stand between it and the cue.
_HEAD: Final = re.compile(r"(?P<head>[A-Za-z-]{2,20})(?:,? \(?(?:(?:which|that|is|are|was|now) ){0,3})?$")
_REACH: Final = 40  # characters before the cue
_LABELS: Final = frozenset({"organisation", "panel", "practice_model", "plan"})
_CASE: Final = re.compile(r"(?:Child|Children|Baby|Family|Adult) [A-Z0-9]{1,2}\b")  # of a review
_MOST: Final = 200  # names; a report introduces a few, a hostile text any number


def find_introduced(text: str, begins: Collection[int]) -> Iterator[Candidate]:
    """Yield every place where a name stands that the report introduces.

    A single word that begins a sentence may be any word; `begins` holds the offsets where sentences begin.
    """
    labels: dict[str, str] = {}
    for name, label, span in islice(_introductions(text), _MOST):
        if labels.setdefault(name, label) == label:
            yield Candidate(*span, named(label, name), open_class=True)
    proper = [name for name in labels if name[0].isupper()]
    if not proper:
        return
    names = either(proper, not_behind=r"[\w-]")
    for match in re.finditer(rf"{names}(?![\w-])", text):
        if " " in match[0] or match.start() not in begins:
            yield Candidate(*match.span(), named(labels[match[0]], match[0]), open_class=True)


def _introductions(text: str) -> Iterator[tuple[str, str, Span]]:
    """Yield each name with the label that the word before it gives, and its span."""
    for cue in (_SAID, _ASIDE):
        for match in cue.finditer(text):
            head = _HEAD.search(text, max(0, match.start() - _REACH), match.start())
            label = _label(head["head"]) if head else None
            name = match.lastgroup or ""  # the one that is filled
            if label is not None and _CASE.match(match[name]) is None:
                yield match[name], label, match.span(name)


@cache
def _label(head: str) -> str | None:
    label = load_heads().label(head)
    return label if label in _LABELS else None
