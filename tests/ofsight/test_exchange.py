"""Codings leave for other tools and come back with every offset where it was."""

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from lxml import etree

from corpus.errors import DataFileError
from corpus.ledger import Entry, Mark, read_entries, whole_hash
from corpus.sentences import split_sentences
from corpus.store import open_store
from ofsight.cli import run_command
from ofsight.exchange.incoming import read_codings
from ofsight.exchange.positions import best_reading

KEY = "ab" * 8
SCHEMAS = Path(__file__).parent / "refi"
# Letters beyond the first plane, combining marks, both directions, odd spaces: all count as code points.
TEXTS = (
    "🏠🏠 Homes are warm. Visits are late.",
    "Cafe\u0301s & <clubs> are 'kind'. 👩\u200d👧 Families say so. \u05e9\u05dc\u05d5\u05dd is said.",
    "Visits are late.",
    "Visits are late.",
    "\u00a0Plans\u2009are \U0001d4e3hin\u2026 “mostly”.",
)
NS = {"q": "urn:QDA-XML:project:1.0"}


@pytest.fixture
def place(fake: ModuleType, tmp_path: Path) -> Path:
    roles = ("finding", "summary", "finding", "improvement", "finding")
    paragraphs = [(t, r, "mixed", 0.9, False) for t, r in zip(TEXTS, roles, strict=True)]
    return fake.write_coded(tmp_path / "s.db", paragraphs)


def entry(position: int, coder: str = "jo", **more: object) -> Entry:
    values = {
        "document": KEY,
        "position": position,
        "text_sha256": whole_hash(TEXTS[position - 1]),
        "coder": coder,
        "made_at": f"2026-01-06T10:0{position}:00.000001+00:00",
        "valence": "mixed",
        "themes": (("placements", "strength"), ("health", "weakness")),
    } | more
    return Entry(**values)


def mark(position: int, words: str, theme: str, valence: str) -> Mark:
    """The mark of these words."""
    start = TEXTS[position - 1].index(words)
    return Mark(start, start + len(words), theme, valence)


ENTRIES = (
    entry(
        1,
        marks=(mark(1, "Visits are late.", "health", "weakness"), mark(1, "🏠 Homes", "health", "strength")),
    ),
    entry(2, "Zoë & “co”", marks=(mark(2, "👩\u200d👧 Families", "placements", "strength"),)),
    entry(3, valence="neutral", themes=(("health", "neutral"),)),
    entry(4, note="The same words as above, but another paragraph."),
    entry(5, marks=(mark(5, "\U0001d4e3hin…", "placements", "mixed"),)),
)


@pytest.fixture
def full(place: Path) -> Path:
    """A store in which people have coded every paragraph."""
    with open_store(place, "write") as store:
        store.correct(ENTRIES)
    return place


@pytest.fixture
def empty(fake: ModuleType, tmp_path: Path) -> Path:
    """The same report in a store in which nobody has coded."""
    paragraphs = [(text, "finding", "mixed", 0.9, False) for text in TEXTS]
    return fake.write_coded(tmp_path / "other.db", paragraphs)


def said(place: Path) -> set[tuple[object, ...]]:
    """What the ledger holds, but for what tools do not carry: notes by other means, and order of marks."""
    with open_store(place) as store:
        return {
            (e.position, e.coder, e.valence, e.themes, frozenset(e.marks), e.made_at)
            for e in read_entries(store.connection)
        }


def words_of(place: Path) -> list[str]:
    """The words under every mark."""
    with open_store(place) as store:
        entries = read_entries(store.connection)
    return sorted(TEXTS[e.position - 1][m.start : m.end] for e in entries for m in e.marks)


def run(*arguments: object) -> None:
    assert run_command([str(argument) for argument in arguments]) == 0


def test_a_project_brings_every_coding_to_another_store(full: Path, empty: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "p.qdpx", "--store", full)
    run("review", "--import", tmp_path / "p.qdpx", "--store", empty)
    assert said(empty) == said(full)
    assert (
        words_of(full)
        == words_of(empty)
        == sorted(["Visits are late.", "🏠 Homes", "👩\u200d👧 Families", "\U0001d4e3hin…"])
    )
    with open_store(empty) as store:
        notes = [e.note for e in read_entries(store.connection) if e.note]
    assert notes == ["The same words as above, but another paragraph."]


