"""How is a report under the framework of 2018 to 2026 (ILACS) put together?"""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Final

from corpus.maker.findings import Writer
from corpus.maker.plan import Inspection
from corpus.maker.script import Break, Heading, JudgementTruth, Line, Row, Script, Table, Text, ThemeValence
from corpus.maker.story import Topic, frames, of_area
from corpus.maker.wording import heading_with_grade, imprint, long_date, person, short_span, typographic
from corpus.model import Valence

_HELP: Final = "The experiences and progress of children who need help and protection"
_CARE: Final = "The experiences and progress of children in care"
_JOINED: Final = "The experiences and progress of children in care and care leavers"
_LEAVERS: Final = "The experiences and progress of care leavers"
_LEADERS: Final = "The impact of leaders on social work practice with children and families"
_TABLE_GRADE: Final = {
    "outstanding": "Outstanding",
    "good": "Good",
    "requires_improvement": "Requires improvement to be good",
    "inadequate": "Inadequate",
}
# The outcome, enabler or principle of the national framework that a theme answers to.
_FRAMEWORK: Final[Mapping[str, str]] = {
    "early_help": "outcome 1",
    "front_door": "outcome 1",
    "partnership": "enabler 1",
    "placements": "outcome 4",
    "child_protection": "outcome 3",
    "exploitation_missing": "outcome 3",
    "domestic_abuse_neglect": "outcome 3",
    "permanence": "outcome 2",
    "child_voice": "principle 1",
    "care_leavers": "outcome 4",
    "adoption": "outcome 4",
    "health": "outcome 4",
    "education": "outcome 4",
    "workforce": "enabler 3",
    "leadership": "enabler 2",
    "quality_performance": "enabler 2",
    "management_oversight": "enabler 3",
    "assessment_planning": "outcome 1",
    "identity_vulnerability": "principle 6",
}
_SPELLINGS: Final = (
    " ({}, national framework)",
    " ({}, national framework)",
    " ({}, national framework).",
    " ({}, National Framework)",
    " (National Framework {})",
)
_SHARE: Final = {
    "help_and_protection": 0.62,
    "children_in_care": 0.6,
    "adoption": 0.5,
    "care_leavers": 1.0,
    "leadership": 0.9,
}


