"""Of which council and which inspection does a passage of a draft speak where it does not say so itself?

The nearest heading above decides that names one council or one date; for a table, what leads up to it comes
before the headings. The date in a draft's title is often the draft's own, so it only counts where a report is
of that date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.sentences import split_sentences
from reports.blocks import Block, Heading, Items, Quote, Table, Text
from reports.evidence import DATE, YEAR, Evidence, Reference

_NOT_OF_THE_DATE: Final = re.compile(  # a span of years, or what came before or after a date
    r"\b20\d\d\s?[-/–]\s?(?:20)?\d\d\b|\b(?:since|after|before|until|from|by|for|next)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a passage that says nothing else."""

    la_code: str | None = None
    dated: str = ""  # the words above it that name the date
    title: bool = False  # whether these are the draft's title

    def complete(self, evidence: Evidence, reference: Reference) -> Reference | None:
        """The reference with this date where it has none of its own; None where no report is of this date."""
        if reference.day or reference.year or not self.dated:
            return reference
        named = evidence.reference(self.dated)
        whole = replace(reference, day=named.day, year=named.year)
        if evidence.cited(whole):
            return whole
        return reference if self.title else None


def settings(evidence: Evidence, blocks: Sequence[Block]) -> Iterator[tuple[Block, str, Setting]]:
    """Each block with the heading under which it stands and with its setting."""
    subject, trail, before = _subject(evidence, blocks), list[Heading](), ""
    title = next((block for block in blocks if isinstance(block, Heading)), None)
    for block in blocks:
        if isinstance(block, Heading):
            trail = [*(above for above in trail if above.level < block.level), block]
        own = [heading for heading in reversed(trail) if heading is not title]
        la_code = next(filter(None, (_one_named(evidence, heading.text) for heading in own)), subject)
        lead = _leads_to(block, before)
        dated = next(filter(_names_a_date, (lead, *(heading.text for heading in own))), "")
        if not dated and title in trail and _names_a_date(title.text):
            yield block, trail[-1].text, Setting(la_code, title.text, title=True)
        else:
            yield block, trail[-1].text if trail else "", Setting(la_code, dated)
        before = block.text if isinstance(block, Text) else ""


def lines(block: Block) -> tuple[str, ...]:
    """What a block says in sentences: its words, items or caption, and the cells that quote."""
    match block:
        case Heading(_, text) | Text(text, _):
            return (text,)
        case Items(items):
            return items
        case Quote(text, citation):
            return (f"{text} {citation}",)
        case Table(caption, _, rows):
            quoting = (cell for row in rows for cell in row if "“" in cell)
            return (*((caption,) if caption else ()), *quoting)
        case _:
            return ()


def _subject(evidence: Evidence, blocks: Sequence[Block]) -> str | None:
    """Of whom statements speak that name none: the one of the heading, of the opening or of the whole."""
    first = next((block.text for block in blocks if isinstance(block, Heading)), "")
    opening = " ".join(lines(blocks[0])) if blocks else ""
    texts = (first, opening, " ".join(line for block in blocks for line in lines(block)))
    return next(filter(None, (_one_named(evidence, text) for text in texts)), None)


def _one_named(evidence: Evidence, text: str) -> str | None:
    named = evidence.authorities_in(text)
    return named[0] if len(named) == 1 else None


def _leads_to(block: Block, before: str) -> str:
    """The words that lead up to a table: its caption, or a last sentence before it without a full stop."""
    if not isinstance(block, Table):
        return ""
    last = before[split_sentences(before)[-1][0] :].strip() if before.strip() else ""
    return block.caption or ("" if last.endswith((".", "!", "?")) else last)


def _names_a_date(text: str) -> bool:
    """Whether a text names one day or one year, as that of which it speaks."""
    if _NOT_OF_THE_DATE.search(text):
        return False
    days = set(DATE.findall(text))
    years = set(YEAR.findall(text))
    return len(days) == 1 or (not days and len(years) == 1)
