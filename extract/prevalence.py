"""For how many of those it speaks of does a finding hold, in its own words?"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from corpus.errors import DataFileError
from extract.alternatives import by_letter
from extract.figures_rules import load_rules
from extract.whole import reading

_FILE: Final = Path(__file__).with_name("prevalence.toml")
_KEYS: Final = frozenset({"word", "words", "not_before", "allow_before", "counted", "examples"})
_OPENS: Final = r"[\s(‘“—–-]"  # what stands before the first word
_GROUP: Final = re.compile(r"\s(?:of\s)?(?:the|these|those|them|their|its|whom|which|this)\b")


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the scale: the word that names it and when its words count."""

    word: str
    not_before: re.Pattern[str] | None
    allow_before: re.Pattern[str] | None
    counted: bool
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels, and one pattern that finds their words; the group number tells the level."""

    levels: tuple[Level, ...]  # in the order of the pattern's groups
    pattern: re.Pattern[str]
    places: re.Pattern[str]  # where the words of any level stand: what `pattern` finds, much sooner


def sentence_prevalence(sentence: str) -> str | None:
    """Return the level of the first prevalence word of a sentence ("almost all", "few"), else None."""
    scale = load_scale()
    text = f" {sentence[:1].lower()}{sentence[1:]}"
    for place in scale.places.finditer(text):
        match = scale.pattern.match(text, place.start())
        if match is None:
            continue
        level = scale.levels[(match.lastindex or 1) - 1]
        before = text[max(0, match.start() - 25) : match.start() + 1]
        if level.not_before and level.not_before.search(before) and not _allowed(level, before):
            continue
        bare = level.counted and " " not in match[match.lastindex or 1]
        if bare and match.start() > 0 and not _speaks_of_a_group(text, match.end()):
            continue
        return level.word
    return None


@cache
@reading(_FILE.name)
def scale_words() -> tuple[str, ...]:
    """Return the words of the scale in order, from "all" to "no"."""
    return tuple(entry["word"] for entry in tomllib.loads(_FILE.read_text("utf-8"))["level"])


@cache
@reading(_FILE.name)
def load_scale() -> Scale:
    """Return the scale; raise `DataFileError` with every fault of a file that does not hold together."""
    entries: list[dict[str, Any]] = tomllib.loads(_FILE.read_text("utf-8"))["level"]
    faults = [
        f"level {index}: unknown key '{key}'"
        for index, entry in enumerate(entries, start=1)
        for key in sorted(entry.keys() - _KEYS)
    ]
    faults += [
        f"level {index}: no example"
        for index, entry in enumerate(entries, start=1)
        if not entry.get("examples")
    ]
    if faults:
        raise DataFileError("prevalence.toml: " + "; ".join(faults))
    # "all but two" and "a few" are read before "all" and "few".
    ordered = sorted(entries, key=lambda entry: entry.get("counted", False))
    alternatives = "|".join(f"({'|'.join(entry['words'])})" for entry in ordered)
    any_words = by_letter(word for entry in ordered for word in entry["words"])
    return Scale(
        levels=tuple(_level(entry) for entry in ordered),
        pattern=re.compile(rf"{_OPENS}(?:{alternatives})\b"),
        places=re.compile(rf"{_OPENS}{any_words}\b"),
    )


def _level(entry: dict[str, Any]) -> Level:
    """Compile one level."""
    return Level(
        word=entry["word"],
        not_before=re.compile(entry["not_before"]) if "not_before" in entry else None,
        allow_before=re.compile(entry["allow_before"]) if "allow_before" in entry else None,
        counted=entry.get("counted", False),
        examples=tuple(entry["examples"]),
    )


def _allowed(level: Level, before: str) -> bool:
    """Tell whether a word before is harmless after all."""
    return level.allow_before is not None and level.allow_before.search(before) is not None


def _speaks_of_a_group(sentence: str, end: int) -> bool:
    """Tell whether people, cases or services follow, or a group of them named before."""
    rules = load_rules()
    return (
        rules.counted.match(sentence, end) is not None
        or _GROUP.match(sentence, end) is not None
        or rules.stands_for_counted(sentence, end, len(sentence))
    )