class IlacsReport:
    """Writes the script of one report."""

    def __init__(self, inspection: Inspection, writer: Writer, dice: Random) -> None:
        self._inspection = inspection
        self._writer = writer
        self._dice = dice
        self._old = inspection.layout == "ilacs-a"
        self._joined = inspection.layout in ("ilacs-a", "ilacs-b4")
        self._tagged = inspection.layout in ("ilacs-b5-nf", "ilacs-r")
        place = inspection.place
        body = place.council if dice.random() < 0.2 else f"{place.name} local authority"
        title = f"Inspection of {body} children’s services"
        title = "Inspection of children’s social care services" if self._old else title
        span = short_span(inspection.start, inspection.end)
        self._days = f"{long_date(inspection.start)} to {long_date(inspection.end)}" if self._old else span
        grades = inspection.grades
        self.script = Script(
            layout=inspection.layout,
            title=title,
            authority=place.council if self._old or body == place.council else place.name,
            la_code=place.la_code,
            framework="ilacs",
            kind="short" if (inspection.end - inspection.start).days < 7 else "standard",
            inspected_from=inspection.start.isoformat(),
            inspected_to=inspection.end.isoformat(),
            published=None,
            lead_inspector=person(dice),
            licence="ogl",
            judgements=tuple(
                JudgementTruth(area, grades[source]) for _, area, source in self._areas() if source in grades
            ),
            footer=()
            if self._old
            else (f"Inspection of {place.name} local authority children’s services", span),
        )

    def _areas(self) -> tuple[tuple[str, str, str], ...]:
        """Return the rows of the table: label, area of the judgement, and the grade in the plan."""
        leaders = (_LEADERS, "leadership", "leadership")
        helped = (_HELP, "help_and_protection", "help_and_protection")
        overall = (
            () if self._inspection.layout == "ilacs-r" else (("Overall effectiveness", "overall", "overall"),)
        )
        if self._joined:
            care = ((_JOINED, "children_in_care_and_care_leavers", "children_in_care"),)
        else:
            care = (
                (_CARE, "children_in_care", "children_in_care"),
                (_LEAVERS, "care_leavers", "care_leavers"),
            )  # type: ignore[assignment]
        return (leaders, helped, *care, *overall)

    def write(self) -> Script:
        """Write the whole report."""
        self._title_page()
        self._introduction()
        self._improvements()
        grades = self._inspection.grades
        self.script.add(heading_with_grade(_HELP, grades["help_and_protection"], "help_and_protection"))
        self._findings("help_and_protection")
        if self._joined:
            area = "children_in_care_and_care_leavers"
            self.script.add(heading_with_grade(_JOINED, grades["children_in_care"], area))
            self._findings("children_in_care", "adoption", "care_leavers")
        else:
            self.script.add(heading_with_grade(_CARE, grades["children_in_care"], "children_in_care"))
            self._findings("children_in_care", "adoption")
            self.script.add(heading_with_grade(_LEAVERS, grades["care_leavers"], "care_leavers"))
            self._findings("care_leavers")
        self.script.add(
            heading_with_grade(
                _LEADERS, grades["leadership"], "leadership", comma=" is " if self._old else ": "
            )
        )
        self._findings("leadership")
        self.script.add(Break(), *imprint("ilacs", "ogl", self._inspection.published.year))
        return self.script

    def _title_page(self) -> None:
        """Write title, dates, lead inspector and the table of judgements."""
        script = self.script
        if self._old:
            script.add(Line(((script.authority, False),), 26, 14), Line(((script.title, True),), 16, 12))
            script.add(Line(((f"Inspection dates: {self._days}", True),), 12, 10))
            script.add(Line((("Lead inspector: ", True), (script.lead_inspector, True)), 12, 0))
            script.add(Line((("Her Majesty’s Inspector", True),), 12, 12))
        else:
            crown = "His" if self._inspection.start.isoformat() >= "2022-09-09" else "Her"
            script.add(Line(((script.title, False),), 26, 12))
            script.add(Line((("Inspection dates: ", True), (self._days, False)), 12, 12))
            script.add(
                Line(
                    (
                        ("Lead inspector: ", True),
                        (f"{script.lead_inspector}, {crown} Majesty’s Inspector", False),
                    ),
                    12,
                    12,
                )
            )
        rows = [Row(("Judgement", "Grade"), (True, True))]
        for label, _, source in self._areas():
            rows.append(Row((label, _TABLE_GRADE[self._inspection.grades[source]]), (False, False)))
        script.add(Table(tuple(rows), split=0.7 if self._old else 0.5, padding=9, centred=self._old))

    def _introduction(self) -> None:
        """Write the unnumbered paragraphs below the table."""
        writer, story = self._writer, self._writer.story
        grades = self._inspection.grades
        grade = grades.get("overall") or grades["help_and_protection"]
        verdict: Valence = "strength" if grade in ("good", "outstanding") else "weakness"
        topic = of_area(story, ("help_and_protection",))[0]
        both: Valence = verdict if story[topic.id] == verdict else "mixed"
        sentences = [writer.frame("opening", grade), writer.sentence(topic)]
        themes: tuple[ThemeValence, ...] = (("leadership", verdict), (topic.theme, story[topic.id]))
        self.script.add(writer.paragraph(sentences, both, themes, "summary"))
        for areas in (("help_and_protection",), ("children_in_care", "care_leavers"), ("leadership",)):
            chosen = self._dice.sample(of_area(story, areas), 4)
            if text := writer.summary(chosen, 4):
                self.script.add(text)

    def _improvements(self) -> None:
        """Write what needs to improve, with references to the national framework since 2025."""
        script, story = self.script, self._writer.story
        heading = self._dice.choice(
            ("What needs to improve", "What needs to improve?", "What needs to improve?")
        )
        mark = script.note(typographic(frames()["footnotes"]["framework"])) if self._tagged else ""
        script.add(Heading(heading + mark, 1, "improvement"))
        weak = [topic for topic in self._chosen() if story[topic.id] == "weakness"]
        most = {"good": 4, "outstanding": 2}.get(self._inspection.grades["leadership"], 9)
        for topic in sorted(self._dice.sample(weak, min(most, len(weak))), key=weak.index):
            text = self._writer.recommendation(topic, "noun")
            script.add(replace(self._tag(text, topic), level=1))

    def _tag(self, text: Text, topic: Topic) -> Text:
        """Close a bullet with its reference to the national framework."""
        if not self._tagged or self._dice.random() < 0.08:
            return text
        reference = _FRAMEWORK[topic.theme]
        words = self._dice.choice(_SPELLINGS).format(reference)
        stem = text.text.rstrip(".") if self._dice.random() < 0.5 else text.text
        return replace(text, text=stem + words, tags=(reference.replace(" ", "_"),))

    def _chosen(self) -> tuple[Topic, ...]:
        """Return the topics that this report speaks of: fewer than a report of the older framework."""
        dice = Random(f"{self._inspection.stem}/topics")  # noqa: S311 -- invented reports, not secrets
        story = self._writer.story
        return tuple(topic for topic in of_area(story, tuple(_SHARE)) if dice.random() < _SHARE[topic.area])

    def _findings(self, *areas: str) -> None:
        """Write the numbered findings of one section."""
        for text in self._writer.findings([topic for topic in self._chosen() if topic.area in areas]):
            self.script.add(replace(text, number=self.script.next_number()))
