"""An area profile prints the same measures for every authority; each becomes one row."""

from dataclasses import replace
from datetime import date

import pytest

import extract
from corpus.errors import DataFileError
from corpus.model import Certificate, Document, Framework, Indicator, Paragraph, Role, Section
from extract import indicators_rules
from extract.indicators import find_indicators
from extract.indicators_rules import load_measures

_LIST = (
    "At 31 March 2016, 318 children were being looked after by the local authority (a rate of 62.5 per "
    "10,000 children). This is an increase from 301 (59 per 10,000 children) at 31 March 2015. "
    "Of this number:"
)


def profile(*lines: str, inspected_to: date | None = date(2016, 6, 10)) -> Document:
    """Return a report whose area profile has these lines."""
    return Document(
        id="0" * 16,
        sha256="0" * 64,
        source="harrowmere.pdf",
        media_type="application/pdf",
        pages=1,
        title=None,
        authority="Harrowmere",
        la_code=None,
        framework="sif",
        kind="inspection",
        layout="sif-3",
        inspected_from=None,
        inspected_to=inspected_to,
        published=None,
        lead_inspector=None,
        licence=None,
        sections=(),
        judgements=(),
        readings=(),
        certificate=Certificate("geometry", 0, 0),
        paragraphs=tuple(
            Paragraph(position, None, None, "profile", line, 1, 1)
            for position, line in enumerate(lines, start=1)
        ),
    )


def rows(*lines: str) -> dict[str, Indicator]:
    return {row.indicator: row for row in find_indicators(profile(*lines))}


@pytest.mark.parametrize("measure", load_measures().measures, ids=lambda measure: measure.name)
def test_each_measure_is_read_from_its_example(measure) -> None:
    population = (
        "Approximately 41,300 children and young people under the age of 18 years live in Harrowmere."
    )
    found = rows(population, measure.example)
    assert found[measure.name].value == measure.gives
    assert found[measure.name].unit == measure.unit


@pytest.mark.parametrize(
    "line",
    [
        "At 31 March 2015, 380 children were being looked after by the local authority (a rate of 53 per "
        "10,000 children), an increase from 350 (49 per 10,000 children) at 31 March 2014.",
        "At 31 March 2015 there were 380 looked after children, a rate of 53 per 10,000 children. This is an "
        "increase from 350 (49 per 10,000) at 31 March 2014.",
        "At 31 March 2015, there were 380 children in care (a rate of 53 per 10,000), compared with 350 "
        "(49 per 10,000) at 31 March 2014.",
    ],
)
def test_children_looked_after_in_several_wordings(line: str) -> None:
    found = rows(line)
    count, rate = found["looked_after"], found["looked_after_rate"]
    assert (count.value, count.as_of) == (380, "2015-03-31")
    assert (count.previous_value, count.previous_as_of) == (350, "2014-03-31")
    assert (rate.value, rate.previous_value, rate.previous_as_of) == (53, 49, "2014-03-31")


def test_the_rate_may_follow_a_colon_and_the_share_a_count_of_these() -> None:
    found = rows("As of 30 June 2015, the council was looking after 380 children (rate: 53 per 10,000).")
    assert found["looked_after_rate"].value == 53
    assert (
        rows("95 (25%) of these live outside the local authority area")["looked_after_outside_area"].value
        == 95
    )


def test_a_dated_line_gives_date_and_earlier_value() -> None:
    row = rows(
        "At 31 March 2016, 214 children were the subject of a child protection plan. "
        "This is a reduction from 230 at 31 March 2015."
    )["child_protection_plans"]
    assert (row.value, row.as_of, row.previous_value, row.previous_as_of) == (
        214,
        "2016-03-31",
        230,
        "2015-03-31",
    )


def test_the_rate_has_its_own_earlier_value() -> None:
    row = rows(_LIST)["looked_after_rate"]
    assert (row.value, row.previous_value, row.previous_as_of) == (62.5, 59, "2015-03-31")


@pytest.mark.parametrize(
    ("sentence", "value", "as_of"),
    [
        ("This is the same number as at 31 March 2015.", 4, "2015-03-31"),
        ("This is no change from 31 March 2015.", 4, "2015-03-31"),
        ("This is an increase from two at March 2015.", 2, "2015-03"),
        ("This is an increase from a suppressed number at 31 March 2015.", None, "2015-03-31"),
        ("", None, None),
    ],
)
def test_an_earlier_value_may_be_the_same_suppressed_or_missing(
    sentence: str, value: float | None, as_of: str | None
) -> None:
    line = "At 31 March 2016, four children lived in a privately arranged fostering placement."
    row = rows(f"{line} {sentence}".strip())["private_fostering"]
    assert (row.previous_value, row.previous_as_of) == (value, as_of)


