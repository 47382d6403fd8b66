"""How do agreement and disagreements of coders read on a terminal?"""

from collections.abc import Sequence
from datetime import date

from ofsight.review.agreement import Agreement, Disagreement, Measure, Words
from ofsight.terminal import clean, paint, wrap
from reports.wording import long_date

_INDENT = "    "
_CAUTION = (
    "People see first what the program was least sure of: how far they agree with it there is no measure of"
    " its accuracy. For that, see: ofsight evaluate --help"
)


def agreement_text(found: Sequence[Agreement], differ: Sequence[Disagreement]) -> str:
    """How far every two coders agree, then every paragraph on which they do not."""
    if not found:
        return "Nobody has coded a paragraph yet. Begin with: ofsight review"
    legend = "In brackets 95 % intervals, where both coded at least 10 paragraphs."
    parts = [*map(_pair, found), wrap(legend), wrap(_CAUTION), _count(differ), *map(_difference, differ)]
    return "\n\n".join(parts)


def _pair(one: Agreement) -> str:
    """What two coders have in common, a line for each measure."""
    measures = (
        ("same valence", one.same_valence),
        ("kappa of the valence", one.valence_kappa),
        ("same primary theme", one.same_primary_theme),
        ("F1 of themes", one.theme_f1),
        ("F1 of themes with valence", one.pair_f1),
    )
    size = max(len(name) for name, _ in measures)
    both = "1 paragraph" if one.paragraphs == 1 else f"{one.paragraphs:,} paragraphs"
    first = paint(clean(f"{one.first} and {one.second}: {both}, {one.blind:,} of them blind"), "bold")
    return "\n".join([first, *(f"{_INDENT}{name:<{size}}  {_measure(value)}" for name, value in measures)])


def _measure(measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return f"{measure.value:.2f}"
    return f"{measure.value:.2f} ({measure.low:.2f} to {measure.high:.2f})"


def _count(differ: Sequence[Disagreement]) -> str:
    open_still = sum(one.resolved is None for one in differ)
    paragraphs = "1 paragraph" if len(differ) == 1 else f"{len(differ):,} paragraphs"
    return f"Coders differ on {paragraphs}; {open_still:,} to be resolved."


def _difference(one: Disagreement) -> str:
    day = long_date(date.fromisoformat(one.inspected_to)) if one.inspected_to else "date not read"
    number = f"paragraph {one.number}" if one.number else "unnumbered passage"
    page = f", page {one.page}" if one.page else ""
    place = f"{one.authority or 'unknown authority'}, {day}, {number}{page} ({one.paragraph_id})"
    lines = [paint(clean(place), "bold"), wrap(one.text, _INDENT)]
    lines += [wrap(f"{coder}: {_words(words)}", _INDENT) for coder, words in one.said]
    if one.resolved:
        lines.append(wrap(f"resolved by {one.resolved_by}: {_words(one.resolved)}", _INDENT))
    return "\n".join(lines)


def _words(words: Words) -> str:
    valence, themes = words
    return f"{valence} ({'; '.join(f'{theme} {side}' for theme, side in themes) or 'no theme'})"
