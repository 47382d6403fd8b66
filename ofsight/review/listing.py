"""How do agreement and disagreements of coders read on a terminal?"""

from collections.abc import Sequence
from datetime import date

from ofsight.review.agreement import Agreement, Disagreement, Measure, Words
from ofsight.terminal import clean, paint, table, wrap
from reports.wording import long_date

_INDENT = "    "
_HEAD = ("Coders", "Paragraphs", "Both blind", "Valence", "Kappa", "Primary theme", "Theme F1", "Pair F1")
_CAUTION = (
    "People see first what the program was least sure of: how far they agree with it there is no measure of"
    " its accuracy. For that, see: ofsight evaluate --help"
)


def agreement_text(found: Sequence[Agreement], differ: Sequence[Disagreement]) -> str:
    """How far every two coders agree, then every paragraph on which they do not."""
    if not found:
        return "Nobody has coded a paragraph yet. Begin with: ofsight review"
    rows = [
        (
            *(f"{one.first} and {one.second}", f"{one.paragraphs:,}", f"{one.blind:,}"),
            *map(_measure, (one.same_valence, one.valence_kappa, one.same_primary_theme)),
            *map(_measure, (one.theme_f1, one.pair_f1)),
        )
        for one in found
    ]
    legend = "Intervals (95 %) where at least 10 paragraphs were coded by both. Kappa is of the valence."
    parts = [table(_HEAD, rows), wrap(legend), wrap(_CAUTION), _count(differ), *map(_difference, differ)]
    return "\n\n".join(parts)


def _measure(measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return f"{measure.value:.2f}"
    return f"{measure.value:.2f} ({measure.low:.2f}-{measure.high:.2f})"


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
