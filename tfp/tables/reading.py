"""read_table: one file of figures, CSV or Excel, as a Table.

The file is read once, whole; then a grid is made of it, and a table of the grid.
"""

from __future__ import annotations

import errno
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from tfp.errors import Place, TableError, nearest
from tfp.tables.csv_file import Delimiter, csv_grid
from tfp.tables.excel_file import excel_grid
from tfp.tables.numerals import DecimalSign
from tfp.tables.tidy import tidy_table

if TYPE_CHECKING:
    import os
    from collections.abc import Collection

    from tfp.tables.grid import Grid
    from tfp.tables.table import Table

MISSING = ("", ".", "..", "...", "…", "NA", "N/A", "NaN")
TEXT_FILES = (".csv", ".tsv", ".txt")
# An .xls is looked into as well: many are workbooks of today, or web pages, under an old name.
EXCEL_FILES = (".xlsx", ".xlsm", ".xls")


def read_table(
    path: str | os.PathLike[str],
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    decimal: DecimalSign | None = None,
    missing: Collection[str] = MISSING,
    delimiter: Delimiter | None = None,
) -> Table:
    r"""Read a table with one header row from a CSV file or an Excel workbook.

    Parameters
    ----------
    path
        The file: .csv, .tsv or .txt in UTF-8, .xlsx or .xlsm.
    sheet
        The sheet of a workbook; may be left out where only one is visible.
    header_row
        The row of the column names, counted from 1. None: the first row that is
        neither empty nor a remark (``#`` first).
    decimal
        The decimal sign of numbers that are written as text. None: a point, and a column
        whose numbers can be read in two ways (64.068) is refused when it is used.
    missing
        The texts that stand for a missing value; an empty cell is always missing.
    delimiter
        What separates the cells of a text file: ``","``, ``";"`` or a tab. None: the
        one that stands on the header line.

    Returns
    -------
    Table
        The columns, each value with its sheet and cell.

    Raises
    ------
    TableError
        If the file cannot be read as a table; each kind has its own code.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "grdp.csv"
    >>> _ = path.write_text("# GSO\nnăm;GRDP\n2019;36,63\n2020;..\n", encoding="utf-8")
    >>> table = read_table(path, decimal=",")
    >>> table.integers("năm"), table.numbers("GRDP"), table.address(0, "GRDP")
    (array([2019, 2020]), array([36.63,   nan]), 'B3')
    """
    path = Path(path)
    _check_choice(path, "decimal", decimal, (None, *get_args(DecimalSign)))
    grid = read_grid(path, sheet=sheet, header_row=header_row, delimiter=delimiter)
    missing = [unicodedata.normalize("NFC", each) for each in missing]
    return tidy_table(grid, header_row=header_row, decimal=decimal, missing=missing)


def read_grid(
    path: str | os.PathLike[str],
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    delimiter: Delimiter | None = None,
) -> Grid:
    """Return the rows of a text file or of one sheet of a workbook, as they stand there.

    Parameters
    ----------
    path, sheet, header_row, delimiter
        As for :func:`read_table`.

    Raises
    ------
    TableError
        If the file cannot be read.
    """
    path = Path(path)
    _check_choice(path, "delimiter", delimiter, (None, *get_args(Delimiter)))
    data = _read_bytes(path)
    if path.suffix.casefold() in TEXT_FILES:
        _refuse_option(path, "sheet", sheet)
        return csv_grid(data, _name(path), header_row=header_row, delimiter=delimiter)
    _refuse_option(path, "delimiter", delimiter)
    return excel_grid(data, _name(path), sheet=sheet)


def _name(path: Path) -> str:
    return unicodedata.normalize("NFC", path.name)


def _read_bytes(path: Path) -> bytes:
    """Return the file's content, or say why there is none to be had."""
    file = _name(path)
    where = [Place(file=file)]
    if _is_folder(path):
        raise TableError("file-is-folder", places=where, file=file)
    if path.suffix.casefold() not in TEXT_FILES + EXCEL_FILES:
        raise TableError(
            "file-extension",
            places=where,
            file=file,
            extension=path.suffix or "–",
        )
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise TableError(
            "file-not-found", places=where, file=file, nearest=_nearest_file(path)
        ) from error
    except PermissionError as error:
        raise TableError("file-not-permitted", places=where, file=file) from error
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) == errno.ENAMETOOLONG:
            raise TableError("file-name-too-long", places=where, file=file) from error
        raise TableError(
            "file-unreadable", places=where, file=file, reason=_reason(error)
        ) from error
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise TableError("file-empty", places=where, file=file)
    return data


def _is_folder(path: Path) -> bool:
    # A name that is too long is an error here; reading it will say so.
    with suppress(OSError):
        return path.is_dir()
    return False


def _reason(error: Exception) -> str:
    # Without the path, which would carry the user's folders into a report.
    return getattr(error, "strerror", None) or str(error)


def _nearest_file(path: Path) -> str:
    try:
        return nearest(_name(path), [_name(each) for each in path.parent.iterdir()])
    except OSError:
        return ""


def _check_choice(path: Path, option: str, value: str | None, known: tuple[Any, ...]) -> None:
    if value not in known:
        raise TableError(
            "table-option-unknown",
            places=[Place(file=_name(path))],
            option=option,
            value=repr(value),
            known=[repr(each) for each in known if each is not None],
        )


def _refuse_option(path: Path, option: str, value: str | None) -> None:
    if value is not None:
        raise TableError(
            "option-not-for-file", places=[Place(file=_name(path))], option=option, value=value
        )
