r"""Chain volumes of parts and of their sum, by way of the prices of the previous year.

For part :math:`i`, :math:`V_{i,t}` is its value at current prices, :math:`U_{i,t}` its
quantity of year t at the prices of year t - 1, and :math:`X_{i,t}` its chain volume:

.. math::

   \frac{X_{i,t}}{X_{i,t-1}} = \frac{U_{i,t}}{V_{i,t-1}}

Chain volumes do not add up; values at the prices of the previous year do. So an
aggregate is made in three steps: *unchain* the parts, add them up, *rechain* the sum.

Rows are years, sorted by entity and time; columns are parts.

References
----------
European Commission, IMF, OECD, UN, World Bank (2009). *System of National Accounts 2008*,
chapter 15, section D.

IMF (2018). *Quarterly National Accounts Manual, 2017 edition*, chapter 8. ISBN 9781475589870.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.chains import level_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray, IntArray


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def unchain(volumes: FloatArray, current: FloatArray, breaks: IntArray) -> FloatArray:
    r"""Return the values at the prices of the previous year, (n, p); NaN at breaks.

    .. math:: U_{i,t} = \frac{X_{i,t}}{X_{i,t-1}}\, V_{i,t-1}

    Parameters
    ----------
    volumes
        Chain volumes or values at the prices of a fixed year, (n, p), in any scale.
    current
        Values at current prices, (n, p).
    breaks
        Sorted rows without a previous year.

    Examples
    --------
    >>> volumes = np.array([[10.0, 20.0], [11.0, 20.0]])
    >>> current = np.array([[30.0, 20.0], [36.0, 21.0]])
    >>> unchain(volumes, current, np.array([0]))[1].tolist()
    [33.0, 20.0]
    """
    at_previous_prices = np.full(volumes.shape, np.nan)
    at_previous_prices[1:] = volumes[1:] / volumes[:-1] * current[:-1]
    at_previous_prices[breaks] = np.nan
    return at_previous_prices


def aggregate(values: FloatArray, groups: Sequence[IntArray]) -> FloatArray:
    """Return the sums of groups of parts, (n, g).

    Only values add up that are at one set of prices: current ones, or those of the
    previous year; chain volumes do not.

    Parameters
    ----------
    values
        (n, p).
    groups
        The columns of each group.

    Examples
    --------
    >>> values = np.array([[1.0, 2.0, 4.0]])
    >>> aggregate(values, [np.array([0, 2]), np.array([1])]).tolist()
    [[5.0, 2.0]]
    """
    return np.column_stack([values[:, group].sum(axis=1) for group in groups])


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def volume_growth(at_previous_prices: FloatArray, current: FloatArray) -> FloatArray:
    r"""Return the growth of volume into each row as a fraction; NaN in the first row.

    .. math:: g_t = \frac{U_t - V_{t-1}}{V_{t-1}}

    Parameters
    ----------
    at_previous_prices
        (n,) for a sum of parts, or (n, p); NaN at the rows without a previous year.
    current
        Values at current prices, of the same shape.

    Examples
    --------
    >>> volume_growth(np.array([np.nan, 53.0]), np.array([50.0, 57.0])).tolist()
    [nan, 0.06]
    """
    growth = np.full(current.shape, np.nan)
    growth[1:] = (at_previous_prices[1:] - current[:-1]) / current[:-1]
    return growth


def rechain(
    at_previous_prices: FloatArray,
    current: FloatArray,
    starts: IntArray,
    breaks: IntArray,
    base_rows: IntArray,
) -> FloatArray:
    r"""Return chain volumes that equal current values in each entity's base row.

    .. math:: X_t = X_{t-1}\, \frac{U_t}{V_{t-1}}, \qquad X_b = V_b

    Parameters
    ----------
    at_previous_prices, current
        (n,) for a sum of parts, or (n, p).
    starts
        First row of each entity, (m,).
    breaks
        Sorted rows without a previous year, the starts among them.
    base_rows
        Base row of each entity, (m,).

    Returns
    -------
    ndarray
        As `current`; NaN where a gap lies between a row and its entity's base row.

    Examples
    --------
    >>> current = np.array([50.0, 57.0])
    >>> start = np.array([0])
    >>> rechain(np.array([np.nan, 53.0]), current, start, start, np.array([0])).tolist()
    [50.0, 53.0]
    """
    growth = volume_growth(at_previous_prices, current)
    growth[breaks] = np.nan
    lengths = np.diff(np.append(starts, len(current)))
    volumes = np.empty(current.shape)
    several = current.ndim == 2
    for part in range(current.shape[1] if several else 1):
        column = (slice(None), part) if several else (slice(None),)
        index = level_index(growth[column], starts, breaks, rates="simple", base_row=base_rows)
        volumes[column] = index * np.repeat(current[column][base_rows], lengths)
    return volumes


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def volume_contributions(at_previous_prices: FloatArray, current: FloatArray) -> FloatArray:
    r"""Return what each part adds to the growth of the sum, (n, p), as fractions.

    .. math:: c_{i,t} = \frac{U_{i,t} - V_{i,t-1}}{\sum_j V_{j,t-1}}

    They add up to the growth of the chained sum, which shares of chain volumes do not.

    Parameters
    ----------
    at_previous_prices, current
        (n, p); NaN at the rows without a previous year.

    Examples
    --------
    >>> current = np.array([[30.0, 20.0], [36.0, 21.0]])
    >>> unchained = np.array([[np.nan, np.nan], [33.0, 20.0]])
    >>> volume_contributions(unchained, current)[1].tolist()
    [0.06, 0.0]
    """
    contributions = np.full(current.shape, np.nan)
    before = current[:-1].sum(axis=1, keepdims=True)
    contributions[1:] = (at_previous_prices[1:] - current[:-1]) / before
    return contributions
