"""How does a table of a framework's file become a record, with every fault named by its place?"""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

_PATTERNS: Final = {
    "match",
    "under",
    "label",
    "sentence",
    "title",
    "heading",
    "titles",
    "leads",
    "table_heads",
}


class RuleReader:
    """Turns tables into records and gathers every fault with its place."""

    def __init__(self, name: str, grades: Mapping[str, str], faults: list[str]) -> None:
        self._name = name
        self._grade = f"(?P<grade>{'|'.join(grades.values())})"
        self._faults = faults

    def record(self, kind: type, row: Mapping[str, Any], place: str) -> Any:
        """One rule from its table, or None where it has a fault."""
        values = self.values(kind, row, place)
        try:
            return kind(**values)
        except TypeError as error:
            self._faults.append(f"{self._name}, {place}: {error}")
            return None

    def values(self, kind: type, row: Mapping[str, Any], place: str) -> dict[str, Any]:
        """The fields of a record: patterns compiled, lists made tuples, unknown keys refused."""
        known = {field.name for field in fields(kind)}
        for key in sorted(set(row) - known):
            self._faults.append(f"{self._name}{place and ', '}{place}: unknown key '{key}'")
        return {key: self._value(key, row[key], place) for key in row if key in known}

    def _value(self, key: str, value: Any, place: str) -> Any:
        if isinstance(value, list):
            return tuple(self.pattern(item, place or key) if key in _PATTERNS else item for item in value)
        return self.pattern(value, place or key) if key in _PATTERNS else value

    def pattern(self, text: str, place: str) -> re.Pattern[str]:
        """A compiled pattern; `{grade}` in it stands for any grade of the framework."""
        try:
            return re.compile(text.replace("{grade}", self._grade), re.IGNORECASE)
        except re.error as error:
            self._faults.append(f"{self._name}, {place}: {error}")
            return re.compile("")
