"""Excel workbooks: bytes to a grid of one sheet.

The values come from openpyxl. What it does not tell while it streams (hidden rows,
merged blocks, formulas that nobody has computed) is read from the sheet's XML.
"""

from __future__ import annotations

import io
import posixpath
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET  # the tree of files that the user hands in

from tfp.errors import Place, TableError, nearest
from tfp.tables.grid import Found, Grid, GridRow, Unusable, tidy_text
from tfp.tables.old_excel_file import old_excel_grid
from tfp.tables.old_letters import encoding_of_font
from tfp.tables.old_text import in_unicode
from tfp.tables.references import cell_position

if TYPE_CHECKING:
    from collections.abc import Iterator

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"mime-version")
_BOOK_PART = "workbook.xml"
PER_CENT_FORMATS = (9, 10)  # 0% and 0.00%, which every workbook has without naming them


def excel_grid(data: bytes, file: str, *, sheet: str | None = None) -> Grid:
    """Return the rows of one sheet of a workbook.

    Parameters
    ----------
    data
        The file's bytes.
    file
        The file's name, for messages.
    sheet
        The sheet's name; None where the workbook has one visible sheet.

    Raises
    ------
    TableError
        ``workbook-encrypted``, ``workbook-is-html``, ``not-a-workbook``,
        ``workbook-broken``, ``old-excel-unreadable``, ``unknown-sheet``, ``sheet-not-named``.
    """
    if data.startswith(_OLE) and _ENCRYPTED_STREAM not in data:
        return old_excel_grid(data, file, sheet=sheet)
    _check_container(data, file)
    try:
        return _read(data, file, sheet)
    except TableError:
        raise
    except Exception as error:  # a damaged file makes the reader fail in every possible way
        raise TableError(
            "workbook-broken", places=[Place(file=file)], file=file, reason=str(error)
        ) from error


def _check_container(data: bytes, file: str) -> None:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_OLE):
        raise _wrong_container("workbook-encrypted", file)
    if start.startswith(_MARKUP):
        raise _wrong_container("workbook-is-html", file)
    if not data.startswith(_ZIP):
        raise _wrong_container("not-a-workbook", file)
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not any(name.endswith(_BOOK_PART) for name in archive.namelist()):
                raise _wrong_container("not-a-workbook", file)


def _wrong_container(code: str, file: str) -> TableError:
    return TableError(code, places=[Place(file=file)], file=file)


def _read(data: bytes, file: str, sheet: str | None) -> Grid:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # Remarks on styles, validations and print settings that do not concern the figures.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            worksheet = _choose_sheet(book.worksheets, file, sheet)
            structure = _read_structure(data, worksheet.title)
            # A wrong <dimension> would cut the sheet off.
            worksheet.reset_dimensions()
            shown = _Shown(
                {} if _has_old_fonts(book) else None, set() if _has_per_cent(book) else None
            )
            rows = tuple(_rows(worksheet, structure, shown))
        finally:
            book.close()
    grid = Grid(
        file,
        tidy_text(worksheet.title),
        rows,
        merged=tuple(structure.merged),
        hidden_rows=frozenset(structure.hidden_rows),
        per_cent=frozenset(shown.per_cent or ()),
    )
    return in_unicode(grid, shown.fonts)


@dataclass
class _Shown:
    """How cells look, where it says something of what they hold; None where it cannot."""

    fonts: dict[tuple[int, int], str] | None
    per_cent: set[tuple[int, int]] | None

    def note(self, row: int, cells: Any) -> None:
        """Note the fonts and formats of a row's cells."""
        for cell in cells:
            if isinstance(cell.value, str):
                if self.fonts is not None and encoding_of_font(cell.font.name):
                    self.fonts[row, cell.column] = cell.font.name
            elif self.per_cent is not None and cell.value is not None and "%" in cell.number_format:
                self.per_cent.add((row, cell.column))


def _has_per_cent(book: Any) -> bool:
    built_in = any(style.numFmtId in PER_CENT_FORMATS for style in book._cell_styles)  # noqa: SLF001
    return built_in or any("%" in form for form in book._number_formats)  # noqa: SLF001


