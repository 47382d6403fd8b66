"""Which version of ofsight is this?"""

from typing import Final

__version__: Final = "0.1.0"
