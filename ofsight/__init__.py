"""Reads Ofsted's inspection reports of children's services; `import ofsight` is the front door.

read(path)          a report as a `Document`: numbered paragraphs, sections, judgements, dates
analyse(path)       the same with entities, figures and codings: an `Analysis`
open_store(path)    what `ofsight run` has stored, as pandas DataFrames
nlp()               the spaCy pipeline that finds entities and figures in any text
"""

from typing import TYPE_CHECKING, Any, Final

from ofsight.version import __version__

if TYPE_CHECKING:
    from ofsight.api import analyse, nlp, open_store, read

__all__ = ["__version__", "analyse", "nlp", "open_store", "read"]
_LAZY: Final = ("analyse", "nlp", "open_store", "read")


def __getattr__(name: str) -> Any:
    """Import the work only when somebody asks for it: `ofsight --help` does not."""
    if name not in _LAZY:
        raise AttributeError(f"module 'ofsight' has no attribute '{name}'")
    from ofsight import api

    return getattr(api, name)
