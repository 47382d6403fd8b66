"""How is a store written to, so that damage is never built upon?

A run relies on what it finds: what is stored is not read again. So before a byte is written the store is
vouched for. Where its imprint holds, nothing has changed since its last writer came to a clean end; else
(after a kill, another program, or damage) every row is looked at, which takes some 6 ms a report.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.check import refuse_damaged
from corpus.imprint import has_imprint, leave_imprint
from corpus.opening import is_new
from corpus.store import Store, open_store


def vouch(path: Path, tell: Callable[[], None] = lambda: None) -> None:
    """See that a store is whole; where none is yet, or an empty file, there is nothing to see.

    `tell` is called where every row has to be looked at, which in a large store takes its time.

    Raises:
        StoreError: it is damaged, or cannot be opened.
    """
    if not path.is_file() or has_imprint(path) or is_new(path):  # a pipe would have us wait for its writer
        return
    tell()
    with open_store(path) as store:
        refuse_damaged(store.connection)


@contextmanager
def write_store(path: Path, tell: Callable[[], None] = lambda: None) -> Iterator[Store]:
    """A store to write to; at a clean end it is at rest, and says so.

    Raises:
        StoreError: it is damaged, or cannot be opened.
    """
    vouch(path, tell)
    with open_store(path, "write") as store:
        yield store
        store.rest()
    leave_imprint(path)


def lay_to_rest(path: Path) -> None:
    """End what was written by way of other connections: one file, with its imprint."""
    with open_store(path, "write") as store:
        store.rest()
    leave_imprint(path)