def test_what_comes_back_unchanged_adds_nothing(full: Path, tmp_path: Path, capsys) -> None:
    run("export", tmp_path / "p.qdpx", "--store", full)
    run("review", "--import", tmp_path / "p.qdpx", "--store", full)
    assert capsys.readouterr().out.endswith("0 of 0 codings in " + str(tmp_path / "p.qdpx") + " were new.\n")


def test_a_project_and_a_codebook_fit_the_published_schema(full: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "p.qdpx", "--store", full)
    run("export", tmp_path / "c.qdc", "--store", full)
    project = etree.fromstring(zipfile.ZipFile(tmp_path / "p.qdpx").read("project.qde"))
    etree.XMLSchema(etree.parse(SCHEMAS / "project.xsd")).assertValid(project)
    etree.XMLSchema(etree.parse(SCHEMAS / "codebook.xsd")).assertValid(etree.parse(tmp_path / "c.qdc"))
    guids = project.xpath("//@guid")
    assert len(guids) == len(set(guids))
    known = set(project.xpath("//q:Code/@guid | //q:User/@guid", namespaces=NS))
    assert set(project.xpath("//@targetGUID | //@creatingUser")) <= known
    names = project.xpath("//q:Code/@name", namespaces=NS)
    assert len(names) == len(set(names)) == 4 * 5


def test_every_selection_quotes_the_words_it_codes(full: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "p.qdpx", "--store", full)
    archive = zipfile.ZipFile(tmp_path / "p.qdpx")
    [source] = etree.fromstring(archive.read("project.qde")).iter("{*}TextSource")
    inside = source.get("plainTextPath").removeprefix("internal://")
    text = archive.read(f"sources/{inside}").decode()
    quoted = [text[int(s.get("startPosition")) : int(s.get("endPosition"))] for s in source]
    sentences = {t[a:b] for t in TEXTS for a, b in split_sentences(t) if t[a:b] != t.strip()}
    assert set(quoted) == {*TEXTS, "🏠 Homes", "\U0001d4e3hin…", "👩\u200d👧 Families"} | sentences


def test_the_same_store_gives_the_same_project(full: Path, tmp_path: Path) -> None:
    for name in ("a.qdpx", "b.qdpx"):
        run("export", tmp_path / name, "--store", full)
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()


