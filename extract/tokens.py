"""Which tokens does a text have, as spaCy's English tokenizer cuts it?

spaCy takes seconds to load, so its rules stand beside this module as data, and a text is cut here, as far as
somebody asks. What spaces divide is cut by itself, whatever stands around it.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain
from pathlib import Path
from typing import Final

from corpus.records import record

_FILE: Final = Path(__file__).with_name("tokens.json")
_PARTS: Final = re.compile(r"\s+|\S+")
_SPACE: Final = re.compile(r"\s")
LONGEST: Final = 400  # characters without a space; more are no words, and are not cut
_LONGEST_SUFFIX: Final = 12
_KEPT: Final = 50_000

Token = tuple[str, str]  # as written, and its norm: lower case, plain apostrophes and dashes


@record
class Cut:
    """A stretch of text without a space: its tokens, which leave no gap, and the offset of each one's end."""

    tokens: tuple[Token, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """spaCy's rules: what is cut off before and behind and within, and what is cut in its own way."""

    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    infix: re.Pattern[str]
    url: re.Pattern[str]
    norms: Mapping[str, str]
    exceptions: Mapping[str, tuple[Token, ...]]
    merged: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]  # by first token: the exception, its tokens

    def token(self, text: str) -> Token:
        """Return a token that no exception knows."""
        return text, self.norms.get(text) or text.lower()


def cut(piece: str) -> Cut:
    """Return the tokens of a piece of text without a space."""
    return _cut(piece) if len(piece) <= LONGEST else Cut(((piece, piece),), (len(piece),))


@lru_cache(maxsize=_KEPT)
def _cut(piece: str) -> Cut:
    if piece.isalpha() and piece.isascii() and piece not in load_rules().exceptions:
        return Cut((load_rules().token(piece),), (len(piece),))
    tokens = tuple(chain.from_iterable(map(_cut_part, _PARTS.findall(piece))))
    return Cut(tokens, tuple(accumulate(len(text) for text, _ in tokens)))


def grown(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span grown to the edges of the tokens that it begins and ends in."""
    if start and not text[start - 1].isspace():
        start = _edges(text, start)[0]
    if end < len(text) and not text[end].isspace():
        end = _edges(text, end - 1)[1]
    return start, end


def _edges(text: str, at: int) -> tuple[int, int]:
    """Return the start and the end of the token that holds a character; the character's own in a long row."""
    before = text[max(0, at - LONGEST - 1) : at]
    begin = at - len(_behind_space(before))
    space = _SPACE.search(text, at + 1, at + LONGEST + 1)
    end = space.start() if space else min(len(text), at + LONGEST + 1)
    if end - begin > LONGEST:
        return at, at + 1
    ends = cut(text[begin:end]).ends
    token = bisect_right(ends, at - begin)
    return begin + (ends[token - 1] if token else 0), begin + ends[token]


def _behind_space(text: str) -> str:
    """Return what stands behind the last white space."""
    return text.rsplit(None, 1)[-1] if text and not text[-1].isspace() else ""


def _cut_part(part: str) -> tuple[Token, ...]:
    """Return the tokens of a stretch that is white space or holds none."""
    rules = load_rules()
    if part.isspace():
        return (rules.token(part),)
    if part in rules.exceptions:
        return rules.exceptions[part]
    start, end, before, behind = _strip(part, rules)
    middle = part[start:end]
    tokens = [*map(rules.token, before)]
    if middle in rules.exceptions:
        tokens += rules.exceptions[middle]
    elif middle:
        tokens += map(rules.token, _divide(middle, rules))
    return _merged((*tokens, *map(rules.token, reversed(behind))), rules)


def _strip(part: str, rules: Rules) -> tuple[int, int, list[str], list[str]]:
    """Take prefixes and suffixes off, one of each at a time; return what is left, and them."""
    start, end = 0, len(part)
    before: list[str] = []
    behind: list[str] = []
    while start < end:
        left = part[start:end]
        if left in rules.exceptions or (left.isalpha() and left.isascii()):
            break
        found = rules.prefix.match(left)
        prefix = found.end() if found else 0
        if prefix and left[prefix:] in rules.exceptions:
            before.append(left[:prefix])
            return start + prefix, end, before, behind
        suffix = _suffix(left[prefix:], rules)
        if suffix and left[:-suffix] in rules.exceptions:
            behind.append(left[-suffix:])
            return start, end - suffix, before, behind
        if not prefix and not suffix:
            break
        if prefix:
            before.append(left[:prefix])
            start += prefix
        if suffix and prefix + suffix <= len(left):
            behind.append(left[-suffix:])
            end -= suffix
    return start, end, before, behind


def _suffix(text: str, rules: Rules) -> int:
    """Return the length of the suffix that a text ends in; only a row of full stops may be a long one."""
    begin = 0 if text.endswith(".") else max(0, len(text) - _LONGEST_SUFFIX)
    found = rules.suffix.search(text, begin)
    return found.end() - found.start() if found else 0


def _divide(text: str, rules: Rules) -> list[str]:
    """Return the words and the hyphens and the like between them."""
    if "." in text and rules.url.match(text):
        return [text]
    parts: list[str] = []
    last = 0
    for match in rules.infix.finditer(text):
        if match.start() == 0:
            continue
        parts += filter(None, (text[last : match.start()], match[0]))
        last = match.end()
    return [*parts, *filter(None, (text[last:],))]


def _merged(tokens: tuple[Token, ...], rules: Rules) -> tuple[Token, ...]:
    """Put exceptions together that stand among the tokens, the longest first (":)" behind a word)."""
    found = [
        (start - end, start, end, key)
        for start, (text, _) in enumerate(tokens)
        for key, texts in rules.merged.get(text, ())
        for end in (start + len(texts),)
        if texts == tuple(text for text, _ in tokens[start:end])
    ]
    seen: set[int] = set()
    chosen: dict[int, tuple[int, str]] = {}
    for _, start, end, key in sorted(found):
        if start not in seen and end - 1 not in seen:
            chosen[start] = end, key
        seen.update(range(start, end))
    if not chosen:
        return tokens
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        end, key = chosen.get(at, (at + 1, ""))
        result += rules.exceptions[key] if key else (tokens[at],)
        at = end
    return tuple(result)


@cache
def load_rules() -> Rules:
    """Return spaCy's rules as they stand in the file."""
    data = json.loads(_FILE.read_text("utf-8"))
    norms = data["norms"]
    merged: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for key, texts in data["merged"].items():
        merged.setdefault(texts[0], []).append((key, tuple(texts)))
    return Rules(
        re.compile(data["prefix"]),
        re.compile(data["suffix"]),
        re.compile(data["infix"]),
        re.compile(data["url"]),
        norms,
        {
            key: tuple((text, norm or norms.get(text) or text.lower()) for text, norm in tokens)
            for key, tokens in data["exceptions"].items()
        },
        {first: tuple(found) for first, found in merged.items()},
    )
