"""How far two coders agree, where they do not, and that ledgers can be put together."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from corpus.errors import DataFileError
from corpus.ledger import Entry, Mark, read_entries, whole_hash
from corpus.store import open_store
from ofsight.cli import run_command
from ofsight.review.agreement import Agreement, Measure, agreements, disagreements
from ofsight.review.ledger_files import read_ledger, write_ledger
from ofsight.review.listing import agreement_text

KEY = "ab" * 8
TEXTS = [f"Finding {n} of Harrowmere is clear. It is kept." for n in range(1, 13)]
S, W, M = "strength", "weakness", "mixed"


@pytest.fixture
def place(fake: ModuleType, tmp_path: Path) -> Path:
    return fake.write_coded(tmp_path / "s.db", [(text, "finding", S, 0.9, False) for text in TEXTS])


def entry(position: int, coder: str, valence: str, *themes: str, **more: object) -> Entry:
    """What a coder says; every theme has the paragraph's valence."""
    values = {
        "document": KEY,
        "position": position,
        "text_sha256": whole_hash(TEXTS[position - 1]),
        "coder": coder,
        "made_at": f"2026-01-06T10:{position:02d}:00+00:00",
        "valence": valence,
        "themes": tuple((theme, valence) for theme in themes or ("health",)),
    } | more
    return Entry(**values)


@pytest.fixture
def ledger(place: Path) -> Callable[..., Path]:
    """A store with these entries."""

    def fill(*entries: Entry) -> Path:
        with open_store(place, "write") as store:
            store.correct(entries)
        return place

    return fill


def measured(place: Path) -> dict[str, Measure]:
    with open_store(place) as store:
        found = agreements(store.connection)[0]
    return {name: getattr(found, name) for name in found.__slots__}


def test_agreement_of_two_coders_by_hand(ledger: Callable) -> None:
    """Three of four valences are the same; by chance it would be 0.5 * 0.75 + 0.5 * 0.25 = 0.5."""
    found = measured(
        ledger(
            *(
                entry(1, "jo", S),
                entry(2, "jo", S),
                entry(3, "jo", W),
                entry(4, "jo", W, "health", "placements"),
            ),
            *(entry(1, "sam", S), entry(2, "sam", S), entry(3, "sam", S), entry(4, "sam", W, "placements")),
            entry(5, "jo", S),
        )
    )
    assert (found["first"], found["second"], found["paragraphs"], found["blind"]) == ("jo", "sam", 4, 0)
    assert found["same_valence"] == Measure(0.75)
    assert found["valence_kappa"] == Measure(0.5)
    assert found["same_primary_theme"] == Measure(0.75)
    assert found["theme_f1"] == Measure(round(2 * 4 / 9, 4))
    assert found["pair_f1"] == Measure(round(2 * 3 / 9, 4))


def test_who_says_the_same_of_everything_agrees_fully(ledger: Callable) -> None:
    both = [entry(n, coder, (S, W)[n % 2], blind=True) for coder in ("jo", "sam") for n in range(1, 13)]
    found = measured(ledger(*both))
    assert (found["paragraphs"], found["blind"]) == (12, 12)
    assert found["valence_kappa"] == Measure(1.0, 1.0, 1.0)
    assert found["pair_f1"] == Measure(1.0, 1.0, 1.0)


def test_an_interval_holds_its_value(ledger: Callable) -> None:
    found = measured(
        ledger(
            *(entry(n, "jo", S) for n in range(1, 13)),
            *(entry(n, "sam", (S, W)[n < 4]) for n in range(1, 13)),
        )
    )
    same = found["same_valence"]
    assert same.value == 0.75
    assert 0 < same.low < same.value < same.high <= 1


def test_coders_who_give_no_theme_agree_on_that(ledger: Callable) -> None:
    found = measured(ledger(*(entry(1, coder, "neutral", themes=()) for coder in ("jo", "sam"))))
    assert found["theme_f1"] == found["same_primary_theme"] == Measure(1.0)


