"""What Excel would refuse or silently drop, refused before anything is written."""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from tfp.errors import OutputError, Place
from tfp.tables.references import cell_reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.tables.workbook import Cell, Sheet, Workbook

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONGEST_TEXT, LONGEST_SHEET_NAME = 32_767, 31
FIRST_YEAR = 1900
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NAME = re.compile(r"[^\W\d][\w.]*")
_NAME_LIKE_AN_ADDRESS = re.compile(r"[A-Za-z]{1,3}[0-9]+|[rRcC][0-9]*(?:[rRcC][0-9]*)?")


def check_workbook(workbook: Workbook) -> None:
    """Refuse a workbook that no .xlsx file can hold; see :class:`~tfp.tables.workbook.Workbook`."""
    if not workbook.sheets:
        raise OutputError("workbook-without-sheets")
    _check_sheet_names(workbook.sheets)
    for sheet in workbook.sheets:
        _check_size(sheet)
        for row, column, cell in sheet.cells():
            _check_cell(cell, Place(sheet=sheet.name, cell=cell_reference(row, column)))
    _check_names(workbook)
    _check_charts(workbook.sheets)


def _check_sheet_names(sheets: Sequence[Sheet]) -> None:
    for sheet in sheets:
        where = [Place(sheet=sheet.name)]
        # Excel counts UTF-16 units.
        length = len(sheet.name.encode("utf-16-le")) // 2
        if not 1 <= length <= LONGEST_SHEET_NAME:
            raise OutputError("sheet-name-length", places=where, name=sheet.name, length=length)
        reserved = sheet.name.casefold() == "history" or "'" in {sheet.name[0], sheet.name[-1]}
        if reserved or _NOT_IN_SHEET_NAMES.search(sheet.name):
            raise OutputError("sheet-name-characters", places=where, name=sheet.name)
    counts = Counter(sheet.name.casefold() for sheet in sheets)
    repeated = sorted({s.name for s in sheets if counts[s.name.casefold()] > 1})
    if repeated:
        raise OutputError("sheet-name-repeated", names=repeated)


def _check_size(sheet: Sheet) -> None:
    height = len(sheet.rows) + len(sheet.notes) + 1
    if height > MOST_ROWS or sheet.width > MOST_COLUMNS:
        raise OutputError(
            "sheet-too-large", places=[Place(sheet=sheet.name)], rows=height, columns=sheet.width
        )


def _check_cell(cell: Cell, place: Place) -> None:
    value = cell.plain_value
    if value is not None and not _fits(value):
        raise OutputError(
            "value-not-for-cell", places=[place], value=repr(value), kind=type(value).__name__
        )
    for words in (value, cell.reason, cell.formula):
        if isinstance(words, str) and len(words) > LONGEST_TEXT:
            raise OutputError("text-too-long", places=[place], length=len(words))
    if cell.formula is not None and (
        not re.match(r"=[^=\s]", cell.formula) or isinstance(value, datetime)
    ):
        raise OutputError("formula-malformed", places=[place], formula=cell.formula)


def _fits(value: object) -> bool:
    if isinstance(value, datetime):
        return value.tzinfo is None and value.year >= FIRST_YEAR
    if isinstance(value, (float, int)):
        return abs(value) <= sys.float_info.max
    return isinstance(value, str)


def _check_names(workbook: Workbook) -> None:
    counts: Counter[str] = Counter()
    for sheet in workbook.sheets:
        for row, column, cell in sheet.cells():
            if cell.name is None:
                continue
            place = Place(sheet=sheet.name, cell=cell_reference(row, column))
            if not _NAME.fullmatch(cell.name) or _NAME_LIKE_AN_ADDRESS.fullmatch(cell.name):
                raise OutputError("cell-name-malformed", places=[place], name=cell.name)
            counts[cell.name.casefold()] += 1
            if counts[cell.name.casefold()] > 1:
                raise OutputError("cell-name-repeated", places=[place], name=cell.name)


def _check_charts(sheets: Sequence[Sheet]) -> None:
    heights = {sheet.name: len(sheet.rows) for sheet in sheets}
    for sheet in sheets:
        for chart in sheet.charts:
            series = (*chart.columns, *((chart.total,) if chart.total else ()))
            for block in (chart.categories, *(each.values for each in series)):
                last = heights.get(block.sheet, 0)
                if not 1 <= block.first_row <= block.last_row <= last or block.column < 1:
                    raise OutputError(
                        "chart-outside-workbook",
                        places=[Place(sheet=sheet.name)],
                        title=chart.title,
                        block=cell_reference(block.first_row, block.column, sheet=block.sheet),
                    )
