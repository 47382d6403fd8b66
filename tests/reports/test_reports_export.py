"""Tables that leave the store."""

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from corpus.errors import OfsightError
from reports.export import read_tables, write_tables
from reports.tables import dictionary


def test_every_column_of_every_table_is_explained_and_keyed(full_shelf) -> None:
    for table in read_tables(full_shelf.connection):
        assert set(table.columns) <= dictionary().keys(), table.name
        assert {"la_code", "gss_code", "urn", "document_id"} <= set(table.columns), table.name


def test_names_of_columns_say_where_values_come_from() -> None:
    for name, (origin, _) in dictionary().items():
        for prefix in ("printed", "derived", "coded"):
            if name.startswith(f"{prefix}_"):
                assert origin == prefix, name


def test_a_folder_holds_each_table_and_a_data_package(full_shelf, tmp_path: Path) -> None:
    made = write_tables(full_shelf.connection, tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    assert {r["path"] for r in package["resources"]} == {p.name for p in made} - {"datapackage.json"}
    with (tmp_path / "out" / "codings.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 17
    assert rows[0].keys() == {
        "la_code",
        "gss_code",
        "urn",
        "document_id",
        "paragraph_id",
        "coded_rank",
        "coded_theme",
        "coded_valence",
        "coded_probability",
        "coded_by",
    }


def test_words_under_the_older_notice_are_left_out_unless_asked_for(full_shelf) -> None:
    for withheld, expected in ((True, 6), (False, 0)):
        tables = {t.name: t for t in read_tables(full_shelf.connection, withheld=withheld)}
        paragraphs = tables["paragraphs"]
        empty = [row for row in paragraphs.rows if row[paragraphs.columns.index("printed_text")] is None]
        assert len(empty) == expected


def test_formulas_are_disarmed_in_csv_and_kept_in_jsonl(shelf, tmp_path: Path) -> None:
    shelf.add("X01", "2024-01-10", findings=[("=HYPERLINK(1)", "front_door", "strength")])
    write_tables(shelf.connection, tmp_path)
    assert "'=HYPERLINK(1)" in (tmp_path / "paragraphs.csv").read_text()
    assert json.loads((tmp_path / "paragraphs.jsonl").read_text())["printed_text"] == "=HYPERLINK(1)"


def test_one_file_formats(full_shelf, tmp_path: Path) -> None:
    for name in ("all.xlsx", "all.sqlite", "all.jsonl"):
        assert write_tables(full_shelf.connection, tmp_path / name) == (tmp_path / name,)
    opened = sqlite3.connect(tmp_path / "all.sqlite")
    assert opened.execute("SELECT count(*) FROM judgements").fetchone() == (14,)
    assert opened.execute("SELECT count(*) FROM dictionary WHERE meaning IS NULL").fetchone() == (0,)
    opened.close()
    with pytest.raises(ValueError, match=r"\.xlsx, \.sqlite or \.jsonl"):
        write_tables(full_shelf.connection, tmp_path / "all.ods")


def test_parquet_keeps_whole_numbers_whole_and_says_what_columns_mean(full_shelf, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    write_tables(full_shelf.connection, tmp_path, formats=("parquet",))
    read = parquet.read_table(tmp_path / "paragraphs.parquet")
    number = read.schema.field("printed_paragraph_number")
    assert str(number.type) == "int64"
    assert read.column("printed_paragraph_number").null_count > 0
    assert number.metadata[b"origin"] == b"printed"
    assert read.num_rows == len({t.name: t for t in read_tables(full_shelf.connection)}["paragraphs"].rows)


def test_without_the_package_for_parquet_nothing_is_written(
    full_shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(OfsightError, match="pip install pyarrow"):
        write_tables(full_shelf.connection, tmp_path / "out", formats=("csv", "parquet"))
    assert not (tmp_path / "out").exists()
