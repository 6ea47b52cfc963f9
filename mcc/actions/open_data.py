"""The register as open data: the same rows as CSV, JSON and OpenDocument, with a dictionary of the columns."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

from mcc.actions.register import Entry

Row = dict[str, str]

COLUMNS = (
    # Each is explained in the catalogues under open_data.COLUMN.
    "number",
    "address",
    "state",
    "may_use_the_mark",
    "since",
    "issued_on",
    "valid_until",
    "holder",
    "holder_kind",
    "rut",
    "municipality",
    "category",
    "products",
    "process",
    "site",
    "award",
    "pilot",
    "resolution",
)
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def tabulate(entries: Sequence[Entry], public_url: str) -> list[Row]:
    """One row for each certificate. Several products, or holders' RUT, stand in one cell, separated by ` | `."""
    return [_tell(entry, public_url) for entry in entries]


def _tell(entry: Entry, public_url: str) -> Row:
    status = entry.status
    return {
        "number": status.number,
        "address": f"{public_url}/v/{status.code}",
        "state": status.state,
        "may_use_the_mark": "yes" if status.good else "no",
        "since": status.state_since.isoformat(),
        "issued_on": status.issued_on.isoformat(),
        "valid_until": status.valid_until.isoformat(),
        "holder": status.holder,
        "holder_kind": status.holder_kind,
        "rut": " | ".join(entry.ruts),
        "municipality": status.municipality,
        "category": entry.category or "",
        "products": " | ".join(status.products),
        "process": status.process,
        "site": status.site,
        "award": status.award,
        "pilot": "yes" if status.pilot else "no",
        "resolution": str(status.resolution.get("number", "")),
    }


def write_csv(rows: Sequence[Row]) -> bytes:
    return write_table(COLUMNS, rows)


def write_table(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    """RFC 4180, in UTF-8 with a mark at the start, without which spreadsheets misread accents.

    A cell that a spreadsheet would take for a formula is preceded by an apostrophe.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows({name: _defuse(value) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _defuse(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} else cell


def write_json(rows: Sequence[Row], *, as_of: date, source: str) -> bytes:
    document = {"as_of": as_of.isoformat(), "source": source, "columns": COLUMNS, "certificates": rows}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def write_ods(rows: Sequence[Row], *, sheet: str) -> bytes:
    """An OpenDocument spreadsheet (ISO/IEC 26300) of plain text cells: a zip whose first part names its type."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ODS, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _manifest())
        archive.writestr("content.xml", _content([COLUMNS, *(list(row.values()) for row in rows)], sheet))
    return packed.getvalue()


def _manifest() -> bytes:
    root = ET.Element(f"{{{MANIFEST}}}manifest", {f"{{{MANIFEST}}}version": "1.3"})
    for path, media_type in (("/", ODS), ("content.xml", "text/xml")):
        entry = {f"{{{MANIFEST}}}full-path": path, f"{{{MANIFEST}}}media-type": media_type}
        ET.SubElement(root, f"{{{MANIFEST}}}file-entry", entry)
    return _write(root)


def _content(lines: Sequence[Sequence[str]], sheet: str) -> bytes:
    root = ET.Element(f"{{{OFFICE}}}document-content", {f"{{{OFFICE}}}version": "1.3"})
    book = ET.SubElement(ET.SubElement(root, f"{{{OFFICE}}}body"), f"{{{OFFICE}}}spreadsheet")
    table = ET.SubElement(book, f"{{{TABLE}}}table", {f"{{{TABLE}}}name": sheet})
    for line in lines:
        row = ET.SubElement(table, f"{{{TABLE}}}table-row")
        for value in line:
            cell = ET.SubElement(row, f"{{{TABLE}}}table-cell", {f"{{{OFFICE}}}value-type": "string"})
            ET.SubElement(cell, f"{{{TEXT}}}p").text = value
    return _write(root)


def _write(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
