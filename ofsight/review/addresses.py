"""How do the filters stand in an address, and how are they read out of it?"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from ofsight.review.queue import Show, Wish

_SHOWS: Final[Mapping[str, Show]] = {"open": "open", "mine": "mine", "differ": "differ"}
_BY: Final = "by:"


def wish_of(query: Mapping[str, str]) -> Wish:
    """The filters of an address; what it does not name is no condition."""
    asked = query.get("show", "")
    by = asked.removeprefix(_BY) if asked.startswith(_BY) else None
    return Wish(
        show="other" if by else _SHOWS.get(asked, "open"),
        authority=query.get("authority") or None,
        theme=query.get("theme") or None,
        document=query.get("document") or None,
        by=by or None,
    )


def show_of(wish: Wish) -> str:
    """How the choice of paragraphs stands in an address."""
    return f"{_BY}{wish.by}" if wish.by else wish.show


def address(path: str, wish: Wish, **more: str | None) -> str:
    """An address below the secret part, with the filters."""
    given = {
        "show": show_of(wish) if wish.show != "open" else None,
        "authority": wish.authority,
        "theme": wish.theme,
        "document": wish.document,
        **more,
    }
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{path}?{query}" if query else path