def test_items_under_of_this_number_inherit_the_date() -> None:
    found = rows(_LIST, "126 (or 40%) live outside the local authority area", "240 live with foster families")
    assert found["looked_after_outside_area"].as_of == "2016-03-31"
    assert found["foster_families"].as_of == "2016-03-31"


@pytest.mark.parametrize(
    ("header", "as_of"),
    [
        ("In the last 12 months:", None),
        ("In the last 12 months to December 2015:", "2015-12"),
        ("In the last 12 months (1 June 2014 to 31 May 2015) there have been:", "2015-05-31"),
        ("In the 12 months to 31 March 2016:", "2016-03-31"),
    ],
)
def test_counts_over_twelve_months_are_dated_only_where_the_text_dates_them(
    header: str, as_of: str | None
) -> None:
    assert rows(_LIST, header, "there have been 14 adoptions")["adoptions_12m"].as_of == as_of


def test_a_span_of_time_is_dated_by_its_end() -> None:
    row = rows("there have been 20 adoptions (June 2015 to May 2016)")["adoptions_12m"]
    assert (row.value, row.as_of) == (20, "2016-05")


def test_school_shares_carry_the_national_average() -> None:
    found = rows(
        "The proportion of children entitled to free school meals:",
        "in primary schools is 13.5% (the national average is 17%)",
        "in secondary schools is 11% (the national average is 15%).",
        "The proportion of children and young people with English as an additional language:",
        "in primary schools is 6% (the national average is 19%)",
    )
    assert (found["fsm_primary"].value, found["fsm_primary"].england) == (13.5, 17)
    assert (found["fsm_secondary"].value, found["fsm_secondary"].england) == (11, 15)
    assert (found["eal_primary"].value, found["eal_primary"].england) == (6, 19)
    assert "eal_secondary" not in found


@pytest.mark.parametrize(
    ("line", "indicator", "value"),
    [
        (
            "three live in residential children’s homes, all of whom live out of the authority area",
            "residential_homes_outside_area_share",
            100,
        ),
        (
            "nine live with parents, none of whom live out of the authority area",
            "placed_with_parents_outside_area_share",
            0,
        ),
        (
            "240 live with foster families, of whom 61 (25.43%) live out of the authority area",
            "foster_families_outside_area_share",
            25.43,
        ),
        (
            "120 children ceased to be looked after, of whom 6.5% subsequently returned to be looked after",
            "returned_to_care_share_12m",
            6.5,
        ),
        (
            "120 children ceased to be looked after, of whom three subsequently returned to be looked after",
            "returned_to_care_12m",
            3,
        ),
        ("no young people are living in houses of multiple occupation", "multiple_occupation_12m", 0),
        ("none live in residential special schools", "residential_special_schools", 0),
        ("fewer than five are unaccompanied asylum-seeking children", "unaccompanied_asylum_seeking", None),
    ],
)
def test_all_none_and_suppressed_numbers(line: str, indicator: str, value: float | None) -> None:
    assert rows(_LIST, line)[indicator].value == value


@pytest.mark.parametrize(
    ("line", "indicator"),
    [
        (
            "14 live in residential children’s homes, of whom nine live out of the area",
            "residential_homes_outside_area_share",
        ),
        ("one lives with parents, within the local authority area", "placed_with_parents_outside_area_share"),
        (
            "the number now living in houses of multiple occupation is not available",
            "multiple_occupation_12m",
        ),
        ("In December 2015, one in four children looked after was new to the area.", "looked_after"),
    ],
)
def test_what_is_not_printed_has_no_row(line: str, indicator: str) -> None:
    assert indicator not in rows(line)


def test_a_list_that_lost_its_bullets_is_read_item_by_item() -> None:
    found = rows(
        f"{_LIST} 126 (or 40%) live outside the local authority area 21 live in residential children’s homes "
        "240 live with foster families two children are unaccompanied asylum-seeking children."
    )
    assert found["looked_after_outside_area"].value == 126
    assert found["residential_homes"].value == 21
    assert found["foster_families"].value == 240


def test_only_the_area_profile_is_read() -> None:
    document = profile(_LIST)
    finding = Paragraph(2, 1, None, "finding", "there have been 14 adoptions", 1, 1)
    assert not [row for row in find_indicators(profile()) if row]
    both = Document(
        **{
            **{f: getattr(document, f) for f in Document.__slots__},
            "paragraphs": (*document.paragraphs, finding),
        }
    )
    assert "adoptions_12m" not in {row.indicator for row in find_indicators(both)}


