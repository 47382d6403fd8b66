"""Which entities do we know by name, and in which forms are they written?"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Any, Final

from corpus.authorities import Authority, register
from corpus.errors import DataFileError
from corpus.model import Entity
from extract.mentions import slug
from extract.whole import reading

LABELS: Final = (
    "local_authority",
    "organisation",
    "role",
    "legislation",
    "panel",
    "practice_model",
    "plan",
    "group",
    "place",
    "person",
)
_KEYS: Final = {"id", "label", "name", "variants", "exact", "inside", "example"}
_LISTS: Final = {  # a list of proper names, and the label of what they name
    "police_forces.csv": "organisation",
    "adoption_agencies.csv": "organisation",
    "trusts.csv": "organisation",
    "places.csv": "place",
}
_AGES: Final = (  # who may stand for children in the name of a group
    (re.compile(r"(?<![-\w])children(?!['’-])"), ("young people", "children and young people")),
    (re.compile(r"^child(?![-\w'’])|(?<![-\w])child$"), ("young person",)),
)
_COUNCILS: Final = (
    "{}",
    "{} City",
    "{} Council",
    "{} City Council",
    "{} County Council",
    "{} Borough Council",
    "{} District Council",
    "{} Metropolitan Borough Council",
    "{} Metropolitan District Council",
    "{} Metropolitan Borough",
    "{} Metropolitan Council",
    "{} London Borough",
    "{} London Borough Council",
    "{} Unitary Authority",
    "{} MBC",
    "City of {}",
    "City of {} Council",
    "City of {} Metropolitan District Council",
    "London Borough of {}",
    "London Borough {}",
    "London Borough of {} Council",
    "Royal Borough of {}",
    "Royal Borough of {} Council",
    "Metropolitan Borough of {}",
    "Borough of {}",
    "Borough Council of {}",
    "County of {}",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity with the forms in which it is written.

    `variants` match in any case; `exact` only as written; `inside` only as written and not as the first word
    of a sentence, where every word has a capital.
    """

    entity: Entity
    variants: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    example: str | None = None


@cache
def load_gazetteer() -> tuple[Entry, ...]:
    """Return every entry that is shipped, checked whole.

    Raises:
        DataFileError: names each fault with its file and line.
    """
    room = files("extract").joinpath("gazetteers")
    faults: list[str] = []
    entries: list[Entry] = []
    for path in sorted(room.iterdir(), key=lambda path: path.name):
        with reading(path.name):
            if path.name.endswith(".jsonl"):
                entries += read_entries(path, faults)
            elif path.name in _LISTS:
                entries += _read_names(path, _LISTS[path.name])
    entries += _authorities(frozenset(read_column(room.joinpath("ordinary_words.csv"))))
    faults += duplicates(entries)
    if faults:
        raise DataFileError("The gazetteers do not hold together: " + "; ".join(faults))
    return tuple(entries)


def read_entries(path: Traversable, faults: list[str]) -> Iterator[Entry]:
    """Yield the entries of one JSONL file; what is wrong with a line is added to `faults`."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        where = f"{path.name} line {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            faults.append(f"{where}: not JSON ({error.msg})")
            continue
        found = list(_faults(row)) if isinstance(row, dict) else ["not an object"]
        faults += [f"{where}: {fault}" for fault in found]
        if not found:
            yield Entry(
                Entity(row["id"], row["label"], row["name"]),
                variants=tuple(_of_all_ages(row) if row["label"] == "group" else row.get("variants", ())),
                exact=tuple(row.get("exact", ())),
                inside=tuple(row.get("inside", ())),
                example=row["example"],
            )


def _of_all_ages(row: Mapping[str, Any]) -> Iterable[str]:
    """Return the variants, each that speaks of children also with the words for older ones."""
    forms = row.get("variants", ())
    older = (
        pattern.sub(words, form, count=1)
        for form in forms
        if "young" not in form
        for pattern, several in _AGES
        if pattern.search(form)
        for words in several
    )
    return dict.fromkeys((*forms, *older))


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one line of a gazetteer."""
    if unknown := set(row) - _KEYS:
        yield f"unknown keys {', '.join(sorted(unknown))}"
    for key in ("id", "label", "name", "example"):
        if not isinstance(row.get(key), str) or not row[key]:
            yield f"'{key}' is missing"
            return
    if row["label"] not in LABELS or not row["id"].startswith(f"{row['label']}:"):
        yield f"id '{row['id']}' does not begin with one of our labels"
    forms = [row.get(key, []) for key in ("variants", "exact", "inside")]
    if not all(isinstance(kind, list) and all(isinstance(form, str) for form in kind) for kind in forms):
        yield "variants, exact and inside are lists of words"
    elif not any(forms):
        yield "no variant"
    elif not all(any(map(str.isalnum, form)) for form in chain.from_iterable(forms)):
        yield "a form without a letter or a digit"


