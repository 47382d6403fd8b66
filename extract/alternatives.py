"""How does one pattern look for many words at the cost of one?

An engine of regular expressions tries the words of "(?:a|b|…)" one after another at every place of a text.
Here words that begin alike share their beginning, so that a place is left after a letter or two.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

_END: Final = ""
_APOSTROPHE: Final = "[’']"


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
