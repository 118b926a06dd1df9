"""A table of figures that remembers where each of them stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import SHOWN_PLACES, Place, TableError, nearest
from tfp.numerics.arrays import FloatArray, IntArray, read_only
from tfp.tables.grid import Value, tidy_text
from tfp.tables.numerals import SEVERAL, DecimalSign, ambiguous_sign, is_code, parse_number
from tfp.tables.references import cell_reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

# Beyond this a double no longer holds every whole number.
_LARGEST_WHOLE = 2.0**53
UNDECLARED: DecimalSign = "."


@dataclass(frozen=True)
class Note:
    """Something worth knowing about how a table was read.

    Attributes
    ----------
    code
        ``hidden-rows``, ``comment-rows`` or ``merged-cells`` (blocks of merged cells
        below the header: only the first cell of each holds the value).
    count
        How many there were.
    """

    code: str
    count: int


@dataclass(frozen=True, eq=False)
class Table:
    """Named columns of equal length, each value with its sheet and cell.

    Nothing is converted until somebody says what a column holds: :meth:`numbers`,
    :meth:`integers` or :meth:`texts`. :meth:`values` and :meth:`frame` convert what is
    certain and leave the rest as text.

    Attributes
    ----------
    file
        The file's name, without its folder.
    sheet
        The sheet's name; None for a text file.
    columns
        The names of the columns, in NFC.
    cells
        For each column its cells as found: text trimmed, numbers as numbers.
    rows
        For each row of the table its row in the sheet, or its line in the text file.
    positions
        For each column its column in the sheet or text file, counted from 1.
    decimal
        The decimal sign of numbers that are written as text; None: not declared, a point
        where that is certain.
    missing
        The texts that stand for a missing value.
    notes
        What was noticed while reading.
    """

    file: str
    sheet: str | None
    columns: tuple[str, ...]
    cells: tuple[tuple[Value, ...], ...]
    rows: tuple[int, ...]
    positions: tuple[int, ...]
    decimal: DecimalSign | None
    missing: frozenset[str]
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def position(self, column: str) -> int:
        """Return the index of a column in `columns`.

        Raises
        ------
        TableError
            ``table-column-unknown``, with the nearest name.
        """
        name = " ".join(tidy_text(column).split())
        if name not in self.columns:
            raise TableError(
                "table-column-unknown",
                places=[Place(file=self.file, sheet=self.sheet)],
                column=column,
                known=self.columns,
                nearest=nearest(name, self.columns),
            )
        return self.columns.index(name)

    def address(self, row: int, column: str) -> str:
        """Return where a value stands, as a spreadsheet names it.

        Parameters
        ----------
        row
            The row of the table, counted from 0.
        column
            The name of the column.

        Returns
        -------
        str
            Such as ``F17``. In a text file 17 is the line and F the sixth cell of it,
            which is also where a spreadsheet shows the value.
        """
        return cell_reference(self.rows[row], self.positions[self.position(column)])

    def place(self, row: int, column: str) -> Place:
        """Return the file, sheet, cell and column of a value, for an error or finding."""
        return Place(
            file=self.file,
            sheet=self.sheet,
            cell=self.address(row, column),
            column=self.columns[self.position(column)],
        )

    def values(self, column: str) -> tuple[Value, ...]:
        """Return a column with numbers as numbers, other text as text, missing as None.

        A text of digits with a leading zero (``01``) is a code and stays text, as does a
        number that can be read in two ways (64.068 where no decimal sign was declared).
        """
        cells = self.cells[self.position(column)]
        if self._ambiguous_sign(column):
            return tuple(None if self._is_missing(cell) else cell for cell in cells)
        return tuple(self._converted(cell) for cell in cells)

    def missing_cells(self, column: str) -> tuple[int, ...]:
        """Return the rows, counted from 0, in which a column is missing."""
        cells = self.cells[self.position(column)]
        return tuple(row for row, cell in enumerate(cells) if self._is_missing(cell))

    def numbers(self, column: str) -> FloatArray:
        """Return a column as numbers.

        Returns
        -------
        numpy.ndarray
            Shape (number of rows,), read-only; NaN where the value is missing.

        Raises
        ------
        TableError
            ``cell-not-a-number``, naming the cells; ``decimal-ambiguous``.
        """
        sign = self._ambiguous_sign(column)
        if sign is not None:
            raise _ambiguous_error(self, column, sign)
        found = np.full(len(self), np.nan)
        wrong = []
        for row, cell in enumerate(self.cells[self.position(column)]):
            if self._is_missing(cell):
                continue
            number = self._number(cell)
            if number is None:
                wrong.append(row)
            else:
                found[row] = number
        if wrong:
            raise _cell_error("cell-not-a-number", self, column, wrong)
        return read_only(found)

    def integers(self, column: str) -> IntArray:
        """Return a column as whole numbers, for example of years.

        Returns
        -------
        numpy.ndarray
            Shape (number of rows,), read-only.

        Raises
        ------
        TableError
            ``cell-not-a-number``, ``cell-missing`` or ``cell-not-an-integer``.
        """
        numbers = self.numbers(column)
        missing = self.missing_cells(column)
        if missing:
            raise _cell_error("cell-missing", self, column, missing)
        whole = (numbers == np.round(numbers)) & (np.abs(numbers) <= _LARGEST_WHOLE)
        if not whole.all():
            raise _cell_error("cell-not-an-integer", self, column, np.flatnonzero(~whole).tolist())
        return read_only(numbers.astype(np.intp))

    def texts(self, column: str) -> tuple[str | None, ...]:
        """Return a column as text, for example of names or codes; missing as None."""
        cells = self.cells[self.position(column)]
        return tuple(None if self._is_missing(cell) else as_text(cell) for cell in cells)

    def frame(self) -> pd.DataFrame:
        """Return the table as a frame, the caller's copy.

        A column of whole numbers without a missing value becomes int64, one of numbers
        float64; text, dates and mixtures are left to pandas.
        """
        import pandas as pd

        return pd.DataFrame({name: pd.Series(self._column(name)) for name in self.columns})

    def _column(self, name: str) -> Any:
        values = self.values(name)
        present = [value for value in values if value is not None]
        if present and all(_is_number(value) for value in present):
            if len(present) == len(values) and all(isinstance(value, int) for value in present):
                return np.array(values, dtype=np.int64)
            return np.array([np.nan if value is None else value for value in values], dtype=float)
        return list(values)

    def _is_missing(self, cell: Value) -> bool:
        return cell is None or (isinstance(cell, str) and cell in self.missing)

    def _ambiguous_sign(self, column: str) -> DecimalSign | None:
        if self.decimal is not None:
            return None
        cells = self.cells[self.position(column)]
        texts = [cell for cell in cells if isinstance(cell, str) and not self._is_missing(cell)]
        # Among the numbers of a sheet one text is no chance: somebody typed it otherwise.
        return ambiguous_sign(texts, SEVERAL if self.sheet is None else 1)

    def _number(self, cell: Value) -> float | int | None:
        if isinstance(cell, str):
            return parse_number(cell, self.decimal or UNDECLARED)
        return None if isinstance(cell, (bool, datetime)) else cell

    def _converted(self, cell: Value) -> Value:
        if self._is_missing(cell):
            return None
        if not isinstance(cell, str) or is_code(cell):
            return cell
        number = parse_number(cell, self.decimal or UNDECLARED)
        return cell if number is None else number


def as_text(value: Value) -> str:
    """Return a cell as the text that its reader would type: 2019, not 2019.0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST_WHOLE:
        return str(int(value))
    return str(value)


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _cell_error(code: str, table: Table, column: str, rows: Sequence[int]) -> TableError:
    cells = table.cells[table.position(column)]
    return TableError(
        code,
        places=[table.place(row, column) for row in rows],
        column=column,
        count=len(rows),
        values=[as_text(cells[row]) for row in rows[:SHOWN_PLACES]],
        decimal=table.decimal or UNDECLARED,
    )


def _ambiguous_error(table: Table, column: str, sign: DecimalSign) -> TableError:
    cells = table.cells[table.position(column)]
    rows = [row for row, cell in enumerate(cells) if isinstance(cell, str) and sign in cell]
    sample = as_text(cells[rows[0]])
    return TableError(
        "decimal-ambiguous",
        places=[table.place(row, column) for row in rows],
        column=column,
        count=len(rows),
        values=[as_text(cells[row]) for row in rows[:SHOWN_PLACES]],
        sample=sample,
        whole=sample.replace(sign, ""),
        sign=sign,
        other="," if sign == "." else ".",
    )
