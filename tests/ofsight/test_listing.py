"""What the lists of the command line say reads like prose."""

import pytest

from ofsight.listing import certificates
from ofsight.queries import Completeness


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
