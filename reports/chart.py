"""What do the counts by theme look like as a picture?

An SVG of bars with plain attributes only: weaknesses (solid) and mixed (outlined) to the left, strengths
to the right, every bar with its count, so that nothing depends on colour.
"""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from reports.records import Bar

WIDTH: Final = 720
_ROW: Final = 18
_TOP: Final = 26
_AXIS: Final = 470  # where weaknesses end and strengths begin
_REACH: Final = 165  # the length of the longest bar
_DARK: Final = "#a8480f"
_BLUE: Final = "#12436d"
_FRAME: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img"'
    ' aria-label="{label}" font-family="Liberation Sans, Arial, sans-serif" font-size="12.5"'
    ' fill="#1b1f23">{drawn}<path d="M{x} {top}V{bottom}" stroke="#1b1f23"/></svg>'
)
_TEXT: Final = Markup('<text x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>')
_BOX: Final = Markup('<rect x="{x}" y="{y}" width="{w}" height="12" fill="{fill}" stroke="{line}"/>')


def bar_chart(named: tuple[str, Sequence[Bar]]) -> Markup:
    """The chart of one column as inline SVG."""
    name, bars = named
    height = _TOP + _ROW * len(bars) + 6
    drawn = [
        _TEXT.format(x=_AXIS - 6, y=15, anchor="end", words="Weakness (filled), mixed (outline)"),
        _TEXT.format(x=_AXIS + 6, y=15, anchor="start", words="Strength (filled)"),
        *(_row(bar, _TOP + _ROW * place) for place, bar in enumerate(bars)),
    ]
    return _FRAME.format(
        w=WIDTH,
        h=height,
        label=f"Bar chart of paragraphs by theme, {name}",
        drawn=Markup("").join(drawn),
        x=_AXIS,
        top=_TOP - 4,
        bottom=height - 2,
    )


def _row(bar: Bar, top: int) -> Markup:
    unit = _REACH / bar.scale
    strong, mixed, weak = (round(count * unit, 1) for count in (bar.strength, bar.mixed, bar.weakness))
    drawn = [_TEXT.format(x=0, y=top + 11, anchor="start", words=bar.name)]
    for start, width, fill, line in (
        (_AXIS - weak, weak, _DARK, _DARK),
        (_AXIS - weak - mixed, mixed, "#ffffff", _DARK),
        (_AXIS, strong, _BLUE, _BLUE),
    ):
        if width:
            drawn.append(_BOX.format(x=round(start, 1), y=top + 1, w=width, fill=fill, line=line))
    if bar.weakness or bar.mixed:
        mixed_words = f"{bar.mixed} mixed" if bar.mixed else ""
        words = " + ".join(part for part in (mixed_words, str(bar.weakness or "")) if part)
        drawn.append(
            _TEXT.format(x=round(_AXIS - weak - mixed - 5, 1), y=top + 11, anchor="end", words=words)
        )
    if bar.strength:
        drawn.append(
            _TEXT.format(x=round(_AXIS + strong + 5, 1), y=top + 11, anchor="start", words=bar.strength)
        )
    return Markup("").join(drawn)