def _has_old_fonts(book: Any) -> bool:
    return any(encoding_of_font(font.name) for font in book._fonts)  # noqa: SLF001  (nowhere else)


def _choose_sheet(worksheets: list[Any], file: str, sheet: str | None) -> Any:
    if not worksheets:
        # A sheet whose part is lost is left out in silence.
        msg = "no worksheet"
        raise LookupError(msg)
    names = [tidy_text(worksheet.title) for worksheet in worksheets]
    if sheet is None:
        visible = [each for each in worksheets if each.sheet_state == "visible"]
        if len(visible) == 1:
            return visible[0]
        raise TableError("sheet-not-named", places=[Place(file=file)], file=file, known=names)
    wanted = tidy_text(sheet)
    if wanted not in names:
        raise TableError(
            "unknown-sheet",
            places=[Place(file=file)],
            sheet=sheet,
            known=names,
            nearest=nearest(wanted, names),
        )
    return worksheets[names.index(wanted)]


def _rows(worksheet: Any, structure: _Structure, shown: _Shown) -> Iterator[GridRow]:
    for number, cells in enumerate(worksheet.iter_rows(), start=1):
        found = [_found(cell) for cell in cells]
        if shown.fonts is not None or shown.per_cent is not None:
            shown.note(number, cells)
        for column in structure.uncomputed.get(number, ()):
            found.extend([None] * (column - len(found)))
            found[column - 1] = Unusable("=", computed=False)
        row = GridRow(number, tuple(found))
        if not row.is_empty:
            yield row


def _found(cell: Any) -> Found:
    value = cell.value
    if isinstance(value, str):
        if cell.data_type == "e":
            return Unusable(value)
        return tidy_text(value) or None
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  (sheets have no zone)
    if isinstance(value, (time, timedelta)):
        return str(value)
    found: Found = value
    return found


@dataclass
class _Structure:
    """What the sheet's XML tells beside the values; filled while it streams by."""

    hidden_rows: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncomputed: dict[int, list[int]] = field(default_factory=dict)


def _read_structure(data: bytes, sheet: str) -> _Structure:
    structure = _Structure()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        archive.open(_sheet_part(archive, sheet)) as stream,
    ):
        row_number = 0
        for _, element in ET.iterparse(stream):  # noqa: S314  (as openpyxl itself reads it)
            tag = _local(element.tag)
            if tag == "row":
                row_number = int(element.get("r") or row_number + 1)
                _note_row(element, row_number, structure)
                element.clear()
            elif tag == "mergeCell":
                first, _, last = element.get("ref", "").partition(":")
                structure.merged.append((*cell_position(first), *cell_position(last or first)))
    return structure


def _note_row(row: ET.Element, number: int, structure: _Structure) -> None:
    if row.get("hidden") in {"1", "true"}:
        structure.hidden_rows.add(number)
    column = 0
    for cell in row:
        address = cell.get("r")
        column = cell_position(address)[1] if address else column + 1
        parts = {_local(part.tag): part.text for part in cell}
        # A computed empty text is stored as such (t="str"), with nothing in <v>.
        if "f" in parts and not parts.get("v") and cell.get("t") != "str":
            structure.uncomputed.setdefault(number, []).append(column)


def _sheet_part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name, inside the archive, of the XML of a sheet."""
    book = next(name for name in archive.namelist() if name.endswith(_BOOK_PART))
    folder, name = posixpath.split(book)
    targets = {
        element.get("Id"): element.get("Target", "")
        for element in ET.fromstring(  # noqa: S314
            archive.read(posixpath.join(folder, "_rels", f"{name}.rels"))
        )
    }
    for element in ET.fromstring(archive.read(book)).iter():  # noqa: S314
        if _local(element.tag) == "sheet" and element.get("name") == sheet:
            identity = next(value for key, value in element.items() if _local(key) == "id")
            # A target that starts with "/" counts from the archive's root.
            return posixpath.normpath(posixpath.join("/", folder, targets[identity])).lstrip("/")
    raise KeyError(sheet)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
