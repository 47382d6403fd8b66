"""What themes are there, what does each hold, and by which words is it known?

The codebook is data: `codebook.toml` beside this module, or a researcher's own file of the same form. A file
is checked whole; the error names every fault with its place.
"""

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from corpus.errors import CodebookError
from corpus.model import VALENCES, Valence

_TOP: Final = {"title", "version", "unit", "theme_rule", "rules", "valence", "theme"}
_TEXTS: Final = ("title", "unit", "theme_rule")
_VALENCE_KEYS: Final = {"holds", "cues", "examples"}
_THEME_KEYS: Final = {"id", "name", "holds", "leaves", "cues", "examples", "counter_examples"}
_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
_CUE: Final = re.compile(r"[a-z0-9&'’/,.-]+\*?(?: [a-z0-9&'’/,.-]+\*?)*")


@dataclass(frozen=True, slots=True)
class CounterExample:
    """A sentence that belongs to another theme than the one it stands under."""

    text: str
    theme: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: what it holds, what it leaves to others, and the words it is known by."""

    id: str
    name: str
    holds: str
    leaves: str | None
    cues: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[CounterExample, ...]


@dataclass(frozen=True, slots=True)
class ValenceEntry:
    """One valence: when it is given, and words that speak for it."""

    id: Valence
    holds: str
    cues: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Codebook:
    """The themes in canonical order, the valences, and the rules that settle doubts."""

    title: str
    version: int
    unit: str
    theme_rule: str
    rules: tuple[str, ...]
    valences: tuple[ValenceEntry, ...]
    themes: tuple[Theme, ...]

    @cached_property
    def hash(self) -> str:
        """The first 16 hex digits of the SHA-256 of everything the codebook says."""
        content = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @property
    def theme_ids(self) -> tuple[str, ...]:
        """The ids of the themes in canonical order."""
        return tuple(theme.id for theme in self.themes)

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id.

        Raises:
            KeyError: there is none.
        """
        return {theme.id: theme for theme in self.themes}[theme_id]


def load_codebook(path: Path | None = None) -> Codebook:
    """Return the codebook in a file, or ours.

    Raises:
        CodebookError: the file cannot be read or does not hold together; every fault is named.
    """
    source = path or files("corpus") / "codebook.toml"
    try:
        data = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(f"{source}: cannot be read as a codebook: {error}") from error
    faults = tuple(_faults(data))
    if faults:
        raise CodebookError(f"{source}: " + "; ".join(faults))
    return _build(data)


def render_markdown(codebook: Codebook) -> str:
    """Return the codebook as a document for people."""
    lines = [f"# {codebook.title}", "", codebook.unit, "", "## Valence"]
    for valence in codebook.valences:
        lines += ["", f"**{valence.id}**: {valence.holds}", *_quoted(valence.examples)]
    lines += ["", "Rules that settle most doubts:", ""]
    lines += [f"{number}. {rule}" for number, rule in enumerate(codebook.rules, 1)]
    lines += ["", "## Themes", "", codebook.theme_rule]
    for position, theme in enumerate(codebook.themes, 1):
        lines += ["", f"### {position}. {theme.name} (`{theme.id}`)", "", f"Holds: {theme.holds}."]
        lines += [f"\nLeaves to others: {theme.leaves}."] if theme.leaves else []
        lines += ["\nFor example:", *_quoted(theme.examples)] if theme.examples else []
        lines += [f"\nBut `{other.theme}`:\n\n> {other.text}" for other in theme.counter_examples]
        lines += ["", "Cues: " + ", ".join(theme.cues) + "."]
    return "\n".join(lines) + f"\n\nVersion {codebook.version}, hash `{codebook.hash}`.\n"


