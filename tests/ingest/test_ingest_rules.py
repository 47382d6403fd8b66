"""The small rules one by one: dates, glyphs, numbering, framework tags."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find_ranges, find_span
from ingest.lines import Line, clean, count_characters, join_texts, split_bullet
from ingest.numbering import find_numbering
from ingest.tags import find_tags


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("4 to 8 March 2024", (2024, 3, 4), (2024, 3, 8)),
        ("29 April to 3 May 2019", (2019, 4, 29), (2019, 5, 3)),
        ("3 December 2018 to 14 December 2018", (2018, 12, 3), (2018, 12, 14)),
        ("30 November 2015 – 8 January 2016", (2015, 11, 30), (2016, 1, 8)),
        ("28 November – 6 January 2017", (2016, 11, 28), (2017, 1, 6)),
        ("14–18 Feb 2022", (2022, 2, 14), (2022, 2, 18)),
        ("17/05/2016 to 09/06/2016", (2016, 5, 17), (2016, 6, 9)),
        ("2 \u2500 20 May 2017", (2017, 5, 2), (2017, 5, 20)),
        ("5 July 2016", (2016, 7, 5), (2016, 7, 5)),
        ("18 November-10 December 2013 and 27 – 29 January 2014", (2013, 11, 18), (2014, 1, 29)),
        ("1st March 2019 to 5th March 2019", (2019, 3, 1), (2019, 3, 5)),
    ],
)
def test_printed_dates(printed, first, last):
    assert find_span(printed) == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("4 to 8 March 2024", [4]),
        ("9 September to 20 September 2024 and 6 to 9 January 2025", [11, 3]),
        ("18 November-10 December 2013 and 27 – 29 January 2014", [22, 2]),
        ("4 March 2024 to 6 March 2024; 10 June 2024 to 13 June 2024", [2, 3]),
        ("18 and 22 March 2024", [4]),  # two days of one visit, not two visits
        ("", []),
    ],
)
def test_an_inspection_that_was_paused_has_more_than_one_stay(printed, days):
    assert [(last - first).days for first, last in find_ranges(printed)] == days


@pytest.mark.parametrize("printed", ["4 to 31 February 2024", "15 to 4 March 2024", "4 to 8 March 24"])
def test_misprinted_ranges_are_not_guessed(printed):
    assert find_ranges(printed) == ()


@pytest.mark.parametrize("printed", ["", "in spring", "31 February 2020", "March 2020", "99 July 2020"])
def test_what_names_no_day_is_no_date(printed):
    assert find_span(printed) is None


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a multi-", "agency team"], "a multi-agency team"),
        (["children aged 16- and", "17-", "year-olds"], "children aged 16- and 17-year-olds"),
        (["help is early", "and good"], "help is early and good"),
        (["a special school", ", far away"], "a special school, far away"),
        (["work – and", "– rest"], "work – and – rest"),
    ],
)
def test_joining_lines(lines, joined):
    assert join_texts(lines) == joined


@given(st.lists(st.text(alphabet="ab -–.,)", max_size=12)))
def test_joining_loses_no_character(parts):
    parts = [clean(part) for part in parts]
    assert count_characters(join_texts(parts)) == sum(map(count_characters, parts))


def test_glyphs():
    assert clean("deci\ufffesion \u202f in  time\u00a0") == "deci-sion in time"


@pytest.mark.parametrize("glyph", ["•", "◼", "▪", "\uf06e", "\uf0a7", "\uf0b7", "\uf02d", "–", "-"])
def test_bullets(glyph):
    assert split_bullet(f"{glyph} two homes") == (glyph, "two homes")


@pytest.mark.parametrize("glyph", ["◼", "\uf06e", "\u0336"])
def test_bullets_without_a_space(glyph):
    assert split_bullet(f"{glyph}two homes") == (glyph, "two homes")


@pytest.mark.parametrize("words", ["-5 places", "two homes", "–like", "\u033617 year"])
def test_what_is_no_bullet(words):
    assert split_bullet(words) == (None, words)


def page(*rows: tuple[float, str]) -> list[Line]:
    """Lines of a page after the first, each with its indent."""
    return [
        Line(words, page=2, top=20.0 * n, bottom=20.0 * n + 12, x0=x, x1=400, size=12)
        for n, (x, words) in enumerate(rows)
    ]


def numbers(lines: list[Line]) -> list[int]:
    return [number for number, _ in find_numbering(lines).starts.values()]


def test_years_decimals_and_counts_begin_no_paragraph():
    lines = page(
        (70, "1. First."), (99, "2014. It was"), (70, "2. Second, with"), (99, "27.3% of them and"),
        (99, "3. a trap in the text"), (70, "3. Third."), (70, "4. Fourth."),
    )  # fmt: skip
    found = find_numbering(lines)
    assert list(found.starts) == [0, 2, 5, 6]
    assert (found.gaps, found.repeats) == ((), ())


def test_rows_of_a_table_before_the_text_begin_no_paragraph():
    rows = [(70, "1. Help and protection"), (70, "2. Looked after"), (70, "3. Leadership")]
    assert list(find_numbering(page(*rows, (70, "1. One."), (70, "2. Two."), (70, "3. Three."))).starts) == [
        3,
        4,
        5,
    ]


def test_a_number_never_printed_is_a_gap():
    lines = page(*((70, f"{n}. Words.") for n in (1, 2, 3, 5, 6, 7)))
    assert (numbers(lines), find_numbering(lines).gaps) == ([1, 2, 3, 5, 6, 7], (4,))


def test_a_number_printed_twice_is_a_repeat():
    lines = page(*((70, f"{n}. Words.") for n in (1, 2, 3, 3, 4, 5)))
    assert (numbers(lines), find_numbering(lines).repeats) == ([1, 2, 3, 3, 4, 5], (3,))


def test_a_number_without_its_full_stop_counts_in_the_column_of_numbers():
    assert numbers(page((70, "1. One."), (70, "2. Two."), (70, "3 Three"), (70, "4. Four."))) == [1, 2, 3, 4]


def test_the_sequence_goes_on_after_pages_that_are_lost():
    lines = page(*((70, f"{n}. Words.") for n in (1, 2, 3, 4, 5, 20, 21, 22, 23)))
    found = find_numbering(lines)
    assert (numbers(lines)[-1], found.gaps) == (23, tuple(range(6, 20)))


def test_a_second_bound_document_has_its_own_sequence():
    assert numbers(page(*((70, f"{n}. Words.") for n in (*range(1, 9), *range(1, 6))))) == [
        *range(1, 9),
        *range(1, 6),
    ]


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("Plans. (outcome 3, national framework)", ("outcome_3",)),
        ("Plans (Outcome four, National Framework)", ("outcome_4",)),
        ("Plans. (National Framework enabler two)", ("enabler_2",)),
        ("Plans. (Principle 1)", ("principle_1",)),
        ("Plans. (outcomes 1 and 2, national framework)", ("outcome_1", "outcome_2")),
        ("Plans. (outcome 1: national framework)", ("outcome_1",)),
        ("An outcome 3 months later (see above)", ()),
    ],
)
def test_framework_tags(words, tags):
    assert find_tags(words) == tags


def test_one_number_alone_or_a_trap_in_an_unnumbered_report_is_no_sequence():
    assert numbers(page((70, "Some words"), (70, "15. March was wet"), (70, "1. alone"))) == []


def test_a_hostile_list_of_numbers_takes_no_time():
    assert len(numbers(page(*[(70.0, "1. One"), (70.0, "7. Seven")] * 20_000))) == 0
