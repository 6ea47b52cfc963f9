"""The register as open data: the same rows in three forms that other programs read."""

import csv
import io
import json
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

from mcc.actions.open_data import COLUMNS, TABLE, TEXT, tabulate, write_csv, write_json, write_ods
from mcc.actions.register import list_entries
from mcc.phrases import LANGUAGES, catalogue
from tests.office import Office


def rows_of(office: Office) -> list[dict[str, str]]:
    office.issued()
    with office.look("audita") as work:
        return tabulate(list_entries(work), "https://marca.example")


def test_a_row_tells_who_may_use_the_mark_for_what(office: Office) -> None:
    (row,) = rows_of(office)
    assert list(row) == list(COLUMNS)
    assert (row["state"], row["may_use_the_mark"], row["municipality"]) == ("valid", "yes", "Pando")
    assert row["address"].startswith("https://marca.example/v/")


def test_csv_json_and_ods_hold_the_same(office: Office) -> None:
    rows = rows_of(office)
    assert list(csv.DictReader(io.StringIO(write_csv(rows).decode("utf-8-sig")))) == rows
    document = json.loads(write_json(rows, as_of=date(2026, 9, 1), source="https://marca.example/registro"))
    assert (document["certificates"], document["as_of"]) == (rows, "2026-09-01")
    assert read_ods(write_ods(rows, sheet="registro")) == [list(COLUMNS), list(rows[0].values())]


def read_ods(content: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        root = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - written by us just now
    return [
        ["".join(cell.itertext()) for cell in row.iter(f"{{{TEXT}}}p")]
        for row in root.iter(f"{{{TABLE}}}table-row")
    ]


def test_a_cell_is_never_a_formula(office: Office) -> None:
    (row,) = rows_of(office)
    text = write_csv([row | {"holder": "=HYPERLINK(1)"}]).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["holder"] == "'=HYPERLINK(1)"


def test_every_column_is_explained_in_every_language() -> None:
    for language in LANGUAGES:
        explained = {name.partition(".")[2] for name in catalogue(language) if name.startswith("open_data.")}
        assert explained == set(COLUMNS)
