"""A workbook as data: what stands in which cell, and nothing of any file format.

Every formula comes with the value that it computes to, so that readers who do not
recalculate show it. Text is text, whatever it begins with. A missing number is a
blank cell, with the reason as a remark where there is one. Rows and columns are
counted from 1, as their readers count them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.tables.references import cell_reference
from tfp.tables.workbook_checks import check_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tfp.tables.chart import ChartSpec

Style = Literal[
    "text",
    "number",
    "whole",
    "level",
    "points",
    "per_cent",
    "share",
    "index",
    "year",
    "date",
    "day",
]
Role = Literal[
    "body", "title", "heading", "total", "parameter", "note", "banner", "warning", "provisional",
    "band", "label", "aside", "input", "key",
]  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What may be typed into a cell; the spreadsheet offers it, and warns of anything else.

    Parameters
    ----------
    choices
        Address of the cells that list the words to choose from, with their sheet.
    low, high
        Bounds of a number, where there are no choices.
    """

    choices: str = ""
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True)
class Cell:
    """One cell.

    Parameters
    ----------
    value
        A number, text, truth value, date, or None. NaN is blank like None; with a
        formula, the value that the formula computes to.
    formula
        Begins with ``=``, in the English function names of the file format.
    style
        How a number is shown: ``level`` 1,234.6, ``points`` and ``per_cent`` 1.23,
        ``share`` 0.4000, ``index`` 101.234, ``whole`` 1,234, ``year`` 2024, ``date``
        2024-12-31, ``day`` 31/12/2024, ``number`` as many decimals as it has.
    role
        What the cell is on its sheet. Of forms: ``band`` heads a part, ``label`` names a
        line, ``aside`` explains it, ``input`` is to be filled in, ``key`` is for programs.
    reason
        Why the cell is blank, shown as a remark on it.
    name
        A name of the workbook for this cell, for formulas: ``capital_share``.
    entry
        What may be typed into it.
    """

    value: Any = None
    formula: str | None = None
    style: Style = "text"
    role: Role = "body"
    reason: str | None = None
    name: str | None = None
    entry: Entry | None = None

    @property
    def plain_value(self) -> float | int | str | bool | datetime | None:
        """The value as a Python scalar; None for what is shown as blank."""
        value = self.value.item() if isinstance(self.value, np.generic) else self.value
        if type(value) is date:
            value = datetime(value.year, value.month, value.day)  # noqa: DTZ001
        if value is None or (isinstance(value, (float, datetime)) and value != value):  # noqa: PLR0124  (NaN, NaT)
            return None
        plain: float | int | str | bool | datetime = value
        return plain


@dataclass(frozen=True)
class Sheet:
    r"""One sheet, printed on A4, one page wide.

    Parameters
    ----------
    name
        At most 31 characters, none of ``[ ] : * ? / \``.
    rows
        The cells from the first row on; None leaves a cell empty.
    notes
        Lines below the table, across its whole width.
    widths
        Widths of columns in characters, by column counted from 1; the others fit
        their content.
    freeze
        How many rows and columns stay in sight while scrolling.
    repeated_rows
        First and last row to be printed at the top of each page.
    landscape
        Whether the page lies on its long side.
    charts
        Drawn over the cells.
    tab
        Colour of its tab, ``#RRGGBB``.
    header
        Printed above every page.
    printed_rows
        How many rows are printed, from the first; None for all.
    """

    name: str
    rows: tuple[tuple[Cell | None, ...], ...]
    notes: tuple[str, ...] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    freeze: tuple[int, int] = (0, 0)
    repeated_rows: tuple[int, int] | None = None
    landscape: bool = False
    charts: tuple[ChartSpec, ...] = ()
    tab: str = ""
    header: str = ""
    printed_rows: int | None = None

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row) for row in self.rows), default=0)

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Give row, column (counted from 1) and cell of every cell that is there."""
        for row_number, row in enumerate(self.rows, start=1):
            for column, cell in enumerate(row, start=1):
                if cell is not None:
                    yield row_number, column, cell


@dataclass(frozen=True)
class Workbook:
    """Sheets in order, and what the file says about itself.

    Parameters
    ----------
    title
        The document's title.
    sheets
        At least one, with names that differ by more than capitals.
    properties
        Further properties: ``subject``, ``author``, ``company``, ``category``,
        ``keywords``, ``comments``.
    created
        The date in the file's properties. It is stated, never taken from the clock:
        the same content gives the same bytes.
    font
        Its typeface; that of the format's default if empty.

    Raises
    ------
    OutputError
        ``workbook-without-sheets``, ``sheet-name-length``, ``sheet-name-characters``,
        ``sheet-name-repeated``, ``sheet-too-large``, ``text-too-long``,
        ``value-not-for-cell``, ``formula-malformed``, ``cell-name-malformed``,
        ``cell-name-repeated``, ``chart-outside-workbook``.
    """

    title: str
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    created: datetime = datetime(2000, 1, 1)  # noqa: DTZ001  (the format has no zone)
    font: str = ""

    def __post_init__(self) -> None:
        check_workbook(self)

    def names(self) -> dict[str, str]:
        """Return the absolute address of each named cell."""
        return {
            cell.name: cell_reference(row, column, absolute=True, sheet=sheet.name)
            for sheet in self.sheets
            for row, column, cell in sheet.cells()
            if cell.name is not None
        }


def table_rows(
    headings: Sequence[str], columns: Sequence[Sequence[Any]], styles: Sequence[Style]
) -> tuple[tuple[Cell | None, ...], ...]:
    """Return a heading row and the rows below it, from columns of values or cells.

    Parameters
    ----------
    headings
        One for each column.
    columns
        Of equal length; a :class:`Cell` stands as it is, a value takes the column's style.
    styles
        One for each column.

    Examples
    --------
    >>> rows = table_rows(["Year", "GDP"], [[2010, 2011], [2740.0, 2915.5]], ["year", "level"])
    >>> rows[2][1]
    Cell(value=2915.5, formula=None, style='level', role='body', reason=None, name=None, entry=None)
    """
    top: tuple[Cell | None, ...] = tuple(Cell(text, role="heading") for text in headings)
    styled = [
        [value if isinstance(value, Cell) else Cell(value, style=style) for value in column]
        for column, style in zip(columns, styles, strict=True)
    ]
    return (top, *zip(*styled, strict=True))
