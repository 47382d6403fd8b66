"""Which number do digits or number words stand for?"""

import re
from typing import Final

_UNITS: Final = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_TEENS: Final = {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SCALES: Final = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
_WORDS: Final = {**_UNITS, **_TEENS, **_TENS}
NUMBER_WORDS: Final = frozenset(_WORDS)
_SCALE: Final = r"(?:dozen|hundred|thousand|million|billion)"

_REST: Final = (  # "(one hundred) and seventeen"
    r"(?:(?<=hundred)\sand\s(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:"
    + "|".join(_UNITS)
    + r"))?|"
    + "|".join((*_TEENS, *_UNITS))
    + r")\b(?!%|\sper\scent))?"
)
# Atomic groups: "sixty-four" is never read as sixty and then something else.
# A run of more than twelve digits is no number that reports state.
DIGITS: Final = r"(?>(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12}(?!\d))(?:\.\d{1,6})?)"
WORDS: Final = (
    r"(?>(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:" + "|".join(_UNITS) + r"))?"
    r"|"
    + "|".join((*_TEENS, *_UNITS))
    + r")(?:[ -]"
    + _SCALE
    + rf"{_REST})?(?:\sand\s(?:a\s)?half)?|a\s{_SCALE}{_REST})\b"
)
NUMBER: Final = rf"(?:{DIGITS}(?:\s(?:thousand|million|billion)\b)?|{WORDS})"


def read_number(words: str) -> float:
    """Return the value of digits ("1,165", "25.4", "1.2 million") or number words ("twenty-five").

    Raises `ValueError` for anything else.
    """
    value: float | None = None
    for part in re.split(r"[\s-]+", words.casefold()):
        if part in {"and", "a", ""}:
            continue
        if part == "half":
            value = (value or 0) + 0.5
        elif part in _SCALES:
            value = (1 if value is None else value) * _SCALES[part]
        else:
            value = (value or 0) + _plain(part, words)
    if value is None:
        raise ValueError(f"'{words}' is no number")
    return value


def _plain(part: str, words: str) -> float:
    """Return the value of one word or group of digits."""
    if part in _WORDS:
        return _WORDS[part]
    if re.fullmatch(DIGITS, part):
        return float(part.replace(",", ""))
    raise ValueError(f"'{words}' is no number")