@pytest.mark.parametrize(
    ("lines", "indicator", "doubt"),
    [
        ([_LIST, "400 live with foster families"], "foster_families", "more than looked_after"),
        (
            [_LIST, "126 (or 80%) live outside the local authority area"],
            "looked_after_outside_area_share",
            "does not follow from looked_after_outside_area",
        ),
        (
            ["At 31 March 2017, four children lived in a privately arranged fostering placement."],
            "private_fostering",
            "dated after the inspection",
        ),
        (
            ["Approximately 170% of the local authority’s children are living in poverty."],
            "child_poverty_rate",
            "a share outside 0 to 100",
        ),
        (
            [_LIST, "126 (or 40%) live outside the local authority area"],
            "looked_after_outside_area_share",
            None,
        ),
    ],
)
def test_rows_that_contradict_something_are_marked(
    lines: list[str], indicator: str, doubt: str | None
) -> None:
    assert rows(*lines)[indicator].doubt == doubt


def test_a_faulty_data_file_is_refused_with_every_fault(tmp_path, monkeypatch) -> None:
    file = tmp_path / "indicators.toml"
    file.write_text(
        '[[topic]]\nname = "x"\npattern = "x"\n'
        '[[indicator]]\nname = "a"\ndate = "own"\npattern = "a"\nexample = "a"\ngives = 1\ncolour = "red"\n'
        '[[indicator]]\nname = "a"\ndate = "own"\npattern = "a"\nexample = "a"\ngives = 1\ntopic = "y"\n',
        "utf-8",
    )
    monkeypatch.setattr(indicators_rules, "_FILE", file)
    indicators_rules.load_measures.cache_clear()
    try:
        with pytest.raises(DataFileError, match=r"stands twice.*unknown key 'colour'.*'y' is no topic"):
            indicators_rules.load_measures()
    finally:
        indicators_rules.load_measures.cache_clear()


@pytest.mark.parametrize(
    ("line", "indicator", "value", "as_of", "previous_value", "previous_as_of"),
    [
        (
            "At 12 May 2016, 183 children were the subject of a child protection plan. "
            "This is similar to the figure of 184 at 31/03/2015.",
            "child_protection_plans",
            *(183, "2016-05-12", 184, "2015-03-31"),
        ),
        (
            "At 22 May 2016, five children lived in a privately arranged fostering placement. "
            "The number at 22 May 2015 was suppressed.",
            "private_fostering",
            *(5, "2016-05-22", None, "2015-05-22"),
        ),
        (
            "At March 2015, the number of children in privately arranged fostering remains low at four. "
            "This is an increase of one from the three identified at 31 March 2014.",
            "private_fostering",
            *(4, "2015-03", 3, "2014-03-31"),
        ),
        (
            "At 30 June 2016, two children were the subject of a child protection plan. "
            "There has been no new plan since September 2015.",
            "child_protection_plans",
            *(2, "2016-06-30", None, None),
        ),
    ],
)
def test_an_earlier_value_has_many_wordings(
    line: str,
    indicator: str,
    value: float,
    as_of: str,
    previous_value: float | None,
    previous_as_of: str | None,
) -> None:
    row = rows(line)[indicator]
    assert (row.value, row.as_of) == (value, as_of)
    assert (row.previous_value, row.previous_as_of) == (previous_value, previous_as_of)


def test_a_line_above_a_list_dates_its_items_and_brackets_hold_the_earlier_values() -> None:
    found = rows(
        "At 30 June 2015:",
        "400 children were being looked after (a rate of 39 per 10,000), compared with 395 (38 per 10,000) "
        "at 31 March 2014",
        "3,038 children were in need (2,819 at 31 March 2014)",
    )
    assert {
        (row.indicator, row.value, row.as_of, row.previous_value, row.previous_as_of)
        for row in found.values()
    } == {
        ("looked_after", 400, "2015-06-30", 395, "2014-03-31"),
        ("looked_after_rate", 39, "2015-06-30", 38, "2014-03-31"),
        ("children_in_need", 3038, "2015-06-30", 2819, "2014-03-31"),
    }


def test_a_small_authority_prints_all_and_none() -> None:
    found = rows(
        "At 1 April 2016, ten children were being looked after by the local authority. Of this number:",
        "all of these children live outside the local authority area",
        "two live with parents, both of whom live in the authority area",
        "six children ceased to be looked after, none of whom returned to care",
    )
    assert found["looked_after_outside_area"].value == 10
    assert found["looked_after_outside_area_share"].value == 100
    assert found["placed_with_parents_outside_area_share"].value == 0
    assert found["returned_to_care_share_12m"].value == 0


def test_an_item_may_name_its_share_before_its_place() -> None:
    found = rows(_LIST, "150, of whom 53 (35%) live out of the authority area, live with foster families")
    assert found["foster_families"].value == 150
    assert found["foster_families_outside_area_share"].value == 35


def test_a_small_number_may_stand_in_a_bracket() -> None:
    assert rows("a small number of children (26) were placed with parents")["placed_with_parents"].value == 26


