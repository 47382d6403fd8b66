"""The list beside the reports fills what a report does not print, and never what it does."""

from datetime import date

import pytest

from corpus.errors import DataFileError
from ofsight.catalogue import Catalogues, read_catalogue
from ofsight.inputs import find_inputs


def test_the_nearest_list_within_the_given_folder_counts(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("sub/a.pdf", "b.pdf"):
        (tmp_path / name).write_text("x")
    (tmp_path / "index.csv").write_text("file,published\nsub/a.pdf,2014-05-01\nb.pdf,2015-05-01\n")
    (tmp_path / "sub" / "manifest.csv").write_text("file,published,urn\na.pdf,2016-05-01,1\n")
    catalogues = Catalogues()
    found = [catalogues.published(item) for item in find_inputs([tmp_path])]
    assert found == [date(2015, 5, 1), date(2016, 5, 1)]


def test_a_list_above_the_given_folder_does_not_count(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.pdf").write_text("x")
    (tmp_path / "index.csv").write_text("file,published\nsub/a.pdf,2014-05-01\n")
    [item] = find_inputs([tmp_path / "sub"])
    assert Catalogues().published(item) is None
    assert Catalogues(tmp_path / "index.csv").published(item) == date(2014, 5, 1)


def test_faults_of_a_given_list_are_all_named(tmp_path):
    (tmp_path / "list.csv").write_text("file,published\na.pdf,May\nb.pdf,2014-05-01\nc.pdf,2014-13-01\n")
    with pytest.raises(DataFileError, match=r"line 2: 'May'.*line 4"):
        read_catalogue(tmp_path / "list.csv")
    (tmp_path / "other.csv").write_text("name,day\n")
    with pytest.raises(DataFileError, match="no columns 'file' and 'published'"):
        read_catalogue(tmp_path / "other.csv")


def test_the_date_of_the_list_is_marked_as_such(tmp_path, folder, store, fake):
    place = folder(a="First.")
    (place / "index.csv").write_text("file,published\na.txt,2014-05-01\n")
    fake.do(place, store)
    assert fake.rows(store, "SELECT published FROM document") == [("2014-05-01",)]
    assert fake.rows(store, "SELECT field, status FROM reading") == [("published", "catalogue")]
