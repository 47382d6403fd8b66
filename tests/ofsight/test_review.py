"""People put codings right: what is shown first, what is kept, what is hidden from those who code blind."""

import csv
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from urllib.parse import urlencode

import pytest

from corpus.ledger import Mark, read_entries
from corpus.rows import Versions
from corpus.store import open_store
from ofsight.cli import run_command
from ofsight.review.desk import Answer, Desk, Request

KEY = "ab" * 8
# text, role, the program's valence, its probability, whether it asks for a review
PARAGRAPHS = (
    ("Most contacts are answered the same day.", "finding", "strength", 0.99, False),
    ("Visits are late. However, 🏠 homes are warm.", "finding", "mixed", 0.41, True),
    ("Health plans are sometimes thin.", "finding", "weakness", 0.62, False),
    ("Inspection of Harrowmere", "boilerplate", "neutral", 1.0, False),
    ("The quality of <b>plans</b> & visits.", "improvement", "weakness", 1.0, False),
)


@pytest.fixture
def place(fake: ModuleType, tmp_path: Path) -> Path:
    return fake.write_coded(tmp_path / "s.db", PARAGRAPHS)


@pytest.fixture
def sit(place: Path) -> Callable[..., Desk]:
    """A coder at the desk: `sit("jo", blind=True)`."""
    return lambda coder="jo", **how: Desk(place, coder, **how)


def get(desk: Desk, path: str, query: str = "") -> Answer:
    return desk.answer(Request("GET", path, query))


def post(desk: Desk, path: str, query: str = "", **form: str) -> Answer:
    return desk.answer(Request("POST", path, query, urlencode(form).encode()))


def page(desk: Desk, position: int, query: str = "") -> str:
    answer = get(desk, f"paragraph/{KEY}-{position:04d}", query)
    assert answer.status == 200
    return answer.body.decode()


def keep(desk: Desk, position: int, query: str = "", **form: str) -> Answer:
    form = {"valence": "weakness", "theme1": "Health"} | form
    return post(desk, f"paragraph/{KEY}-{position:04d}", query, **form)


def test_the_doubtful_come_first_then_the_least_sure_and_page_furniture_never(sit: Callable) -> None:
    desk, seen = sit(), []
    location = get(desk, "").location
    while location:
        seen.append(int(location.split("?")[0][-4:]))
        location = get(desk, f"after/{KEY}-{seen[-1]:04d}").location if len(seen) < 4 else None
    assert seen == [2, 3, 1, 5]


def test_what_is_kept_is_in_the_ledger_and_the_next_paragraph_comes(sit: Callable, place: Path) -> None:
    answer = keep(sit(), 2, theme2="placements", valence2="strength", note=" See page 3. ")
    assert answer.location == f"paragraph/{KEY}-0003?said=kept"
    with open_store(place) as store:
        [entry] = read_entries(store.connection)
    assert (entry.coder, entry.valence, entry.note, entry.blind) == ("jo", "weakness", "See page 3.", False)
    assert entry.themes == (("health", "weakness"), ("placements", "strength"))


def test_a_theme_without_a_valence_of_its_own_has_that_of_the_paragraph(sit: Callable, place: Path) -> None:
    keep(sit(), 2, valence="mixed")
    with open_store(place) as store:
        assert read_entries(store.connection)[0].themes == (("health", "mixed"),)


def test_a_sentence_can_be_coded_in_code_points(sit: Callable, place: Path) -> None:
    keep(sit(), 2, valence="mixed", theme1="placements", markvalence2="strength", marktheme1="health")
    with open_store(place) as store:
        assert read_entries(store.connection)[0].marks == (Mark(17, 43, "placements", "strength"),)
    assert PARAGRAPHS[1][0][17:43] == "However, 🏠 homes are warm."


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"valence": ""}, "Say what the paragraph finds"),
        ({"theme1": "Moon"}, "No theme is called “Moon”"),
        ({"theme1": ""}, "Give at least one theme"),
        ({"theme2": "health"}, "A theme stands here twice"),
        ({"marktheme1": "Moon"}, "Sentence 1: no theme “Moon”"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    sit: Callable, place: Path, form: dict[str, str], words: str
) -> None:
    answer = keep(sit(), 2, **form)
    assert answer.status == 422
    assert words in answer.body.decode()
    with open_store(place) as store:
        assert read_entries(store.connection) == ()


