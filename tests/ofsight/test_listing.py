"""What the lists of the command line say reads like prose."""

import pytest

from ofsight.listing import certificates, reasons
from ofsight.queries import Completeness
from ofsight.reasons import Reason, Reasons, Word


@pytest.mark.parametrize(
    ("remarks", "said"),
    [
        (
            ("Two paragraphs are numbered 5.", "A second reader agrees."),
            "are numbered 5. A second reader agrees.",
        ),
        (("page 3", "page 4"), "page 3; page 4"),
    ],
)
def test_remarks_stand_beside_one_another_as_sentences(remarks, said):
    one = Completeness("0123456789abcdef", "Harrowmere", "2024-03-08", "geometry", 1.0, (), remarks, ())
    assert said in " ".join(certificates([one]).split())


def test_the_words_behind_a_coding_come_with_what_their_numbers_mean():
    found = Reasons(
        by_place=False,
        valence=Reason("strength", (Word("well", 0, 4, 2.0), Word("late", 5, 9, -1.5))),
        themes=(Reason("front_door", ()),),
    )
    first, *lines = reasons(found).splitlines()
    assert "+ for it, - against it" in first
    assert lines == ["strength: well +2.00; late -1.50", "front_door: no single word"]
