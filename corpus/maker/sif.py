"""How is a report of the single inspection framework (2013 to 2018) put together?"""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Final

from corpus.maker.findings import Writer
from corpus.maker.plan import Inspection
from corpus.maker.profile import Profile
from corpus.maker.script import Break, Contents, Heading, JudgementTruth, Line, Row, Script, Table, Text
from corpus.maker.story import Topic, frames, of_area
from corpus.maker.wording import GRADE, SENTENCE_GRADE, imprint, long_date, on_site, person, typographic

_SECTIONS: Final = (
    ("help_and_protection", "The experiences and progress of children who need help and protection"),
    ("children_in_care", "The experiences and progress of children looked after and achieving permanence"),
    ("leadership", "Leadership, management and governance"),
)
_ROWS: Final = (
    ("help_and_protection", "1. Children who need help and protection", 0),
    ("children_in_care", "2. Children looked after and achieving permanence", 0),
    ("adoption", "2.1 Adoption performance", 1),
    ("care_leavers", "2.2 Experiences and progress of care leavers", 1),
    ("leadership", "3. Leadership, management and governance", 0),
)
_SERVICES: Final = (
    "of services for children in need of help and protection, children looked after and care leavers"
)
_REVIEW: Final = "Review of the effectiveness of the Local Safeguarding Children Board"
_AREAS: Final = ("help_and_protection", "children_in_care", "adoption", "care_leavers", "leadership")
_THEME_HEADS: Final = {
    "help_and_protection": "Help and protection",
    "children_in_care": "Children looked after",
    "adoption": "Adoption",
    "care_leavers": "Care leavers",
    "leadership": "Leadership, management and governance",
}