def test_a_neutral_paragraph_may_have_no_theme(sit: Callable) -> None:
    assert keep(sit(), 2, valence="neutral", theme1="").status == 303


def test_the_beginning_of_a_themes_name_is_enough_if_it_is_the_only_one(sit: Callable, place: Path) -> None:
    assert keep(sit(), 2, theme1="plac").status == 303
    assert keep(sit(), 3, theme1="c").status == 422
    with open_store(place) as store:
        assert read_entries(store.connection)[0].themes == (("placements", "weakness"),)


def test_undo_takes_the_latest_back_and_leads_to_its_paragraph(sit: Callable, place: Path) -> None:
    desk = sit()
    keep(desk, 2)
    keep(desk, 3)
    assert post(desk, "undo").location == f"paragraph/{KEY}-0003?said=undone"
    assert post(desk, "undo").location == f"paragraph/{KEY}-0002?said=undone"
    assert post(desk, "undo").location == ""
    with open_store(place) as store:
        assert len(read_entries(store.connection)) == 4
        assert store.connection.execute("SELECT count(*) FROM corrected").fetchone() == (0,)


def test_skipping_goes_round_and_back_shows_what_was_done(sit: Callable) -> None:
    desk = sit()
    keep(desk, 2)
    assert get(desk, f"after/{KEY}-0005").location == f"paragraph/{KEY}-0003"
    assert f'id="back" href="../paragraph/{KEY}-0002"' in page(desk, 3)
    assert 'id="back"' not in page(desk, 2)


def test_the_coder_finds_their_own_words_in_the_form(sit: Callable) -> None:
    desk = sit()
    keep(desk, 2, valence="neutral", theme1="placements", note="unsure")
    text = page(desk, 2)
    assert 'value="neutral" checked' in text
    assert 'value="Placements"' in text
    assert ">unsure</textarea>" in text


def test_blind_coding_hides_what_the_program_and_others_said_until_the_coder_has_answered(
    sit: Callable, place: Path
) -> None:
    keep(sit("sam"), 3, valence="neutral", note="Sam was here")
    desk = sit("jo", blind=True)
    before = page(desk, 3)
    hidden = ("The program", "% sure", "Sam was", "<mark", 'value="weakness" checked')
    assert [word for word in hidden if word in before] == []
    assert 'value="Contacts and referrals">' not in before.split("<datalist")[0]
    answer = keep(desk, 3)
    assert answer.location == f"paragraph/{KEY}-0003?said=compare"
    after = page(desk, 3, "said=compare")
    assert "The program said" in after
    assert "Sam was here" in after
    with open_store(place) as store:
        assert [entry.blind for entry in read_entries(store.connection)] == [False, True]


def test_who_codes_again_after_seeing_the_program_is_not_blind_any_more(sit: Callable, place: Path) -> None:
    desk = sit("jo", blind=True)
    keep(desk, 3)
    keep(desk, 3, valence="mixed")
    with open_store(place) as store:
        assert [entry.blind for entry in read_entries(store.connection)] == [True, False]


def test_other_coders_are_hidden_from_who_has_not_coded_the_paragraph(sit: Callable) -> None:
    keep(sit("sam"), 3, note="Sam was here")
    desk = sit("jo")
    assert "Sam was here" not in page(desk, 3)
    keep(desk, 3)
    assert "Sam was here" in page(desk, 3)


def test_a_third_person_resolves_what_coders_differ_on(sit: Callable, place: Path) -> None:
    keep(sit("jo"), 3)
    keep(sit("sam"), 3, valence="mixed")
    desk = sit("kim")
    assert get(desk, "", "show=differ").location == f"paragraph/{KEY}-0003?show=differ"
    text = page(desk, 3, "show=differ")
    assert "<strong>jo</strong>: weakness" in text
    assert "<strong>sam</strong>: mixed" in text
    assert keep(desk, 3, "show=differ", valence="mixed").location == "?show=differ&said=kept"
    assert b"no two coders differ" in get(desk, "", "show=differ").body
    with open_store(place) as store:
        assert store.connection.execute("SELECT coder FROM corrected").fetchone() == ("kim",)
        now = store.connection.execute("SELECT valence FROM paragraph WHERE position = 3").fetchone()
        assert now == ("mixed",)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("theme=placements", None),
        ("show=by:sam", 1),
        ("show=mine", 5),
        (f"document={KEY}", 2),
        ("document=none", None),
    ],
)
def test_filters(sit: Callable, query: str, first: int | None) -> None:
    keep(sit("sam"), 1)
    desk = sit("jo")
    keep(desk, 5)
    location = get(desk, "", query).location
    assert location == (first and f"paragraph/{KEY}-{first:04d}?{query.replace(':', '%3A')}")


