"""Medians of the rows of a table that has holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

# The median absolute deviation of a normal sample, times this, is its standard deviation.
NORMAL = 1.4826


def row_medians(table: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return the median of each row of a table, NaN aside, and how many values it has.

    Parameters
    ----------
    table
        (m, n); NaN where there is no value.

    Returns
    -------
    medians : (m,) array
        NaN where a row has no value.
    counts : (m,) array of int

    Examples
    --------
    >>> row_medians(np.array([[3.0, np.nan, 1.0], [np.nan, np.nan, np.nan]]))
    (array([ 2., nan]), array([2, 0]))
    """
    count = np.count_nonzero(~np.isnan(table), axis=1)
    if table.shape[1] == 0:
        return np.full(len(table), np.nan), count
    ordered = np.sort(table, axis=1)  # NaN come last
    rows, last = np.arange(len(table)), np.maximum(count - 1, 0)
    return (ordered[rows, last // 2] + ordered[rows, (last + 1) // 2]) / 2.0, count


def median_of(values: FloatArray) -> float:
    """Return the median of all values of an array, NaN aside; NaN where there is none."""
    return float(row_medians(values.reshape(1, -1))[0][0]) if values.size else float("nan")