def test_nobody_agrees_with_themselves_or_about_another_text(ledger: Callable) -> None:
    place = ledger(entry(1, "jo", S), entry(1, "jo", W, made_at="2026-01-07T10:00:00+00:00"))
    with open_store(place, "write") as store:
        store.correct([entry(1, "sam", S, text_sha256="0" * 64)])
        assert [(a.first, a.second) for a in agreements(store.connection)] == [("jo", "the program")]


def test_a_resolution_is_no_coding_of_its_own(ledger: Callable) -> None:
    place = ledger(
        *(entry(1, "jo", S), entry(1, "sam", W), entry(2, "jo", S), entry(2, "sam", M)),
        entry(2, "kim", M, resolves=True),
    )
    with open_store(place) as store:
        pairs = [(a.first, a.second) for a in agreements(store.connection)]
        assert pairs == [("jo", "sam"), ("jo", "the program"), ("sam", "the program")]
        first, second = disagreements(store.connection)
    assert (first.number, first.resolved) == (11, None)
    assert first.said == (("jo", (S, (("health", S),))), ("sam", (W, (("health", W),))))
    assert (second.number, second.resolved_by, second.resolved) == (12, "kim", (M, (("health", M),)))


def test_agreement_is_printed_with_every_disagreement(ledger: Callable, capsys) -> None:
    place = ledger(entry(1, "jo", S), entry(1, "sam", W), entry(2, "jo", S), entry(2, "sam", S))
    assert run_command(["review", "--agreement", "--store", str(place)]) == 0
    out = capsys.readouterr().out
    assert "jo and sam" in out
    assert "Coders differ on 1 paragraph; 1 to be resolved." in out
    assert "sam: weakness (health weakness)" in out
    assert run_command(["review", "--agreement", "--json", "--store", str(place)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["agreement"][0]["same_valence"] == {"value": 0.5, "low": None, "high": None}
    assert data["disagreements"][0]["paragraph_id"] == f"{KEY}-0001"


def test_the_program_is_one_more_coder_with_what_it_said_before(ledger: Callable) -> None:
    """It had said strength of everything, about contacts; Jo corrects one of two, blind."""
    place = ledger(entry(1, "jo", W, blind=True), entry(2, "jo", S, "front_door"))
    with open_store(place) as store:
        [found] = agreements(store.connection)
    assert (found.second, found.paragraphs, found.blind) == ("the program", 2, 1)
    assert (found.same_valence, found.same_primary_theme) == (Measure(0.5), Measure(0.5))


def test_without_a_coding_the_next_step_is_named(place: Path, capsys) -> None:
    assert run_command(["review", "--agreement", "--store", str(place)]) == 0
    assert "Nobody has coded a paragraph yet. Begin with: ofsight review" in capsys.readouterr().out


FULL = entry(
    2,
    "=Jo, the 'first'",
    M,
    themes=(("health", W), ("placements", S)),
    marks=(Mark(0, 31, "health", W),),
    note="'=1+1\nand “more”",
    blind=True,
)
ENTRIES = (FULL, entry(3, "sam", S), entry(3, "sam", S, undoes=FULL.key, resolves=True))


@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_a_ledger_comes_back_as_it_went(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"ledger{ending}"
    file.write_bytes(write_ledger(ENTRIES, ending))
    assert read_ledger(file) == ENTRIES


def test_no_cell_of_a_ledger_computes(tmp_path: Path) -> None:
    file = tmp_path / "ledger.csv"
    file.write_bytes(write_ledger(ENTRIES, ".csv"))
    with file.open(newline="", encoding="utf-8") as lines:
        cells = [cell for row in csv.reader(lines) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_two_machines_one_ledger(ledger: Callable, fake: ModuleType, tmp_path: Path, capsys) -> None:
    """Jo and Sam code apart; each takes in the other's ledger, twice by mistake."""
    jo = ledger(entry(1, "jo", S), entry(2, "jo", W))
    sam = fake.write_coded(tmp_path / "sam.db", [(text, "finding", S, 0.9, False) for text in TEXTS])
    with open_store(sam, "write") as store:
        store.correct([entry(1, "sam", S), entry(2, "sam", M)])
    for here, there, name in ((jo, sam, "jo.jsonl"), (sam, jo, "sam.csv")):
        assert run_command(["review", "--export", str(tmp_path / name), "--store", str(here)]) == 0
        for _ in range(2):
            assert run_command(["review", "--import", str(tmp_path / name), "--store", str(there)]) == 0
    assert "0 of 4 codings" in capsys.readouterr().out
    with open_store(jo) as one, open_store(sam) as other:
        assert set(read_entries(one.connection)) == set(read_entries(other.connection))
        assert measured(jo) == measured(sam)
        assert one.content_hash() == other.content_hash()


LINE = json.loads(write_ledger([FULL], ".jsonl"))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"document": "../../x"}, "document is none"),
        ({"position": 0}, "position is none"),
        ({"position": True}, "position is none"),
        ({"text_sha256": None}, "text_sha256 is none"),
        ({"coder": " "}, "coder is no name"),
        ({"made_at": "yesterday"}, "Invalid isoformat string"),
        ({"made_at": "2026-01-06T10:00:00"}, "made_at is no time with a zone"),
        ({"valence": "splendid"}, "there is no valence 'splendid'"),
        ({"themes": [["Moon; DROP", "mixed"]]}, "theme is no id"),
        ({"themes": 7}, "not iterable"),
        ({"marks": [[5, 5, "health", "mixed"]]}, "marks nothing"),
        ({"note": 3}, "note must be words"),
        ({"coder": "somebody else"}, "its key does not fit"),
    ],
)
def test_a_line_that_is_no_entry_is_named_and_nothing_is_added(
    change: dict[str, object], fault: str, tmp_path: Path
) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_text(json.dumps(LINE) + "\n" + json.dumps(LINE | change) + "\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=f"ledger.jsonl: line 2: .*{fault}"):
        read_ledger(file)


@pytest.mark.parametrize("text", ["{", "[1]\n[2]", "[" * 100_000, '"words"', "{}"])
def test_what_is_no_ledger_is_one_clear_error(text: str, tmp_path: Path, place: Path, capsys) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(text, encoding="utf-8")
    assert run_command(["review", "--import", str(file), "--store", str(place)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("ofsight: x.jsonl")
    assert said.count("\n") == 1


def test_a_changed_line_without_its_key_is_a_new_entry(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_text(json.dumps({**LINE, "coder": "kim", "key": None}), encoding="utf-8")
    assert read_ledger(file) == (replace(FULL, coder="kim"),)


def test_only_known_endings(place: Path, tmp_path: Path, capsys) -> None:
    assert run_command(["review", "--export", str(tmp_path / "l.xlsx"), "--store", str(place)]) == 2
    assert "ending in .jsonl or .csv" in capsys.readouterr().err
    (tmp_path / "l.xlsx").touch()
    assert run_command(["review", "--import", str(tmp_path / "l.xlsx"), "--store", str(place)]) == 2
    assert ".csv, .jsonl, .json or .qdpx" in capsys.readouterr().err


def test_a_narrow_terminal_cuts_no_name_and_no_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    sure, bare = Measure(0.85, 0.8, 0.9), Measure(0.5, None, None)
    said = agreement_text([Agreement("jo", "the program", 12, 3, sure, sure, bare, sure, sure)], [])
    assert "jo and the program: 12 paragraphs, 3 of them blind" in said
    assert "    kappa of the valence       0.85 (0.80 to 0.90)\n" in said
    assert "    same primary theme         0.50\n" in said
    assert max(map(len, said.splitlines())) <= 60
