"""How do documents and paragraphs read on a terminal?"""

from collections.abc import Sequence
from datetime import date

from ofsight.queries import Completeness, Overview, Passage, Stated
from ofsight.reasons import Reason, Reasons
from ofsight.terminal import clean, paint, table, wrap
from reports.tables import DataTable
from reports.wording import date_range, long_date, name_of, wording

_INDENT = "    "


def documents(found: Sequence[Overview]) -> str:
    """Documents of one authority as a table, the oldest first."""
    rows = [
        (
            document.id,
            _day(document.inspected_to),
            _inspection(document).removesuffix(" inspection"),
            _grades(document),
        )
        for document in found
    ]
    return table(("Document", "Inspected to", "Inspection", "Judgements"), rows)


def head(document: Overview) -> str:
    """What is known of one document, in lines."""
    printed = wording()
    lines = [
        paint(clean(document.title or document.authority or document.id), "bold"),
        f"{_inspection(document)}, inspected {_range(document)}; {_published(document)}",
        f"Lead inspector: {clean(document.lead_inspector or 'not printed')}",
        f"Document {document.id}, {document.pages or 'no'} pages, {clean(document.source)}",
    ]
    lines += [
        f"  {name_of(printed.area, area)}: {name_of(printed.grade, grade)}"
        for area, grade in document.judgements
    ]
    return "\n".join(lines)


def passage(found: Passage, *, place: bool = False) -> str:
    """One paragraph with its codings, entities and figures; `place` says which report it is from."""
    lines = [_first_line(found, place=place), wrap(found.text, _INDENT)]
    if found.entities:
        names = dict.fromkeys(f"{span.name or span.text} ({span.label})" for span in found.entities)
        lines.append(paint(wrap("entities: " + "; ".join(names), _INDENT), "dim"))
    if found.figures:
        figures = (f"{span.text} ({span.name or span.label})" for span in found.figures)
        lines.append(paint(wrap("figures: " + "; ".join(figures), _INDENT), "dim"))
    return "\n".join(lines)


def figures_as_text(found: DataTable) -> str:
    """Figures by what they measure, each with its place and the sentence it stands in."""
    lines = []
    subject: object = ""
    for row in found.rows:
        one = dict(zip(found.columns, row, strict=True))
        if one["subject"] != subject:
            subject = one["subject"]
            lines.append(f"\n{paint(clean(str(subject or 'subject not known')), 'bold')}")
        place = f"{one['authority']}, {_day(str(one['inspection_date']))}"
        number = f", paragraph {one['paragraph']}" if one["paragraph"] is not None else ""
        compared = f" ({str(one['comparator']).replace('_', ' ')})" if one["comparator"] else ""
        lines.append(clean(f"  {one['words']}{compared}: {place}{number}, page {one['page']}"))
        lines.append(paint(wrap(str(one["sentence"]), _INDENT), "dim"))
    return "\n".join(lines).lstrip("\n")


def certificate(document: Overview, stated: Stated) -> str:
    """How completely a document was read, and what was not understood."""
    lines = [
        head(document),
        "",
        f"Read from {stated.path}: {stated.placed:,} of {stated.characters:,} characters found their place"
        f" ({stated.coverage:.2%}).",
    ]
    for title, values in (
        ("Numbers missing from the sequence", stated.gaps),
        ("Numbers printed twice", stated.repeats),
        ("Words without a place", stated.unplaced),
        ("Remarks", stated.remarks),
        ("Lost", stated.missing),
    ):
        lines.append(wrap(_listed(values) or "none", f"{title}: "))
    rows = [(field, status.replace("_", " "), evidence) for field, status, evidence in stated.readings]
    return "\n".join([*lines, "", table(("Field", "Status", "Read from"), rows)])


def _listed(values: Sequence[object]) -> str:
    """Values in a row; sentences need nothing between them."""
    words = [str(value) for value in values]
    return (" " if all(word.endswith(".") for word in words) else "; ").join(words)


def certificates(found: Sequence[Completeness]) -> str:
    """What a store's certificates come to, then each document about which there is something to say."""
    full = sum(one.coverage == 1 for one in found)
    sound = [one for one in found if not (one.not_read or one.remarks or one.missing) and one.coverage == 1]
    lines = [
        f"{len(found):,} documents. Every character found its place in {full:,};"
        f" nothing to remark in {len(sound):,}."
    ]
    for one in found:
        if one not in sound:
            name = clean(one.authority or "unknown authority")
            lines.append(f"\n{name}, {_day(one.inspected_to)}, {one.document_id}")
            lines += [
                wrap(_listed(values), f"{_INDENT}{title}: ")
                for title, values in (
                    ("Characters placed", () if one.coverage == 1 else (f"{one.coverage:.2%}",)),
                    ("Not read", one.not_read),
                    ("Remarks", one.remarks),
                    ("Lost", one.missing),
                )
                if values
            ]
    return "\n".join(lines)


def reasons(found: Reasons) -> str:
    """The words that moved each decision, the strongest first; minus means that a word spoke against."""
    place = "the valence follows from where the paragraph stands" if found.by_place else ""
    decisions = [(found.valence, place), *((theme, "") for theme in found.themes)]
    lines = [wrap(words or _moved(reason), f"{reason.decision}: ") for reason, words in decisions]
    return "\n".join(["Words that moved the coding, and how far (log-odds): + for it, - against it.", *lines])


def _moved(reason: Reason) -> str:
    return "; ".join(f"{word.text} {word.weight:+.2f}" for word in reason.words) or "no single word"


def _first_line(found: Passage, *, place: bool) -> str:
    number = f"paragraph {found.number}" if found.number is not None else f"{found.role} (no number)"
    first, last = found.page_from, found.page_to
    pages = f"page {first}" if first == last else f"pages {first}-{last}"
    where = f"{found.authority or 'unknown authority'}, {_day(found.inspected_to)}, " if place else ""
    said = found.valence or "not coded"
    corrected = f" (corrected by {found.corrected_by})" if found.corrected_by else ""
    doubt = " (to be reviewed)" if found.needs_review else clean(corrected)
    themes = ", ".join(
        theme.theme if theme.valence == found.valence else f"{theme.theme} ({theme.valence})"
        for theme in found.themes
    )
    text = clean(f"{where}{number}{f', {pages}' if first else ''}")
    coding = paint(said, said if said in ("strength", "weakness", "mixed") else "neutral")
    return f"{paint(text, 'bold')}: {coding}{doubt}{f': {themes}' if themes else ''}"


def _inspection(document: Overview) -> str:
    """Such as `ILACS standard inspection`, as Ofsted says."""
    known = wording().kind.get(f"{document.framework}.{document.kind}")
    return known or f"{document.framework.upper().replace('_', ' ')}, {document.kind.replace('_', ' ')}"


def _grades(document: Overview) -> str:
    printed = wording()
    overall = dict(document.judgements).get("overall")
    if overall:
        return name_of(printed.grade, overall)
    return "; ".join(
        f"{name_of(printed.area, a)}: {name_of(printed.grade, g)}" for a, g in document.judgements
    )


def _range(document: Overview) -> str:
    return date_range(_date(document.inspected_from), _date(document.inspected_to))


def _published(document: Overview) -> str:
    return f"published {_day(document.published)}" if document.published else "publication date not known"


def _day(text: str | None) -> str:
    return long_date(_date(text))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
