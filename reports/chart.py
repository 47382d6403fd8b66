"""What do the counts by theme look like as a picture?

An SVG of bars with plain attributes only: weaknesses (solid) and mixed (outlined) to the left, strengths
to the right, every bar with its count, so that nothing depends on colour.
"""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from reports.records import Bar

_LETTER: Final = 7.2  # the width of a letter, reckoned, in the type of the names
_SPACE: Final = 8
_ROW: Final = 18
_TOP: Final = 26
_REACH: Final = 190  # the length of the longest bar
_LEFT: Final = "Weakness (filled), mixed (outline)"
_RIGHT: Final = "Strength (filled)"
_DARK: Final = "#a8480f"
_BLUE: Final = "#12436d"
_FRAME: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
    ' aria-label="{label}" font-family="Liberation Sans, Arial, sans-serif" font-size="14"'
    ' fill="#1b1f23">{drawn}<path d="M{x} {top}V{bottom}" stroke="#1b1f23"/></svg>'
)
_TEXT: Final = Markup('<text x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>')
_BOX: Final = Markup('<rect x="{x}" y="{y}" width="{w}" height="13" fill="{fill}" stroke="{line}"/>')


def bar_chart(named: tuple[str, Sequence[Bar]]) -> Markup:
    """The chart of one column as inline SVG, as wide as its names and counts ask for."""
    name, bars = named
    axis, width = _axis_and_width(bars)
    height = _TOP + _ROW * len(bars) + 6
    drawn = [
        _TEXT.format(x=axis - 6, y=15, anchor="end", words=_LEFT),
        _TEXT.format(x=axis + 6, y=15, anchor="start", words=_RIGHT),
        *(_row(bar, axis, _TOP + _ROW * place) for place, bar in enumerate(bars)),
    ]
    return _FRAME.format(
        w=width,
        h=height,
        label=f"Bar chart of paragraphs {name}",
        drawn=Markup("").join(drawn),
        x=axis,
        top=_TOP - 4,
        bottom=height - 2,
    )


def _axis_and_width(bars: Sequence[Bar]) -> tuple[int, int]:
    """Where weaknesses end and strengths begin, so that no bar reaches into a name; and the whole width."""
    left = [
        _room(bar.name) + _room(_shortfall(bar)) + _REACH * (bar.mixed + bar.weakness) / bar.scale
        for bar in bars
    ]
    right = [_REACH * bar.strength / bar.scale + _room(str(bar.strength)) for bar in bars]
    axis = max([*left, _room(_LEFT)])
    return round(axis), round(axis + max([*right, _room(_RIGHT)]))


def _room(words: str) -> float:
    return _LETTER * len(words) + _SPACE


def _shortfall(bar: Bar) -> str:
    """The counts beside a bar to the left."""
    mixed = f"{bar.mixed} mixed" if bar.mixed else ""
    return " + ".join(part for part in (mixed, str(bar.weakness or "")) if part)


def _row(bar: Bar, axis: int, top: int) -> Markup:
    unit = _REACH / bar.scale
    strong, mixed, weak = (round(count * unit, 1) for count in (bar.strength, bar.mixed, bar.weakness))
    drawn = [_TEXT.format(x=0, y=top + 12, anchor="start", words=bar.name)]
    for start, width, fill, line in (
        (axis - weak, weak, _DARK, _DARK),
        (axis - weak - mixed, mixed, "#ffffff", _DARK),
        (axis, strong, _BLUE, _BLUE),
    ):
        if width:
            drawn.append(_BOX.format(x=round(start, 1), y=top + 1, w=width, fill=fill, line=line))
    if words := _shortfall(bar):
        x = round(axis - weak - mixed - 5, 1)
        drawn.append(_TEXT.format(x=x, y=top + 12, anchor="end", words=words))
    if bar.strength:
        x = round(axis + strong + 5, 1)
        drawn.append(_TEXT.format(x=x, y=top + 12, anchor="start", words=bar.strength))
    return Markup("").join(drawn)
