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
    *("is", "are", "has", "have", "had", "was", "were"),
    *("which", "who", "meets", "helps", "supports"),
)
_QUOTED: Final = re.compile(r"[‘“](?P<name>[^\W_][^‘’“”\n]{1,50}(?:’\w[^‘’“”\n]{0,30})?)[’”](?!\w)")
_PLAIN: Final = (
    r"(?P<name>[A-Z][\w-]{2,40}(?: (?:(?:and|of|for|in|to|the|with|&) ){0,2}[A-Z][\w-]{1,40}){0,4})"
)
_SAID: Final = re.compile(rf" (?:the )?{_PLAIN}")  # behind a cue
_ASIDE: Final = re.compile(rf", {_PLAIN}(?=, {either(_VERBS)} )")
# The word that says what the thing is, and what stands between it and the name.
_LINK: Final = rf",? \(?(?:(?:which|that|is|are|was|now) ){{0,3}}{either(_CUES)}"
_HEAD: Final = re.compile(rf"(?P<head>[A-Za-z-]{{2,20}})(?:(?P<said>{_LINK}) ?|(?P<aside>,) ?| \(?)?$")
_REACH: Final = 60  # characters before the name
_LABELS: Final = frozenset({"organisation", "panel", "practice_model", "plan"})
_CASE: Final = re.compile(r"(?:Child|Children|Baby|Family|Adult) [A-Z0-9]{1,2}\b")  # of a review
_MOST: Final = 200  # names; a report introduces a few, a hostile text any number


def find_introduced(text: str, begins: Collection[int]) -> Iterator[Candidate]:
    """Yield every place where a name stands that the report introduces.

    A single word that begins a sentence may be any word; `begins` holds the offsets where sentences begin.
    """
    labels: dict[str, str] = {}
    for label, (start, end) in islice(_introductions(text), _MOST):
        name = text[start:end]
        if _CASE.match(name) is None and labels.setdefault(name, label) == label:
            yield Candidate(start, end, named(label, name), open_class=True)
    proper = [name for name in labels if name[0].isupper()]
    if not proper:
        return
    names = either(proper, not_behind=r"[\w-]")
    for match in re.finditer(rf"{names}(?![\w-])", text):
        if " " in match[0] or match.start() not in begins:
            yield Candidate(*match.span(), named(labels[match[0]], match[0]), open_class=True)


def _introductions(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the span of each name with the label that the word before it gives."""
    for match in (*_said(text), *_ASIDE.finditer(text)):
        label, _ = _head(text, match.start())
        if label is not None:
            yield label, match.span("name")
    for match in _QUOTED.finditer(text):
        label, link = _head(text, match.start())
        # In an aside the name ends with it; beside the word it has a capital, as what somebody says has not.
        fits = {"said": True, "aside": text[match.end() : match.end() + 1] in ",.;)"}
        if label is not None and fits.get(link, match["name"][0].isupper()):
            yield label, match.span("name")


def _said(text: str) -> Iterator[re.Match[str]]:
    """Yield each name without quotation marks behind "known as" and the like."""
    for cue in _CUES:
        at = text.find(cue)
        while at >= 0:
            if match := _SAID.match(text, at + len(cue)):
                yield match
            at = text.find(cue, at + 1)


def _head(text: str, end: int) -> tuple[str | None, str]:
    """Return the label that the word before gives, and how the name is linked to it."""
    head = _HEAD.search(text, max(0, end - _REACH), end)
    return (_label(head["head"]), head.lastgroup or "") if head else (None, "")


@cache
def _label(head: str) -> str | None:
    label = load_heads().label(head)
    return label if label in _LABELS else None
