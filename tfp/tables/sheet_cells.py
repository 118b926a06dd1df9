"""The figures in the cells of a wide table, or why a cell is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from tfp.errors import Place, TableError
from tfp.tables.grid import Unusable
from tfp.tables.marked_numbers import (
    DASHES,
    UNKNOWN,
    certain_signs,
    is_ambiguous,
    without_mark,
)
from tfp.tables.numerals import parse_number
from tfp.tables.table import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.tables.grid import Found
    from tfp.tables.numerals import DecimalSign
    from tfp.tables.wide_table import Line, WideTable
    from tfp.tables.year_words import MarkedStatus


@dataclass(frozen=True)
class CellFigure:
    """What a cell says; a `value` of None is a missing one."""

    value: float | None
    status: MarkedStatus | None = None
    zero: bool = False
    per_cent: bool = False
    footnote: bool = False


@dataclass(frozen=True, eq=False)
class SheetCells:
    """Reads the cells of one sheet, with the decimal sign that the sheet proves.

    Parameters
    ----------
    table
    decimal
        The decimal sign where it is declared.
    missing
        Further texts for a missing value.
    """

    table: WideTable
    decimal: DecimalSign | None
    missing: frozenset[str]

    def read(self, line: Line, position: int, place: Place, *, whole: bool) -> CellFigure | None:
        """Return what one cell says; None where it is empty.

        Parameters
        ----------
        line, position
        place
            The cell's, for messages.
        whole
            Whether the figure counts something that has no fractions.

        Raises
        ------
        TableError
            ``yearbook-cell``, ``number-ambiguous``, ``decimal-signs-mixed``,
            ``formula-without-value``, ``cell-error-value``.
        """
        cell = line.cells.get(position)
        if cell is None:
            return None
        if isinstance(cell, Unusable):
            raise _unusable(cell, place)
        if isinstance(cell, (bool, datetime)):
            raise _not_a_number(cell, place)
        if not isinstance(cell, str):
            if self.table.lattice.is_per_cent(line.number, position):
                # As shown, and as multiplied on paper: 0.0641 is 6.41.
                return CellFigure(float(Decimal(repr(cell)) * 100), per_cent=True)
            return CellFigure(float(cell))
        # A dash that the plan calls missing is no zero.
        if cell.strip() not in self.missing and cell.strip() in DASHES:
            return CellFigure(0.0, zero=True)
        if cell.strip() in self.missing | UNKNOWN:
            return CellFigure(None)
        return self._number(cell, place, whole=whole)

    def _number(self, cell: str, place: Place, *, whole: bool) -> CellFigure:
        per_cent = cell.rstrip().endswith("%")
        marked = without_mark(cell.rstrip().removesuffix("%"))
        if marked is None:
            raise _not_a_number(cell, place)
        sign = self._sign(marked.text, place, whole=whole)
        number = parse_number(marked.text, sign)
        if number is None:
            raise _not_a_number(cell, place)
        return CellFigure(float(number), marked.status, per_cent=per_cent, footnote=marked.footnote)

    def _sign(self, text: str, place: Place, *, whole: bool) -> DecimalSign:
        if self.decimal is not None:
            return self.decimal
        if len(self._proved) > 1:
            raise TableError(
                "decimal-signs-mixed",
                places=list(self._proved_at.values()),
                values=list(self._proved.values()),
            )
        if self._proved:
            return next(iter(self._proved))
        if not is_ambiguous(text):
            return "."
        separator: DecimalSign = "." if "." in text else ","
        other: DecimalSign = "," if separator == "." else "."
        if whole:
            return other
        raise TableError(
            "number-ambiguous",
            places=[place],
            value=text,
            whole=text.replace(separator, ""),
            sign=separator,
            other=other,
        )

    @cached_property
    def _proved(self) -> dict[DecimalSign, str]:
        return certain_signs(self._texts)

    @cached_property
    def _texts(self) -> dict[str, Place]:
        return {text: place for place, text in reversed(list(self._numbers()))}

    @property
    def _proved_at(self) -> dict[DecimalSign, Place]:
        return {sign: self._texts[text] for sign, text in self._proved.items()}

    def _numbers(self) -> Iterator[tuple[Place, str]]:
        for line in self.table.lines:
            for position, cell in line.cells.items():
                text = cell.rstrip().removesuffix("%") if isinstance(cell, str) else None
                marked = None if text is None else without_mark(text)
                if marked is not None:
                    yield self.table.place(line, position), marked.text


def _unusable(cell: Unusable, place: Place) -> TableError:
    if not cell.computed:
        return TableError("formula-without-value", places=[place], count=1)
    return TableError("cell-error-value", places=[place], count=1, values=[cell.shown])


def _not_a_number(cell: Found, place: Place) -> TableError:
    value = as_text(cell) if not isinstance(cell, Unusable) else cell.shown
    return TableError("yearbook-cell", places=[place], value=value)
