"""What does the profile of an area print, and which indicators does it state?"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from random import Random

from corpus.maker.phrases import numeral
from corpus.maker.script import Heading, IndicatorTruth, Script, Text
from corpus.maker.story import frames

_MONTHS = ("31 March", "31 October", "31 December")


@cache
def _lines() -> Mapping[str, Mapping[str, str]]:
    """Return the printed lines."""
    return tomllib.loads(files("corpus.maker").joinpath("profile.toml").read_text("utf-8"))


class Profile:
    """Writes the profile lists of one report into its script."""

    def __init__(self, script: Script, dice: Random, place: str, year: int, population: int) -> None:
        self._script = script
        self._dice = dice
        self._place = place
        self._day = dice.choice(_MONTHS)
        self._year = year - 1 if self._day != "31 March" else year
        self._children = round(population * dice.uniform(0.68, 0.74))

    def write(self) -> None:
        """Write the three lists that carry indicators."""
        self._heading("Children living in this area")
        self._living()
        self._heading("Child protection in this area")
        self._protection()
        self._heading("Children looked after in this area")
        self._care()

    def _heading(self, text: str) -> None:
        """Write the heading of one list."""
        self._script.add(Heading(text, 3, "profile"))

    def _line(
        self, group: str, key: str, level: int, indicators: tuple[IndicatorTruth, ...], **words: object
    ) -> None:
        """Write one bullet."""
        line = _lines()[group][key].format(**words)
        line = line[0].upper() + line[1:] if level == 1 else line
        self._script.add(Text(line, "profile", level=level, valence="neutral", indicators=indicators))

    def _living(self) -> None:
        """Write population, poverty, school meals, ethnicity and language."""
        dice = self._dice
        share = dice.randint(19, 26)
        self._line(
            "living",
            "population",
            1,
            (
                IndicatorTruth("child_population", self._children, None),
                IndicatorTruth("child_population_share", share, "%"),
            ),
            about=dice.choice(("Approximately", "An estimated")),
            value=f"{self._children:,}",
            place=self._place,
            share=share,
        )
        poverty = dice.randint(11, 33)
        about = dice.choice(("Approximately", "An estimated"))
        self._line(
            "living",
            "poverty",
            1,
            (IndicatorTruth("child_poverty_rate", poverty, "%"),),
            about=about,
            value=poverty,
        )
        self._line("living", "meals", 1, ())
        self._schools("fsm", (9, 27), (17, 15))
        minority, england = dice.randint(6, 58), dice.choice((21, 22, 25))
        truth = IndicatorTruth("minority_ethnic_share", minority, "%", england=england)
        self._line("living", "minority", 1, (truth,), value=minority, england=england)
        first, second = dice.sample(frames()["names"]["groups"], 2)
        self._line("living", "groups", 1, (), first=first, second=second)
        self._line("living", "language", 1, (), **{"with": dice.choice(("with", "who speak"))})
        self._schools("eal", (4, 41), (19, 14))

    def _schools(self, measure: str, span: tuple[int, int], england: tuple[int, int]) -> None:
        """Write the pair of lines for primary and secondary schools."""
        base = self._dice.randint(*span)
        for key, value, national in (
            ("primary", base, england[0]),
            ("secondary", round(base * 0.8, 1), england[1]),
        ):
            truth = IndicatorTruth(f"{measure}_{key}", value, "%", england=national)
            self._line("living", key, 2, (truth,), value=f"{value:g}", england=national)

    def _protection(self) -> None:
        """Write children in need, protection plans and private fostering."""
        scale = self._children / 10_000
        for key, indicator, rate in (
            ("need", "children_in_need", 320),
            ("plans", "child_protection_plans", 43),
        ):
            self._pair("protection", key, indicator, rate * scale)
        self._pair("protection", "private", "private_fostering", 3.2)

    def _pair(self, group: str, key: str, indicator: str, about: float) -> None:
        """Write a line that gives a number and the one a year before."""
        dice = self._dice
        value, previous = (max(1, round(about * dice.uniform(0.8, 1.25))) for _ in range(2))
        truth = IndicatorTruth(indicator, value, None, *self._dates()[0], previous, self._dates()[1])
        self._line(
            group,
            key,
            1,
            (truth,),
            date=f"{self._day} {self._year}",
            before=f"{self._day} {self._year - 1}",
            value=numeral(value),
            previous=numeral(previous),
            change=_change(value, previous),
            child="child" if value == 1 else "children",
        )

    def _dates(self) -> tuple[tuple[str], str]:
        """Return the date of the figures and that of the year before."""
        month, day = {"31 March": ("03", "31"), "31 October": ("10", "31"), "31 December": ("12", "31")}[
            self._day
        ]
        return (f"{self._year}-{month}-{day}",), f"{self._year - 1}-{month}-{day}"

    def _care(self) -> None:
        """Write the numbers of children looked after, where they live, and the last 12 months."""
        dice, scale = self._dice, self._children / 10_000
        value, previous = (max(9, round(62 * scale * dice.uniform(0.8, 1.3))) for _ in range(2))
        rate, rate_before = (round(each / scale, 1) for each in (value, previous))
        (as_of,), before = self._dates()
        self._line(
            "care",
            "looked_after",
            1,
            (
                IndicatorTruth("looked_after", value, None, as_of, previous, before),
                IndicatorTruth("looked_after_rate", rate, None, as_of, rate_before, before),
            ),
            date=f"{self._day} {self._year}",
            before=f"{self._day} {self._year - 1}",
            value=numeral(value),
            are=dice.choice(("are", "were")),
            rate=rate,
            previous=numeral(previous),
            previous_rate=rate_before,
            change=_change(value, previous),
        )
        self._places(value, as_of)
        self._year_past(value)

    def _places(self, total: int, as_of: str) -> None:
        """Write where looked-after children live."""
        dice = self._dice
        outside = round(total * dice.uniform(0.2, 0.5))
        homes, schools, parents = (max(2, round(total * part)) for part in (0.1, 0.02, 0.05))
        foster = round(total * dice.uniform(0.68, 0.76))
        mark = self._script.note(frames()["footnotes"]["schools"].replace("'", "’"))
        rows = (
            ("outside", "looked_after_outside_area", outside, "looked_after_outside_area_share"),
            ("homes", "residential_homes", homes, "residential_homes_outside_area_share"),
            ("schools", "residential_special_schools", schools, None),
            ("foster", "foster_families", foster, "foster_families_outside_area_share"),
            ("parents", "placed_with_parents", parents, "placed_with_parents_outside_area_share"),
        )
        for key, indicator, count, share_name in rows:
            share = round(100 * outside / total) if key == "outside" else dice.randint(12, 58)
            truths = [IndicatorTruth(indicator, count, None, as_of)]
            if share_name:
                truths.append(IndicatorTruth(share_name, share, "%", as_of))
            words = {"value": numeral(count), "share": share, "mark": mark, "live": "live"}
            self._line("care", key, 2, tuple(truths), **words)
        asylum = dice.randint(1, 14)
        self._line(
            "care",
            "asylum",
            2,
            (IndicatorTruth("unaccompanied_asylum_seeking", asylum, None, as_of),),
            value=numeral(asylum),
            child="child is" if asylum == 1 else "children are",
        )

    def _year_past(self, total: int) -> None:
        """Write what happened in the last 12 months."""
        dice = self._dice
        self._line("care", "year", 1, ())
        ceased, share = round(total * dice.uniform(0.3, 0.5)), dice.randint(2, 14)
        rows = (
            ("adoptions", "adoptions_12m", max(2, round(total * 0.07))),
            ("guardianship", "special_guardianship_12m", max(2, round(total * 0.06))),
            ("ceased", "ceased_looked_after_12m", ceased),
            ("independence", "moved_to_independence_12m", max(2, round(total * 0.05))),
            ("occupation", "multiple_occupation_12m", dice.randint(0, 6)),
        )
        for key, indicator, count in rows:
            truths = [IndicatorTruth(indicator, count, None)]
            if key == "ceased":
                truths.append(IndicatorTruth("returned_to_care_share_12m", share, "%"))
            people, are = ("young person", "is") if count == 1 else ("children and young people", "are")
            words = {"value": numeral(count), "share": share, "people": people, "are": are}
            self._line("care", key, 2, tuple(truths), **words)


def _change(value: int, previous: int) -> str:
    """Return the words that lead from a number to the one before."""
    if value == previous:
        return "no change from"
    return "an increase from" if value > previous else "a reduction from"