def test_nothing_is_filled_in_for_who_resolves(sit: Callable) -> None:
    keep(sit("jo"), 3)
    keep(sit("sam"), 3, valence="mixed")
    form = page(sit("kim"), 3, "show=differ").split("<form id")[1].split("<dialog")[0]
    assert " checked> " not in form
    assert 'id="theme1" name="theme1" list="themes" autocomplete="off" value=""' in form


def test_an_unknown_filter_is_explained(sit: Callable) -> None:
    answer = get(sit(), "", "theme=moon")
    assert (answer.status, "There is no theme 'moon'" in answer.body.decode()) == (400, True)


def test_words_of_a_report_are_never_markup(sit: Callable) -> None:
    text = page(sit("<i>jo</i>"), 5)
    assert "&lt;b&gt;plans&lt;/b&gt; &amp; visits" in text
    assert "<b>" not in text
    assert "<i>" not in text


@pytest.mark.parametrize(
    "path", ["files/../desk.py", "files/", "picture/nothing", "paragraph/x", "x", "help/x"]
)
def test_there_is_nothing_else(sit: Callable, path: str) -> None:
    assert get(sit(), path).status == 404
    assert post(sit(), path, valence="mixed").status == 404


def test_the_page_of_a_pdf_can_be_seen(place: Path, sit: Callable) -> None:
    sample = Path(__file__).parents[2] / "corpus" / "samples" / "pdf" / "s05-calderwick-ilacs-b5-2024-06.pdf"
    assert get(sit(), f"picture/{KEY}-0001").status == 404
    with open_store(place, "write") as store:
        store.connection.execute(
            "UPDATE document SET media_type = 'application/pdf', source = ?", (str(sample),)
        )
    answer = get(sit(), f"picture/{KEY}-0001")
    assert (answer.status, answer.media, answer.body[:4]) == (200, "image/png", b"\x89PNG")


def test_the_neighbours_of_a_paragraph_are_at_hand(sit: Callable) -> None:
    text = page(sit("jo", blind=True), 2)
    assert "Before: Most contacts are answered the same day." in text
    assert "After: Health plans are sometimes thin." in text
    assert "Before:" not in page(sit(), 1)


def test_whoever_looks_the_paragraph_up_sees_whose_word_it_is(
    sit: Callable, place: Path, tmp_path: Path, capsys
) -> None:
    keep(sit("jo"), 2)
    assert run_command(["show", KEY, "--store", str(place)]) == 0
    shown = capsys.readouterr().out
    assert "paragraph 12, page 1: weakness (corrected by jo): health" in shown
    assert shown.count("corrected by") == 1
    assert run_command(["export", str(tmp_path / "t"), "--format", "csv", "--store", str(place)]) == 0
    for table, count in (("paragraphs", 5), ("codings", 5)):
        with (tmp_path / "t" / f"{table}.csv").open(newline="", encoding="utf-8") as file:
            by = [row["coded_by"] for row in csv.DictReader(file)]
        assert sorted(by) == ["corrected", *["program"] * (count - 1)]


def test_a_run_with_another_model_leaves_corrections_alone(
    fake: ModuleType, folder: Callable, store: Path
) -> None:
    """The run codes again and the program's new word is kept beside the person's."""
    reports = folder(a="First report.")
    fake.do(reports, store)
    [(document,)] = fake.rows(store, "SELECT id FROM document")
    post(Desk(store, "jo"), f"paragraph/{document}-0001", valence="neutral", theme1="leadership")
    fake.do(reports, store, load=fake.load_doubting, versions=Versions("1", "book-1", "model-2"))
    assert fake.rows(store, "SELECT valence, needs_review FROM paragraph") == [("neutral", 0)]
    assert fake.rows(store, "SELECT coder, valence FROM corrected") == [("jo", "weakness")]
    post(Desk(store, "jo"), "undo")
    assert fake.rows(store, "SELECT valence, needs_review FROM paragraph") == [("weakness", 1)]
