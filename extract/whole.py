"""Is a data file of ours as it was shipped? If not, one error says which, and what to do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from corpus.errors import DataFileError

_DAMAGE: Final = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, re.error)


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turn whatever a damaged file makes go wrong into one `DataFileError` that names it.

    The loaders of data files refuse what they know to be a fault, with its place; this is for the rest,
    such as a file that is cut off, not text, or of another shape altogether.
    """
    try:
        yield
    except DataFileError:
        raise
    except _DAMAGE as error:
        first = " ".join(str(error).split())[:120]
        raise DataFileError(
            f"{name} is damaged ({type(error).__name__}: {first}). Install ofsight again."
        ) from error
