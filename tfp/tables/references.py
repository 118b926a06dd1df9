"""Spreadsheet addresses: ``F17`` is row 17, column 6, both counted from 1."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]*)")
_PLAIN_SHEET_NAME = re.compile(r"[A-Za-z_][A-Za-z_]{3,}")


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1.

    Examples
    --------
    >>> [column_letters(column) for column in (1, 26, 27, 16384)]
    ['A', 'Z', 'AA', 'XFD']
    """
    letters = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def cell_reference(
    row: int, column: int, *, absolute: bool = False, sheet: str | None = None
) -> str:
    """Return the address of a cell, as a formula writes it.

    Parameters
    ----------
    row, column
        Counted from 1.
    absolute
        Whether the address stays when the formula is copied (``$F$17``).
    sheet
        The sheet, for an address from elsewhere in the workbook.

    Examples
    --------
    >>> cell_reference(17, 6)
    'F17'
    >>> cell_reference(3, 2, absolute=True, sheet="Số liệu")
    "'Số liệu'!$B$3"
    """
    fixed = "$" if absolute else ""
    address = f"{fixed}{column_letters(column)}{fixed}{row}"
    return address if sheet is None else f"{_quoted(sheet)}!{address}"


def range_reference(
    first: tuple[int, int],
    last: tuple[int, int],
    *,
    absolute: bool = False,
    sheet: str | None = None,
) -> str:
    """Return the address of the block between two cells, each (row, column).

    Examples
    --------
    >>> range_reference((2, 2), (15, 2))
    'B2:B15'
    """
    start = cell_reference(*first, absolute=absolute, sheet=sheet)
    return f"{start}:{cell_reference(*last, absolute=absolute)}"


def cell_position(address: str) -> tuple[int, int]:
    """Return (row, column), counted from 1, of an address such as ``F17``.

    Raises
    ------
    ValueError
        If `address` is not the address of one cell.

    Examples
    --------
    >>> cell_position("$F$17")
    (17, 6)
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        msg = f"{address!r} is not the address of a cell"
        raise ValueError(msg)
    column = 0
    for letter in match[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _quoted(sheet: str) -> str:
    # Names that could be taken for an address or a number need the quotes too, hence a
    # narrow pattern: four letters or more, nothing else.
    if _PLAIN_SHEET_NAME.fullmatch(sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"
