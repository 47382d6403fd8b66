"""Which local authority is meant by a name, a code or a printed title?

The register holds the authorities of England with responsibilities for children's services, the abolished
ones that older reports name, and the invented ones of the bundled samples. Facts from public registers;
statistical neighbours are the recent ten, closest first, and are not symmetric.
"""

import csv
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from corpus.errors import DataFileError, UnknownAuthorityError

_FORMS: Final = re.compile(
    r"\b(?:the|city of|royal borough of|london borough of|metropolitan borough of|borough of|county of"
    r"|council of the|metropolitan district|metropolitan borough|borough|metropolitan|mbc|county council"
    r"|city council|district council|council|corporation|local authority|unitary authority|city of$)\b"
)


@dataclass(frozen=True, slots=True)
class Authority:
    """One local authority; `neighbours` are the `la_code`s of its statistical neighbours, closest first."""

    la_code: str
    gss_code: str | None
    urn: str | None
    name: str
    also_known_as: tuple[str, ...]
    type: str | None
    region: str | None
    population_0_25: int | None
    neighbours: tuple[str, ...]
    former_gss_codes: tuple[str, ...] = ()
    abolished: str | None = None  # ISO date from which it no longer exists
    sample: bool = False  # invented, for the bundled reports

    @property
    def current(self) -> bool:
        """Whether it is one of the authorities that exist today."""
        return self.abolished is None and not self.sample


class Register:
    """All authorities, found by code, name, alias or the form that a report prints."""

    def __init__(self, authorities: Iterable[Authority]) -> None:
        self._by_code = {authority.la_code: authority for authority in authorities}
        self._by_name = _names(self._by_code.values())
        self._other_codes = {
            code: authority
            for authority in self._by_code.values()
            for code in (authority.gss_code, authority.urn, *authority.former_gss_codes)
            if code
        }
        longest_first = sorted(self._by_name, key=lambda name: (-len(name), name))
        self._printed = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")

    def __iter__(self) -> Iterator[Authority]:
        return iter(self._by_code.values())

    def get(self, la_code: str) -> Authority | None:
        """The authority with this code, or None."""
        return self._by_code.get(la_code)

    def find(self, asked: str) -> Authority:
        """The one authority meant by a code, name, alias or part of a name.

        Raises:
            UnknownAuthorityError: nothing fits, or more than one does; carries suggestions.
        """
        text = asked.strip()
        found = (
            self._by_code.get(text.upper()) or self._other_codes.get(text) or self._by_name.get(_key(text))
        )
        if found is None:
            partial = self._containing(_key(text))
            if len(partial) != 1:
                raise UnknownAuthorityError(asked, self._suggest(_key(text), partial))
            found = partial[0]
        return found

    def resolve_printed(self, printed: str) -> Authority | None:
        """The authority that a report's title names, or None where the words do not decide."""
        found = self._by_name.get(_key(printed))
        if found is not None:
            return found
        names = self._printed.findall(_plain(printed))
        named = {authority.la_code: authority for authority in map(self._by_name.__getitem__, names)}
        if len(named) > 1:  # a trust may bear the name of a council that is no more
            named = {code: authority for code, authority in named.items() if authority.abolished is None}
        return next(iter(named.values())) if len(named) == 1 else None

    def _containing(self, key: str) -> list[Authority]:
        """Authorities whose name contains the words, each once, in order of code."""
        if not key:
            return []
        hits = {a.la_code: a for name, a in self._by_name.items() if re.search(rf"\b{re.escape(key)}", name)}
        return [hits[code] for code in sorted(hits)]

    def _suggest(self, key: str, partial: list[Authority]) -> tuple[str, ...]:
        """Up to three names nearest to what was asked."""
        if partial:
            return tuple(authority.name for authority in partial[:3])
        near = difflib.get_close_matches(key, self._by_name, n=3, cutoff=0.6)
        return tuple(dict.fromkeys(self._by_name[name].name for name in near))


@cache
def register() -> Register:
    """The register as shipped, the invented authorities of the bundled samples included."""
    room = files("corpus")
    aliases: dict[str, list[str]] = {}
    for row in _rows(room.joinpath("aliases.csv").read_text("utf-8")):
        aliases.setdefault(row["la_code"], []).append(row["alias"])
    real = list(_authorities(room.joinpath("authorities.csv").read_text("utf-8"), aliases, sample=False))
    samples = room.joinpath("maker").joinpath("authorities.csv")
    invented = list(_authorities(samples.read_text("utf-8"), {}, sample=True)) if samples.is_file() else []
    unknown = sorted(set(aliases) - {authority.la_code for authority in real})
    if unknown:
        raise DataFileError(f"aliases.csv names codes that the register does not hold: {', '.join(unknown)}")
    return Register(real + invented)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def _authorities(text: str, aliases: Mapping[str, list[str]], *, sample: bool) -> Iterable[Authority]:
    for row in _rows(text):
        yield Authority(
            la_code=row["la_code"],
            gss_code=row["gss_code"] or None,
            urn=row["urn"] or None,
            name=row["name"],
            also_known_as=tuple(aliases.get(row["la_code"], ())),
            type=row["type"] or None,
            region=row["region"] or None,
            population_0_25=int(row["population_0_25"]) if row["population_0_25"] else None,
            neighbours=tuple(row["statistical_neighbours"].split()),
            former_gss_codes=tuple(row.get("former_gss_codes", "").split()),
            abolished=row.get("abolished") or None,
            sample=sample,
        )


def _names(authorities: Iterable[Authority]) -> dict[str, Authority]:
    """Every normalised name and alias; two authorities with one name are a fault of the data."""
    names: dict[str, Authority] = {}
    for authority in authorities:
        for name in (authority.name, *authority.also_known_as):
            key = _key(name)
            if names.setdefault(key, authority) is not authority:
                raise DataFileError(
                    f"Two authorities are called '{name}': {names[key].la_code}, {authority.la_code}"
                )
    return names


def _plain(text: str) -> str:
    """Lower case, plain punctuation and 'and' for '&', so that printed variants compare equal."""
    text = text.lower().replace("&", " and ")
    return re.sub(r"\s+", " ", re.sub(r"[^a-z0-9' ]+", " ", text.replace("’", "'"))).strip()


def _key(text: str) -> str:
    """The name without the form of government: 'The Royal Borough of Greenwich' -> 'greenwich'."""
    key = re.sub(r"\s+", " ", _FORMS.sub(" ", _plain(text))).strip()
    # What is left of "City of London" would be the name of the region.
    return _plain(text) if key in {"", "london", "of london"} else key
