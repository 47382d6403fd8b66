"""What do all parts of a report of the single inspection framework share?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from corpus.maker.findings import Writer
from corpus.maker.plan import Inspection
from corpus.maker.script import Script, Text
from corpus.maker.story import Topic, of_area
from corpus.maker.wording import SENTENCE_GRADE

AREAS: Final = ("help_and_protection", "children_in_care", "adoption", "care_leavers", "leadership")
SECTIONS: Final = (
    ("help_and_protection", "The experiences and progress of children who need help and protection"),
    ("children_in_care", "The experiences and progress of children looked after and achieving permanence"),
    ("leadership", "Leadership, management and governance"),
)


@dataclass(frozen=True, slots=True)
class Edition:
    """One report in the making: who is inspected, in which edition, and the script so far."""

    inspection: Inspection
    writer: Writer
    dice: Random
    script: Script

    @property
    def layout(self) -> str:
        """The layout of its time."""
        return self.inspection.layout

    @property
    def early(self) -> bool:
        """Whether it is of 2014: descriptors, grades in headings, the board's grade on the first page."""
        return self.layout in ("sif-1a", "sif-1b")

    @property
    def third(self) -> bool:
        """Whether it opens with an executive summary."""
        return self.layout in ("sif-3", "sif-re")

    @property
    def with_board(self) -> bool:
        """Whether the safeguarding board was reviewed too."""
        return "lscb" in self.inspection.grades

    @property
    def place(self) -> str:
        """The short name of the authority."""
        return self.inspection.place.name

    def found(self, finding: str) -> list[Topic]:
        """Return the topics of the authority that were found strong, or weak."""
        story = self.writer.story
        return [topic for topic in of_area(story, AREAS) if story[topic.id] == finding]

    def some(self, topics: Sequence[Topic], most: int) -> list[Topic]:
        """Take some topics at random, in their order."""
        return sorted(self.dice.sample(topics, min(most, len(topics))), key=topics.index)

    def numbered(self, text: Text) -> Text:
        """Give a paragraph the next number, or a bullet in the first reports."""
        if self.layout == "sif-1a":
            return replace(text, level=1)
        return replace(text, number=self.script.next_number())

    def instructions(self, topics: Sequence[Topic]) -> None:
        """Write what needs to improve, one instruction for each topic."""
        for topic in topics:
            self.script.add(self.numbered(self.writer.recommendation(topic, "instruction")))

    def with_reference(self, text: Text) -> Text:
        """Close a weak finding with "(Recommendation)", as the third edition often does."""
        if self.third and text.valence in ("weakness", "mixed") and self.dice.random() < 0.3:
            return replace(text, text=f"{text.text} (Recommendation)")
        return text


def verb(grade: str, *, plural: bool = True) -> str:
    """Return "are good", "requires improvement" and so on."""
    if grade == "requires_improvement":
        return "require improvement" if plural else "requires improvement"
    return f"{'are' if plural else 'is'} {SENTENCE_GRADE[grade]}"


def board_heading(layout: str) -> str:
    """Return the heading of the part on the safeguarding board."""
    if layout in ("sif-1a", "sif-1b"):
        return "Section 2: The effectiveness of the Local Safeguarding Children Board"
    return (
        "Local Safeguarding Children Board (LSCB)"
        if layout == "sif-2"
        else "The Local Safeguarding Children Board (LSCB)"
    )
