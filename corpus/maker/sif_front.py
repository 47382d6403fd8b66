"""What stands before the sections of a SIF report: first page, contents, summaries, profile, advice."""

from dataclasses import replace
from typing import Final

from corpus.maker.profile import Profile
from corpus.maker.script import Break, Contents, Heading, Line, Row, Table, Text
from corpus.maker.sif_edition import AREAS, SECTIONS, Edition, board_heading, verb
from corpus.maker.story import Topic, frames, of_area
from corpus.maker.wording import GRADE, SENTENCE_GRADE, long_date, on_site, typographic
from corpus.model import Valence

SERVICES: Final = (
    "of services for children in need of help and protection, children looked after and care leavers"
)
REVIEW: Final = "Review of the effectiveness of the Local Safeguarding Children Board"
_ROWS: Final = (
    ("help_and_protection", "1. Children who need help and protection", False),
    ("children_in_care", "2. Children looked after and achieving permanence", False),
    ("adoption", "2.1 Adoption performance", True),
    ("care_leavers", "2.2 Experience and progress of care leavers", True),
    ("leadership", "3. Leadership, management and governance", False),
)
_THEME_HEADS: Final = {
    "help_and_protection": "Help and protection",
    "children_in_care": "Children looked after",
    "adoption": "Adoption",
    "care_leavers": "Care leavers",
    "leadership": "Leadership, management and governance",
}


def write_first_page(edition: Edition) -> None:
    """Write authority, title, dates and the table of judgements."""
    script, inspection = edition.script, edition.inspection
    opening = "Re-inspection" if edition.layout == "sif-re" else "Inspection"
    script.add(
        Line(((inspection.place.council, False),), 26, 8), Line(((f"{opening} {SERVICES}", True),), 14, 6)
    )
    if edition.with_board:
        mark = script.note(typographic(frames()["footnotes"]["powers"]))
        script.add(Line((("and", False),), 14, 6), Line(((REVIEW + mark, True),), 14, 6))
    days = on_site(inspection.start, inspection.end, edition.dice)
    script.add(Line(((f"Inspection date: {days}", edition.early),), 14, 6))
    if script.published is not None:
        script.add(Line(((f"Report published: {long_date(inspection.published)}", edition.early),), 14, 6))
    script.add(_judgement_table(edition))
    if edition.early:
        script.add(_board_table(edition))


def _judgement_table(edition: Edition) -> Table:
    """Return the table of judgements, with the overall sentence above it."""
    grades = edition.inspection.grades
    rows = tuple(
        Row((label, GRADE[grades[area]][edition.early]), (not inner, edition.early), 48 if inner else 0)
        for area, label, inner in _ROWS
    )
    return Table(rows, split=0.7, head=_overall(edition))


def _overall(edition: Edition) -> tuple[tuple[str, float, bool], ...]:
    """Return the lines above the table: the overall judgement, and in 2014-15 what it means."""
    grade = edition.inspection.grades["overall"]
    notes = frames()["grade_notes"]
    meaning, floor = typographic(notes[grade]), typographic(notes["floor"])
    if edition.early:
        sentence = f"The overall judgement is {SENTENCE_GRADE[grade]}"
        return ((sentence, 14, False), (meaning, 12, False), (floor, 12, False))
    if edition.layout == "sif-2":
        mark = edition.script.note(typographic(frames()["footnotes"]["meaning"]))
        return (
            (f"The overall judgement is that children’s services {verb(grade)}", 14, True),
            (meaning, 12, False),
            (floor + mark, 12, False),
            (
                "The judgements on areas of the service that contribute to overall effectiveness are:",
                12,
                False,
            ),
        )
    return ((f"Children’s services in {edition.place} {verb(grade)}", 14, True),)


def _board_table(edition: Edition) -> Table:
    """Return the frame that gives the judgement of the board on the first page, to summer 2014."""
    grade = edition.inspection.grades["lscb"]
    sentence = f"The effectiveness of the Local Safeguarding Children Board (LSCB) is {SENTENCE_GRADE[grade]}"
    meaning = typographic(frames()["grade_notes"][f"lscb_{grade}"])
    return Table((), head=((sentence, 14, False), (meaning, 12, False)))


def contents(edition: Edition) -> Contents:
    """Return the table of contents."""
    if edition.third:
        heads = ["Executive summary", "The local authority", "Information about this local authority area"]
        heads += ["Recommendations", "Summary for children and young people", *(head for _, head in SECTIONS)]
        heads += [board_heading(edition.layout)] if edition.with_board else []
        heads += ["Information about this inspection"]
    elif edition.early:
        heads = ["Section 1: the local authority", "Summary of key findings"]
        heads += ["What does the local authority need to improve?", "Information about this inspection"]
        heads += [
            "Information about this local authority area",
            "Inspection judgements about the local authority",
        ]
        heads += ["What the inspection judgements mean: the local authority", board_heading(edition.layout)]
        heads += ["What the inspection judgments mean: the LSCB"]
    else:
        heads = [
            "The local authority",
            "Summary of findings",
            "What does the local authority need to improve?",
        ]
        heads += ["The local authority’s strengths", "Summary for children and young people"]
        heads += [
            "Information about this local authority area",
            "Inspection judgements about the local authority",
        ]
        heads += [board_heading(edition.layout), "Information about this inspection"]
    return Contents(tuple((head, head) for head in heads))