def test_a_year_of_the_national_average_dates_nothing_else() -> None:
    found = rows(
        "The proportion of children entitled to free school meals:",
        "in primary schools is 14.8% (the national average for 2015 is 15.6%)",
        "in secondary schools is suppressed (the national average is 13.9%)",
    )
    assert (found["fsm_primary"].as_of, found["fsm_primary"].england) == (None, 15.6)
    assert (found["fsm_secondary"].value, found["fsm_secondary"].england) == (None, 13.9)


def test_the_source_of_a_population_dates_it() -> None:
    found = rows(
        "Approximately 35,850 children under the age of 18 years live in Harrowmere. "
        "This is 22.3% of the total population (ONS mid-year estimate 2014)."
    )
    assert found["child_population"].as_of == found["child_population_share"].as_of == "2014"


def test_a_footnote_marker_is_no_digit_of_the_number() -> None:
    found = rows("Approximately 42,6163 children under the age of 18 years live in Harrowmere.")
    assert found["child_population"].value == 42616


def test_an_item_may_stick_to_the_item_before() -> None:
    found = rows(
        "Nine live with parents. Two live outside the areaOne child is an unaccompanied asylum-seeker."
    )
    assert found["unaccompanied_asylum_seeking"].value == 1


def test_a_statistical_office_is_no_national_average() -> None:
    found = rows(
        "There are 70,500 children aged between 0 and 17 years in Harrowmere. "
        "(Source: mid-2011 estimates, Office for National Statistics)"
    )
    assert found["child_population"].as_of == "2011"


def test_those_included_in_a_line_are_counted_by_their_own_number() -> None:
    found = rows(
        "Five young people moved on to independent living, including one in a house of multiple occupation."
    )
    assert (found["moved_to_independence_12m"].value, found["multiple_occupation_12m"].value) == (5, 1)


def test_the_share_nearest_to_outside_is_the_share_outside() -> None:
    found = rows(
        "992 live with foster families, 50% of whom are relatives; 23% live out of the authority area"
    )
    assert found["foster_families_outside_area_share"].value == 23


def test_children_who_returned_to_their_parents_are_not_back_in_care() -> None:
    found = rows(
        "189 children ceased to be looked after, of whom 12 (6.3%) returned to live with their parents"
    )
    assert found.keys() == {"ceased_looked_after_12m"}


def test_a_share_may_be_identical_to_that_of_the_country() -> None:
    found = rows(
        "Children from minority ethnic groups account for 21% of all children living in the area, "
        "identical to the level in the country as a whole."
    )
    assert found["minority_ethnic_share"].england == 21


def test_a_span_up_to_the_end_of_a_month_is_dated_by_that_month() -> None:
    found = rows(
        "14 young people moved on to independent living between April 2014 up to the end of May 2015."
    )
    assert found["moved_to_independence_12m"].as_of == "2015-05"


def test_a_day_without_its_year_is_the_same_day_above() -> None:
    found = rows(
        "At 18 November 2015, 214 children were the subject of a child protection plan.",
        "At 18 November, no children lived in a privately arranged fostering placement.",
        "In the last 12 months (to 18 November):",
        "there have been 14 adoptions",
    )
    assert {row.as_of for row in found.values()} == {"2015-11-18"}


def test_a_heading_dates_the_list_below_it() -> None:
    heading = Section(1, None, "Children looked after in this area at 30 June 2015", None, "profile", 0)
    lines = profile("400 children were being looked after by the local authority", "two live with parents")
    document = replace(
        lines,
        sections=(heading,),
        paragraphs=tuple(replace(line, section_id=1) for line in lines.paragraphs),
    )
    assert {row.as_of for row in find_indicators(document)} == {"2015-06-30"}


@pytest.mark.parametrize("framework", ["pre_sif", "ilacs", "area_send"])
def test_reports_that_describe_the_area_in_prose_have_no_rows(framework: Framework) -> None:
    assert find_indicators(replace(profile(_LIST), framework=framework)) == ()


@pytest.mark.parametrize(
    ("role", "figures", "indicators"),
    [
        ("finding", 1, 0),
        ("summary", 1, 0),
        ("improvement", 1, 0),
        ("profile", 0, 1),
        ("note", 0, 0),
        ("boilerplate", 0, 0),
    ],
)
def test_the_role_of_a_paragraph_decides_what_its_numbers_are(
    role: Role, figures: int, indicators: int
) -> None:
    line = profile("At 31 March 2016, 214 children were the subject of a child protection plan.")
    document = replace(line, paragraphs=(replace(line.paragraphs[0], role=role),))
    found = extract.load().analyse(document)
    assert (len(found.figures), len(found.indicators)) == (figures, indicators)
