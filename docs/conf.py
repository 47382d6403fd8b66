"""How are the pages built? `make docs`, or `python -m sphinx docs build/docs`.

The reference is written from the code before the pages are read, into `docs/reference/`, which is not kept.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from reference import write_reference  # noqa: E402

from ofsight.version import __version__  # noqa: E402

project = "ofsight"
author = "The ofsight contributors"
project_copyright = "The ofsight contributors, MIT licence. Unofficial; not endorsed by Ofsted"
release = version = __version__
language = "en-GB"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"ofsight {release}"
html_show_sphinx = False
exclude_patterns = ["README.md"]
myst_heading_anchors = 3
autodoc_typehints = "signature"

write_reference(HERE)
