"""What does a figure measure? The subject is the noun phrase that says so, wherever it stands."""

import pytest

from extract.figures import find_figures


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        # The number is the value of a measure with a name of its own.
        ("There is a vacancy rate of 31% (47) in two areas.", ["vacancy rate", "vacancy rate"]),
        ("There is often delay of up to six months in answering enquiries.", ["delay"]),
        ("Records show significant delays of up to four weeks.", ["significant delays"]),
        ("Care proceedings are completed within an average period of 25 weeks.", ["Care proceedings"]),
        ("The absence rate of 4% is close to that found nationally at 5%.", ["absence rate", "absence rate"]),
        # What has changed is measured, not who or what changed it.
        (
            "Much progress has been made, reducing the number of shared services from 34 to just four.",
            ["shared services", "shared services"],
        ),
        (
            "The council has increased its use of special guardianship orders by 50% on last year.",
            ["use of special guardianship orders"],
        ),
        (
            "Work has led to a reduction in the time of cases in court, currently at 22.3 weeks.",
            ["time of cases"],
        ),
        (
            "Targets of 26 weeks are not being met, but the length of proceedings fell from 41 to 34 weeks.",
            [None, "length of proceedings", "length of proceedings"],
        ),
        (
            "Meetings have increased from 105 in 2013 with 49 children to 136 in 2014.",
            ["Meetings", "children", "Meetings"],
        ),
        ("The turnover of staff has increased in the last year, from 6% to 8%.", ["turnover of staff"] * 2),
        ("There was a drop of almost a third in the number of enquiries.", ["enquiries"]),
        ("The attainment gap reduced by 7.5% in reading.", ["attainment gap"]),
        # A number may stand in the midst of its phrase, or between commas behind it.
        ("Reports show a high (31%) turnover of staff.", ["turnover of staff"]),
        ("Most children, 90%, contribute to their reviews.", ["children"]),
        ("Of the 445 completed assessments, 87% (386) were timely.", ["assessments"] * 3),
        ("In all, 25 pupils were named, with 15 of those (60%) in receipt of help.", ["pupils"] * 3),
        ("This year, 107 16- and 17-year-olds asked for help.", ["16- and 17-year-olds"]),
        ("At the visit two experienced duty workers had caseloads of 41.", ["duty workers", "duty workers"]),
        ("There are 27 care experienced young people at university.", ["care experienced young people"]),
        # A council is not what is measured.
        ("Essex has kept 67% within three years.", [None, None]),
        ("Of those contacts sampled by us, four of 14 were late.", ["contacts"]),
        ("It has invested in trainees, 22 of whom have joined.", ["trainees"]),
        ("Emotional abuse, at 43%, is the most common category.", ["Emotional abuse"]),
        ("The May figure stands for 37.9 children per 10,000.", ["children"]),
        ("Data for May show that 44 (9.7%) out of the 454 care leavers have no home.", ["care leavers"] * 3),
        ("The plan may reduce notifications by around one third.", ["notifications"]),
        (
            "When contacts are closed, the record is kept in a mailbox for three months.",
            ["record"],
        ),
        # A verb ends the phrase; an adjective of the number is none.
        ("The structure of 10 sub-groups presents a challenge.", ["sub-groups"]),
        (
            "The number of contacts that lead to no action continues to be high at 60%.",
            ["contacts that lead to no action"],
        ),
        (
            "The number of approved foster carers is stable and, while 16 joined, 11 left.",
            ["foster carers"] * 2,
        ),
    ],
)
def test_the_subject_of_a_figure(text: str, subjects: list[str | None]) -> None:
    assert [figure.subject for figure in find_figures(text)] == subjects


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            "Care leavers have a choice of homes. Approximately a quarter are living in lodgings.",
            "Care leavers",
        ),
        ("The number of visits is low. In 2013–14, this was 4%.", "visits"),
        (
            "There is a marked reduction in the time spent in court. This has reduced to 33 weeks.",
            "time spent",
        ),
        ("Five children moved, with an average wait of 380 days. This is 56 days fewer.", "average wait"),
    ],
)
def test_a_sentence_without_a_subject_of_its_own_goes_on_about_that_of_the_one_before(
    text: str, subject: str
) -> None:
    assert find_figures(text)[-1].subject == subject


def test_a_share_without_a_noun_has_no_subject_rather_than_its_own_words() -> None:
    assert [
        figure.subject for figure in find_figures("About 77% live in foster care and 96% are placed well.")
    ] == [
        None,
        None,
    ]
