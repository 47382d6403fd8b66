"""Which outcomes, enablers and principles of the national framework does a paragraph name in brackets?"""

import re
from typing import Final

_BRACKET: Final = re.compile(r"\(([^()]*)\)")
_REFERENCE: Final = re.compile(
    r"\b(outcome|enabler|principle)s?:?\s+((?:\d|one|two|three|four|five|six)(?:\s*(?:,|and|&)\s*(?:\d|one|two|three|four|five|six))*)",
    re.IGNORECASE,
)
_NUMBERS: Final = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}


def find_tags(text: str) -> tuple[str, ...]:
    """References to the national framework in brackets: "(outcome 3, national framework)" -> "outcome_3"."""
    tags: list[str] = []
    for bracket in _BRACKET.findall(text):
        for kind, numbers in _REFERENCE.findall(bracket):
            for word in re.findall(r"\d|[a-z]+", numbers.lower()):
                number = _NUMBERS.get(word, word)
                if number.isdigit():
                    tags.append(f"{kind.lower()}_{number}")
    return tuple(dict.fromkeys(tags))
