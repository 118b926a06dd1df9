"""The plain layout: one header row, one row for each observation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import Place, TableError
from tfp.tables.grid import Grid, GridRow, Unusable, Value, used_width
from tfp.tables.table import Note, Table, as_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tfp.tables.numerals import DecimalSign


def tidy_table(
    grid: Grid, *, header_row: int | None, decimal: DecimalSign | None, missing: Collection[str]
) -> Table:
    """Return the table that stands below the header row of a grid.

    Parameters
    ----------
    grid
        The rows as found.
    header_row
        The row of the header, counted from 1; None: the first that is no remark.
    decimal
        The decimal sign of numbers that are written as text; None: not declared.
    missing
        The texts that stand for a missing value.

    Raises
    ------
    TableError
        ``file-empty``, ``header-missing``, ``header-merged``, ``header-cell-empty``,
        ``column-name-repeated``, ``table-without-rows``, ``row-longer-than-header``,
        ``row-shorter-than-header``, ``formula-without-value``, ``cell-error-value``.
    """
    # The remarks of a text file are gone already: there, a quoted "#" is no remark.
    rows = [row for row in grid.rows if grid.sheet is None or not row.is_comment]
    header = _find_header(grid, rows, header_row)
    body = [row for row in rows if row.number > header.number]
    if not body:
        raise TableError("table-without-rows", places=[Place(file=grid.file, sheet=grid.sheet)])
    _check_widths(grid, header, body)
    width = used_width([header.cells, *(row.cells for row in body)])
    columns = _column_names(grid, header, width)
    return Table(
        file=grid.file,
        sheet=grid.sheet,
        columns=columns,
        cells=_usable_columns(grid, body, columns, missing),
        rows=tuple(row.number for row in body),
        positions=tuple(range(1, width + 1)),
        decimal=decimal,
        missing=frozenset(missing),
        notes=_notes(grid, header, body, comments=len(grid.rows) - len(rows) + grid.comments),
    )


def _find_header(grid: Grid, rows: Sequence[GridRow], header_row: int | None) -> GridRow:
    where = [Place(file=grid.file, sheet=grid.sheet)]
    if header_row is None:
        if not rows:
            raise TableError("file-empty", places=where, file=grid.file)
        return rows[0]
    for row in rows:
        if row.number == header_row:
            return row
    raise TableError(
        "header-missing", places=where, row=header_row, first=rows[0].number if rows else "–"
    )


def _check_widths(grid: Grid, header: GridRow, body: Sequence[GridRow]) -> None:
    if grid.sheet is not None:
        return
    # A delimiter at the end of a line opens a cell that nobody means.
    longer = [row for row in body if used_width([row.cells]) > len(header.cells)]
    if longer:
        raise _width_error("row-longer-than-header", grid, header, longer)
    shorter = [row for row in body if len(row.cells) < used_width([header.cells])]
    if shorter:
        raise _width_error("row-shorter-than-header", grid, header, shorter)


def _width_error(code: str, grid: Grid, header: GridRow, rows: Sequence[GridRow]) -> TableError:
    return TableError(
        code,
        places=[grid.place(row.number, len(row.cells)) for row in rows],
        count=len(rows),
        line=rows[0].number,
        cells=len(rows[0].cells),
        width=len(header.cells),
    )


def _column_names(grid: Grid, header: GridRow, width: int) -> tuple[str, ...]:
    _check_header_merges(grid, header)
    cells = [*header.cells, *[None] * (width - len(header.cells))][:width]
    names = [
        " ".join(_header_text(grid, header, column, cell).split())
        for column, cell in enumerate(cells, start=1)
    ]
    empty = [index for index, name in enumerate(names) if not name]
    if empty:
        raise TableError(
            "header-cell-empty",
            places=[grid.place(header.number, index + 1) for index in empty],
            count=len(empty),
        )
    repeated = [index for index, name in enumerate(names) if names.count(name) > 1]
    if repeated:
        raise TableError(
            "column-name-repeated",
            places=[grid.place(header.number, index + 1, names[index]) for index in repeated],
            names=sorted({names[index] for index in repeated}),
        )
    return tuple(names)


def _check_header_merges(grid: Grid, header: GridRow) -> None:
    merged = [
        (first, column) for first, column, last, _ in grid.merged if first <= header.number <= last
    ]
    if merged:
        raise TableError(
            "header-merged",
            places=[grid.place(row, column) for row, column in merged],
            count=len(merged),
            row=header.number,
        )


def _header_text(grid: Grid, header: GridRow, column: int, cell: Value | Unusable) -> str:
    if isinstance(cell, Unusable):
        _refuse_unusable([(cell, grid.place(header.number, column))])
        return ""
    return as_text(cell)


def _usable_columns(
    grid: Grid, body: Sequence[GridRow], columns: Sequence[str], missing: Collection[str]
) -> tuple[tuple[Value, ...], ...]:
    """Return the cells by column, or refuse those that show something but hold no value."""
    unusable: list[tuple[Unusable, Place]] = []
    usable: list[list[Value]] = [[] for _ in columns]
    for row in body:
        for index, name in enumerate(columns):
            cell = row.cells[index] if index < len(row.cells) else None
            if not isinstance(cell, Unusable):
                usable[index].append(cell)
            elif cell.shown in missing:
                usable[index].append(None)
            else:
                unusable.append((cell, grid.place(row.number, index + 1, name)))
    _refuse_unusable(unusable)
    return tuple(tuple(column) for column in usable)


def _refuse_unusable(unusable: Sequence[tuple[Unusable, Place]]) -> None:
    uncomputed = [place for cell, place in unusable if not cell.computed]
    if uncomputed:
        raise TableError("formula-without-value", places=uncomputed, count=len(uncomputed))
    if unusable:
        raise TableError(
            "cell-error-value",
            places=[place for _, place in unusable],
            count=len(unusable),
            values=sorted({cell.shown for cell, _ in unusable}),
        )


def _notes(
    grid: Grid, header: GridRow, body: Sequence[GridRow], *, comments: int
) -> tuple[Note, ...]:
    hidden = sum(row.number in grid.hidden_rows for row in body)
    merged = sum(
        header.number < last and first <= body[-1].number for first, _, last, _ in grid.merged
    )
    counts = {
        "hidden-rows": hidden,
        "comment-rows": comments,
        "merged-cells": merged,
    }
    return tuple(Note(code, count) for code, count in counts.items() if count)
