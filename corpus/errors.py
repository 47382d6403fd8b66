"""What can go wrong, and what is each failure called?

    OfsightError
    ├── SourceError            a file that cannot be read as an inspection report; carries a closed `reason`
    ├── CodebookError          a codebook that does not hold together
    ├── DataFileError          a data file of ours (register, gazetteer, layout) that does not hold together
    ├── ModelError             a trained model that is damaged or does not fit the codebook
    ├── UnknownAuthorityError  a name, code or alias that the register does not hold
    ├── StoreError             a store that is missing, damaged, locked or of another version
    └── FetchError             a site that cannot be reached, forbids it, or does not look as described

Wrong arguments stay `ValueError`. Messages say what to do next.
"""

from typing import Final, Literal, get_args

Reason = Literal[
    "not_a_report",
    "not_pdf",
    "empty",
    "no_text",
    "encrypted",
    "corrupt",
    "too_big",
    "timeout",
    "out_of_memory",
    "crashed",
    "unreadable",
    "not_regular",
]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)


class OfsightError(Exception):
    """The base of every error that ofsight raises on purpose."""


class SourceError(OfsightError):
    """A source that cannot be read as an inspection report, with a reason from the closed list."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason: Reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type["SourceError"], tuple[Reason, str]]:
        return type(self), (self.reason, self.detail)


class DataFileError(OfsightError):
    """A data file with faults; the message names every one of them with its place."""


class CodebookError(DataFileError):
    """A codebook that does not hold together."""


class ModelError(OfsightError):
    """A trained model that is damaged, or was made for another codebook."""


class UnknownAuthorityError(OfsightError):
    """A name or code that the register does not hold; `suggestions` are the nearest names."""

    def __init__(self, asked: str, suggestions: tuple[str, ...] = ()) -> None:
        near = f"Did you mean {' or '.join(suggestions)}?" if suggestions else ""
        hint = near or "List them: ofsight authorities"
        super().__init__(f"No local authority is called '{asked}'. {hint}")
        self.asked = asked
        self.suggestions = suggestions


class StoreError(OfsightError):
    """A store that is missing, damaged, locked, or written by a newer version."""


class FetchError(OfsightError):
    """A page or file that the publisher's site does not give, or gives in a form we do not know."""
