"""Values between two known ones, where the caller has declared that they be filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray


def fill_linear(
    values: FloatArray,
    rows_to_fill: IntArray,
    left_rows: IntArray,
    right_rows: IntArray,
    positions: FloatArray,
) -> FloatArray:
    r"""Return a copy of `values` with rows filled along straight lines.

    .. math:: x = x_l + p \, (x_r - x_l)

    Nothing is checked: that each row lies between its two neighbours, in the same
    entity, is the caller's to know.

    Parameters
    ----------
    values
        A column, (n,).
    rows_to_fill
        Rows that get a value, (k,).
    left_rows, right_rows
        The known rows on either side of each, (k,).
    positions
        Distance in time from the left row over that between the two, (k,), in (0, 1).

    Examples
    --------
    >>> import numpy as np
    >>> column = np.array([100.0, np.nan, 121.0])
    >>> middle = np.array([1]), np.array([0]), np.array([2]), np.array([0.5])
    >>> fill_linear(column, *middle).tolist()
    [100.0, 110.5, 121.0]
    """
    left, right = values[left_rows], values[right_rows]
    filled = values.copy()
    filled[rows_to_fill] = left + positions * (right - left)
    return filled


def fill_geometric(
    values: FloatArray,
    rows_to_fill: IntArray,
    left_rows: IntArray,
    right_rows: IntArray,
    positions: FloatArray,
) -> FloatArray:
    r"""Return a copy of `values` with rows filled at a constant rate of growth.

    .. math:: x = x_l \, (x_r / x_l)^p

    Parameters
    ----------
    values, rows_to_fill, left_rows, right_rows, positions
        As for `fill_linear`; the known values are positive.

    Examples
    --------
    >>> import numpy as np
    >>> column = np.array([100.0, np.nan, 121.0])
    >>> middle = np.array([1]), np.array([0]), np.array([2]), np.array([0.5])
    >>> fill_geometric(column, *middle).round(9).tolist()
    [100.0, 110.0, 121.0]
    """
    left, right = values[left_rows], values[right_rows]
    filled = values.copy()
    filled[rows_to_fill] = left * (right / left) ** positions
    return filled