def write_key_findings(edition: Edition) -> None:
    """Write why the authority got its grade, its strengths, and what needs to improve (2014-15)."""
    script, overall = edition.script, edition.inspection.grades["overall"]
    weak, strong = edition.found("weakness"), edition.found("strength")
    falls_short = overall in ("requires_improvement", "inadequate")
    script.add(Heading(_because(edition), 3, "summary", boxed=edition.layout == "sif-2"))
    bulleted = edition.layout in ("sif-1a", "sif-2")
    _points(edition, weak if falls_short else strong, 14, bulleted=bulleted)
    if edition.early and falls_short:
        script.add(Heading("The local authority has the following strengths", 3, "summary"))
        _points(edition, strong, 8, bulleted=False)
    script.add(Break(), Heading("What does the local authority need to improve?", 2, "improvement"))
    chosen = edition.some(weak, 18)
    urgent = 5 if overall == "inadequate" else 0
    if urgent:
        script.add(Heading("Priority and immediate action", 3, "improvement"))
        edition.instructions(chosen[:urgent])
    script.add(Heading("Areas for improvement", 3, "improvement"))
    edition.instructions(chosen[urgent:])
    if edition.layout == "sif-2":
        script.add(Heading("The local authority’s strengths", 2, "finding"))
        for topic in edition.some(strong, 9):
            if text := _point(edition, topic, bulleted=False):
                script.add(edition.numbered(text))


def _because(edition: Edition) -> str:
    """Return the lead-in of the key findings."""
    grade = edition.inspection.grades["overall"]
    if edition.layout == "sif-2":
        return f"Children’s services in {edition.place} {verb(grade)} because:"
    return {
        "requires_improvement": "This local authority requires improvement and is not yet good because",
        "inadequate": "This local authority has serious weaknesses and is not yet good because",
    }.get(grade, f"This local authority is {SENTENCE_GRADE[grade]} because")


def _points(edition: Edition, topics: list[Topic], most: int, *, bulleted: bool) -> None:
    """Write the points of the summary: numbered in 2014, bullets by theme in the second edition."""
    boxed = edition.layout == "sif-2"
    area = ""
    for topic in edition.some(topics, most):
        if boxed and topic.area != area:
            area = topic.area
            edition.script.add(Heading(_THEME_HEADS[area], 3, "summary", italic=True, boxed=True))
        text = _point(edition, topic, bulleted=bulleted)
        if text is not None:
            edition.script.add(
                replace(text, level=1, boxed=boxed) if text.role == "summary" else edition.numbered(text)
            )


def _point(edition: Edition, topic: Topic, *, bulleted: bool) -> Text | None:
    """Return one point; a numbered point counts as a finding, a bullet as part of the summary."""
    if not (sentence := edition.writer.sentence(topic)):
        return None
    finding = edition.writer.story[topic.id]
    return edition.writer.paragraph(
        [sentence], finding, ((topic.theme, finding),), "summary" if bulleted else "finding"
    )


def write_executive_summary(edition: Edition) -> None:
    """Write the summary that opens the third edition."""
    writer, grade = edition.writer, edition.inspection.grades["overall"]
    topics = of_area(writer.story, AREAS)
    edition.script.add(Break(), Heading("Executive summary", 2, "summary", boxed=True))
    verdict: Valence = "strength" if grade in ("good", "outstanding") else "weakness"
    sentences = [f"Children’s services in {edition.place} {verb(grade)}.", writer.frame("opening", grade)]
    opening = writer.paragraph(sentences, verdict, (("leadership", verdict),), "summary")
    edition.script.add(replace(opening, boxed=True))
    for start in range(0, len(topics), 14):
        if text := writer.summary(topics[start + 1 : start + 14 : 3], 4):
            edition.script.add(replace(text, boxed=True))


def write_recommendations(edition: Edition) -> None:
    """Write the numbered recommendations of the third edition."""
    edition.script.add(Break(), Heading("Recommendations", 2, "improvement"))
    edition.instructions(edition.some(edition.found("weakness"), 14))


def write_young_people(edition: Edition) -> None:
    """Write the summary for children and young people."""
    edition.script.add(Heading("Summary for children and young people", 2, "summary"))
    for area in AREAS:
        if edition.inspection.grades[area] in ("requires_improvement", "inadequate"):
            bullets = (edition.writer.young(area, "weakness"), edition.writer.young(area, "strength"))
        else:
            bullets = (edition.writer.young(area, "strength"), edition.writer.young(area, "strength"))
        edition.script.add(*(bullet for bullet in bullets if bullet))


def write_area(edition: Edition) -> None:
    """Write the information about the area, with its profile."""
    script, dice = edition.script, edition.dice
    mark = script.note(typographic(edition.writer.fill(frames()["footnotes"]["profile"])))
    script.add(Heading("Information about this local authority area" + mark, 2, "profile"))
    start = edition.inspection.start.year
    profile = Profile(script, dice, edition.place, start, edition.inspection.place.population)
    earlier = [edition.writer.fill(line) for line in frames()["area"]["inspections"]]
    local = [edition.writer.fill(line) for line in frames()["area"]["leadership"]]
    if edition.third:
        _bullets(edition, "Previous Ofsted inspections", earlier)
        _bullets(edition, "Local leadership", local)
        profile.write()
    else:
        profile.write()
        _bullets(edition, "Other Ofsted inspections", earlier)
        _bullets(edition, "Other information about this area", local)


def _bullets(edition: Edition, heading: str, lines: list[str]) -> None:
    """Write a heading with bullets under it."""
    edition.script.add(Heading(heading, 3, "profile"))
    edition.script.add(*(Text(line, "profile", level=1, valence="neutral") for line in lines))