def repack(source: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    """A project as another tool writes it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return target


def shift(xml: bytes, position: Callable[[int], int]) -> bytes:
    """The same XML with other positions."""
    pattern = rb'(startPosition|endPosition)="(\d+)"'
    return re.sub(pattern, lambda m: b'%s="%d"' % (m[1], position(int(m[2]))), xml)


def in_utf16(text: str) -> Callable[[int], int]:
    return lambda at: len(text[:at].encode("utf-16-le")) // 2


def with_two_for_a_line_end(text: str) -> Callable[[int], int]:
    return lambda at: at + text[:at].count("\n")


TOOLS = {
    "a byte order mark": lambda text: (lambda at: at, "\ufeff" + text),
    "lines that end in CR LF, counted as two": lambda t: (
        with_two_for_a_line_end(t),
        t.replace("\n", "\r\n"),
    ),
    "lines that end in CR LF, counted as one": lambda text: (lambda at: at, text.replace("\n", "\r\n")),
    "line ends counted as two, written as one": lambda text: (with_two_for_a_line_end(text), text),
    "rare letters counted as two": lambda text: (in_utf16(text), text),
    "a head of its own": lambda text: (lambda at: at + 9, "Imported\n" + text),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_offsets_survive_tools_that_count_or_write_in_their_own_way(
    tool: str, full: Path, empty: Path, tmp_path: Path
) -> None:
    run("export", tmp_path / "p.qdpx", "--store", full)
    with zipfile.ZipFile(tmp_path / "p.qdpx") as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".txt")]
        position, text = TOOLS[tool](archive.read(name).decode())

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        if name.endswith(".txt"):
            return name.replace("sources/", "Sources/"), text.encode()
        return name, shift(data, position)

    run("review", "--import", repack(tmp_path / "p.qdpx", tmp_path / "q.qdpx", change), "--store", empty)
    assert said(empty) == said(full)


FOREIGN = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="p" creationDateTime="2026-02-03T04:05:06Z"><Users>
<User guid="{{A0000000-0000-4000-8000-000000000001}}" name="Ada"/></Users><CodeBook><Codes>
<Code guid="c0000000-0000-4000-8000-000000000001" name="placements" isCodable="true">
<Code guid="c0000000-0000-4000-8000-000000000002" name="Weakness" isCodable="true"/></Code>
<Code guid="c0000000-0000-4000-8000-000000000003" name="Health: strength" isCodable="true"/>
<Code guid="c0000000-0000-4000-8000-000000000004" name="Moon" isCodable="true"/>
</Codes></CodeBook><Sources>
<TextSource guid="50000000-0000-4000-8000-000000000001" name="Harrowmere {key}">
<PlainTextContent>{text}</PlainTextContent>{selections}</TextSource>
<TextSource guid="50000000-0000-4000-8000-000000000002" name="Something else"/>
</Sources></Project>"""


def foreign(target: Path, *selections: tuple[int, int, int]) -> Path:
    """A project made elsewhere: first paragraph, then a blank line, then the third; start, end, code."""
    one = (
        '<PlainTextSelection guid="10000000-0000-4000-8000-00000000000{n}" startPosition="{a}"'
        ' endPosition="{b}" creatingUser="a0000000-0000-4000-8000-000000000001">'
        '<Coding guid="20000000-0000-4000-8000-00000000000{n}">'
        '<CodeRef targetGUID="c0000000-0000-4000-8000-00000000000{c}"/></Coding></PlainTextSelection>'
    )
    made = "".join(one.format(n=n, a=a, b=b, c=c) for n, (a, b, c) in enumerate(selections))
    with zipfile.ZipFile(target, "w") as archive:
        text = f"{TEXTS[0]}\n\n{TEXTS[2]}"
        archive.writestr("project.qde", FOREIGN.format(key=KEY, text=text, selections=made))
    return target


def heard(place: Path, file: Path, coder: str = "me") -> tuple[list[Entry], tuple[str, ...]]:
    with open_store(place) as store:
        found = read_codings(store, file, coder)
    return list(found.entries), found.remarks


def test_codes_made_elsewhere_are_known_by_their_names(empty: Path, tmp_path: Path) -> None:
    end = len(TEXTS[0])
    entries, remarks = heard(empty, foreign(tmp_path / "f.qdpx", (0, end, 2), (19, end, 3), (0, 3, 4)))
    [found] = entries
    assert (found.coder, found.valence, found.themes) == ("Ada", "weakness", (("placements", "weakness"),))
    assert found.marks == (Mark(19, end, "health", "strength"),)
    assert found.made_at == "2026-02-03T04:05:06Z"
    assert remarks == (
        "3 paragraphs of “Harrowmere " + KEY + "” were not found again in its text.",
        "The source “Something else” is no report of this store; it was passed over.",
        "Codes that are no theme with a valence of this store's codebook were passed over: “Moon” (1).",
    )


def test_where_only_parts_were_coded_they_speak_for_the_paragraph(empty: Path, tmp_path: Path) -> None:
    entries, _ = heard(empty, foreign(tmp_path / "f.qdpx", (0, 18, 3), (19, 30, 2)))
    assert (entries[0].valence, entries[0].themes) == (
        "mixed",
        (("health", "strength"), ("placements", "weakness")),
    )
    assert len(entries[0].marks) == 2


def test_a_selection_over_several_paragraphs_codes_each(empty: Path, tmp_path: Path) -> None:
    text = f"{TEXTS[0]}\n\n{TEXTS[2]}"
    entries, _ = heard(empty, foreign(tmp_path / "f.qdpx", (3, len(text), 2)))
    assert [(e.position, e.valence, e.marks) for e in entries] == [
        (1, "weakness", (Mark(3, len(TEXTS[0]), "placements", "weakness"),)),
        (3, "weakness", ()),
    ]


def test_a_theme_without_a_valence_says_too_little(empty: Path, tmp_path: Path) -> None:
    entries, remarks = heard(empty, foreign(tmp_path / "f.qdpx", (0, len(TEXTS[0]), 1)))
    assert entries == []
    assert "Codings of 1 paragraph give no valence or no theme and were passed over." in remarks


def answer(tasks: Path, target: Path, **more: object) -> Path:
    """An export of Label Studio in which somebody took over what was predicted by people."""
    made = []
    for number, task in enumerate(json.loads(tasks.read_text(encoding="utf-8")), 1):
        annotations = [
            {"id": n, "completed_by": {"email": p["model_version"]}, "result": p["result"]} | more
            for n, p in enumerate(task["predictions"])
            if p["model_version"] != "ofsight"
        ]
        made.append({"id": number, "data": task["data"], "annotations": annotations, "predictions": []})
    target.write_text(json.dumps(made), encoding="utf-8")
    return target


def without_time(found: set[tuple[object, ...]]) -> set[tuple[object, ...]]:
    return {values[:-1] for values in found}


def test_label_studio_and_back(full: Path, empty: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "t.json", "--format", "label-studio", "--store", full)
    done = answer(tmp_path / "t.json", tmp_path / "done.json", created_at="2026-03-04T05:06:07.000008Z")
    run("review", "--import", done, "--store", empty)
    assert without_time(said(empty)) == without_time(said(full))
    with open_store(empty) as store:
        assert {e.made_at for e in read_entries(store.connection)} == {"2026-03-04T05:06:07.000008+00:00"}


def test_label_studio_shows_what_can_be_answered(full: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "t.jsonl", "--format", "label-studio", "--store", full)
    tasks = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [task["data"]["text"] for task in tasks] == list(TEXTS)
    assert tasks[0]["data"]["place"] == "Harrowmere, ILACS, paragraph 11, page 1"
    view = etree.parse(tmp_path / "t.xml")
    offered = set(view.xpath("//Choice/@value"))
    results = [result for task in tasks for p in task["predictions"] for result in p["result"]]
    assert {choice for r in results for choice in r["value"].get("choices", ())} <= offered
    assert {label for r in results for label in r["value"].get("labels", ())} <= set(
        view.xpath("//Label/@value")
    )
    assert {r["from_name"] for r in results} == {"whole", "themes", "marks"}
    for task in tasks:
        for value in (r["value"] for p in task["predictions"] for r in p["result"] if r["type"] == "labels"):
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_a_mark_is_found_by_its_words_where_a_tool_counts_units_of_utf16(empty: Path, tmp_path: Path) -> None:
    value = {"start": 5, "end": 10, "text": "Homes", "labels": ["Health: strength"]}
    result = [
        {"type": "labels", "value": value},
        {"type": "labels", "value": value | {"text": "Houses"}},
        {"type": "choices", "value": {"choices": ["mixed"]}},
    ]
    data = {"text": TEXTS[0], "paragraph_id": f"{KEY}-0001"}
    tasks = [{"data": data, "annotations": [{"completed_by": 7, "result": result}]}]
    (tmp_path / "t.json").write_text(json.dumps(tasks), encoding="utf-8")
    [found], remarks = heard(empty, tmp_path / "t.json")
    assert found.coder == "label-studio-7"
    assert found.marks == (Mark(3, 8, "health", "strength"),)
    assert remarks == (
        f"{KEY}-0001: a marked stretch could not be found in the paragraph; it was passed over.",
    )


def test_prodigy_and_back(full: Path, empty: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "t.jsonl", "--format", "prodigy", "--store", full)
    tasks = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {one for task in tasks for one in task["accept"]} <= {o["id"] for o in tasks[0]["options"]}
    given = {entry.position: entry for entry in ENTRIES}
    for task in tasks:
        own = given[int(task["paragraph_id"][-4:])]
        task["answer"] = "accept" if own.position != 3 else "ignore"
        task["accept"] = [f"paragraph: {own.valence}", *(f"{t}: {v}" for t, v in own.themes)]
        task["spans"] = [
            {"start": m.start, "end": m.end, "label": f"{m.theme}: {m.valence}"} for m in own.marks
        ]
        task["_annotator_id"] = own.coder
        task["_timestamp"] = 1_770_000_000
    text = "".join(json.dumps(task) + "\n" for task in tasks)
    (tmp_path / "done.jsonl").write_text(text, encoding="utf-8")
    run("review", "--import", tmp_path / "done.jsonl", "--store", empty)
    wanted = {values for values in without_time(said(full)) if values[0] != 3}
    assert without_time(said(empty)) == wanted


def test_a_coder_without_a_name_is_who_imports(empty: Path, tmp_path: Path) -> None:
    task = {
        "text": TEXTS[2],
        "paragraph_id": f"{KEY}-0003",
        "answer": "accept",
        "accept": ["health: strength"],
    }
    (tmp_path / "t.jsonl").write_text(json.dumps(task), encoding="utf-8")
    [found], _ = heard(empty, tmp_path / "t.jsonl", coder="kim")
    assert (found.coder, found.valence) == ("kim", "strength")


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ({"paragraph_id": "x"}, "Tasks about paragraphs that this store does not hold were passed over."),
        ({"text": "Other words."}, f"{KEY}-0003: the words are not those of the store any more"),
        ({"accept": ["Moon: weakness"]}, "The label “Moon: weakness” is no theme with a valence"),
        ({"accept": []}, "Codings of 1 paragraph give no valence"),
    ],
)
def test_what_cannot_be_taken_over_is_said(
    change: dict[str, object], remark: str, empty: Path, tmp_path: Path
) -> None:
    task = {
        "text": TEXTS[2],
        "paragraph_id": f"{KEY}-0003",
        "answer": "accept",
        "accept": ["health: strength"],
    }
    (tmp_path / "t.jsonl").write_text(json.dumps(task | change), encoding="utf-8")
    entries, remarks = heard(empty, tmp_path / "t.jsonl")
    assert entries == []
    assert remarks[0].startswith(remark)


