"""Lagged levels and lagged differences as instruments, one column a period or one a lag."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray


def lagged_levels(
    values: FloatArray, cells: IntArray, first: int, last: int | None, *, collapse: bool
) -> FloatArray:
    """Return earlier levels of a variable as instruments of rows.

    Parameters
    ----------
    values
        On the grid, (m, T), NaN where there is none.
    cells
        Cell by whose date the instruments of a row are chosen, (r,).
    first, last
        Nearest and farthest lag; None for all there are.
    collapse
        Whether the moments of a lag are added over periods, one column a lag, instead of
        one column for each period and lag.

    Returns
    -------
    (r, c) array
        Zero where the level is not there; without columns of zeros.

    Examples
    --------
    >>> grid = np.array([[1.0, 2.0, 3.0, 4.0]])
    >>> lagged_levels(grid, np.array([2, 3]), 2, None, collapse=False).tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 2.0]]
    >>> lagged_levels(grid, np.array([2, 3]), 2, None, collapse=True).tolist()
    [[1.0, 0.0], [2.0, 1.0]]
    """
    periods = values.shape[1]
    entity, period = np.divmod(cells, periods)
    farthest = periods - 1 if last is None else min(last, periods - 1)
    known = np.nan_to_num(values)
    columns = []
    for date in [None] if collapse else range(periods):
        rows = np.arange(len(cells)) if date is None else np.flatnonzero(period == date)
        for lag in (
            range(farthest, first - 1, -1) if date is not None else range(first, farthest + 1)
        ):
            column = np.zeros(len(cells))
            there = rows[period[rows] >= lag]
            column[there] = known[entity[there], period[there] - lag]
            columns.append(column)
    return _without_zeros(columns, len(cells))


def lagged_differences(
    values: FloatArray, cells: IntArray, lag: int, *, collapse: bool
) -> FloatArray:
    """Return a change of a variable, `lag` periods ago, as instrument of rows in levels.

    Examples
    --------
    >>> grid = np.array([[1.0, 2.0, 4.0, 8.0]])
    >>> lagged_differences(grid, np.array([2, 3]), 1, collapse=False).tolist()
    [[1.0, 0.0], [0.0, 2.0]]
    """
    changes = np.full_like(values, np.nan)
    changes[:, 1:] = np.diff(values, axis=1)
    return lagged_levels(changes, cells, lag, lag, collapse=collapse)


def _without_zeros(columns: list[FloatArray], rows: int) -> FloatArray:
    kept = [column for column in columns if bool(column.any())]
    return np.column_stack(kept) if kept else np.empty((rows, 0))
