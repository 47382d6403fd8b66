"""How is a report on a local area partnership (Area SEND) put together?"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from corpus.maker.findings import Writer
from corpus.maker.plan import Inspection
from corpus.maker.script import Break, Heading, JudgementTruth, Line, Row, Script, Table, Text
from corpus.maker.wording import imprint, person, short_span, typographic
from corpus.model import Role, Valence


@cache
def _phrases() -> Mapping[str, Any]:
    """Return what inspectors say."""
    return tomllib.loads(files("corpus.maker").joinpath("send.toml").read_text("utf-8"))


class SendReport:
    """Writes the script of one report."""

    def __init__(self, inspection: Inspection, writer: Writer, dice: Random) -> None:
        self._inspection = inspection
        self._writer = writer
        self._dice = dice
        self._outcome = inspection.grades["send_outcome"]
        self._judged: dict[str, Valence] = {}
        place = inspection.place
        span = short_span(inspection.start, inspection.end)
        self._partnership = f"{place.name} Local Area Partnership"
        self.script = Script(
            layout="area-send",
            title=f"Area SEND inspection of {self._partnership}",
            authority=place.name,
            la_code=place.la_code,
            framework="area_send",
            kind="inspection",
            inspected_from=inspection.start.isoformat(),
            inspected_to=inspection.end.isoformat(),
            published=None,
            lead_inspector=person(dice),
            licence="ogl",
            judgements=(JudgementTruth("send_outcome", self._outcome),),
            footer=(f"Area SEND inspection report: {self._partnership}, {span}",),
            outcome=self._outcome,
        )

    def write(self) -> Script:
        """Write the whole report."""
        script, phrases = self.script, _phrases()
        span = short_span(self._inspection.start, self._inspection.end)
        before = self._inspection.start.year - 5
        script.add(
            Line((("Local Area Partnership report", False),), 9, 60),
            Line(((script.title, True),), 16, 12),
            Line(((f"Inspection dates: {span}", False),), 12, 8),
            Line(((f"Date of previous inspection: 9 to 13 October {before}", False),), 12, 12),
        )
        self._headed(
            "Inspection outcome",
            "summary",
            [phrases["outcome"][self._outcome], phrases["next"][self._outcome]],
        )
        self._headed(
            "Information about the local area partnership", "profile", phrases["information"]["text"]
        )
        good = {"typically_positive": 5, "inconsistent": 3, "systemic_failings": 1}[self._outcome]
        self._experience(good)
        self._bullets(
            "What is the area partnership doing that is effective?",
            phrases["effective"]["text"],
            good + 2,
            "strength",
        )
        self._bullets(
            "What does the area partnership need to do better?",
            phrases["better"]["text"],
            6 - good // 2,
            "weakness",
        )
        self._improvements()
        self._details()
        script.add(Break(), *imprint("send", "ogl", self._inspection.published.year))
        return script

    def _headed(self, heading: str, role: Role, lines: Sequence[str]) -> None:
        """Write a heading with plain paragraphs under it."""
        self.script.add(Heading(heading, 3, role, boxed=role == "summary"))
        good: Valence = "strength" if self._outcome == "typically_positive" else "weakness"
        for line in lines:
            text = self._writer.paragraph([self._writer.fill(line)], "neutral", (), role)
            if line == _phrases()["outcome"][self._outcome]:
                text = replace(text, valence=good, themes=(("partnership", good),))
            self.script.add(replace(text, boxed=role == "summary"))

    def _experience(self, good: int) -> None:
        """Write what it is like to be a child with SEND in this area."""
        phrases = _phrases()["experience"]
        self.script.add(
            Heading("What is it like to be a child or young person with SEND in this area?", 3, "finding")
        )
        self.script.add(*self._lines(phrases["strength"], good, "strength"))
        self.script.add(*self._lines(phrases["weakness"], 6 - good, "weakness"))

    def _bullets(self, heading: str, lines: Sequence[Sequence[str]], most: int, valence: Valence) -> None:
        """Write a heading with bulleted findings under it."""
        self.script.add(Heading(heading, 3, "finding"))
        self.script.add(*(replace(text, level=1) for text in self._lines(lines, most, valence)))

    def _lines(self, lines: Sequence[Sequence[str]], most: int, valence: Valence) -> list[Text]:
        """Write findings about matters that the report has not judged the other way."""
        writer, found = self._writer, []
        open_to = [line for line in lines if self._judged.get(line[1], valence) == valence]
        for theme, matter, line in self._dice.sample(open_to, min(most, len(open_to))):
            self._judged[matter] = valence
            sentences = [writer.fill(line), writer.frame("effects", "area_send", valence)]
            found.append(writer.paragraph(sentences, valence, ((theme, valence),)))
        return found

    def _improvements(self) -> None:
        """Write areas for priority action, where there are failings, and areas for improvement."""
        phrases = _phrases()["improvement"]
        if self._outcome == "systemic_failings":
            self.script.add(Heading("Areas for priority action", 3, "improvement"))
            head = Row(("Responsible body", "Areas for priority action"), (True, True))
            self.script.add(Table((head,), split=0.35, gaps=(10, 0), centred=False))
            for theme, line, body in phrases["priority"]:
                cells = (self._writer.fill(body), self._writer.fill(line))
                record = Text(cells[1], "improvement", valence="weakness", themes=((theme, "weakness"),))
                self.script.add(
                    Table(
                        (Row(cells, (False, False)),), split=0.35, gaps=(0, 0), centred=False, record=record
                    )
                )
        self.script.add(Heading("Areas for improvement", 3, "improvement"))
        for theme, line in phrases["text"]:
            self.script.add(self._row(theme, line))

    def _row(self, theme: str, line: str) -> Text:
        """Return one area for improvement, as it stands in its own frame."""
        text = self._writer.paragraph(
            [self._writer.fill(line)], "weakness", ((theme, "weakness"),), "improvement"
        )
        return replace(text, boxed=True)

    def _details(self) -> None:
        """Write who leads the partnership and who inspected it."""
        script, dice, place = self.script, self._dice, self._inspection.place
        rows = (
            Row(("Local authority", "Integrated Care Board"), (True, True)),
            Row((place.council, f"{place.region} Integrated Care Board"), (False, False)),
            Row(
                (
                    f"{person(dice)}, Director of Children’s Services",
                    f"{person(dice)}, Chief Nursing Officer",
                ),
                (False, False),
            ),
        )
        script.add(Break(), Heading("Local area partnership details", 3), Table(rows, split=0.5))
        script.add(Heading("Information about this inspection", 3))
        for line in _phrases()["about"]["text"]:
            script.add(Text(typographic(line), "boilerplate"))
        team = (
            Row(("Ofsted", "Care Quality Commission"), (True, True)),
            Row(
                (
                    f"{script.lead_inspector}, Ofsted HMI Lead inspector",
                    f"{person(dice)}, CQC Lead inspector",
                ),
                (False, False),
            ),
            Row((f"{person(dice)}, Ofsted HMI", f"{person(dice)}, CQC inspector"), (False, False)),
        )
        script.add(Heading("Inspection team", 3), Table(team, split=0.5))
