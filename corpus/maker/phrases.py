"""How does a template become a sentence, and where in it does each figure stand?

`[a|b]` takes one of the wordings; `{name}` takes a word; `{kind:low-high}` draws a figure: `pct`, `n` (with
a noun: `{n:3-9:children}`), `outof`, `days`, `weeks`, `months`, `years`, `money` (in thousands), `share`.
`about` or `over` in front asks for an approximate figure; `=england` names what it is compared with.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Final

from corpus.maker.script import FigureTruth

_CHOICE: Final = re.compile(r"\[([^\[\]]*)\]")
_WORD: Final = re.compile(r"\{([a-z_]+(?:[+-]\d)?)\}")
_FIGURE: Final = re.compile(
    r"\{(?P<approx>about |over )?(?P<kind>[a-z]+)(?::(?P<low>\d+)-(?P<high>\d+))?"
    r"(?::(?P<noun>[^}=]*))?(?:=(?P<against>\w+))?\}"
)
_NUMERALS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_APPROX: Final = {
    "about ": (("almost", "about"), ("nearly", "about"), ("approximately", "about"), ("around", "about")),
    "over ": (("over", "over"), ("more than", "over")),
}
_SHARES: Final = (
    ("two thirds", 0.6667),
    ("three quarters", 0.75),
    ("half", 0.5),
    ("a third", 0.3333),
    ("a quarter", 0.25),
)
_BEFORE: Final = (
    ("within ", "up_to"),
    ("up to ", "up_to"),
    ("more than ", "over"),
    ("over ", "over"),
    ("as few as ", None),
)
_KINDS: Final = {
    "n": ("count", None),
    "pct": ("percent", "%"),
    "days": ("duration", "days"),
    "weeks": ("duration", "weeks"),
    "months": ("duration", "months"),
    "years": ("duration", "years"),
}


def choose(template: str, dice: Random) -> str:
    """Settle every `[a|b]`; quotation marks become typographic."""
    while match := _CHOICE.search(template):
        chosen = dice.choice(match.group(1).split("|"))
        template = template[: match.start()] + chosen + template[match.end() :]
    return template.replace("'", "’")


def fill(template: str, words: Mapping[str, str], dice: Random) -> str:
    """Settle wordings and words; figures stay slots until `place` draws them in the finished paragraph."""
    return _WORD.sub(lambda match: words[match.group(1)], choose(template, dice)) if template else ""


def place(text: str, dice: Random) -> tuple[str, tuple[FigureTruth, ...]]:
    """Draw every figure of a paragraph and say where it stands."""
    done = ""
    figures: list[FigureTruth] = []
    position = 0
    for match in _FIGURE.finditer(text):
        done += text[position : match.start()]
        position = match.end()
        words, figure = _draw(match, dice)
        approx, start = figure.approx, len(done)
        for phrase, meaning in _BEFORE:
            if approx is None and done.lower().endswith(phrase) and meaning:
                approx, start = meaning, len(done) - len(phrase)
        at_start = not done or done.rstrip().endswith((".", "?"))
        words = words[0].upper() + words[1:] if at_start else words
        figures.append(replace(figure, start=start, end=len(done) + figure.end, approx=approx))
        done += words
    return done + text[position:], tuple(figures)


def _draw(match: re.Match[str], dice: Random) -> tuple[str, FigureTruth]:
    """Return the words of one figure, and the figure with `end` as the length of its own span."""
    kind, noun = match["kind"], match["noun"]
    approx_words, approx = dice.choice(_APPROX[match["approx"]]) if match["approx"] else ("", None)
    if kind == "share":
        words, value = dice.choice(_SHARES)
        figure = FigureTruth(0, 0, "share", value, approx=approx)
    else:
        low, high = int(match["low"]), int(match["high"])
        words, figure = _quantity(kind, dice.randint(low, high), dice)
        figure = replace(figure, approx=approx, comparator=match["against"])
    words = f"{approx_words} {words}" if approx_words else words
    figure = replace(figure, end=len(words))
    return (f"{words} {noun}" if noun else words), figure


def _quantity(kind: str, value: int, dice: Random) -> tuple[str, FigureTruth]:
    """Return a number in words and as a figure."""
    if kind == "outof":
        part = max(1, round(value * dice.uniform(0.5, 0.85)))
        joiner = dice.choice(("out of", "of the"))
        return f"{part} {joiner} {value}", FigureTruth(0, 0, "ratio", part, value2=value)
    if kind == "money":
        if value >= 1000:
            return f"£{value / 1000:.1f} million", FigureTruth(
                0, 0, "money", round(value / 1000, 1) * 1e6, unit="GBP"
            )
        return f"£{value},000", FigureTruth(0, 0, "money", value * 1000, unit="GBP")
    name, unit = _KINDS[kind]
    if kind == "pct":
        return f"{value}%", FigureTruth(0, 0, name, value, unit=unit)
    words = numeral(value)
    return (f"{words} {unit}" if unit else words), FigureTruth(0, 0, name, value, unit=unit)


def numeral(value: int) -> str:
    """Return a count as the reports print it: in words below ten, with a comma from a thousand."""
    return _NUMERALS[value] if value < len(_NUMERALS) else f"{value:,}"


def lower_first(sentence: str) -> str:
    """Return the sentence with a small first letter, unless it starts with a name, slot or abbreviation."""
    first = sentence.split(" ", 1)[0].rstrip(",.")
    if not first[:1].isalpha() or first[1:] != first[1:].lower() or first in ("Ofsted", "Cafcass", "Section"):
        return sentence
    return sentence[0].lower() + sentence[1:]
