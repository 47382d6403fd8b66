"""Near which words of a text can the names of each rule stand? All rules ask in one pass over the text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extract.alternatives import either
from extract.mentions import Span

_BEFORE: Final = 80  # characters of a name before its last word
_AFTER: Final = 12  # of its ending, and of what must not follow

Words = Sequence[str]


@dataclass(frozen=True, slots=True)
class Signs:
    """The words that names cannot do without, of several rules, which are known by their numbers."""

    pattern: re.Pattern[str]
    meant: Mapping[str, tuple[tuple[int, int, int], ...]]  # by word: each rule, and what of the word it means
    rules: int

    def rules_in(self, text: str, start: int, end: int) -> frozenset[int]:
        """Return the rules that have a word of theirs in a stretch of text."""
        found = set(self.pattern.findall(text, start, end))
        return frozenset(rule for word in found for rule, _, _ in self.meant[word])

    def stretches(self, text: str) -> list[list[Span]]:
        """Return for each rule the stretches in which a name may end in a word of it, without overlap."""
        begins: list[list[int]] = [[] for _ in range(self.rules)]
        ends: list[list[int]] = [[] for _ in range(self.rules)]
        for match in self.pattern.finditer(text):
            at = match.start()
            for rule, start, end in self.meant[match[0]]:
                if ends[rule] and at + start - _BEFORE <= ends[rule][-1]:
                    ends[rule][-1] = at + end + _AFTER
                else:
                    begins[rule].append(max(0, at + start - _BEFORE))
                    ends[rule].append(at + end + _AFTER)
        return [list(zip(*both, strict=True)) for both in zip(begins, ends, strict=True)]


def signs_of(rules: Sequence[Words]) -> Signs:
    """Return what looks for the words of all rules; one may stand within that of another rule."""
    words = dict.fromkeys(word for own in rules for word in own)
    return Signs(re.compile(either(words)), {word: tuple(_within(word, rules)) for word in words}, len(rules))


def _within(word: str, rules: Sequence[Words]) -> Iterable[tuple[int, int, int]]:
    """Yield each rule of which a word stands within this one, and where."""
    for number, own in enumerate(rules):
        if own and (match := re.search(either(own), word)):
            yield number, *match.span()