def test_words_under_the_older_notice_stay_unless_asked_for(full: Path, tmp_path: Path, capsys) -> None:
    with open_store(full, "write") as store:
        store.connection.execute("UPDATE document SET licence = 'non_commercial'")
    run("export", tmp_path / "p.qdpx", "--store", full)
    assert "1 report left out" in capsys.readouterr().err
    assert zipfile.ZipFile(tmp_path / "p.qdpx").namelist() == ["project.qde"]
    run("export", tmp_path / "p.qdpx", "--all-text", "--store", full)
    assert len(zipfile.ZipFile(tmp_path / "p.qdpx").namelist()) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x.csv", "--format", "qdpx"], "ending in .qdpx"),
        (["x.csv", "--format", "label-studio"], "ending in .json or .jsonl"),
        (["x.jsonl", "--format", "prodigy", "--format", "csv"], "one tool at a time"),
        (["tables", "--authority", "Leeds"], "tables are of the whole store"),
        (["x.qdpx", "--authority", "Moonshire"], "No local authority is called 'Moonshire'"),
    ],
)
def test_a_wrong_export_is_explained(
    arguments: list[str], words: str, place: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_command(["export", *arguments, "--store", str(place)]) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / arguments[0]).exists()


def hostile(tmp_path: Path) -> Iterator[tuple[str, bytes]]:
    """Projects that somebody made to do harm, or that were damaged on the way."""
    entity = b'<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><Project>&b;</Project>'
    outside = b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project>&x;</Project>'
    yield "entities", packed(tmp_path, {"project.qde": entity})
    yield "a file of this machine", packed(tmp_path, {"project.qde": outside})
    yield "no project", packed(tmp_path, {"readme.txt": b"x"})
    yield "two projects", packed(tmp_path, {"a.qde": b"<Project/>", "b.qde": b"<Project/>"})
    yield "a project elsewhere", packed(tmp_path, {"../project.qde": b"<Project/>"})
    yield "damaged XML", packed(tmp_path, {"project.qde": b"<Project><"})
    yield "deep XML", packed(tmp_path, {"project.qde": b"<a>" * 5000 + b"</a>" * 5000})
    yield "a bomb", packed(tmp_path, {"project.qde": b" " * (300 << 20)})
    yield "many files", packed(tmp_path, {f"{n}": b"" for n in range(20_001)})
    yield "no ZIP", b"PK\x03\x04" + bytes(100)
    yield "nothing", b""
    whole = packed(tmp_path, {"project.qde": b"<Project>" + bytes(range(65, 91)) * 500 + b"</Project>"})
    yield "damaged data", whole[:60] + b"\xff\xff\xff" + whole[63:]
    yield "cut short", whole[: len(whole) // 2]


def packed(tmp_path: Path, members: dict[str, bytes]) -> bytes:
    file = tmp_path / "hostile.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.read_bytes()


def test_every_hostile_project_is_one_clear_error(empty: Path, tmp_path: Path, capsys) -> None:
    for name, data in hostile(tmp_path):
        file = tmp_path / "bad.qdpx"
        file.write_bytes(data)
        assert run_command(["review", "--import", str(file), "--store", str(empty)]) == 2, name
        error = capsys.readouterr().err
        assert error.startswith("ofsight: bad.qdpx"), name
        assert error.count("\n") == 1, name
    assert said(empty) == set()


@pytest.mark.parametrize(
    "path", ["internal://../../s.db", "absolute:///etc/passwd", "/etc/passwd", "relative://x"]
)
def test_a_source_outside_the_project_is_not_read(path: str, full: Path, empty: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "p.qdpx", "--store", full)

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        return name, re.sub(rb'plainTextPath="[^"]*"', f'plainTextPath="{path}"'.encode(), data)

    entries, remarks = heard(empty, repack(tmp_path / "p.qdpx", tmp_path / "q.qdpx", change))
    assert entries == []
    assert "is not in the file" in remarks[0]


def test_a_source_that_is_not_text_is_named(full: Path, empty: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "p.qdpx", "--store", full)
    file = repack(tmp_path / "p.qdpx", tmp_path / "q.qdpx", lambda n, d: (n, b"\xff" if ".txt" in n else d))
    with pytest.raises(DataFileError, match="is not UTF-8"):
        heard(empty, file)


def test_paragraphs_that_read_alike_are_told_apart_by_their_order() -> None:
    reading = best_reading("1. Same.\n2. Same.\n3. Other.", ["Same.", "Same.", "Other.", "Lost."], [(12, 17)])
    assert reading.places == ((3, 8, 0), (12, 17, 1), (21, 27, 2))
    assert reading.lost == 1
    assert list(reading.within(12, 17)) == [(1, 0, 5)]
    assert list(reading.within(14, 23)) == [(1, 2, 5), (2, 0, 2)]
    assert list(reading.within(500, 900)) == []


def test_a_paragraph_that_was_taken_out_does_not_carry_others_away() -> None:
    """The second is gone; the same words stand once more at the end, after much else."""
    paragraphs = ["First of all.", "Same.", "Something else.", "And more of it.", "Same."]
    reading = best_reading("First of all.\nSomething else.\nAnd more of it.\nSame.\n", paragraphs, [])
    assert [number for _, _, number in reading.places] == [0, 2, 3, 4]
    assert reading.lost == 1


def test_paragraphs_in_another_order_are_not_forced_into_ours() -> None:
    reading = best_reading(
        "Two is here. Three is there. One was first.",
        ["One was first.", "Two is here.", "Three is there."],
        [],
    )
    assert [number for _, _, number in reading.places] == [1, 2]


def test_what_tools_do_not_carry_is_not_taken_from_them(full: Path, empty: Path, tmp_path: Path) -> None:
    """Whether a coding was blind or a resolution is known to our ledger alone."""
    with open_store(full, "write") as store:
        store.correct([replace(entry(3, "kim"), blind=True)])
    run("export", tmp_path / "p.qdpx", "--store", full)
    entries, _ = heard(empty, tmp_path / "p.qdpx")
    assert not any(found.blind or found.resolves for found in entries)


def test_the_only_sentence_of_a_paragraph_is_the_paragraph(full: Path, empty: Path, tmp_path: Path) -> None:
    """A mark on all of it, about something else, does not become a theme on the way."""
    with open_store(full, "write") as store:
        store.correct([entry(3, "kim", marks=(mark(3, TEXTS[2], "front_door", "weakness"),))])
    run("export", tmp_path / "p.qdpx", "--store", full)
    entries, _ = heard(empty, tmp_path / "p.qdpx")
    [found] = [found for found in entries if found.coder == "kim"]
    assert found.themes == entry(3).themes
