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
    ("text", "subjects"),
    [
        ("On average Stage 1 of the checks is done in less than two months.", ["Stage 1 of the checks"]),
        (
            "At the visit 90 pupils were taught at home, 31 of nursery age and 59 of school age.",
            ["pupils"] * 3,
        ),
        ("There were 12 complaints, seven of rudeness and two of delay.", ["complaints"] * 3),
        (
            (
                "There has been a fall in the number of agency staff, from 44 to 21 (May to July 2014) "
                "improvement in morale."
            ),
            ["agency staff"] * 2,
        ),
        ("Of the pupils who joined in 2014, 40% enjoyed sport and 20% reported poor health.", ["pupils"] * 2),
        ("Some families live apart, and 33% reside out of the county.", ["families"]),
        (
            (
                "Visits took 80 days in 2012. The council says that the 2013–2016 three-year average has "
                "risen, at 95 days."
            ),
            ["Visits"] * 2,
        ),
        ("Only three out of 11 mentors were found within two months.", ["mentors"] * 2),
        ("The annual report fails to explain why the club did not open for eight weeks.", ["club"]),
        (
            (
                "There is a reduction in visits, with the number of toddlers using the hub falling by one"
                " quarter."
            ),
            ["toddlers using the hub"],
        ),
        ("Nearly two thirds of pupils keep the same tutor for three years or more.", ["pupils"] * 2),
        ("Nine per cent of these pupils were ill, 4% due to colds and 2% due to asthma.", ["pupils"] * 3),
        (
            "A slightly higher percentage of pupils than the national average changed school (16%).",
            ["pupils"],
        ),
        ("Overall NEET figures have come down from 50% to 45%.", ["NEET figures"] * 2),
        ("Hearings are concluded in 30 weeks. The most recent local data shows 22 weeks.", ["Hearings"] * 2),
        (
            (
                "The number of leavers in work is 70%. This is a deterioration in performance from 77% a "
                "year earlier."
            ),
            ["leavers in work"] * 2,
        ),
        (
            (
                "Tutors have helped those who asked and, accordingly, calls to the desk have reduced by "
                "almost half."
            ),
            ["calls to the desk"],
        ),
        (
            "It took 60 days on average between a pupil applying and starting school.",
            ["pupil applying and starting school"],
        ),
        (
            ("Late papers affect this and results of hearings are not known within the agreed 12 weeks."),
            ["results of hearings"],
        ),
        (
            "Courts conclude hearings in 90 days. Moorshire’s performance has improved to 70 days.",
            ["hearings"] * 2,
        ),
        ("A manager oversees all requests within 36 hours.", ["requests"]),
        ("The steering group, which used to meet in Moorton, has not met for ten weeks.", ["steering group"]),
        ("The results show a gap of 9%, and in mathematics, it narrowed by 3%.", ["gap"] * 2),
        ("In the county, 70% of tenants remain in the same flat for over four years.", ["tenants"] * 2),
        (
            (
                "This leads to most young carers staying at school, with 6% repeating a year and 60% "
                "attending clubs."
            ),
            ["young carers staying at school"] * 2,
        ),
        ("Mentors review learning plans with pupils every four months.", ["learning plans with pupils"]),
        ("Nearly all cases are completed within 20 weeks.", ["cases"]),
        (
            ("Only 41% of pupils had a card, although this was up from a very low starting point of 29%."),
            ["pupils"] * 2,
        ),
        ("A team helps two thirds of the 300 members.", ["members"] * 2),
        (
            ("In March, 9% of pupils had two or more tutors. This is an improvement on 12% the year before."),
            ["pupils", "tutors", "pupils"],
        ),
        (
            (
                "Help is good. Similarly, 60% of those who have been in clubs for more than two years are"
                " settled."
            ),
            ["those who have been in clubs"] * 2,
        ),
        (
            ("The response to children who play truant is poor, and one in five are not offered a talk."),
            ["children"],
        ),
        (
            ("Of tutors, 51% have more than ten pupils, 20% have more than 15, and 8% have more than 18."),
            ["tutors", "pupils", "tutors", "pupils", "tutors", "pupils"],
        ),
        (
            (
                "This year 70 adults came with 90 children, a rise from the previous year of 50 adults "
                "with 60 children."
            ),
            ["adults", "children", "adults", "children"],
        ),
        (
            "The college trains well, with a large number of students in offices (currently 30).",
            ["students in offices"],
        ),
        (
            ("Delays led to fewer than half of the pupils at the school receiving a card within eight days."),
            ["pupils"] * 2,
        ),
        (
            "Calls are taken by the three county referral and advice teams.",
            ["county referral and advice teams"],
        ),
        ("Moorshire helps 12 families with advice.", ["families with advice"]),
        ("There is some gain in this area, and at the visit 18 pupils (12%) had new cards.", ["pupils"] * 2),
        ("The take-up is good, with 83% (the college’s own count) of tutors having passed.", ["tutors"]),
        ("In one year 30% were late, and visiting times range from 30 to 80 days.", [None, "visiting times"]),
        (
            "Tutors met. For instance, take-up of courses in 2015–16 increased by 12%.",
            ["take-up of courses in 2015–16"],
        ),
        (
            (
                "Talks fell (from 35 to 31), and others rose, such as care orders (46) and adoption "
                "orders (7)."
            ),
            ["Talks", "Talks", "care orders", "adoption orders"],
        ),
        (
            "At the visit, 20 pupils had a card, with six of these tentatively matched with tutors.",
            ["pupils"] * 2,
        ),
        ("Nineteen (17%) young people refused to come.", ["young people"] * 2),
        ("Practice improves, but in two thirds of cases audited it is not good.", ["cases audited"]),
        ("The overall NEET number at 38% is high.", ["NEET number"]),
        ("There are spikes of 55% of 20 year-olds.", ["20 year-olds"]),
        (
            "Most pupils passed, and 30% of adults did. This is better than rates for England, 5%.",
            ["adults"] * 2,
        ),
        ("About 40 families left, and another 12 were waiting.", ["families"] * 2),
        # How far two values are apart is of what they are values of.
        (
            "Clubs took in 17% of minority pupils, which is 9% higher than elsewhere.",
            ["minority pupils"] * 2,
        ),
        (
            "Turnover of tutors is at 5.5% (three people), compared with the England average of 12%.",
            ["Turnover of tutors", "people", "Turnover of tutors"],
        ),
        ("There was a 4% reduction from 740 pupils.", ["pupils"] * 2),
        ("Many pupils (more than 35%) left without a card.", ["pupils"]),
        ("Clubs show good results, as visits by nurses have increased to 15.", ["visits by nurses"]),
        (
            "Work goes on to reduce the number of pupils not in clubs, sports or choirs to 35%.",
            ["pupils not in clubs, sports or choirs"],
        ),
        ("Calls have fallen by 20% whilst letters have increased.", ["Calls"]),
        ("The council’s figure for turnover of staff was 2%.", ["turnover of staff"]),
        ("Some 38 children subject to a care order live here.", ["children subject to a care order"]),
        (
            "Swaps have grown and the rate of moves within the county has fallen from 31% to 27%.",
            ["rate of moves within the county"] * 2,
        ),
        ("Managers place a pupil in a club within 27 days.", ["pupil in a club"]),
        ("Two pupils of the 103 left.", ["pupils"] * 2),
        ("Results improved, with seven of the 17 pupils entered (41%) passing.", ["pupils"] * 2),
        ("The high number of pupils (62% of the total cohort) is a challenge.", ["pupils"]),
        ("There was an overall improvement of 4% over the last four years.", [None]),
        ("There is also a cohort who have been at home for over two years.", ["cohort"]),
        ("Good work has led to most hearings ending in less than 20 weeks.", ["hearings"]),
        ("Risks fall, with a few pupils staying on plans for longer than a year.", ["pupils"]),
        (
            "Waiting times for help from people such as a dentist, a nurse, a clinic for ears, a clinic for "
            "sight, a clinic for speech and a clinic for sleep in the north and the south of the county can "
            "take up to four years.",
            ["Waiting times for help from people"],
        ),
        ("According to the council’s own data they close cases in 20 weeks.", ["cases"]),
        ("The board has issued three improvement notices since then.", ["improvement notices"]),
        # Cases and children are the unit of a caseload.
        ("The average caseload in most teams is about 15 cases.", ["average caseload in most teams"]),
        ("Some workers hold caseloads of more than 20 children.", ["caseloads"]),
        ("Caseloads have fallen, and 12 cases were closed.", ["cases"]),
        ("It aims to cut caseloads to between 18 and 22.", ["caseloads"]),
    ],
)
def test_the_subject_where_words_stand_between(text: str, subjects: list[str | None]) -> None:
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
