"""Which names does a report introduce itself, and where do they stand again?"""

import pytest

from extract import _mentions


def found(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.entity.label) for m in _mentions([text])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # said to be called so: the word before says what it is
        ("It has a team known as Lantern.", [("Lantern", "organisation")]),
        ("There is a strategy, entitled ‘Going home’.", [("Going home", "plan")]),
        ("The programme is called Bright Steps.", [("Bright Steps", "practice_model")]),
        # named in an aside
        ("Young people like their forum, ‘Speak up now’, a lot.", [("Speak up now", "panel")]),
        ("The town’s charity, Lantern, is known.", [("Lantern", "organisation")]),
        ("Mothers join the project ‘New Paths’ in May.", [("New Paths", "practice_model")]),
        # named once, and then as known; at the head of a sentence one word may be any word
        (
            "A charity called Lantern helps. It pays Lantern. Lantern light is weak.",
            [("Lantern", "organisation"), ("Lantern", "organisation")],
        ),
        # what is no name
        ("A child called Osric was seen.", []),
        ("He said of the strategy, ‘it is fine’ and left.", []),
        ("The review ‘Child G’ was published.", []),
        ("The team, however, is new.", []),
        # what is known by its name stays what it is
        ("It is an organisation called Ofsted.", [("Ofsted", "organisation")]),
        ("The team, Plymouth, is new.", [("Plymouth", "local_authority")]),
    ],
)
def test_a_name_is_what_the_report_calls_by_it(text: str, names: list[tuple[str, str]]) -> None:
    assert found(text) == names
