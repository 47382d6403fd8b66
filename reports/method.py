"""How was this made, and what may be concluded from it?"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from reports.records import Source
from reports.tally import share
from reports.wording import wording

UNOFFICIAL: Final = (
    "Unofficial. Made from published inspection reports by a program; not an Ofsted document and not"
    " endorsed by Ofsted."
)
READ: Final = (
    "Each numbered paragraph of an inspection report was read by a program, which says whether the"
    " paragraph finds a strength, a weakness, both or neither, and on which of the codebook’s themes."
    " A paragraph counts once for each of its themes; one with a strength and a weakness on a theme is"
    " mixed. Summaries, recommendations, area profiles and boilerplate are not counted."
)
NO_MEASURE: Final = (
    "Counts of paragraphs are not performance: inspectors write more about what they looked at longer."
)
COUNTS: Final = (
    f"{NO_MEASURE} Shares stand beside their counts, with 95% Wilson score intervals; with fewer than 5"
    " judged paragraphs only the counts are given."
)
LIKE: Final = (
    "Each authority is represented by its latest full inspection. Focused visits, monitoring visits,"
    " reviews of safeguarding boards and Area SEND inspections are not compared."
)
QUOTED: Final = (
    "Quotations are exact. They are chosen by rule for being typical of the theme and different from"
    " one another, not for being striking, and rather from a paragraph that finds one side alone: of one"
    " that finds both, the citation leads to the other. A citation gives the authority, the first day of the"
    " inspection (or, where none was read, the day of publication), the paragraph’s printed number and"
    " the page of the file."
)
APART: Final = (
    "What sets an authority apart is measured by weighted log-odds ratios with an informative"
    " Dirichlet prior (Monroe, Colaresi and Quinn, 2008); only differences with z of at least 1.96 are"
    " shown. With many themes and words tested, some of these will be chance."
)
PEERS: Final = (
    "Statistical neighbours are the ten of the children’s services model, closest first; the relation"
    " is not mutual. Neighbours without a full inspection in the store are named and left out."
)


@cache
def changed() -> str:
    """How labels of what changed are made, and how often they were right where that was measured."""
    seen = tomllib.loads((files("reports") / "change_measured.toml").read_text(encoding="utf-8"))
    right = share(seen["right"], seen["given"])
    return (
        "Each weakness and improvement point of the earlier inspection is set beside the passage of the"
        " later report most like it in theme, words and meaning; points for a safeguarding board only"
        " where the later report judges one. The label is the program’s reading of the two and not"
        f" Ofsted’s. Of {seen['followed']} points of {seen['authorities']} authorities that were kept out"
        f" of its making it was sure enough to label {seen['given']}; {seen['right']} of these labels were"
        " right when a reader searched the whole reports"
        f" ({right.part / right.whole:.0%}; interval {right.low}% to {right.high}%):"
        " read both passages before relying on one. No later mention does not mean resolved."
    )


def licence_key(source: Source) -> str:
    """Under which licence this report's words may be used."""
    key = source.licence or "unknown"
    return key if key in wording().licence else "unknown"


def licence_notice(source: Source) -> str:
    """The notice that has to stand beside quotations from this report."""
    return wording().licence[licence_key(source)]
