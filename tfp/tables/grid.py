"""What stands in a file before anybody says what it means: rows of cells."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tfp.errors import Place
from tfp.tables.references import cell_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Value = float | int | str | bool | datetime | None


@dataclass(frozen=True)
class Unusable:
    """A cell that shows something but holds no value.

    Attributes
    ----------
    shown
        What the cell shows: an error such as ``#REF!``, or the ``=`` of a formula.
    computed
        False for a formula whose value nobody has computed yet.
    """

    shown: str
    computed: bool = True


Found = Value | Unusable


@dataclass(frozen=True)
class ConvertedText:
    """A text that was written in an encoding from before Unicode, and what it is now."""

    row: int
    column: int
    encoding: str
    before: str
    after: str


@dataclass(frozen=True)
class GridRow:
    """One row; `number` is the row of the sheet or the line of the text file."""

    number: int
    cells: tuple[Found, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return all(cell is None or cell == "" for cell in self.cells)

    @property
    def is_comment(self) -> bool:
        """Whether the row is a remark: ``#`` first, nothing beside it."""
        first = self.cells[0] if self.cells else None
        return (
            isinstance(first, str)
            and first.startswith("#")
            and not any(cell is not None and cell != "" for cell in self.cells[1:])
        )


@dataclass(frozen=True, eq=False)
class Grid:
    """The rows of one sheet or text file, blanks trimmed, text in NFC.

    Attributes
    ----------
    file
        The file's name, without its folder.
    sheet
        The sheet's name; None for a text file.
    rows
        Every row that holds anything, in order.
    merged
        Merged blocks as (first row, first column, last row, last column).
    hidden_rows
        Numbers of the rows that the sheet hides; they are read like the others.
    comments
        How many remark lines were passed over.
    converted
        The texts that were not in Unicode.
    per_cent
        Row and column of the numbers that the sheet shows in per cent: 0.065 as 6.5%.
    """

    file: str
    sheet: str | None
    rows: tuple[GridRow, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    comments: int = 0
    converted: tuple[ConvertedText, ...] = ()
    per_cent: frozenset[tuple[int, int]] = frozenset()

    def place(self, row: int, column: int, name: str | None = None) -> Place:
        """Return the place of a cell, row and column counted from 1."""
        return Place(
            file=self.file, sheet=self.sheet, cell=cell_reference(row, column), column=name
        )


def tidy_text(text: str) -> str:
    """Return `text` in NFC, without blanks (also non-breaking, zero-width) around it."""
    return unicodedata.normalize("NFC", text).strip().strip("\u200b\ufeff").strip()


def used_width(rows: Iterable[Sequence[Found]]) -> int:
    """Return the number of columns up to the last one that holds anything."""
    width = 0
    for cells in rows:
        for column in range(len(cells), width, -1):
            if cells[column - 1] is not None and cells[column - 1] != "":
                width = column
                break
    return width
