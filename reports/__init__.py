"""What do the stored reports say, put side by side and in words a person can hand over?"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.views import View


def write(view: "View", path: Path) -> None:
    """Write the view in the format that the file name asks for; never leaves half a file."""
    from reports.render import write as write_view

    write_view(view, path)
