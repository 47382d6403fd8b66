"""Which commands are there, and where does each live?

This table is all that `ofsight --help` needs; a command's own module is imported when it is used.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: its name, the group it is listed under, and what it does."""

    name: str
    group: str
    does: str

    @property
    def module(self) -> str:
        """The module whose function of the same name (or whose `app`) is the command."""
        return f"ofsight.commands.{self.name}"


_READ: Final = "Read reports"
_LOOK: Final = "Look things up"
_WRITE: Final = "Write for others"
_JUDGE: Final = "Question the method"

COMMANDS: Final = (
    Entry("demo", _READ, "Go the whole way once, on invented reports that come along"),
    Entry("fetch", _READ, "Bring new publications from Ofsted's site into a folder"),
    Entry("run", _READ, "Read, analyse and store reports: the main job"),
    Entry("watch", _READ, "Fetch, run, and tell what is new: for timers"),
    Entry("check", _READ, "Check that a store is still what was written"),
    Entry("show", _LOOK, "Show an authority, a document or a paragraph"),
    Entry("search", _LOOK, "Search the paragraphs of all reports"),
    Entry("figures", _LOOK, "List figures side by side with the sentence each stands in"),
    Entry("indicators", _LOOK, "List the indicators of the area profiles (2014-2017)"),
    Entry("authorities", _LOOK, "List authorities, their codes, and their reports in the store"),
    Entry("serve", _LOOK, "Question the store in the browser, with ready queries"),
    Entry("compare", _WRITE, "Put authorities side by side"),
    Entry("brief", _WRITE, "Write a briefing on one authority"),
    Entry("site", _WRITE, "Write the whole store as pages with search, working offline"),
    Entry("export", _WRITE, "Export all tables with a data dictionary"),
    Entry("verify", _JUDGE, "Check a draft's quotations, grades and numbers"),
    Entry("replicate", _JUDGE, "Set published figures beside those of the store"),
    Entry("review", _JUDGE, "Put doubtful codings right in the browser; compare coders"),
    Entry("evaluate", _JUDGE, "Measure the codings on authorities never seen"),
    Entry("train", _JUDGE, "Train a model of your own"),
    Entry("codebook", _JUDGE, "Show or check the themes and valences"),
)
