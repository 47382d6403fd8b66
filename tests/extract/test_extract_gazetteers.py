"""Do the gazetteers hold together, and does every rule find what its example says?"""

import json
from pathlib import Path

import pytest

import extract
from corpus.errors import DataFileError
from extract.gazetteer import Entry, duplicates, load_gazetteer, plural, read_entries
from extract.naming import NamingRule, load_rules

KNOWN = {entry.entity.id for entry in load_gazetteer()}
EXAMPLES = [entry for entry in load_gazetteer() if entry.example]
LISTED = [entry for entry in load_gazetteer() if not entry.example]
RULES = load_rules()


def mentions(text: str) -> list[tuple[str, str]]:
    doc = extract.nlp()(text)
    return [(span.text, span.kb_id_) for span in doc.spans["mentions"]]


@pytest.mark.parametrize("entry", EXAMPLES, ids=lambda entry: entry.entity.id)
def test_each_entry_is_found_in_its_example(entry: Entry) -> None:
    assert entry.example is not None
    assert entry.entity.id in {id_ for _, id_ in mentions(entry.example)}


def test_every_form_of_every_entry_names_its_entity() -> None:
    forms = [
        (form, entry.entity.id)
        for entry in EXAMPLES
        for form in (*entry.variants, *entry.exact, *entry.inside)
    ]
    found = set(mentions("\n\n".join(f"They spoke about the {form} again." for form, _ in forms)))
    assert [pair for pair in forms if pair not in found] == []


def test_each_proper_name_of_the_lists_is_found() -> None:
    names = [(entry.exact or entry.inside)[0] for entry in LISTED]
    found = mentions("\n\n".join(f"They wrote to {name} in spring." for name in names))
    assert [name for name in names if name not in {text for text, _ in found}] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_naming_rule_finds_its_examples_and_no_counter_example(rule: NamingRule) -> None:
    for sentence, name in rule.examples:
        assert name in [text for text, _ in mentions(sentence)]
    for sentence in rule.counter:
        assert [id_ for _, id_ in mentions(sentence) if id_ not in KNOWN] == []


def write(folder: Path, **row: object) -> Path:
    path = folder / "panel.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            {
                "id": "panel:x",
                "label": "panel",
                "name": "X",
                "example": "An x.",
                "variants": ["x"],
                "alias": 1,
            },
            "unknown keys alias",
        ),
        ({"id": "x", "label": "panel", "name": "X", "example": "An x.", "variants": ["x"]}, "does not begin"),
        ({"id": "panel:x", "label": "panel", "name": "X", "example": "An x."}, "no variant"),
        ({"id": "panel:x", "label": "panel", "name": "X", "variants": ["x"]}, "'example' is missing"),
        (
            {"id": "panel:x", "label": "panel", "name": "X", "example": "An x.", "variants": "x"},
            "lists of words",
        ),
        (
            {"id": "panel:x", "label": "panel", "name": "X", "example": "An x.", "variants": ["x", "-"]},
            "a form without a letter or a digit",
        ),
    ],
)
def test_a_faulty_line_is_named_with_its_place(tmp_path: Path, row: dict[str, object], fault: str) -> None:
    faults: list[str] = []
    assert list(read_entries(write(tmp_path, **row), faults)) == []
    assert len(faults) == 1
    assert faults[0].startswith("panel.jsonl line 1: ")
    assert fault in faults[0]


def test_one_form_cannot_name_two_entities() -> None:
    one, two = EXAMPLES[0], EXAMPLES[1]
    thief = Entry(two.entity, variants=(*two.variants, *one.variants), exact=(*two.exact, *one.exact))
    assert any("is claimed by" in fault for fault in duplicates([one, thief]))
    assert any("stands twice" in fault for fault in duplicates([one, one]))
    assert not list(duplicates([one, two]))


def test_shipped_gazetteers_are_in_canonical_order() -> None:
    for path in sorted((Path(extract.__file__).parent / "gazetteers").glob("*.jsonl")):
        ids = [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]
        assert ids == sorted(ids), path.name


def test_a_gazetteer_with_faults_is_refused_as_a_data_file_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.gazetteer.duplicates", lambda entries: ["'x' is claimed by a and b"])
    load_gazetteer.cache_clear()
    try:
        with pytest.raises(DataFileError, match="'x' is claimed by a and b"):
            load_gazetteer()
    finally:
        load_gazetteer.cache_clear()


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("care plan", "care plans"),
        ("chronology", "chronologies"),
        ("MASH", "MASHs"),
        ("short breaks", "short breaks"),
    ],
)
def test_plurals(one: str, several: str) -> None:
    assert plural(one) == several