class SifReport:
    """Writes the script of one report."""

    def __init__(self, inspection: Inspection, writer: Writer, dice: Random) -> None:
        self._inspection = inspection
        self._writer = writer
        self._dice = dice
        self._layout = inspection.layout
        self._place = inspection.place.name
        self._with_board = "lscb" in inspection.grades
        self._bullets = self._layout == "sif-1a"
        self._early = self._layout in ("sif-1a", "sif-1b")
        kind = "reinspection" if self._layout == "sif-re" else "inspection"
        opening = "Re-inspection" if self._layout == "sif-re" else "Inspection"
        title = f"{opening} {_SERVICES}" + (f" and {_REVIEW}" if self._with_board else "")
        grades = inspection.grades
        self.script = Script(
            layout=self._layout,
            title=title,
            authority=inspection.place.council,
            la_code=inspection.place.la_code,
            framework="sif",
            kind=kind,
            inspected_from=inspection.start.isoformat(),
            inspected_to=inspection.end.isoformat(),
            published=inspection.published.isoformat() if self._prints_date() else None,
            lead_inspector=person(dice),
            licence="non_commercial" if inspection.published < date(2016, 1, 1) else "ogl",
            judgements=tuple(
                JudgementTruth(area, grades[area]) for area in (*_AREAS, "overall", "lscb") if area in grades
            ),
        )

    def _prints_date(self) -> bool:
        """Say whether the first page prints the date of publication, as reports do from summer 2014 on."""
        return self._inspection.published >= date(2014, 5, 1)

    def write(self) -> Script:
        """Write the whole report."""
        self._title_page()
        if self._layout in ("sif-3", "sif-re"):
            self._third_edition()
        else:
            self._first_editions()
        self._information_about_inspection(late=True)
        self.script.add(Break(), *imprint("sif", self.script.licence, self._inspection.published.year))
        return self.script

    # the first page -----------------------------------------------------------------------------------

    def _title_page(self) -> None:
        """Write authority, title, dates and the table of judgements."""
        script, inspection = self.script, self._inspection
        opening = "Re-inspection" if self._layout == "sif-re" else "Inspection"
        script.add(
            Line(((inspection.place.council, False),), 26, 8),
            Line(((f"{opening} {_SERVICES}", True),), 14, 6),
        )
        if self._with_board:
            mark = script.note(typographic(frames()["footnotes"]["powers"]))
            script.add(Line((("and", False),), 14, 6), Line(((_REVIEW + mark, True),), 14, 6))
        days = on_site(inspection.start, inspection.end, self._dice)
        bold = self._early
        script.add(Line(((f"Inspection date: {days}", bold),), 14, 6))
        if self._prints_date():
            script.add(Line(((f"Report published: {long_date(inspection.published)}", bold),), 14, 6))
        script.add(self._judgement_table())
        if self._early:
            script.add(self._board_table())

    def _judgement_table(self) -> Table:
        """Return the table of judgements, with the overall sentence above it."""
        grades = self._inspection.grades
        overall = SENTENCE_GRADE[grades["overall"]]
        floor = typographic(frames()["grade_notes"]["floor"])
        meaning = typographic(frames()["grade_notes"][grades["overall"]])
        head: tuple[tuple[str, float, bool], ...]
        if self._early:
            head = (
                (f"The overall judgement is {overall}", 14, False),
                (meaning, 12, False),
                (floor, 12, False),
            )
        elif self._layout == "sif-2":
            verb = "require improvement" if grades["overall"] == "requires_improvement" else f"are {overall}"
            mark = self.script.note(typographic(frames()["footnotes"]["meaning"]))
            head = (
                (f"The overall judgement is that children’s services {verb}", 14, True),
                (meaning, 12, False),
                (floor + mark, 12, False),
                (
                    "The judgements on areas of the service that contribute to overall effectiveness are:",
                    12,
                    False,
                ),
            )
        else:
            head = ((f"Children’s services in {self._place} {_verb(grades['overall'])}", 14, True),)
        rows = tuple(
            Row((label, GRADE[grades[area]][self._early]), (not inner, self._early), 48 if inner else 0)
            for area, label, inner in _ROWS
        )
        return Table(rows, split=0.7, head=head)

    def _board_table(self) -> Table:
        """Return the frame that gives the judgement of the board on the first page, to summer 2014."""
        grade = self._inspection.grades["lscb"]
        sentence = (
            f"The effectiveness of the Local Safeguarding Children Board (LSCB) is {SENTENCE_GRADE[grade]}"
        )
        return Table(
            (),
            head=((sentence, 14, False), (typographic(frames()["grade_notes"][f"lscb_{grade}"]), 12, False)),
        )

    # the editions of 2014 and early 2015 ----------------------------------------------------------------

    def _first_editions(self) -> None:
        """Write a report that opens with a summary, what to improve, and the area profile."""
        script, writer = self.script, self._writer
        second = self._layout == "sif-2"
        local = "The local authority" if second else "Section 1: the local authority"
        summary = "Summary of findings" if second else "Summary of key findings"
        script.add(
            Break(),
            self._contents(local, summary),
            Break(),
            Heading(local, 1),
            Heading(summary, 2, "summary"),
        )
        self._key_findings()
        if second:
            self._strengths()
            self._young_people()
        script.add(Break())
        if not second:
            self._information_about_inspection(late=False)
        self._area_information()
        script.add(Break(), Heading("Inspection judgements about the local authority", 1, "finding"))
        for area, heading in _SECTIONS:
            self._section(area, heading)
        if self._early:
            self._descriptors("local_authority", "What the inspection judgements mean: the local authority")
        self._board()
        if self._early:
            self._descriptors("lscb", "What the inspection judgments mean: the LSCB")
        _ = writer

    def _contents(self, local: str, summary: str) -> Contents:
        """Return the contents of an early report."""
        heads = [local, summary, "What does the local authority need to improve?"]
        if self._layout == "sif-2":
            heads += ["The local authority’s strengths", "Summary for children and young people"]
        else:
            heads += ["Information about this inspection"]
        heads += [
            "Information about this local authority area",
            "Inspection judgements about the local authority",
        ]
        if self._early:
            heads += [
                "What the inspection judgements mean: the local authority",
                _board_heading(self._layout),
            ]
            heads += ["What the inspection judgments mean: the LSCB"]
        else:
            heads += [_board_heading(self._layout), "Information about this inspection"]
        return Contents(tuple((head, head) for head in heads))

    def _key_findings(self) -> None:
        """Write why the authority got its grade, its strengths (2014), and what needs to improve."""
        script, story = self.script, self._writer.story
        overall = self._inspection.grades["overall"]
        weak = [topic for topic in of_area(story, _AREAS) if story[topic.id] == "weakness"]
        strong = [topic for topic in of_area(story, _AREAS) if story[topic.id] == "strength"]
        boxed = self._layout == "sif-2"
        because = _because(overall, self._place, self._layout)
        script.add(Heading(because, 3, "summary", boxed=boxed))
        mainly = weak if overall in ("requires_improvement", "inadequate") else strong
        self._points(mainly, 14, boxed)
        if self._early and mainly is weak:
            script.add(Heading("The local authority has the following strengths", 3, "summary"))
            self._points(strong, 8, boxed)
        script.add(Break(), Heading("What does the local authority need to improve?", 2, "improvement"))
        urgent = overall == "inadequate"
        chosen = self._dice.sample(weak, min(len(weak), 18))
        chosen.sort(key=weak.index)
        if urgent:
            script.add(Heading("Priority and immediate action", 3, "improvement"))
            self._instructions(chosen[:5])
        script.add(Heading("Areas for improvement", 3, "improvement"))
        self._instructions(chosen[5:] if urgent else chosen)

    def _points(self, topics: list[Topic], most: int, boxed: bool) -> None:
        """Write the points of the summary: numbered in 2014, bullets in the second edition and the first reports."""
        chosen = sorted(self._dice.sample(topics, min(most, len(topics))), key=topics.index)
        area = ""
        for topic in chosen:
            if self._layout == "sif-2" and topic.area != area:
                area = topic.area
                self.script.add(Heading(_THEME_HEADS[area], 3, "summary", italic=True, boxed=boxed))
            sentence = self._writer.sentence(topic)
            if sentence is None:
                continue
            finding = self._writer.story[topic.id]
            bulleted = self._bullets or boxed
            text = self._writer.paragraph(
                [sentence], finding, ((topic.theme, finding),), "summary" if bulleted else "finding"
            )
            text = replace(text, boxed=boxed)
            self.script.add(replace(text, level=1) if bulleted else self._numbered(text))

    def _numbered(self, text: Text) -> Text:
        """Give a paragraph the next number, or a bullet in the first reports."""
        if self._bullets:
            return replace(text, level=1)
        return replace(text, number=self.script.next_number())

    def _instructions(self, topics: list[Topic]) -> None:
        """Write what needs to improve, one instruction for each topic."""
        for topic in topics:
            self.script.add(self._numbered(self._writer.recommendation(topic, "instruction")))

    def _strengths(self) -> None:
        """Write the numbered strengths of the second edition."""
        story = self._writer.story
        strong = [topic for topic in of_area(story, _AREAS) if story[topic.id] == "strength"]
        self.script.add(Heading("The local authority’s strengths", 2, "finding"))
        self._points_numbered(strong, 9)

    def _points_numbered(self, topics: list[Topic], most: int) -> None:
        """Write numbered points, each of one sentence."""
        for topic in sorted(self._dice.sample(topics, min(most, len(topics))), key=topics.index):
            if sentence := self._writer.sentence(topic):
                finding = self._writer.story[topic.id]
                text = self._writer.paragraph([sentence], finding, ((topic.theme, finding),), "finding")
                self.script.add(self._numbered(text))

    def _young_people(self) -> None:
        """Write the summary for children and young people."""
        self.script.add(Heading("Summary for children and young people", 2, "summary"))
        grades = self._inspection.grades
        for area in _AREAS:
            weak_first = grades[area] in ("requires_improvement", "inadequate")
            for finding in ("weakness", "strength") if weak_first else ("strength", "weakness"):
                if bullet := self._writer.young(area, finding):  # type: ignore[arg-type]
                    self.script.add(bullet)

    def _area_information(self) -> None:
        """Write the profile of the area."""
        script, dice = self.script, self._dice
        mark = script.note(typographic(self._writer.fill(frames()["footnotes"]["profile"])))
        script.add(Heading("Information about this local authority area" + mark, 2, "profile"))
        previous = self._inspection.start.year - 3
        earlier = (
            f"The local authority operates {dice.choice(('two', 'three', 'four'))} children’s homes. "
            "All were judged to be good or outstanding in their most recent Ofsted inspection.",
            f"The previous inspection of the local authority’s arrangements for the protection of children was in "
            f"{dice.choice(('March', 'June', 'November'))} {previous}. The local authority was judged to be adequate.",
        )
        local = (
            f"The director of children’s services has been in post since {dice.choice(('May', 'July'))} {previous + 1}.",
            f"The chair of the LSCB has been in post since {dice.choice(('January', 'October'))} {previous}.",
        )
        profile = Profile(
            script, dice, self._place, self._inspection.start.year, self._inspection.place.population
        )
        if self._layout == "sif-3" or self._layout == "sif-re":
            self._bulleted("Previous Ofsted inspections", earlier)
            self._bulleted("Local leadership", local)
            profile.write()
        else:
            profile.write()
            self._bulleted("Other Ofsted inspections", earlier)
            self._bulleted("Other information about this area", local)

    def _bulleted(self, heading: str, lines: tuple[str, ...]) -> None:
        """Write a heading with bullets under it."""
        self.script.add(Heading(heading, 3, "profile"))
        for line in lines:
            self.script.add(Text(line, "profile", level=1, valence="neutral"))

    # sections -------------------------------------------------------------------------------------------

    def _section(self, area: str, heading: str) -> None:
        """Write one section: heading with grade, summary where there is one, and its findings."""
        grade = self._inspection.grades[area]
        topics = list(of_area(self._writer.story, (area,)))
        if self._early:
            self.script.add(
                Heading(f"{heading} {_verb(grade, plural=area != 'leadership')}", 2, "finding", area, grade)
            )
        else:
            self._graded_row(area, heading, grade, topics)
        for text in self._writer.findings(topics):
            self.script.add(self._numbered(self._with_reference(text)))
        if area == "children_in_care":
            for part, words in (
                ("adoption", "for adoption performance"),
                ("care_leavers", "about the experience and progress of care leavers"),
            ):
                self._part(part, words)

    def _graded_row(self, area: str, heading: str, grade: str, topics: list[Topic]) -> None:
        """Write the heading of a section as a row with its grade, and the summary in the frame below."""
        column = ("Key judgement", "Judgement grade") if self._layout == "sif-2" else None
        cell = GRADE[grade][0]
        if area != "help_and_protection":
            self.script.add(Break())
        self.script.add(Heading(heading, 2, "finding", area, grade, cell=cell, column=column))
        self.script.add(Heading("Summary", 3, "summary", boxed=True))
        for start in range(0, min(len(topics), 18), 5):
            if text := self._writer.summary(topics[start : start + 5], 3):
                self.script.add(replace(text, boxed=True))
        self.script.add(Heading("Inspection findings", 3, "finding"))

    def _part(self, area: str, words: str) -> None:
        """Write the part of section 2 on adoption or on care leavers."""
        grade = self._inspection.grades[area]
        verdict = "requires improvement" if grade == "requires_improvement" else f"is {SENTENCE_GRADE[grade]}"
        self.script.add(
            Heading(f"The graded judgement {words} is that it {verdict}", 3, "finding", area, grade)
        )
        for text in self._writer.findings(of_area(self._writer.story, (area,))):
            self.script.add(self._numbered(self._with_reference(text)))

    def _with_reference(self, text: Text) -> Text:
        """Close a weak finding with "(Recommendation)", as the later editions often do."""
        if (
            self._layout in ("sif-3", "sif-re")
            and text.valence in ("weakness", "mixed")
            and self._dice.random() < 0.3
        ):
            return replace(text, text=f"{text.text} (Recommendation)")
        return text

    def _board(self) -> None:
        """Write the review of the safeguarding board."""
        if not self._with_board:
            return
        script, grade = self.script, self._inspection.grades["lscb"]
        topics = list(of_area(self._writer.story, ("lscb",)))
        weak = [topic for topic in topics if self._writer.story[topic.id] == "weakness"]
        script.add(Break(), Heading(_board_heading(self._layout), 1, "finding", "lscb"))
        if self._layout == "sif-3":
            script.add(
                Heading(
                    f"The Local Safeguarding Children Board {_verb(grade, plural=False)}",
                    2,
                    "finding",
                    "lscb",
                    grade,
                )
            )
            script.add(Heading("Executive summary", 2, "summary", "lscb"))
            if text := self._writer.summary(topics, 4):
                script.add(text)
            script.add(Heading("Recommendations", 2, "improvement", "lscb"))
            self._instructions(weak[:4])
            script.add(
                Heading("Inspection findings – the Local Safeguarding Children Board", 2, "finding", "lscb")
            )
        else:
            subject = (
                "The effectiveness of the LSCB" if self._early else "The Local Safeguarding Children Board"
            )
            script.add(Heading(f"{subject} {_verb(grade, plural=False)}", 2, "finding", "lscb", grade))
            script.add(Heading("Areas for improvement", 3, "improvement", "lscb"))
            self._instructions(weak[:4] or topics[:1])
            script.add(
                Heading(
                    "Key strengths and weaknesses of the LSCB"
                    if self._early
                    else "Inspection judgement about the LSCB",
                    2,
                    "finding",
                    "lscb",
                )
            )
        for text in self._writer.findings(topics):
            script.add(self._numbered(self._with_reference(text)))

    def _third_edition(self) -> None:
        """Write a report with executive summary, contents, profile, recommendations and sections."""
        script, writer = self.script, self._writer
        topics = list(of_area(writer.story, _AREAS))
        script.add(Break(), Heading("Executive summary", 2, "summary", boxed=True))
        opening = writer.paragraph(
            [
                f"Children’s services in {self._place} {_verb(self._inspection.grades['overall'])}.",
                writer.frame("opening", self._inspection.grades["overall"]),
            ],
            None,
            (),
            "summary",
        )
        script.add(
            replace(
                opening,
                boxed=True,
                valence="strength"
                if self._inspection.grades["overall"] in ("good", "outstanding")
                else "weakness",
                themes=(
                    (
                        "leadership",
                        "strength"
                        if self._inspection.grades["overall"] in ("good", "outstanding")
                        else "weakness",
                    ),
                ),
            )
        )
        for start in range(0, len(topics), 14):
            if text := writer.summary(topics[start + 1 : start + 14 : 3], 4):
                script.add(replace(text, boxed=True))
        heads = [
            "Executive summary",
            "The local authority",
            "Information about this local authority area",
            "Recommendations",
        ]
        heads += ["Summary for children and young people", *(heading for _, heading in _SECTIONS)]
        heads += [_board_heading("sif-3")] if self._with_board else []
        heads += ["Information about this inspection"]
        script.add(
            Break(),
            Contents(tuple((head, head) for head in heads)),
            Break(),
            Heading("The local authority", 1),
        )
        self._area_information()
        script.add(Break(), Heading("Recommendations", 2, "improvement"))
        weak = [topic for topic in topics if writer.story[topic.id] == "weakness"]
        self._instructions(sorted(self._dice.sample(weak, min(14, len(weak))), key=weak.index))
        script.add(Break())
        self._young_people()
        script.add(Break())
        for area, heading in _SECTIONS:
            self._section(area, heading)
        self._board()

    # back matter ----------------------------------------------------------------------------------------

    def _descriptors(self, key: str, heading: str) -> None:
        """Write what the grades mean."""
        self.script.add(Break(), Heading(heading, 1))
        for line in frames()["descriptors"][key]:
            self.script.add(Text(typographic(line), "boilerplate"))

    def _information_about_inspection(self, *, late: bool) -> None:
        """Write what inspectors did and who they were: before the profile in 2014, at the end later."""
        if late == self._early:
            return
        self.script.add(Break(), Heading("Information about this inspection", 2))
        about = frames()["about"]["inspection" if self._with_board else "reinspection"]
        for line in about:
            self.script.add(Text(self._writer.fill(line), "boilerplate"))
        team = ", ".join(person(self._dice) for _ in range(6))
        self.script.add(
            Heading("The inspection team", 3),
            Line(((f"Lead inspector: {self.script.lead_inspector}", False),)),
            Line(((f"Team inspectors: {team}", False),)),
        )


def _verb(grade: str, *, plural: bool = True) -> str:
    """Return "are good", "requires improvement" and so on."""
    if grade == "requires_improvement":
        return "require improvement" if plural else "requires improvement"
    return f"{'are' if plural else 'is'} {SENTENCE_GRADE[grade]}"


def _because(grade: str, place: str, layout: str) -> str:
    """Return the lead-in of the key findings."""
    if layout == "sif-2":
        return f"Children’s services in {place} {_verb(grade)} because:"
    return {
        "requires_improvement": "This local authority requires improvement and is not yet good because",
        "inadequate": "This local authority has serious weaknesses and is not yet good because",
    }.get(grade, f"This local authority is {SENTENCE_GRADE[grade]} because")


def _board_heading(layout: str) -> str:
    """Return the heading of the part on the safeguarding board."""
    if layout in ("sif-1a", "sif-1b"):
        return "Section 2: The effectiveness of the Local Safeguarding Children Board"
    return (
        "Local Safeguarding Children Board (LSCB)"
        if layout == "sif-2"
        else "The Local Safeguarding Children Board (LSCB)"
    )
