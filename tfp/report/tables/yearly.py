"""A table with one row a year (and area): what the numbered tables of figures share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.panel.roles import STATUSES
from tfp.report.data_tables import key_columns, present
from tfp.report.document import Blank, Column, Table
from tfp.report.result_tables import weakest
from tfp.report.words import status_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column as PanelColumn
    from tfp.panel.rows import RowIndex
    from tfp.report.content import RunContent
    from tfp.report.document import Cell


@dataclass(frozen=True)
class Missing:
    """Why a table is left out: what it lacks, by the keys of ``tables.missing``."""

    needs: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Series:
    """One column of such a table: its head and a cell for each row of the panel."""

    head: Column
    cells: Sequence[Cell]

    @classmethod
    def of(cls, head: Column, values: FloatArray) -> Series:
        """Return a column of numbers; NaN is missing."""
        return cls(head, [present(value) for value in values.tolist()])


def year_table(
    rows: RowIndex,
    series: Sequence[Series],
    language: Language,
    *,
    name: str,
    number: str,
    title: str,
    statuses: Sequence[str] = (),
    notes: Iterable[tuple[str, str]] = (),
    source: str = "",
    note_missing: bool = False,
) -> Table:
    """Return a table with one row for each year in which any number is known.

    Parameters
    ----------
    rows : RowIndex
    series : sequence of Series
    language : {"en", "vi"}
    name, number, title, source : str
    statuses : sequence of str
        Status of each row; a column of its own where any is declared.
    notes : iterable of (mark, sentence)
    note_missing : bool
        Whether a missing number, shown as dots, is explained below the table.
    """
    heads, keys = key_columns(rows, language)
    numbers = [each for each in series if each.head.style == "number"]
    kept = [row for row in range(len(rows)) if any(_known(each.cells[row]) for each in numbers)]
    with_status = any(statuses)
    body = tuple(
        (
            *keys[row],
            *(each.cells[row] for each in series),
            *((status_name(statuses[row], language) or None,) if with_status else ()),
        )
        for row in kept
    )
    holes = any(each.cells[row] is None for each in numbers for row in kept)
    explained = [("", text("tables.note.missing", language))] if holes and note_missing else []
    if with_status:
        heads_after = [Column(label=text("report.column.status", language), style="text")]
    else:
        heads_after = []
    return Table(
        name=name,
        number=number,
        title=title,
        columns=(*heads, *(each.head for each in series), *heads_after),
        rows=body,
        notes=(*explained, *notes),
        source=source,
        status=status_name(weakest([statuses[row] for row in kept]), language)
        if with_status
        else "",
    )


def level_statuses(columns: Iterable[PanelColumn], rows: int) -> tuple[str, ...]:
    """Return the weakest status of each row over some columns; empty where none is stated."""
    return _names(_weakest(columns), rows)


def growth_statuses(columns: Iterable[PanelColumn], rows: RowIndex) -> tuple[str, ...]:
    """Return the weakest status behind the growth into each row: its own or the one before."""
    found = _weakest(columns)
    if found is not None:
        before = np.concatenate((found[:1], found[:-1]))
        before[rows.breaks] = found[rows.breaks]
        found = np.maximum(found, before)
    return _names(found, len(rows))


def growth_of(values: FloatArray, rows: RowIndex) -> FloatArray:
    """Return the yearly growth of a figure in per cent; NaN from a level that is not positive."""
    from tfp.numerics.growth import growth_rates

    growth = 100.0 * growth_rates(values, rows.breaks, "simple")
    before = np.concatenate((values[:1], values[:-1]))
    return np.where(before > 0.0, growth, np.nan)


def columns_in(panel: Panel, *roles: str) -> list[PanelColumn]:
    """Return the columns of a panel in some roles, whichever assets or parts they are of."""
    return [
        column for role in roles for column in (*panel.in_role(role), *panel.several(role).values())
    ]


def output_word(content: RunContent) -> str:
    """Return what the report calls output: ``GRDP``."""
    return content.output_name or text("tables.word.output", content.language)


def title(number: str, content: RunContent, **fields: str) -> str:
    """Return the title of a numbered table."""
    key = f"tables.title.{number.lower()}"
    return text(key, content.language, output=output_word(content), **fields)


def _known(cell: Cell) -> bool:
    return cell is not None and not isinstance(cell, Blank)


def _weakest(columns: Iterable[PanelColumn]) -> NDArray[np.int8] | None:
    stated = [column.status for column in columns if column.status is not None]
    return np.maximum.reduce(stated) if stated else None


def _names(found: NDArray[np.int8] | None, rows: int) -> tuple[str, ...]:
    if found is None:
        return ("",) * rows
    return tuple(STATUSES[number] for number in found.tolist())
