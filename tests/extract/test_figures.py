"""A figure is a quantity about services or children, with what its sentence says of it."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Figure
from extract.figures import find_figures
from extract.figures_rules import load_rules


def only(text: str) -> Figure:
    figures = find_figures(text)
    assert len(figures) == 1, [text[figure.start : figure.end] for figure in figures]
    return figures[0]


def printed(text: str) -> list[str]:
    return [text[figure.start : figure.end] for figure in find_figures(text)]


def bracketed(example: str) -> tuple[str, int, int]:
    """Return an example of the data file without its brackets, and the span that stood in them."""
    match = re.search(r"\[(.+?)\]", example)
    assert match, f"no brackets in {example!r}"
    text = example[: match.start()] + match[1] + example[match.end() :]
    return text, match.start(), match.start() + len(match[1])


@pytest.mark.parametrize(
    ("text", "span", "kind", "value", "value2", "unit"),
    [
        ("Only 62% of plans were timely.", "62%", "percent", 62, None, "%"),
        (
            "Forty-three per cent of contacts went no further.",
            "Forty-three per cent",
            "percent",
            43,
            None,
            "%",
        ),
        ("Between 20% and 25% of visits were late.", "20% and 25%", "percent", 20, 25, "%"),
        ("In 20–25% of cases there was drift.", "20–25%", "percent", 20, 25, "%"),
        ("There are 1,165 children in need.", "1,165", "count", 1165, None, None),
        ("It recruited seven foster families.", "seven", "count", 7, None, None),
        ("Sixty-four children had no worker.", "Sixty-four", "count", 64, None, None),
        ("Social workers hold 29 to 45 cases.", "29 to 45", "count", 29, 45, None),
        ("The board spent £1.2 million on homes.", "£1.2 million", "money", 1_200_000, None, "GBP"),
        ("Care leavers receive £2,000 to set up home.", "£2,000", "money", 2000, None, "GBP"),
        ("The rate is 111 per 10,000 children.", "111 per 10,000", "rate", 111, 10_000, None),
        ("The rate is 67/10,000.", "67/10,000", "rate", 67, 10_000, None),
        ("Inspectors judged 58 out of 80 audits right.", "58 out of 80", "ratio", 58, 80, None),
        ("Thirteen of the 125 care leavers stayed put.", "Thirteen of the 125", "ratio", 13, 125, None),
        ("On average this takes 842 days.", "842 days", "duration", 842, None, "days"),
        (
            "Tuition is between five and eight hours per week.",
            "five and eight hours",
            "duration",
            5,
            8,
            "hours",
        ),
        ("Two thirds of families were helped.", "Two thirds", "share", 0.6667, None, None),
        ("One in five children had no interview.", "One in five", "share", 0.2, None, None),
        ("Half of care leavers felt ready.", "Half", "share", 0.5, None, None),
    ],
)
def test_a_figure_is_the_shortest_stretch_with_its_number_and_unit(
    text: str, span: str, kind: str, value: float, value2: float | None, unit: str | None
) -> None:
    figure = only(text)
    assert text[figure.start : figure.end] == span
    assert (figure.kind, figure.value, figure.value2, figure.unit) == (kind, value, value2, unit)


@pytest.mark.parametrize(
    ("span", "approx"),
    [
        ("almost 40%", "about"),
        ("nearly 40%", "about"),
        ("approximately 40%", "about"),
        ("just below 40%", "about"),
        ("over £700", "over"),
        ("more than £700", "over"),
        ("fewer than 12 pupils", "under"),
        ("less than 26 weeks", "under"),
        ("up to 12 pupils", "up_to"),
        ("within 26 weeks", "up_to"),
        ("at least 12 pupils", "at_least"),
        ("58 out of 80", None),
        ("111 per 10,000", None),
        ("842 days", None),
    ],
)
def test_words_of_nearness_belong_to_the_span(span: str, approx: str | None) -> None:
    text = f"The answer was {span} in Moorshire."
    figure = only(text)
    assert text[figure.start : figure.end] == span.removesuffix(" pupils")
    assert figure.approx == approx


@pytest.mark.parametrize("rule", load_rules().exclusions, ids=lambda rule: rule.name)
def test_each_rule_for_numbers_that_are_no_figure_holds_for_its_examples(rule) -> None:
    for example in rule.examples:
        text, start, end = bracketed(example)
        assert rule.before is None or rule.before.search(text[:start]), example
        assert rule.after is None or rule.after.match(text[end:]), example
        assert not [f for f in find_figures(text) if f.start < end and start < f.end], example


@pytest.mark.parametrize(
    "text",
    [
        "Since 2014 children have been heard.",
        "In the last 12 months practice improved.",
        "Support is offered to 16- and 17-year-olds.",
        "At Key Stage 2 pupils make progress.",
        "From 2013–14 to 2015–16 the board met often.",
        "The Children Act 1989 and the Care Act 2014 apply.",
        "Pupils aged 11 to 16 and those under 5 are well.",
        "Between 2013 and 2015 the board met often.",
        "For two of the past three years gaps have closed.",
        "One of the barriers is recruitment.",
        "No children were placed there.",
        "Call 0300 555 0100 for a copy.",
    ],
)
def test_dates_ages_references_windows_and_idioms_are_no_figures(text: str) -> None:
    assert printed(text) == []


@pytest.mark.parametrize(
    ("attribute", "cue"),
    [
        (attribute, cue)
        for attribute, cues in (
            ("approx", load_rules().approx),
            ("comparator", load_rules().comparators),
            ("direction", load_rules().directions),
        )
        for cue in cues
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.value}: {value.examples[0]}",
)
def test_each_cue_gives_its_examples_their_value(attribute: str, cue) -> None:
    for example in cue.examples:
        text, start, end = bracketed(example)
        values = {(f.start, f.end): getattr(f, attribute) for f in find_figures(text)}
        assert values.get((start, end)) == cue.value, (example, values)


@pytest.mark.parametrize(
    ("text", "comparators"),
    [
        ("At 33%, re-referrals are above the England average of 22%.", [None, "england"]),
        (
            "The rate is 58%, against 53% for similar authorities and 51% nationally.",
            [None, "statistical_neighbours", "england"],
        ),
        ("All made progress, compared with 59% and 61% in England.", ["england", "england"]),
        ("Timeliness rose from 60% in 2013 to 75% in 2014.", ["previous", None]),
        ("It takes 545 days, longer than the threshold of 487 days.", [None, "target"]),
        ("This was true of 64% of girls, compared with 40% of boys.", [None, "other"]),
        ("Fewer children wait: 12, down from 30.", [None, "previous"]),
        ("This affects 47% of children in the area.", [None]),
        (
            "This is 62%, compared with 60% for England, and 65% of children live nearby.",
            [None, "england", None],
        ),
        ("There was a rise in such plans over the last year (34).", [None]),
        ("Exclusions are below the national average, at 6.3%.", [None]),
        ("This is lower than the national averages, which are 84% and 87%.", ["england", "england"]),
    ],
)
def test_a_comparator_is_set_only_on_the_value_that_is_compared_with(
    text: str, comparators: list[str | None]
) -> None:
    assert [figure.comparator for figure in find_figures(text)] == comparators


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        ("Timeliness rose from 60% to 75%.", [None, "up"]),
        ("Waiting fell from 30 to 12 days.", [None, "down"]),
        ("There are 12 complaints, up from five complaints.", ["up", None]),
        ("Referrals fell by 26%.", ["down"]),
        ("There was a reduction (26%) in referrals.", ["down"]),
        ("A company was set up by two care leavers.", [None]),
        ("Length rose from 27 to 35 weeks, which holds a case that took 84 weeks.", [None, "up", None]),
        ("There was a 42% increase in contacts.", ["up"]),
        ("The number of plans has remained stable at 58.", ["same"]),
        ("There are 58 plans.", [None]),
    ],
)
def test_a_direction_is_what_the_text_says_of_movement(text: str, directions: list[str | None]) -> None:
    assert [figure.direction for figure in find_figures(text)] == directions


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("There are 178 children looked after in foster care.", ["children looked after"]),
        ("Only 51% of pathway plans are current.", ["pathway plans"]),
        ("A high proportion (17%) of care leavers live far away.", ["care leavers"]),
        ("Of these, 568 (50%) contacts led to a referral.", ["contacts", "contacts"]),
        ("The average length of care proceedings is 28 weeks.", ["average length of care proceedings"]),
        ("At 34%, the vacancy rate is too high.", ["vacancy rate"]),
        ("There was a 26% reduction in contacts.", ["contacts"]),
        (
            "Adoption orders were made for 12 children, of whom five were under school age.",
            ["children", "children"],
        ),
        (
            "Dental checks are low at 63%, below the England average of 84%.",
            ["Dental checks", "Dental checks"],
        ),
    ],
)
def test_the_subject_is_what_is_measured(text: str, subjects: list[str]) -> None:
    assert [figure.subject for figure in find_figures(text)] == subjects


@pytest.mark.parametrize(
    ("text", "period", "first", "last"),
    [
        ("At 31 March 2015, 42 children lived there.", "31 March 2015", "2015-03-31", "2015-03-31"),
        ("In 2013–14, 42 children were adopted.", "2013–14", "2013-04-01", "2014-03-31"),
        ("Attendance of pupils was 94% in 2013–14.", "2013–14", "2013-09-01", "2014-08-31"),
        ("In 2014, 42 children were adopted.", "2014", "2014-01-01", "2014-12-31"),
        ("Between 2011 and 2014, 42 children were adopted.", "2011 and 2014", "2011-04-01", "2014-03-31"),
        ("In May 2016, 42 children went missing.", "May 2016", "2016-05-01", "2016-05-31"),
        (
            "From April to September 2015, 42 children left.",
            "From April to September 2015",
            "2015-04-01",
            "2015-09-30",
        ),
        ("There were 42 complaints since June 2016.", "since June 2016", "2016-06-01", None),
        ("In the last year 42 families were helped.", "the last year", None, None),
    ],
)
def test_the_period_is_as_printed_and_in_days_where_they_are_known(
    text: str, period: str, first: str | None, last: str | None
) -> None:
    figure = only(text)
    assert figure.period is not None
    assert period.casefold() in figure.period.casefold()
    assert (figure.period_from, figure.period_to) == (first, last)


def test_a_limit_does_not_part_a_share_from_its_time() -> None:
    figures = find_figures("This year saw 69.8% of children seen within 15 days in August 2015.")
    assert figures[0].period == "August 2015"


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        # The one time of a sentence holds for all of its figures.
        ("Only 34% (195) of 573 enquiries went on in 2014.", ["2014"] * 3),
        ("In March 2013 it was 619, which is 87 per 10,000 pupils.", ["March 2013"] * 2),
        ("There were 1,629 moves from town schools and 257 from others in 2015.", ["2015"] * 2),
        ("In 2014–15, absence rose on the previous year to 4.5%.", ["2014–15"]),
        ("In 2013, 41 pupils left, which is an 86% increase on the previous year.", ["2013"] * 2),
        ("Moves rose by a third between 2011/12 and 2013/14.", ["2011/12 and 2013/14"]),
        ("The average from 2010 until 2012 was 11%.", ["2010 until 2012"]),
        # But not where another clause, another time or a value compared with has it.
        ("There are currently 17 pupils here and six have left since 2014.", [None, "since 2014"]),
        ("Referrals have fallen from 20% in 2014 to 12%.", ["2014", None]),
        ("Ten pupils had help, and there were nine pupils in 2014.", [None, "2014"]),
        ("Some 67% work, well above the national rate in 2014.", [None]),
    ],
)
def test_one_time_may_hold_for_a_whole_sentence(text: str, periods: list[str | None]) -> None:
    assert [figure.period for figure in find_figures(text)] == periods


def test_a_value_that_was_so_when_a_day_is_named_is_of_that_day() -> None:
    figures = find_figures(
        "It is a rise since 31 March 2012, when there were 282, and since 31 March 2014, when there were 412."
    )
    assert [figure.period_from for figure in figures] == ["2012-03-31", "2014-03-31"]


def test_items_below_a_dated_line_inherit_its_date() -> None:
    (figure,) = find_figures(
        "Of these, 65 children live elsewhere.", heading="At 31 March 2014, 242 children were in care."
    )
    assert (figure.period_from, figure.period_to) == ("2014-03-31", "2014-03-31")


def test_a_sentence_that_points_back_inherits_period_and_subject() -> None:
    _, second = find_figures("In May 2015, 80 initial assessments were made. Of these, 20% were late.")
    assert (second.period, second.subject) == ("May 2015", "initial assessments")


def test_an_increase_by_one_number_to_another_states_both() -> None:
    assert printed("The number of plans increased by 12 to 155.") == ["12", "155"]


def test_a_time_is_not_taken_up_from_a_value_that_was_compared_with() -> None:
    figures = find_figures(
        "In 2015, 425 pupils came, compared with 105 in the previous year. Of these, 75 have stayed."
    )
    assert [figure.period for figure in figures] == ["2015", "in the previous year", "2015"]


def test_a_sentence_about_something_else_inherits_no_time() -> None:
    _, second = find_figures("In 2015, 50% worked. This work is led by a school with two workers.")
    assert second.period is None


def test_a_year_before_a_noun_is_still_a_year() -> None:
    assert printed("Leaders learned from a 2014 pilot scheme.") == []


def test_every_figure_carries_the_position_of_its_paragraph() -> None:
    assert [f.paragraph for f in find_figures("There are 12 children and 30 cases.", paragraph=9)] == [9, 9]


_WORDS = st.sampled_from(
    [
        "the",
        "of",
        "from",
        "to",
        "and",
        "in",
        "40%",
        "12",
        "1,165",
        "children",
        "between",
        "two",
        "thirds",
        "one",
        "three",
        "£5",
        "million",
        "per",
        "10,000",
        "out of",
        "days",
        "weeks",
        "half",
        "increased",
        "England average",
        ",",
        "(",
        ")",
        "2014",
        "2013–14",
        "31 March",
        "section 47",
        "aged 16",
        "over",
        "almost",
        ".",
        ";",
        "were",
        "–",
    ]
)


@settings(deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_figures_never_overlap_and_always_hold_a_number(text: str) -> None:
    end = 0
    for figure in find_figures(text):
        assert end <= figure.start < figure.end <= len(text)
        assert re.search(r"\d|two|three|one|half|million", text[figure.start : figure.end])
        assert figure.value is not None
        end = figure.end


@pytest.mark.parametrize(
    "text",
    [
        " and ".join(str(number) for number in range(5_000)),
        "the rate per 10,000 is " + " ".join(str(number) for number in range(5_000)),
        "similar authorities and England " * 2_500 + "40%",
    ],
    ids=("numbers", "rates", "names"),
)
def test_a_sentence_without_end_does_not_hold_the_reading_up(text: str) -> None:
    begun = time.process_time()
    find_figures(text, sentences=[(0, len(text))])
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Courts took 384 days on average.", ["384 days"]),
        ("The campaign reached 5,018 pupils.", ["5,018"]),
        ("It is quicker than the 35 week average of similar areas.", ["35 week"]),
        ("They follow a 35-week programme.", []),
        ("A small number of children (six) waited too long.", ["six"]),
        ("Moves rose from seven in December 2013 to nine currently.", ["seven", "nine"]),
        ("Some stay for one or two nights.", ["one or two"]),
        ("Five of the last 12 children adopted are brothers and sisters.", ["Five of the last 12"]),
        ("A minimum of twelve weeks of support is offered.", ["minimum of twelve weeks"]),
        ("The council committed four million pounds to homes.", ["four million pounds"]),
        ("In total, 26% were under the age of ten and 32% had no worker.", ["26%", "32%"]),
        ("Of these, 30% were over 16, and few had a plan.", ["30%"]),
        ("The two-and-a-half year plan is new.", []),
        # Years and their short forms, lists of pages, names and the span of an average are no figures.
        ("Timeliness fell from 89% in 2013–4 to 79%.", ["89%", "79%"]),
        ("Plans improve (paragraphs 58, 62,64, 65; pages 13, 31).", []),
        ("The agency, One Moor Adoption, and the One Valley plan help.", []),
        ("The three-year average for 2011 to 2014 was 111 days.", ["111 days"]),
        ("Funds are agreed for the forthcoming two years.", []),
        ("Only 14% are under four years.", ["14%"]),
        # Waits, groups, parts and longer words for numbers are.
        ("In the last 12–18 months, leaders have done much.", []),
        ("The council joined wave 2 of the scheme.", []),
        ("Work is under way in two of the offices.", ["two"]),
        ("There was only one placement.", ["one"]),
        ("Two young people were in custody, four in lodgings.", ["Two", "four"]),
        ("There is an 18-week wait for help.", ["18-week"]),
        ("Children wait for up to two weeks before they are seen.", ["up to two weeks"]),
        ("Notes are shared two weeks before the meeting.", []),
        ("It placed a sibling group of three.", ["three"]),
        ("It runs two in-house children’s homes.", ["two"]),
        ("Just over half take up the offer, within half an hour.", ["Just over half"]),
        ("Almost one child in eight leaves care.", ["Almost one child in eight"]),
        ("One hundred and seventeen children attend.", ["One hundred and seventeen"]),
        ("Most workers have five or more years of practice.", ["five or more years"]),
        ("The court took over two and half years.", ["over two and half years"]),
        ("Half of pupils passed, up from a fifth in 2012/13.", ["Half", "a fifth"]),
        ("Calls rose from a low point of seven in 2012 to 14.", ["seven", "14"]),
        ("The court meets the 26-week guideline.", ["26-week"]),
        ("Homeless 16- and 17- year olds are seen.", []),
        ("Of 22 pupils who are ill, seven are parents.", ["22", "seven"]),
        ("Choice is limited post-16 and up to 25 in the area.", []),
        # One year or week in full is a wait or a limit too, if not one from which is counted.
        ("Pupils stay for less than a year.", ["less than a year"]),
        ("Letters are answered within a week.", ["within a week"]),
        ("She left less than a year before.", []),
        ("Over a year, much has changed.", []),
        ("The next full inspection will be within approximately three years.", []),
    ],
)
def test_less_common_wordings(text: str, expected: list[str]) -> None:
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "span", "kind", "value", "value2"),
    [
        ("The ratio of staff to pupils is 1:8.", "1:8", "ratio", 1, 8),
        ("Managers lead at a ratio of one to six.", "one to six", "ratio", 1, 6),
        ("Nine out of ten pupils are well.", "Nine out of ten", "ratio", 9, 10),
        ("Four out the eight groups met.", "Four out the eight", "ratio", 4, 8),
        ("1 in 4 tenants left.", "1 in 4", "share", 0.25, None),
        ("Four fifths of plans are good.", "Four fifths", "share", 0.8, None),
        ("One half of plans were late.", "One half", "share", 0.5, None),
        ("Caseloads range from 12 to 31.", "12 to 31", "count", 12, 31),
        ("Between 15 and 20 pupils attend.", "15 and 20", "count", 15, 20),
        ("A team serves six local authorities.", "six", "count", 6, None),
        ("A dozen pupils came.", "A dozen", "count", 12, None),
        ("A fee of £12.50 per hour is paid.", "£12.50", "money", 12.5, None),
        ("A 12-month course costs £45,000 a place.", "£45,000", "money", 45_000, None),
        ("There are 3.5 full-time equivalent posts.", "3.5", "count", 3.5, None),
        ("There were 5 or fewer pupils.", "5 or fewer", "count", 5, None),
    ],
)
def test_ratios_shares_sums_and_ranges(
    text: str, span: str, kind: str, value: float, value2: float | None
) -> None:
    figure = only(text)
    assert text[figure.start : figure.end] == span
    assert (figure.kind, figure.value, figure.value2) == (kind, value, value2)


@pytest.mark.parametrize(
    "text",
    [
        "They offer 1:1 tuition.",
        "Year 11 pupils settle, and so do those in Year 7.",
        "It is open to those aged 16 to 17.",
        "The share of 18, 19 and 20 year-olds is small.",
        "The 0–25 service is new.",
        "The line is open 24/7, and a 24-hour desk too.",
        "The half-termly talk is at 4pm.",
        "Regulation 44 visitors come, and a reg 45 report follows.",
        "Section 20 and section 47 are well known.",
        "A 12-month plan is in place.",
        "Calls have doubled since 2015.",
        "Twice as many boys as girls came.",
        "There were zero exclusions.",
        "The third review was late and the second was lost.",
        "Pupils came, and a third is in hospital.",
        "The 9th meeting was held six months on.",
        "Working Together 2018 applies.",
        "The other two were late.",
    ],
)
def test_ages_years_references_and_idioms_with_other_words(text: str) -> None:
    assert printed(text) == []


def test_an_amount_of_change_and_what_it_led_to_are_two_sums() -> None:
    assert printed("The budget grew by £1.2 million to £14m.") == ["£1.2 million", "£14m"]


@pytest.mark.parametrize(
    ("text", "comparators", "directions"),
    [
        ("It is better, down from 215 in 2013–14 to 201 days.", ["previous", None], [None, "down"]),
        ("The rate per 10,000 rose from 45 to 52.", ["previous", None], [None, "up"]),
        ("This is a fall from 505 days on the last scorecard.", ["previous"], [None]),
        ("It takes 30 days, under the target for 2013 to 2016, of 40 days.", [None, "target"], [None, None]),
        ("At 92% it is high, compared to the 2013–14 figure of 88%.", [None, "previous"], ["up", None]),
        ("It is above average (45%) and is a slight improvement on 2012.", [None], [None]),
        ("It is below that of statistical neighbours, at 96%.", ["statistical_neighbours"], [None]),
        ("Teams that see 75% of pupils, have fallen in size.", [None], [None]),
        ("It is one of 10 councils in the pilot.", [None], [None]),
        (
            "More pupils than the national average left (13% compared with 11%).",
            [None, "england"],
            [None] * 2,
        ),
        ("Their own data record timescales of 89 days.", [None], [None]),
        ("They missed the statutory timescales of 20 days.", ["target"], [None]),
        (
            "In 2015, 23 pupils moved compared with 20 in 2014 and 10 in 2013.",
            [None, "previous", "previous"],
            ["up", None, None],
        ),
        (
            "Moves fell from 30 in 2012 to 24 in 2013 and 19 in 2014.",
            ["previous", None, None],
            [None, "down", "down"],
        ),
        (
            "Turnover is 20%, but this is an improvement from a turnover of 33% 12 months ago.",
            [None, "previous"],
            ["down", None],
        ),
        ("It met the target to place 12 pupils, and placed 14 pupils.", ["target", None], [None, None]),
        ("Use of agency staff is on target at 18%.", [None], [None]),
        ("This is half the national average.", [None], [None]),
        (
            "It takes 134 days longer than the target of 547 days, and 102 days longer than elsewhere.",
            [None, "target", None],
            [None, None, None],
        ),
        (
            "It was above the national level of 60% and well above neighbouring councils at a level of 74%.",
            ["england", "other"],
            [None, None],
        ),
        (
            "Plans that ran for more than a year fell from 253 in 2018 to 144.",
            [None, "previous", None],
            [None, None, "down"],
        ),
        ("Almost a third are out of work, although this figure has been reduced.", [None], ["down"]),
        ("Moorshire is in the top 10% of councils nationally.", [None], [None]),
    ],
)
def test_earlier_values_and_targets_at_a_distance(
    text: str, comparators: list[str | None], directions: list[str | None]
) -> None:
    figures = find_figures(text)
    assert [figure.comparator for figure in figures] == comparators
    assert [figure.direction for figure in figures] == directions


@pytest.mark.parametrize(
    "text",
    [
        "Re-referrals are 31%, above similar authorities and England, at 19% and 14% respectively.",
        "Re-referrals are 31%, compared with 19% and 14% for similar authorities and England respectively.",
        "Re-referrals are 31%, above similar authorities and England (19% and 14%).",
    ],
)
def test_two_values_belong_to_two_names_in_turn(text: str) -> None:
    assert [f.comparator for f in find_figures(text)] == [None, "statistical_neighbours", "england"]


def test_numbers_that_are_compared_share_the_base_of_their_rate() -> None:
    figures = find_figures(
        "The rate is high at 10.4 per ten thousand, compared with North East local authorities at 6.5 and "
        "England at 3.75 per ten thousand."
    )
    assert [(f.kind, f.value, f.value2) for f in figures] == [
        ("rate", 10.4, 10_000),
        ("rate", 6.5, 10_000),
        ("rate", 3.75, 10_000),
    ]
    assert [f.comparator for f in figures] == [None, "region", "england"]


def test_of_two_numbers_put_against_each_other_the_first_is_the_own_one() -> None:
    figures = find_figures("The rate is above that of similar authorities (42 against 41 per 10,000).")
    assert [(f.kind, f.comparator) for f in figures] == [("rate", None), ("rate", "statistical_neighbours")]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("Absence is higher here than in the rest of England (16.6% vs 10.5%).", "england"),
        ("More pupils move here than in similar areas (6% as compared with 5%).", "statistical_neighbours"),
        (
            "Results are better than the comparable authority average (75% compared with 42% in 2014).",
            "statistical_neighbours",
        ),
        ("Caseloads are above the recommended level (83 as opposed to 70).", "target"),
        ("Visits to 76% are timely, which is below the figure for all pupils of 84%.", "other"),
        ("A higher proportion (82%) like primary schools than secondary schools (72%).", "other"),
        ("Only 58% work, which is lower than Moorshire’s overall figure of 81%.", "other"),
        ("Some 57% work, well above average for this group (45%).", "other"),
    ],
)
def test_whose_value_the_second_of_two_is(text: str, comparator: str) -> None:
    assert [figure.comparator for figure in find_figures(text)] == [None, comparator]


def test_a_compared_value_may_stand_behind_a_comma() -> None:
    figures = find_figures("At 25%, re-referrals are lower than that of similar areas, at 29%.")
    assert [figure.comparator for figure in figures] == [None, "statistical_neighbours"]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Capacity in early help rose from 285 to 430 young people.", ["young people", "young people"]),
        ("Care leavers receive the £2,000 grant to set up home.", ["grant"]),
        ("There is an improvement in school attendance. This has risen to 94%.", ["school attendance"]),
        ("The re-referral rate of 25% is above the target of 20%.", ["re-referral rate", "re-referral rate"]),
        ("Over half of adopters waited more than four months.", ["adopters", "adopters"]),
        ("A high proportion of children in care (86%) are well.", ["children in care"]),
    ],
)
def test_a_subject_may_stand_further_off(text: str, subjects: list[str]) -> None:
    assert [figure.subject for figure in find_figures(text)] == subjects