def _quoted(examples: tuple[str, ...]) -> list[str]:
    """Return each example as a quotation of its own."""
    return [line for example in examples for line in ("", f"> {example}")]


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield everything that keeps these data from being a codebook."""
    yield from _key_faults("the file", data, _TOP, required={"theme"})
    yield from (f"{key}: must be words" for key in _TEXTS if not isinstance(data.get(key, ""), str))
    if not isinstance(data.get("version", 1), int):
        yield "version: must be a whole number"
    if not _is_words(data.get("rules", [])):
        yield "rules: must be a list of words"
    valences = data.get("valence", {})
    if isinstance(valences, dict):
        for name, entry in valences.items():
            if name not in VALENCES:
                yield f"valence {name}: the valences are {', '.join(VALENCES)}"
            yield from _entry_faults(f"valence {name}", entry, _VALENCE_KEYS, required={"holds"})
    else:
        yield "valence: must be tables"
    themes = data.get("theme", [])
    if not isinstance(themes, list) or not all(isinstance(theme, dict) for theme in themes):
        yield "theme: must be a list of tables [[theme]]"
        return
    ids = [str(theme.get("id")) for theme in themes]
    yield from (f"theme id '{name}' stands {n} times" for name, n in Counter(ids).items() if n > 1)
    for number, theme in enumerate(themes, 1):
        yield from _theme_faults(f"theme {number}", theme, frozenset(ids))


def _theme_faults(place: str, theme: Mapping[str, Any], ids: frozenset[str]) -> Iterator[str]:
    """Yield the faults of one theme."""
    yield from _entry_faults(place, theme, _THEME_KEYS, required={"id", "name", "holds", "cues"})
    if not _ID.fullmatch(str(theme.get("id", ""))):
        yield f"{place}: id must be lower-case letters, digits and _"
    for number, other in enumerate(theme.get("counter_examples", ()), 1):
        here = f"{place}, counter-example {number}"
        if not isinstance(other, dict) or set(other) != {"text", "theme"}:
            yield f"{here}: must be {{ text, theme }}"
        elif other["theme"] not in ids or other["theme"] == theme.get("id"):
            yield f"{here}: '{other['theme']}' is not another theme of this codebook"


def _entry_faults(place: str, entry: Any, known: set[str], *, required: set[str]) -> Iterator[str]:
    """Yield the faults that a theme and a valence can share."""
    if not isinstance(entry, dict):
        yield f"{place}: must be a table"
        return
    yield from _key_faults(place, entry, known, required=required)
    for key in ("id", "name", "holds", "leaves"):
        if key in entry and (not isinstance(entry[key], str) or not entry[key].strip()):
            yield f"{place}: {key} must be words"
    for key in ("cues", "examples"):
        if not _is_words(entry.get(key, [])):
            yield f"{place}: {key} must be a list of words"
            return
    cues: list[str] = entry.get("cues", [])
    yield from (
        f"{place}, cue {cues.index(cue) + 1}: '{cue}' stands {n} times"
        for cue, n in Counter(cues).items()
        if n > 1
    )
    for number, cue in enumerate(cues, 1):
        if not _CUE.fullmatch(cue):
            yield f"{place}, cue {number}: '{cue}' must be lower-case words, with * only at the end of a word"


def _key_faults(
    place: str, table: Mapping[str, Any], known: set[str], *, required: set[str]
) -> Iterator[str]:
    """Yield unknown and missing keys."""
    yield from (f"{place}: unknown key '{key}'" for key in sorted(set(table) - known))
    yield from (f"{place}: '{key}' is missing" for key in sorted(required - set(table)))


def _is_words(value: Any) -> bool:
    """Whether this is a list of non-empty strings."""
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _build(data: Mapping[str, Any]) -> Codebook:
    """Return the codebook of data without fault."""
    valences = data.get("valence", {})
    return Codebook(
        title=data.get("title", "Codebook"),
        version=data.get("version", 1),
        unit=data.get("unit", "").strip(),
        theme_rule=data.get("theme_rule", "").strip(),
        rules=tuple(data.get("rules", ())),
        valences=tuple(_valence(name, valences[name]) for name in VALENCES if name in valences),
        themes=tuple(_theme(theme) for theme in data["theme"]),
    )


def _valence(name: Valence, entry: Mapping[str, Any]) -> ValenceEntry:
    """Return one valence of data without fault."""
    return ValenceEntry(name, entry["holds"], tuple(entry.get("cues", ())), tuple(entry.get("examples", ())))


def _theme(theme: Mapping[str, Any]) -> Theme:
    """Return one theme of data without fault."""
    return Theme(
        id=theme["id"],
        name=theme["name"],
        holds=theme["holds"],
        leaves=theme.get("leaves"),
        cues=tuple(theme["cues"]),
        examples=tuple(theme.get("examples", ())),
        counter_examples=tuple(CounterExample(**other) for other in theme.get("counter_examples", ())),
    )
