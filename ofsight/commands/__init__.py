"""Which commands are there, and where does each live?

This table is all that `ofsight --help` needs; a command's own module is imported when it is used.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: its name, the group it is listed under, what it does, the module that holds it."""

    name: str
    group: str
    does: str

    @property
    def module(self) -> str:
        """The module whose function of the same name (or whose `app`) is the command."""
        return f"ofsight.commands.{self.name}"


COMMANDS: Final = (
    Entry("run", "Read reports", "Read, analyse and store reports: the main job"),
    Entry("show", "Look things up", "Show an authority, a document or a paragraph"),
    Entry("search", "Look things up", "Search the paragraphs of all reports"),
)
