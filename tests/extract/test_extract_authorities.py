"""Is every authority of England recognised by each name it prints, and no other thing called like one?"""

import re
import tomllib
from importlib.resources import files

import pytest

from corpus.authorities import Authority, register
from extract import _mentions

REAL = [authority for authority in register() if not authority.sample]
BESIDE = tomllib.loads(files("extract").joinpath("gazetteers", "other_names.toml").read_text("utf-8"))
FRAMES = (
    "Services for children in {} have improved.",
    "Staff of {} share training, and families moved from there.",
    "Children in {}’s care are safe, and so are others.",
    "Since 2014, {} has led the way (with a neighbour).",
    "The chair also leads a board in {}, where it works.",
)
FORMS = {
    "London Borough": ("London Borough of {}", "{} London Borough Council", "{} Council"),
    "County": ("{} County Council", "{} Council"),
    "Metropolitan District": ("{} Metropolitan Borough Council", "{} City Council", "{} MBC", "{} Council"),
    "Unitary Authority": ("{} Borough Council", "{} City Council", "{} Council", "{} Unitary Authority"),
}


def authorities(text: str) -> list[tuple[str, str]]:
    return [
        (text[found.start : found.end], found.entity.id)
        for found in _mentions([text])
        if found.entity.label == "local_authority"
    ]


def test_the_register_holds_every_authority_and_those_that_are_gone() -> None:
    assert sum(authority.current for authority in REAL) == 153
    assert {a.name for a in REAL if a.abolished} == {"Cumbria", "Northamptonshire", "Poole"}


@pytest.mark.parametrize("authority", REAL, ids=lambda authority: authority.name)
def test_an_authority_is_found_by_each_of_its_names_in_any_place(authority: Authority) -> None:
    for name in (authority.name, *authority.also_known_as):
        for frame in FRAMES:
            assert authorities(frame.format(name)) == [(name, f"la:{authority.la_code}")], frame


@pytest.mark.parametrize("authority", REAL, ids=lambda authority: authority.name)
def test_the_form_of_government_belongs_to_the_name(authority: Authority) -> None:
    for form in FORMS[authority.type or "Unitary Authority"]:
        printed = form.format(authority.name)
        assert authorities(f"Leaders at {printed} know this.") == [(printed, f"la:{authority.la_code}")]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Royal Borough of Windsor & Maidenhead", "868"),
        ("Royal Borough of Greenwich Council", "203"),
        ("Bath & North East Somerset", "800"),
        ("B&NES", "800"),
        ("BCP", "839"),
        ("RBKC", "207"),
        ("Kingston upon Hull City Council", "810"),
        ("St. Helens", "342"),
        ("County Durham", "840"),
        ("Durham County Council", "840"),
        ("Hammersmith & Fulham", "205"),
        ("City of Bradford Metropolitan District Council", "380"),
        ("Council of the Isles of Scilly", "420"),
        ("City of Westminster", "213"),
        ("East Riding of Yorkshire Council", "811"),
        ("Newcastle-upon-Tyne", "391"),
        ("Stoke on Trent City Council", "861"),
        ("Borough of Poole", "836"),
        ("Telford & Wrekin Council", "894"),
    ],
)
def test_names_as_reports_print_them(printed: str, code: str) -> None:
    assert authorities(f"Practice in {printed} is known.") == [(printed, f"la:{code}")]


@pytest.mark.parametrize("example", BESIDE["examples"])
def test_a_name_within_another_name_means_no_authority(example: str) -> None:
    assert authorities(re.sub(r"[\[\]]", "", example)) == []


@pytest.mark.parametrize("example", BESIDE["counter_examples"])
def test_an_authority_beside_other_words_is_one(example: str) -> None:
    name = re.findall(r"\[(.+?)\]", example)[0]
    assert any(found.startswith(name) for found, _ in authorities(re.sub(r"[\[\]]", "", example)))


@pytest.mark.parametrize(
    "text",
    [
        "Reading and writing are taught early.",
        "Reading Recovery helps pupils.",
        "Parents bury their grief.",
        "Families in Bury St Edmunds wait.",
        "Kent Police came.",
        "Sandwell and West Birmingham NHS Trust agreed.",
        "She studies at the University of Derby.",
        "The Wiltshire Safeguarding Children Board met.",
        "The Trafford Centre is near.",
        "Newcastle-under-Lyme is a town.",
    ],
)
def test_words_and_bodies_that_only_look_like_an_authority(text: str) -> None:
    assert authorities(text) == []
