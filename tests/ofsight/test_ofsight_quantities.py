"""What can be asked of figures is told apart from what nobody states."""

import sqlite3

import pytest

from ofsight.quantities import figures
from ofsight.selection import Filter


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE figure (kind TEXT)")
    connection.executemany("INSERT INTO figure VALUES (?)", [("percent",), ("count",)])
    with pytest.raises(ValueError, match="Did you mean percent"):
        figures(connection, Filter(), kind="percentage")
