"""Series that are copies of each other: a row or a column of a table pasted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tfp.inputs.checks.cells import touched_by
from tfp.panel.findings import MOST_PLACES, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

# Two published figures of four digits are equal by chance once in some thousand times; four
# in a row that differ from each other are not.
COPY_LENGTH = 4
# National figures are given to all provinces in good faith for these; and a price may be
# the same everywhere.
SHARED_BY_INTENTION = ("hours_per_worker", "human_capital", "labour_composition")


class _Cells(NamedTuple):
    """Values of all columns: the series each belongs to, its period and its row."""

    series: IntArray
    times: IntArray
    values: FloatArray
    rows: IntArray


def copied_series(panel: Panel) -> Iterator[Finding]:
    """Yield a finding for each pair of series that are equal in four periods or more.

    Parameters
    ----------
    panel : Panel
    """
    columns = [
        column
        for column in panel.columns.values()
        if column.kind in ("quantity", "value")
        and column.role.partition(":")[0] not in SHARED_BY_INTENTION
    ]
    # One column of the frame under two roles is another finding.
    columns = list({column.name: column for column in columns}.values())
    if columns:
        cells = _cells(panel, columns)
        for first, second, rows in _equal_series(cells):
            yield _finding(panel, columns, first, second, rows)


def _cells(panel: Panel, columns: list[Column]) -> _Cells:
    entities = len(panel.rows.entities)
    parts = []
    for number, column in enumerate(columns):
        rows = np.flatnonzero(~np.isnan(column.values) & (column.values != 0.0))
        series = number * entities + panel.rows.codes[rows].astype(np.intp)
        parts.append((series, panel.rows.times[rows], column.values[rows], rows))
    return _Cells(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _equal_series(cells: _Cells) -> Iterator[tuple[int, int, IntArray]]:
    """Yield pairs of series and the rows of the first in which they are equal."""
    order = np.lexsort((cells.series, cells.values, cells.times))
    times, values = cells.times[order], cells.values[order]
    equal = (times[1:] == times[:-1]) & (values[1:] == values[:-1])
    pairs = np.stack((cells.series[order[:-1]], cells.series[order[1:]]), axis=1)[equal]
    rows, values = cells.rows[order[:-1]][equal], values[:-1][equal]
    distinct, number, count = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    for which in np.flatnonzero(count >= COPY_LENGTH).tolist():
        of_pair = np.flatnonzero(number.ravel() == which)
        if len(np.unique(values[of_pair])) >= COPY_LENGTH:
            first, second = distinct[which].tolist()
            yield first, second, np.sort(rows[of_pair])


def _finding(
    panel: Panel, columns: list[Column], first: int, second: int, rows: IntArray
) -> Finding:
    entities = panel.rows.entities
    of_first, of_second = (columns[series // len(entities)] for series in (first, second))
    names = [entities[series % len(entities)] for series in (first, second)]
    times = [panel.rows.time_label(int(row)) for row in rows]
    others = [int(panel.rows.rows_at(time, [names[1]])[0]) for time in times]
    places = (
        *panel.rows.places(rows.tolist(), of_first.name),
        *panel.rows.places(others, of_second.name),
    )
    return Finding(
        code="series-copied",
        severity="warn",
        places=places[:MOST_PLACES],
        fields={
            "first": _named(of_first.name, names[0]),
            "second": _named(of_second.name, names[1]),
            "count": len(rows),
            "touches": touched_by(of_first.role),
            "role": of_first.role,
            "size": 0.0,
        },
        more_places=max(0, len(places) - MOST_PLACES),
    )


def _named(column: str, entity: str) -> str:
    return f"{column} ({entity})" if entity else column
