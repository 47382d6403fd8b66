"""Does the codebook hold together, and do its cues agree with its own examples?"""

from pathlib import Path

import pytest

from corpus.codebook import Codebook, load_codebook, render_markdown
from corpus.errors import CodebookError

SMALL = """
[[theme]]
id = "play"
name = "Play"
holds = "Playgrounds and toys"
cues = ["playground*", "toy box"]
"""


@pytest.fixture(scope="module")
def ours() -> Codebook:
    return load_codebook()


def test_ours_has_the_nineteen_themes_in_canonical_order(ours: Codebook) -> None:
    assert len(ours.themes) == 19
    assert ours.theme_ids[0] == "early_help"
    assert ours.theme_ids[-1] == "partnership"


def test_every_theme_has_examples_and_a_counter_example(ours: Codebook) -> None:
    assert [t.id for t in ours.themes if not (t.cues and t.examples and t.counter_examples)] == []


def test_the_readable_codebook_is_rendered_from_the_data(ours: Codebook) -> None:
    printed = Path(__file__).parents[2] / "docs" / "codebook.md"
    assert printed.read_text(encoding="utf-8") == render_markdown(ours)


def test_a_small_codebook_of_ones_own_is_enough(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(SMALL)
    assert load_codebook(own).theme("play").cues == ("playground*", "toy box")


def test_the_hash_follows_the_content(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text(SMALL)
    other.write_text(SMALL.replace("toy box", "toy chest"))
    assert load_codebook(one).hash == load_codebook(one).hash
    assert load_codebook(one).hash != load_codebook(other).hash


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('colour = "red"', "theme 1: unknown key 'colour'"),
        ('leaves = ""', "theme 1: leaves must be words"),
        ('counter_examples = [{ text = "A", theme = "work" }]', "theme 1, counter-example 1: 'work' is not"),
        ("[[theme]]\nid = 'play'\nname = 'P'\nholds = 'h'\ncues = []", "theme id 'play' stands 2 times"),
        (
            "[[theme]]\nid = 'x'\nname = 'P'\nholds = 'h'\ncues = ['Toy']",
            "theme 2, cue 1: 'Toy' must be lower-case",
        ),
        ("[[theme]]\nid = 'x'\nholds = 'h'\ncues = ['a', 'a']", "theme 2: 'name' is missing"),
        (
            "[[theme]]\nid = 'x'\nname = 'P'\nholds = 'h'\ncues = ['a', 'a']",
            "theme 2, cue 1: 'a' stands 2 times",
        ),
        ('[valence.good]\nholds = "x"', "valence good: the valences are strength"),
    ],
)
def test_each_fault_is_named_with_its_place(tmp_path: Path, change: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(SMALL + change)
    with pytest.raises(CodebookError) as caught:
        load_codebook(own)
    assert said in str(caught.value)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(SMALL + "colour = 1\nleaves = ''\n")
    with pytest.raises(CodebookError) as caught:
        load_codebook(own)
    assert "colour" in str(caught.value)
    assert "leaves" in str(caught.value)


@pytest.mark.parametrize("content", [b"not toml [", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_a_codebook_error(tmp_path: Path, content: bytes) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes(content)
    with pytest.raises(CodebookError, match="cannot be read as a codebook"):
        load_codebook(own)


def test_a_missing_file_is_a_codebook_error(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be read"):
        load_codebook(tmp_path / "none.toml")
