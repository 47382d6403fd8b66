"""What does the publisher's site look like, and how do we behave there?"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from corpus.errors import DataFileError

DESCRIPTION: Final = Path(__file__).parent / "site.toml"
OTHER: Final = "other"  # the kind of a publication whose label fits none of the kinds
_KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset({"base", "file_hosts", "title", "missing", "manners", "search", "provider", "kind"}),
    "manners": frozenset(
        ["pause_s", "tries", "first_wait_s", "longest_wait_s"]
        + ["page_limit_s", "page_limit_mb", "file_limit_s", "file_limit_mb"]
    ),
    "search": frozenset({"address", "provider", "fewest"}),
    "provider": frozenset(
        ["address", "link_class", "label_class", "label", "file", "earliest"]
        + ["most_empty", "most_odd", "most_gone"]
    ),
}
_GROUPS: Final = {
    ("search", "provider"): {"urn"},
    ("provider", "label"): {"type", "day"},
    ("provider", "file"): {"id"},
}


@dataclass(frozen=True, slots=True)
class Manners:
    """How often, how long and how much we ask."""

    pause_s: float
    tries: int
    first_wait_s: float
    longest_wait_s: float
    page_limit_s: float
    page_limit_mb: int
    file_limit_s: float
    file_limit_mb: int


@dataclass(frozen=True, slots=True)
class Search:
    """The pages that list providers; `address` has a place for `{start}`."""

    address: str
    provider: re.Pattern[str]
    fewest: int


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """The page that lists one provider's reports; `address` has a place for `{urn}`."""

    address: str
    link_class: str
    label_class: str
    label: re.Pattern[str]
    file: re.Pattern[str]
    earliest: date
    most_empty: float
    most_odd: float
    most_gone: float


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of publication, by the words of its label."""

    id: str
    match: re.Pattern[str]


@dataclass(frozen=True)
class Site:
    """One description of the site, checked when it was read."""

    base: str
    file_hosts: tuple[str, ...]
    title: re.Pattern[str]
    missing: re.Pattern[str]
    manners: Manners
    search: Search
    provider: ProviderPage
    kinds: tuple[Kind, ...]

    @cached_property
    def kind_ids(self) -> tuple[str, ...]:
        """The kinds that may be asked for; publications of no known kind come last."""
        return (*(kind.id for kind in self.kinds), OTHER)

    def kind_of(self, label: str) -> str:
        """The kind that a label names."""
        words = label.lower()
        return next((kind.id for kind in self.kinds if kind.match.search(words)), OTHER)


def load_site(path: Path | None = None) -> Site:
    """The description that comes along, or one of the user's own.

    Raises:
        DataFileError: it does not hold together; every fault is named.
    """
    source = path or DESCRIPTION
    try:
        data = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(f"The description of the site '{source}' cannot be read: {error}.") from error
    faults = [*_unknown(data), *_broken(data)]
    if faults:
        raise DataFileError(f"The description of the site '{source}' has faults: {'; '.join(faults)}.")
    return _site(data)


def _unknown(data: Mapping[str, Any]) -> list[str]:
    """Entries that are missing, or that nothing reads."""
    faults = []
    for table, known in _KNOWN.items():
        given = data if table == "" else data.get(table, {})
        where = f"{table}." if table else ""
        faults += [f"{where}{key} is missing" for key in sorted(known - set(given))]
        faults += [f"nothing reads {where}{key}" for key in sorted(set(given) - known)]
    return faults


def _broken(data: Mapping[str, Any]) -> list[str]:
    """Patterns that are none or lack a group, and kinds that miss their own examples."""
    faults: list[str] = []
    for (table, key), groups in _GROUPS.items():
        pattern = _compiled(data.get(table, {}).get(key, ""), f"{table}.{key}", faults)
        missing = groups - set(pattern.groupindex) if pattern else set()
        faults += [f"{table}.{key} has no group '{name}'" for name in sorted(missing)]
    for place, kind in enumerate(data.get("kind", ()), 1):
        if set(kind) != {"id", "match", "examples"}:
            faults.append(f"kind {place} needs id, match and examples")
        elif pattern := _compiled(kind["match"], f"kind {place}, match", faults):
            unmet = [text for text in kind["examples"] if not pattern.search(text.lower())]
            faults += [f"kind {place} does not match its example '{text}'" for text in unmet]
    if type(data.get("provider", {}).get("earliest", date.min)) is not date:
        faults.append("provider.earliest is no date like 1992-09-01")
    _compiled(data.get("title", ""), "title", faults)
    _compiled(data.get("missing", ""), "missing", faults)
    return faults


def _compiled(text: str, where: str, faults: list[str]) -> re.Pattern[str] | None:
    try:
        return re.compile(text)
    except re.error as error:
        faults.append(f"{where} is no pattern ({error})")
        return None


def _site(data: Mapping[str, Any]) -> Site:
    search, provider = dict(data["search"]), dict(data["provider"])
    search["provider"] = re.compile(search["provider"])
    provider |= {key: re.compile(provider[key], re.IGNORECASE) for key in ("label", "file")}
    return Site(
        base=data["base"].rstrip("/"),
        file_hosts=tuple(data["file_hosts"]),
        title=re.compile(data["title"]),
        missing=re.compile(data["missing"]),
        manners=Manners(**data["manners"]),
        search=Search(**search),
        provider=ProviderPage(**provider),
        kinds=tuple(Kind(kind["id"], re.compile(kind["match"])) for kind in data["kind"]),
    )
