"""Native charts of a workbook as data: which cells are drawn, and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """The cells of one column between two rows of a sheet, for a chart.

    Parameters
    ----------
    sheet
        The sheet's name.
    column, first_row, last_row
        Counted from 1.
    """

    sheet: str
    column: int
    first_row: int
    last_row: int


@dataclass(frozen=True)
class Series:
    """One series of a chart: its name in the legend, its values, its colour (``#rrggbb``)."""

    name: str
    values: Block
    colour: str


@dataclass(frozen=True)
class ChartSpec:
    """Columns, with a line with markers: contributions and their total, shares and targets.

    Parameters
    ----------
    title, category_title, value_title
        The words on the chart; the value title names the unit.
    categories
        The cells of the horizontal axis, for example years.
    columns
        The stacked series, the lowest first.
    total
        The series that the columns add up to, or are held against.
    row, column
        The cell of the chart's upper left corner, counted from 1.
    width, height
        In pixels.
    stacked
        Whether the columns stand on one another, or side by side.
    hatched
        Numbers of the categories, from 0, whose figures are not final.
    """

    title: str
    categories: Block
    columns: tuple[Series, ...]
    total: Series | None = None
    category_title: str = ""
    value_title: str = ""
    row: int = 1
    column: int = 1
    width: int = 720
    height: int = 400
    stacked: bool = True
    hatched: tuple[int, ...] = ()
