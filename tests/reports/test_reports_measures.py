"""Figures and indicators, next to each other."""

from reports.compare import build_comparison
from reports.filters import indicator


def test_an_indicator_stands_beside_its_date_england_and_page(full_shelf) -> None:
    (document,) = full_shelf.connection.execute("SELECT id FROM document WHERE la_code = 'X02'").fetchone()
    full_shelf.connection.execute(
        "INSERT INTO indicator (document_id, indicator, value, as_of, england, paragraph_id)"
        " VALUES (?, 'looked_after', 1250, '2014-03-31', 60.5, ?)",
        (document, f"{document}-0001"),
    )
    (row,) = build_comparison(full_shelf.connection, ["X01", "X02"]).indicators
    assert row.name == "Children looked after"
    assert [indicator(cell) for cell in row.cells] == [
        "Not printed",
        "1,250, as of 31 March 2014, England 60.5, page 2",
    ]


def test_a_figure_is_quoted_in_the_sentence_that_states_it(full_shelf) -> None:
    (figure,) = build_comparison(full_shelf.connection, ["X01", "X02"]).figures
    assert figure.printed == "12%"
    assert figure.passage.text.endswith("turnover of staff has fallen to 12%.")
    assert figure.passage.number == 4


def test_a_figure_beside_nothing_is_not_listed(full_shelf) -> None:
    full_shelf.connection.execute("UPDATE figure SET comparator = NULL")
    assert build_comparison(full_shelf.connection, ["X01", "X02"]).figures == ()
