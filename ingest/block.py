"""What is a block: one heading, paragraph, list item or footnote as the page shows it?"""

from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from ingest.lines import Line, join_texts

BlockKind = Literal["heading", "numbered", "item", "plain", "note"]


@dataclass(slots=True)
class Block:
    """One heading, paragraph, item or note with the lines it was printed on."""

    kind: BlockKind
    lines: list[Line]
    parts: list[str]
    number: int | None = None
    bullet: str | None = None
    hanging: "Block | None" = None  # the block that a note hangs on
    slanted: bool = False
    stripped: int = 0  # characters of numbers, glyphs and markers that are not part of the text
    _joined: tuple[int, str] = field(default=(0, ""), repr=False, compare=False)  # parts in it, and the text

    @property
    def text(self) -> str:
        """The words in reading order, lines joined."""
        if self._joined[0] != len(self.parts):
            self._joined = len(self.parts), join_texts(self.parts)
        return self._joined[1]

    def is_shorter(self, characters: int) -> bool:
        """Whether the text is shorter than this, without joining all of a long one."""
        return sum(map(len, islice(self.parts, characters))) < characters and len(self.text) < characters

    @property
    def first(self) -> Line:
        """The line that the block begins on."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The line that the block ends on."""
        return self.lines[-1]

    @property
    def tail(self) -> str:
        """The words printed last."""
        for part in reversed(self.parts):
            if part:
                return part
        return ""
