"""Is the check against the inspectors' own references counted right?"""

from dataclasses import replace
from typing import Any

from classify import Coder, load_coder
from classify.tags import load_fitting_themes, tag_agreement
from corpus.codebook import load_codebook


def test_every_fitting_theme_is_in_the_codebook() -> None:
    known = set(load_codebook().theme_ids)
    assert {t for themes in load_fitting_themes().values() for t in themes} <= known


def test_a_point_agrees_when_its_theme_fits_its_reference(make_document: Any) -> None:
    coder: Coder = load_coder()
    document = make_document(
        "The recruitment and retention of social workers.",
        "The stability of foster placements.",
        role="improvement",
    )
    tagged = replace(
        document,
        paragraphs=tuple(replace(p, tags=("enabler_3",)) for p in document.paragraphs),
    )
    found = tag_agreement(coder, [tagged])
    assert (found.points, found.fitting, found.by_chance) == (2, 1, 0.5)


def test_points_without_a_reference_do_not_count(make_document: Any) -> None:
    assert tag_agreement(load_coder(), [make_document("Staff.", role="improvement")]).points == 0
