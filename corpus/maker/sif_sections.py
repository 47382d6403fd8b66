"""How are the graded sections, the review of the board and the back matter of a SIF report written?"""

from dataclasses import replace

from corpus.maker.script import Break, Heading, Line, Text
from corpus.maker.sif_edition import Edition, board_heading, verb
from corpus.maker.story import Topic, frames, of_area
from corpus.maker.wording import GRADE, SENTENCE_GRADE, person, typographic

_PARTS = (
    ("adoption", "for adoption performance"),
    ("care_leavers", "for the experience and progress of care leavers"),
)


def write_section(edition: Edition, area: str, heading: str) -> None:
    """Write one section: heading with grade, summary where there is one, and its findings."""
    grade = edition.inspection.grades[area]
    if edition.early:
        words = f"{heading} {verb(grade, plural=area != 'leadership')}"
        edition.script.add(Heading(words, 2, "finding", area, grade))
    else:
        _graded_row(edition, area, heading)
    _findings(edition, of_area(edition.writer.story, (area,)))
    if area == "children_in_care":
        for part, words in _PARTS:
            _part(edition, part, words)


def _findings(edition: Edition, topics: tuple[Topic, ...]) -> None:
    """Write numbered findings."""
    for text in edition.writer.findings(topics):
        edition.script.add(edition.numbered(edition.with_reference(text)))


def _graded_row(edition: Edition, area: str, heading: str) -> None:
    """Write the heading of a section as a row with its grade, and the summary in the frame below."""
    column = ("Key judgement", "Judgement grade") if edition.layout == "sif-2" else None
    grade = edition.inspection.grades[area]
    if area != "help_and_protection":
        edition.script.add(Break())
    edition.script.add(Heading(heading, 2, "finding", area, grade, cell=GRADE[grade][0], column=column))
    edition.script.add(Heading("Summary", 3, "summary", boxed=True))
    topics = of_area(edition.writer.story, (area,))
    for start in range(0, min(len(topics), 18), 5):
        if text := edition.writer.summary(topics[start : start + 5], 3):
            edition.script.add(replace(text, boxed=True))
    edition.script.add(Heading("Inspection findings", 3, "finding"))


def _part(edition: Edition, area: str, words: str) -> None:
    """Write the part of section 2 on adoption or on care leavers."""
    grade = edition.inspection.grades[area]
    verdict = "requires improvement" if grade == "requires_improvement" else f"is {SENTENCE_GRADE[grade]}"
    heading = f"The graded judgement {words} is that it {verdict}"
    edition.script.add(Heading(heading, 3, "finding", area, grade))
    _findings(edition, of_area(edition.writer.story, (area,)))


def write_board(edition: Edition) -> None:
    """Write the review of the safeguarding board."""
    script, grade = edition.script, edition.inspection.grades["lscb"]
    topics = of_area(edition.writer.story, ("lscb",))
    weak = [topic for topic in topics if edition.writer.story[topic.id] == "weakness"]
    subject = "The effectiveness of the LSCB" if edition.early else "The Local Safeguarding Children Board"
    script.add(
        Break(),
        Heading(board_heading(edition.layout), 1, "finding", "lscb"),
        Heading(f"{subject} {verb(grade, plural=False)}", 2, "finding", "lscb", grade),
    )
    if edition.third:
        script.add(Heading("Executive summary", 2, "summary", "lscb"))
        if text := edition.writer.summary(topics, 4):
            script.add(text)
    improve = Heading("Recommendations", 2, "improvement", "lscb")
    script.add(improve if edition.third else Heading("Areas for improvement", 3, "improvement", "lscb"))
    edition.instructions(weak[:4] or topics[:1])
    script.add(Heading(_findings_heading(edition), 2, "finding", "lscb"))
    _findings(edition, topics)


def _findings_heading(edition: Edition) -> str:
    """Return the heading above the findings on the board."""
    if edition.third:
        return "Inspection findings – the Local Safeguarding Children Board"
    return (
        "Key strengths and weaknesses of the LSCB" if edition.early else "Inspection judgement about the LSCB"
    )


def write_descriptors(edition: Edition, key: str, heading: str) -> None:
    """Write what the grades mean (2014)."""
    edition.script.add(Break(), Heading(heading, 1))
    edition.script.add(*(Text(typographic(line), "boilerplate") for line in frames()["descriptors"][key]))


def write_about_inspection(edition: Edition) -> None:
    """Write what inspectors did and who they were."""
    script = edition.script
    script.add(Break(), Heading("Information about this inspection", 2))
    for line in frames()["about"]["inspection" if edition.with_board else "reinspection"]:
        script.add(Text(edition.writer.fill(line), "boilerplate"))
    team = ", ".join(person(edition.dice) for _ in range(6))
    script.add(
        Heading("The inspection team", 3),
        Line(((f"Lead inspector: {script.lead_inspector}", False),)),
        Line(((f"Team inspectors: {team}", False),)),
    )
