"""Which rows of other tables does a row lead to, in Datasette?

Datasette reads this from the schema, but stumbles where that names no column of the other table, and does not
know what is no foreign key there (a theme may be of another codebook). So it is told, in `serving.toml`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from datasette.database import Database

from corpus.opening import is_still

Links = Mapping[str, Mapping[str, str]]


class LinkedDatabase(Database):  # type: ignore[misc]  # the library has no types
    """A database whose links are given; `links` maps table and column to the other "table.column"."""

    def __init__(self, app: Any, path: Path, links: Links) -> None:
        super().__init__(app, path=str(path), is_mutable=not is_still(path))  # opened read-only either way
        self._links = links

    async def foreign_keys_for_table(self, table: str) -> list[dict[str, str]]:
        """The links that go out from a table."""
        return [_link(column, there) for column, there in self._links.get(table, {}).items()]

    async def get_all_foreign_keys(self) -> dict[str, dict[str, list[dict[str, str]]]]:
        """The links of every table, out and in."""
        names = await self.table_names()
        found: dict[str, dict[str, list[dict[str, str]]]] = {
            name: {"incoming": [], "outgoing": []} for name in names
        }
        for table in names:
            for link in await self.foreign_keys_for_table(table):
                found[table]["outgoing"].append(link)
                back = {"other_table": table, "column": link["other_column"], "other_column": link["column"]}
                found[link["other_table"]]["incoming"].append(back)
        return found


def _link(column: str, there: str) -> dict[str, str]:
    table, _, other = there.partition(".")
    return {"column": column, "other_table": table, "other_column": other}
