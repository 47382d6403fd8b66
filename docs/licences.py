"""Which packages come along, in which versions, under which licences?

`python docs/licences.py` (`make sbom`) writes a CycloneDX list of parts into build/ and docs/licences.md,
from the lock file and from what the installed packages say of themselves; nothing is asked of the network.
"""

import json
import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
LOCK: Final = ROOT / "requirements.lock"
PAGE: Final = Path(__file__).parent / "licences.md"
SBOM: Final = ROOT / "build" / "sbom.cdx.json"
_PIN: Final = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<rest>(?:.*\\\n)*.*)", re.MULTILINE)
_HASH: Final = re.compile(r"--hash=sha256:([\da-f]{64})")
_CLASSIFIER: Final = "License :: "
_ELSEWHERE: Final = "not needed on this system"
_HEAD: Final = """# Licences

ofsight itself is under the MIT licence. A default install brings the packages below along; none is under the
AGPL. Packages say so of themselves; those of other systems are named without. `make sbom` writes this page
and a CycloneDX list of parts with versions and hashes, `build/sbom.cdx.json`.

| package | licence |
|---|---|
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One locked package; `licence` is None where it is not installed, as it is for another system."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str | None


def locked_parts(lock: Path = LOCK) -> tuple[Part, ...]:
    """Every package of a lock file, in its order."""
    return tuple(
        Part(
            pin["name"],
            pin["version"].rstrip("\\").strip(";"),
            tuple(_HASH.findall(pin["rest"])),
            licence_of(pin["name"]),
        )
        for pin in _PIN.finditer(lock.read_text("utf-8"))
    )


def licence_of(name: str) -> str | None:
    """What an installed package says of its licence, in one line; None where it is not installed."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return None
    if expression := said.get("License-Expression"):
        return expression
    classes = [each for each in said.get_all("Classifier", []) if each.startswith(_CLASSIFIER)]
    names = [each.rpartition(" :: ")[2] for each in classes if each != "License :: OSI Approved"]
    return ", ".join(names) or (said.get("License") or "not said").strip().partition("\n")[0]


def bill_of_materials(parts: tuple[Part, ...]) -> dict[str, Any]:
    """The list of parts as CycloneDX 1.5."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "ofsight", "version": version("ofsight")},
        },
        "components": [
            {
                "type": "library",
                "bom-ref": f"pkg:pypi/{part.name}@{part.version}",
                "name": part.name,
                "version": part.version,
                "purl": f"pkg:pypi/{part.name}@{part.version}",
                "licenses": [{"license": {"name": part.licence}}] if part.licence else [],
                "properties": [{"name": "ofsight:sha256", "value": each} for each in part.hashes],
            }
            for part in parts
        ],
    }


def page(parts: tuple[Part, ...]) -> str:
    """The page of the documentation."""
    return _HEAD + "".join(
        dict.fromkeys(f"| {part.name} | {part.licence or _ELSEWHERE} |\n" for part in parts)
    )


def main() -> None:
    """Write both."""
    parts = locked_parts()
    SBOM.parent.mkdir(exist_ok=True)
    SBOM.write_text(json.dumps(bill_of_materials(parts), indent=1) + "\n", "utf-8")
    PAGE.write_text(page(parts), "utf-8")


if __name__ == "__main__":
    main()
