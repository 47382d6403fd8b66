"""A cell never computes anything, and a plain unit stays as it is."""

import pytest

from reports.clean import safe_cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("%", "%"),
        ("40%", "40%"),
        ("=SUM(A1)", "'=SUM(A1)"),
        ("-2", "'-2"),
        ("%x", "'%x"),
        ("@mention", "'@mention"),
        ("Harrowmere", "Harrowmere"),
    ],
)
def test_a_cell_that_begins_like_a_formula_is_disarmed(text: str, cell: str) -> None:
    assert safe_cell(text) == cell
