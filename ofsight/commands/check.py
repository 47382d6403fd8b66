"""`ofsight check`: is the store still whole?"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

from corpus.check import Condition, examine
from corpus.store import open_store
from ofsight.options import STORE, AsJson, ReadStore
from ofsight.terminal import wrap
from reports.wording import plural

_LISTED: Final = 20


def check(
    store: ReadStore = STORE,
    as_json: AsJson = False,
) -> int:
    """Check that every row of the store is still what was written.

    Notices damage that SQLite's own check does not see: each document is compared with the seal that was
    set when it was stored. Nothing is changed. Ends with 1 where there is damage.

    \b
    Examples:
      ofsight check
      ofsight check --store england.db --json
    """
    with open_store(store) as opened:
        found = examine(opened.connection)
        content = None if found.damage else opened.content_hash()
    if as_json:
        print(json.dumps(asdict(found) | {"content": content}))
    else:
        print("\n".join(_lines(found, content, store)))
    return 1 if found.damage else 0


def _lines(found: Condition, content: str | None, store: Path) -> Iterator[str]:
    if found.damage:
        yield wrap(f"{store} is damaged: {plural(len(found.damage), 'fault')}.")
        for damage in found.damage[:_LISTED]:
            yield wrap(f"{damage.source}: {damage.what}" if damage.source else damage.what, "  ")
        if len(found.damage) > _LISTED:
            yield f"  ... and {len(found.damage) - _LISTED:,} more; --json lists all of them"
        yield wrap(
            "Nothing was changed. Keep this file and make a new store from the reports:"
            " ofsight run REPORTS --store NEW.db. What people corrected is carried over by:"
            f" ofsight review --store {store} --export FILE.jsonl, then --store NEW.db --import FILE.jsonl"
        )
        return
    if found.documents or not found.unsealed:
        yield wrap(f"{store} is whole: {plural(found.documents, 'document')} as written.")
    if found.unsealed:
        yield wrap(
            f"No damage was found in {plural(found.unsealed, 'document')} of a version that set no seals:"
            " what was written is not known, so nothing could be compared. The next run that reads them"
            " again sets seals."
        )
    yield f"Content: {content}"
