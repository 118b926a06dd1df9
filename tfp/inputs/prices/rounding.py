"""How far printed figures stand from exact ones, and what that does to their growth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

MOST_DECIMALS = 6


def half_last_digit(values: FloatArray) -> float:
    """Return half of the last digit that a column of printed figures has.

    A column prints all its figures with the same decimals; a figure that shows fewer ends
    in zeros.

    Examples
    --------
    >>> half_last_digit(np.array([6.4, 2.87, np.nan]))
    0.005
    """
    known = values[np.isfinite(values)]
    decimals = 0
    while decimals < MOST_DECIMALS:
        scaled = known * 10.0**decimals
        # A figure of so many decimals is nearest to itself when rounded to them.
        if bool((np.abs(scaled - np.rint(scaled)) <= 1e-9 * np.maximum(1.0, np.abs(scaled))).all()):
            break
        decimals += 1
    return float(0.5 * 10.0**-decimals)


@np.errstate(divide="ignore", invalid="ignore")
def growth_slack(values: FloatArray, rows: IntArray) -> FloatArray:
    r"""Return by how many points rounding of the levels can move growth into some rows.

    .. math:: 100\, h\, \frac{1 + x_t / x_{t-1}}{x_{t-1}}

    with half the last digit :math:`h`.

    Examples
    --------
    >>> growth_slack(np.array([100.0, 110.0]), np.array([1])).tolist()
    [1.05]
    """
    now, before = values[rows], np.abs(values[np.maximum(rows - 1, 0)])
    slack: FloatArray = 100.0 * half_last_digit(values) * (1.0 + np.abs(now) / before) / before
    return slack