def duplicates(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield every id that is given twice and every form that is claimed by two entities."""
    owners: dict[str, str] = {}
    ids: set[str] = set()
    for entry in entries:
        if entry.entity.id in ids:
            yield f"id '{entry.entity.id}' stands twice"
        ids.add(entry.entity.id)
        for form in chain((form.lower() for form in entry.variants), entry.exact, entry.inside):
            if form in owners:
                yield f"'{form}' is claimed by {owners[form]} and {entry.entity.id}"
            owners[form] = entry.entity.id


def read_column(path: Traversable) -> tuple[str, ...]:
    """Return the first column of a list, without its heading."""
    with reading(path.name):
        return tuple(line.split(",")[0] for line in path.read_text("utf-8").splitlines()[1:])


def _read_names(path: Traversable, label: str) -> Iterator[Entry]:
    """Yield an entry for each proper name of a list."""
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        forms = (row["name"], *filter(None, row["also"].split(";")))
        yield Entry(Entity(f"{label}:{slug(row['name'])}", label, row["name"]), exact=forms)


def _authorities(ordinary: frozenset[str]) -> Iterator[Entry]:
    """Yield an entry for each local authority with the forms in which reports print its name.

    A name that is also a word ("Reading") does not count as the first word of a sentence. Where an alias of
    one is the name of another, the name counts.
    """
    authorities = tuple(register())
    claimed = {_plain(authority.name) for authority in authorities}
    for authority in authorities:
        others = claimed - {_plain(authority.name)}
        names = [name for name in _spellings(authority) if _plain(name) not in others]
        forms = dict.fromkeys(form.format(name) for name in names for form in _COUNCILS)
        forms = {form: None for form in forms if _plain(form) not in others}
        claimed.update(map(_plain, forms))
        yield Entry(
            Entity(f"la:{authority.la_code}", "local_authority", authority.name),
            exact=tuple(form for form in forms if form not in ordinary),
            inside=tuple(form for form in forms if form in ordinary),
        )


def _spellings(authority: Authority) -> Iterator[str]:
    """Yield the name and the aliases, with "and" as well as "&"."""
    for name in (authority.name, *authority.also_known_as):
        yield name
        if " and " in name:
            yield name.replace(" and ", " & ")


def _plain(name: str) -> str:
    return name.replace("&", "and")


def written(entry: Entry, form: str) -> Iterator[str]:
    """Yield a form of the entry as given and as printed elsewhere; proper names have no plural."""
    yield from spellings(form)
    if entry.example is not None and (several := plural(form)) != form:
        yield from spellings(several)


def spellings(form: str) -> Iterator[str]:
    """Yield the form as given, without hyphens, and with a curly apostrophe."""
    for hyphen in dict.fromkeys((form, form.replace("-", " "))):
        yield hyphen
        if "'" in hyphen:
            yield hyphen.replace("'", "’")


def plural(written: str) -> str:
    """Return the form with its last word in the plural, unless it is one: "care plan" -> "care plans"."""
    if not written[-1:].isalpha() or written.endswith("s"):
        return written
    if re.search(r"[^aeiou]y$", written):
        return written[:-1] + "ies"
    return written + ("es" if re.search(r"(?:[sxz]|[cs]h)$", written) else "s")
