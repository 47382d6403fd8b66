"""How does one pattern look for many words at the cost of one?

An engine of regular expressions tries the words of "(?:a|b|…)" one after another at every place of a text.
Here words that begin alike share their beginning, so that a place is left after a letter or two.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

_END: Final = ""
_APOSTROPHE: Final = "[’']"
# "(?:the|an?)?" at the beginning of a pattern: it may hold no group, set of characters or bar that is text.
_HEAD: Final = re.compile(r"\(\?:((?:[^()\[\]\\]|\\[^|])*)\)(\??)(?![?*+{])(.*)")
_LED: Final = re.compile(r"[A-Za-z](?![?*+{])")
_INNER: Final = re.compile(r"\\.|\[[^\]]*\]|\([^()]*\)")


def either(words: Iterable[str], *, any_apostrophe: bool = False, not_behind: str = "") -> str:
    """Return a pattern for any of the words, the longest that stands there first, as one group.

    With `any_apostrophe` a straight apostrophe stands for a curly one too. The words do not count behind a
    character of the set `not_behind`. A pattern could say so before the group; but one that opens with the
    group, and so with letters, lets the engine skip to where one of these stands.
    """
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[_END] = {}
    apostrophe = _APOSTROPHE if any_apostrophe else re.escape(chr(39))
    return f"(?:{_written(tree, apostrophe, not_behind)})"


def _written(tree: dict[str, Any], apostrophe: str, not_behind: str = "") -> str:
    """Return the pattern of a tree; where a word may end, going on is tried first."""
    branches = []
    for letter, rest in tree.items():
        if letter == _END:
            continue
        shared = apostrophe if letter == "'" else re.escape(letter)
        if not_behind:
            shared += f"(?<!{not_behind}{shared})"
        while len(rest) == 1 and _END not in rest:
            ((following, rest),) = rest.items()
            shared += apostrophe if following == "'" else re.escape(following)
        branches.append(shared + _written(rest, apostrophe))
    joined = "|".join(branches)
    if _END in tree:
        return f"(?:{joined})?" if branches else ""
    return joined if len(branches) == 1 else f"(?:{joined})"


def by_letter(patterns: Iterable[str], *, any_case: bool = False) -> str:
    """Return a pattern for any of the patterns, which are tried in their order, as one group.

    Those that begin with the same letter stand behind it together: a place where another letter stands is
    left at once. With `any_case` small letters and capitals count the same.
    """
    heads = (head for pattern in patterns for head in _heads(pattern))
    branches: list[str] = []
    for led, run in groupby(heads, key=lambda head: _LED.match(head) is not None):
        if not led:
            branches += (f"(?i:{head})" if any_case else head for head in run)
            continue
        tails: dict[str, list[str]] = {}
        for head in run:
            tails.setdefault(head[0].lower() if any_case else head[0], []).append(head[1:])
        for letter, ends in tails.items():
            joined = "|".join(ends)
            branches.append(
                f"[{letter}{letter.upper()}](?i:{joined})" if any_case else f"{letter}(?:{joined})"
            )
    return f"(?:{'|'.join(branches)})"


def _heads(pattern: str) -> Iterator[str]:
    """Yield in its place the patterns that a choice at the beginning of a pattern comes to."""
    outside = pattern
    while (shorter := _INNER.sub("", outside)) != outside:
        outside = shorter
    if "|" in outside:
        yield f"(?:{pattern})"
        return
    match = _HEAD.fullmatch(pattern)
    if match is None:
        yield pattern
        return
    choice, may_lack, rest = match.groups()
    for head in (*choice.split("|"), *([""] if may_lack else [])):
        yield from _heads(head + rest)
