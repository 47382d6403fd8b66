"""Are the words that moved a decision the ones a reader would point at?"""

from typing import Any

import pytest

from classify import Coder, load_coder
from classify.why import why


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load_coder()


def test_without_the_word_that_says_it_the_decision_would_be_weaker(coder: Coder, make_document: Any) -> None:
    text = "Plans are inadequate."
    found = why(coder, make_document(text), 1)
    assert found.valence == "weakness"
    strongest = max(found.valence_effects, key=lambda e: e.weight)
    assert text[strongest.start : strongest.end] == "inadequate"


def test_each_theme_has_its_own_words(coder: Coder, make_document: Any) -> None:
    text = "The adoption panel gives good advice."
    (theme, effects), *_ = why(coder, make_document(text), 1).theme_effects
    strongest = max(effects, key=lambda e: e.weight)
    assert theme == "adoption"
    assert text[strongest.start : strongest.end] in ("adoption", "panel")


def test_no_word_moves_what_follows_from_the_place(coder: Coder, make_document: Any) -> None:
    found = why(coder, make_document("The quality of plans.", role="improvement"), 1)
    assert (found.valence, found.by_place, found.valence_effects) == ("weakness", True, ())


def test_boilerplate_has_no_decision_to_explain(coder: Coder, make_document: Any) -> None:
    assert why(coder, make_document("Contact us.", role="boilerplate"), 1).theme_effects == ()


def test_asking_for_a_paragraph_that_is_not_there(coder: Coder, make_document: Any) -> None:
    with pytest.raises(KeyError):
        why(coder, make_document("One."), 2)
