"""The register finds an authority by whatever people and reports call it."""

import pytest

from corpus.authorities import register
from corpus.errors import UnknownAuthorityError


@pytest.mark.parametrize(
    ("asked", "la_code"),
    [
        ("370", "370"),
        ("E08000038", "370"),
        ("E08000016", "370"),  # Barnsley's code until April 2025
        ("80418", "926"),
        ("Hull", "810"),
        ("kingston upon hull", "810"),
        ("Kingston upon Thames", "314"),
        ("BCP", "839"),
        ("The Royal Borough of Windsor and Maidenhead", "868"),
        ("St Helens Council", "342"),
        ("York", "816"),
        ("North Yorkshire", "815"),
        ("City of London", "201"),
        ("hammersmith", "205"),  # a part of one name only
    ],
)
def test_finds_by_code_name_alias_or_part(asked: str, la_code: str) -> None:
    assert register().find(asked).la_code == la_code


@pytest.mark.parametrize(
    ("printed", "la_code"),
    [
        ("Bristol City of", "801"),
        ("Medway Children's Services", "887"),
        ("Hammersmith & Fulham", "205"),
        ("Inspection of Doncaster Children’s Services Trust", "371"),
        ("City of York Council", "816"),
        ("Cheshire West and Chester Council", "896"),
        ("Northamptonshire Children’s Trust: West Northamptonshire", "941"),
    ],
)
def test_resolves_what_a_title_prints(printed: str, la_code: str) -> None:
    found = register().resolve_printed(printed)
    assert found is not None
    assert found.la_code == la_code


def test_two_authorities_in_one_title_do_not_decide() -> None:
    assert register().resolve_printed("Kingston upon Thames and Richmond upon Thames") is None


def test_a_region_is_not_an_authority() -> None:
    assert register().resolve_printed("London boroughs") is None


def test_a_part_of_several_names_is_answered_with_them() -> None:
    with pytest.raises(UnknownAuthorityError, match="Did you mean North Tyneside or") as caught:
        register().find("north")
    assert len(caught.value.suggestions) == 3


def test_a_misspelling_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UnknownAuthorityError, match="Did you mean Liverpool"):
        register().find("Liverpol")


def test_153_current_authorities_each_with_ten_neighbours_in_the_register() -> None:
    current = [authority for authority in register() if authority.current]
    assert len(current) == 153
    for authority in current:
        assert len(authority.neighbours) == 10, authority.name
        assert all(register().get(code) for code in authority.neighbours), authority.name
