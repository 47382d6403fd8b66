"""What do the pages of the documentation show: in blocks, and as commands within a line of prose?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "models").glob("*.md")]
    if page.parent.name != "reference"
)
_BLOCK = re.compile(
    r"^(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>\w+)(?P<options>[^\n]*)\n(?P<body>.*?)^```$",
    re.M | re.S,
)
_FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
_SPAN = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Block:
    kind: str
    options: str
    body: str
    file: str | None


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks(text: str) -> list[Block]:
    return [
        Block(found["kind"], found["options"].strip(), found["body"], found["file"])
        for found in _BLOCK.finditer(text)
    ]


def commands(body: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the output shown under it."""
    parts = re.split(r"^\$ ", body.replace("\\\n", " "), flags=re.M)[1:]
    for part in parts:
        first, *shown = part.splitlines()
        yield first.strip(), [line.strip() for line in shown if line.strip() not in ("", "...")]


def lines(body: str) -> list[str]:
    """The commands of a shell block, without remarks."""
    found = (line.split("  #")[0].strip() for line in body.replace("\\\n", " ").splitlines())
    return [line for line in found if line and not line.startswith("#")]


def in_prose(page: Path) -> list[str]:
    """What stands in a line of prose as code, on one line."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return [" ".join(span.split()) for span in _SPAN.findall(text)]
