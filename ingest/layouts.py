"""Which framework is a report of, and what do its headings, labels and grades mean?

Each framework is one TOML file in `frameworks/`; adding a framework means adding a file. Headings and
labels are compared in a plain form (lower case, straight quotes, single spaces, no closing punctuation).
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, get_args

from corpus.errors import DataFileError
from corpus.model import Framework, Role
from ingest.rule_tables import RuleReader

_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2500": "-"})
_LONGEST_HEADING: Final = 300
LONGEST_GRADE: Final = 45  # characters
_ENDS: Final = " .:?;*"


@dataclass(frozen=True, slots=True)
class HeadingRule:
    """What a heading means: nesting level, judgement area and the role of the paragraphs under it."""

    match: re.Pattern[str]
    level: int
    area: str | None = None
    role: Role | None = None
    under: re.Pattern[str] | None = None  # only where the section with this heading is open


@dataclass(frozen=True, slots=True)
class JudgementRule:
    """How one area's grade is printed: by a label or in a sentence; `grade` where the sentence fixes it."""

    area: str
    label: re.Pattern[str] | None = None
    sentence: re.Pattern[str] | None = None
    grade: str | None = None
    expected: bool = False
    instead: tuple[str, ...] = ()  # areas that are printed in place of this one
    until: date | None = None  # inspections that begin later are not given it


@dataclass(frozen=True, slots=True)
class KindRule:
    """A kind of inspection, told by the title or by the days from first to last day on site."""

    kind: str
    title: re.Pattern[str] | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class LayoutRule:
    """A layout family, told by what the report holds; the first rule that fits names it."""

    code: str
    numbered: bool | None = None
    tagged: bool | None = None
    heading: re.Pattern[str] | None = None
    title: re.Pattern[str] | None = None
    areas: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that is particular to one framework."""

    framework: Framework
    name: str
    kind: str
    front: Role
    titles: tuple[re.Pattern[str], ...]
    leads: tuple[re.Pattern[str], ...]  # how the lead inspector is named, as `name`
    closing: tuple[str, ...]
    table_heads: tuple[re.Pattern[str], ...]
    grades: Mapping[str, re.Pattern[str]]
    headings: tuple[HeadingRule, ...]
    judgements: tuple[JudgementRule, ...]
    unnumbered: Role | None = None  # the role of unnumbered paragraphs where findings are numbered
    kinds: tuple[KindRule, ...] = ()
    layouts: tuple[LayoutRule, ...] = ()

    def heading(self, text: str, under: Sequence[str] = ()) -> tuple[HeadingRule | None, str | None]:
        """What a heading means under the open headings, and the grade that stands at its end."""
        if len(text) > _LONGEST_HEADING:
            return None, None
        words = plain(text).removesuffix(" because")
        base, grade = self.split_grade(words)
        for candidate in dict.fromkeys((words, base)):
            for rule in self.headings:
                if rule.match.fullmatch(candidate) and (
                    rule.under is None or any(rule.under.fullmatch(plain(each)) for each in under)
                ):
                    return rule, grade
        return None, grade

    def split_grade(self, words: str) -> tuple[str, str | None]:
        """Part "…and protection: good" or "… are good" into the label and its grade."""
        found = [(base, grade) for grade in self.grades if (base := self._before(words, grade))]
        return min(found, key=lambda each: len(each[0]), default=(words, None))

    def _before(self, words: str, grade: str) -> str | None:
        """What stands before a grade that ends the words."""
        ending, whole = _ends_with(self.grades[grade].pattern)
        if ending.search(words, max(0, len(words) - LONGEST_GRADE)) is None:
            return None  # of nearly all words; quicker than looking for a label before it
        match = whole.fullmatch(words)
        base = match.group(1).strip(_ENDS) if match else ""
        return None if base.endswith((" not", " not yet")) else base

    def grade(self, words: str) -> str | None:
        """The grade that these words are, or None."""
        if len(words) > LONGEST_GRADE:
            return None
        text = plain(words)
        return next((grade for grade, pattern in self.grades.items() if pattern.fullmatch(text)), None)


@cache
def _ends_with(grade: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern of a grade at the end, and that of a label with it, whose words are a group."""
    label = r"(.*?)[\s:]*(?:\b(?:is|are)\b)?[\s:]*\b"
    return re.compile(rf"(?:{grade})\Z"), re.compile(rf"{label}(?:{grade})")


_LISTS: Final[Mapping[str, type]] = {
    "headings": HeadingRule,
    "judgements": JudgementRule,
    "kinds": KindRule,
    "layouts": LayoutRule,
}


def plain(text: str) -> str:
    """The form in which headings and labels are compared."""
    return _plain(text) if len(text) <= _LONGEST_HEADING else _made_plain(text)


def _made_plain(text: str) -> str:
    if not text.isascii():
        text = text.translate(_PLAIN)
    return " ".join(text.lower().split()).strip(_ENDS)


_plain = lru_cache(maxsize=1024)(_made_plain)  # each is asked for by several rules, one after another


@cache
def layouts() -> tuple[Layout, ...]:
    """Every framework shipped, in the order of the file names."""
    return load_layouts(files("ingest").joinpath("frameworks"))


def load_layouts(folder: Traversable) -> tuple[Layout, ...]:
    """Every framework of a folder of TOML files.

    Raises:
        DataFileError: unknown or missing keys, or patterns that do not compile; names them all.
    """
    faults: list[str] = []
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            layout = _load(entry, faults)
            if layout is not None:
                found.append(layout)
    if faults:
        raise DataFileError("\n".join(faults))
    return tuple(found)


def _load(entry: Traversable, faults: list[str]) -> Layout | None:
    """One framework, or None with its faults noted."""
    before = len(faults)
    try:
        table = tomllib.loads(entry.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{entry.name}: {error}")
        return None
    reader = RuleReader(entry.name, table.get("grades", {}), faults)
    name = table.get("framework", "other")
    values = reader.values(Layout, table, "") | {
        "name": name,
        "framework": name if name in get_args(Framework) else "other",
        "grades": {
            grade: reader.pattern(text, f"grades.{grade}") for grade, text in table.get("grades", {}).items()
        },
    }
    for key, kind in _LISTS.items():
        values[key] = tuple(
            reader.record(kind, row, f"{key} {number}") for number, row in enumerate(table.get(key, ()), 1)
        )
    missing = {field.name for field in fields(Layout) if field.default is MISSING} - set(values)
    if missing:
        faults.append(f"{entry.name}: lacks {', '.join(sorted(missing))}")
    return Layout(**values) if len(faults) == before else None
