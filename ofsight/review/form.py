"""What did the coder put into the form, and what is in it when the page opens?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from corpus.ledger import Entry, Mark, whole_hash
from corpus.model import VALENCES, Valence
from ofsight.review.shown import Shown
from reports.clean import printable

SLOTS: Final = 3  # the codebook gives a paragraph one to three themes
_LONGEST_NOTE: Final = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Field:
    """One theme in the form: its name as typed, and its valence, empty for that of the paragraph."""

    theme: str = ""
    valence: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it stands; `marks` are theme and valence by number of sentence."""

    valence: str = ""
    themes: tuple[Field, ...] = (Field(),) * SLOTS
    marks: tuple[Field, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What has to be put right, and the id of the field."""

    field: str
    text: str


def prefill(shown: Shown, names: Mapping[str, str], *, suggest: bool) -> Filled:
    """The form with the coder's own words, else, to suggest them, the program's, else empty."""
    own = shown.own
    base = own or (shown.program if suggest else None)
    if base is None:
        return Filled(marks=(Field(),) * len(shown.sentences))
    fields = [
        Field(names.get(theme, theme), "" if side == base.valence else side) for theme, side in base.themes
    ]
    spans = {(mark.start, mark.end): mark for mark in own.marks} if own else {}
    found = (spans.get((sentence.start, sentence.end)) for sentence in shown.sentences)
    return Filled(
        valence=base.valence,
        themes=tuple([*fields, *[Field()] * SLOTS][: max(SLOTS, len(fields))]),
        marks=tuple(Field(names.get(m.theme, m.theme), m.valence) if m else Field() for m in found),
        note=(own.note or "") if own else "",
    )


def read_form(values: Mapping[str, str], sentences: int) -> Filled:
    """The form as it was sent."""
    slots = max([SLOTS, *(int(k[5:]) for k in values if k.startswith("theme") and k[5:].isdecimal())])
    return Filled(
        valence=values.get("valence", ""),
        themes=tuple(
            Field(values.get(f"theme{n}", "").strip(), values.get(f"valence{n}", ""))
            for n in range(1, min(slots, 20) + 1)
        ),
        marks=tuple(
            Field(values.get(f"marktheme{n}", "").strip(), values.get(f"markvalence{n}", ""))
            for n in range(1, sentences + 1)
        ),
        note=printable(values.get("note", "").replace("\r\n", "\n").strip()[:_LONGEST_NOTE]),
    )


def check_form(filled: Filled, names: Mapping[str, str]) -> tuple[Fault, ...]:
    """Everything that has to be put right before the form can be kept."""
    faults = []
    if filled.valence not in VALENCES:
        faults.append(Fault(f"valence-{VALENCES[0]}", "Say what the paragraph finds: one of the four."))
    for number, field in enumerate(filled.themes, 1):
        if field.theme and _theme(field.theme, names) is None:
            faults.append(
                Fault(f"theme{number}", f"No theme is called “{field.theme}”; choose from the list.")
            )
    typed = [field.theme for field in filled.themes if field.theme]
    named = [key for theme in typed if (key := _theme(theme, names))]
    if len(set(named)) < len(named):
        faults.append(Fault("theme2", "A theme stands here twice; give each once."))
    if not typed and filled.valence != "neutral":
        faults.append(Fault("theme1", "Give at least one theme; only a neutral paragraph may have none."))
    for number, field in enumerate(filled.marks, 1):
        if field.theme and _theme(field.theme, names) is None:
            faults.append(Fault(f"marktheme{number}", f"Sentence {number}: no theme “{field.theme}”."))
    return tuple(faults)


def make_entry(
    filled: Filled, shown: Shown, coder: str, names: Mapping[str, str], *, blind: bool, resolves: bool
) -> Entry:
    """The entry for the ledger from a form without fault."""
    whole: Valence = filled.valence  # type: ignore[assignment]
    themes = tuple(
        (key, _valence(field.valence, whole))
        for field in filled.themes
        if field.theme and (key := _theme(field.theme, names))
    )
    primary = themes[0][0] if themes else None
    return Entry(
        document=shown.passage.document_id,
        position=shown.passage.position,
        text_sha256=whole_hash(shown.passage.text),
        coder=coder,
        made_at=now(),
        valence=whole,
        themes=themes,
        marks=_marks(filled, shown, primary, names),
        note=filled.note or None,
        blind=blind and shown.own is None,
        resolves=resolves,
    )


def take_back(entry: Entry) -> Entry:
    """The entry that undoes another."""
    return replace(entry, undoes=entry.key, made_at=now())


def now() -> str:
    """This moment, as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _marks(filled: Filled, shown: Shown, primary: str | None, names: Mapping[str, str]) -> tuple[Mark, ...]:
    """A sentence with a valence and no theme is about the paragraph's primary theme."""
    found: list[Mark] = []
    if len(shown.sentences) == 1:
        return ()  # the only sentence is the paragraph
    for sentence, field in zip(shown.sentences, filled.marks, strict=True):
        theme = _theme(field.theme, names) or primary
        if theme and field.valence in VALENCES:
            found.append(Mark(sentence.start, sentence.end, theme, field.valence))
    return tuple(found)


def _valence(given: str, whole: Valence) -> Valence:
    return next((valence for valence in VALENCES if valence == given), whole)


def _theme(typed: str, names: Mapping[str, str]) -> str | None:
    """The theme with this id or name, whatever the case, or the only one whose name holds these letters."""
    wanted = " ".join(typed.casefold().split())
    same = [key for key, name in names.items() if wanted in (key, name.casefold())]
    near = [key for key, name in names.items() if wanted and wanted in name.casefold()]
    return same[0] if same else near[0] if len(near) == 1 else None
