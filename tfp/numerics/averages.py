r"""Averages of yearly terms over a period of several years.

The rows are those of the period already, sorted by group (an entity, or an entity and
a period); `starts` are the first rows of the groups. Every function keeps sums: the
averages of the contributions and of the residual add to the average of output growth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.blocks import block_lengths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.growth import Rates


def average_of_increments(
    terms: Sequence[FloatArray], previous_output: FloatArray, starts: IntArray
) -> tuple[FloatArray, ...]:
    r"""Average simple rates by the increments of output they stand for, each (m,).

    .. math:: \bar g_i = \frac{\sum_t g_{i,t} Y_{t-1}}{\sum_t Y_{t-1}}

    The ratio of two such averages is a share of increments: of the residual and output
    growth, :math:`\sum_t g_{A,t} Y_{t-1} / \sum_t \Delta Y_t`.

    Parameters
    ----------
    terms
        Yearly simple rates or contributions, each (n,).
    previous_output
        Output of the year before, (n,), at constant prices.
    starts
        First row of each group, (m,), rising; no group is empty.

    Examples
    --------
    >>> growth, residual = average_of_increments(
    ...     [np.array([0.10, 0.20]), np.array([0.05, 0.02])],
    ...     np.array([100.0, 110.0]),
    ...     np.array([0]),
    ... )
    >>> round(float(growth[0]), 6), round(float(residual[0]), 6)
    (0.152381, 0.034286)
    """
    total = np.add.reduceat(previous_output, starts)
    return tuple(np.add.reduceat(term * previous_output, starts) / total for term in terms)


def average_of_rates(terms: Sequence[FloatArray], starts: IntArray) -> tuple[FloatArray, ...]:
    """Average yearly terms with equal weights, each (m,).

    On simple rates this is the method ``sum_of_rates``, on log changes the method
    ``log``: the arithmetic is one, what the terms mean is the caller's.

    Parameters
    ----------
    terms
        Yearly rates or contributions, each (n,).
    starts
        First row of each group, (m,), rising; no group is empty.

    Examples
    --------
    >>> (average,) = average_of_rates([np.array([0.25, 0.5, 1.0])], np.array([0, 2]))
    >>> average.tolist()
    [0.375, 1.0]
    """
    return tuple(_mean(term, starts) for term in terms)


@np.errstate(divide="ignore", invalid="ignore")
def geometric_mean_growth(growth: FloatArray, starts: IntArray, rates: Rates) -> FloatArray:
    r"""Return the constant yearly rate that leads from the first level to the last, (m,).

    .. math:: \Big( \prod_t (1 + g_t) \Big)^{1/T} - 1

    Parameters
    ----------
    growth
        Yearly growth, (n,), as a fraction.
    starts
        First row of each group, (m,), rising; no group is empty.
    rates
        Whether `growth` holds ``"simple"`` or ``"log"`` rates; the answer is a simple
        rate in either case.

    Returns
    -------
    ndarray
        As a fraction; NaN for a group in which a level falls below zero, -1 for one in
        which it falls to zero.

    Examples
    --------
    >>> growth = geometric_mean_growth(np.array([0.5, -0.04]), np.array([0]), "simple")
    >>> growth.round(12).tolist()
    [0.2]
    """
    return np.expm1(_mean(np.log1p(growth) if rates == "simple" else growth, starts))


def _mean(values: FloatArray, starts: IntArray) -> FloatArray:
    return np.add.reduceat(values, starts) / block_lengths(starts, values.size)
