"""Which terms set a report apart, and which passages stand for the rest."""

from reports.keyness import count_words, distinctions
from reports.selection import choose, vectors


def test_what_one_report_says_more_often_comes_first() -> None:
    one = {"missing": 30, "timely": 50, "panel": 1}
    others = {"missing": 20, "timely": 500, "panel": 60}
    background = {"missing": 50, "timely": 550, "panel": 61}
    found = distinctions(one, others, background)
    assert found[0].term == "missing"
    assert found[0].z > 1.96
    assert all(d.z < 0 for d in found[1:])


def test_the_same_words_on_both_sides_set_nothing_apart() -> None:
    same = {"missing": 30, "timely": 50}
    assert all(abs(d.z) < 1e-9 for d in distinctions(same, same, same))


def test_a_term_seen_once_is_never_clear() -> None:
    one, others = {"missing": 1, "timely": 100}, {"timely": 100}
    assert all(d.z < 1.96 for d in distinctions(one, others, {"missing": 1, "timely": 200}))


def test_the_background_decides_how_surprising_a_rare_term_is() -> None:
    one, others = {"panel": 5, "plan": 95}, {"panel": 1, "plan": 99}
    rare = distinctions(one, others, {"panel": 1, "plan": 9999})
    common = distinctions(one, others, {"panel": 5000, "plan": 5000})
    by_term = [{d.term: d.z for d in found}["panel"] for found in (rare, common)]
    assert by_term[0] > by_term[1] > 0


def test_whose_a_thing_is_does_not_make_another_word() -> None:
    assert count_words(["The carer’s plan.", "One carer's visit.", "A carer."])["carer"] == 3


def test_a_place_is_not_typical_of_itself() -> None:
    counted = count_words(["Northby plans well.", "Plans in Northby"], without=frozenset({"northby"}))
    assert counted == {"plans": 2}


def test_nothing_to_compare_gives_no_distinction() -> None:
    assert distinctions({}, {"a": 1}, {"a": 1}) == ()


PASSAGES = [
    "Social workers visit children regularly and know them well.",
    "Children are visited regularly by social workers who know them.",
    "The virtual school tracks attendance closely.",
    "Visits to children are regular, and social workers know children well.",
]


def test_the_typical_passage_comes_first_and_the_next_is_different() -> None:
    first, second = choose(PASSAGES, 2)
    assert first in {0, 1, 3}
    assert second == 2


def test_choosing_more_than_there_are_gives_all() -> None:
    assert sorted(choose(PASSAGES, 9)) == [0, 1, 2, 3]
    assert choose([], 2) == ()


def test_equal_passages_fall_to_the_earlier() -> None:
    assert choose(["Plans are clear."] * 3, 1) == (0,)


def test_the_paragraph_that_comes_with_each_of_its_sentences_is_weighed_once() -> None:
    paragraph = "Visits are regular. Plans drift. Managers see this."
    one, another, shorter = vectors([paragraph, paragraph, "Plans drift."], [["a"], ["a"], ["a"]])
    assert one is another  # a paragraph of three thousand sentences comes three thousand times
    assert one["drift"] < one["regular"]  # and counts each time, when it is asked which words are rare
    assert set(shorter) == {"plans", "drift", "@a"}
