r"""Labour input over groups of workers: Törnqvist, and what of it is composition.

.. math::

    \Delta \log L_t &= \sum_g \tfrac{1}{2}(v_{g,t} + v_{g,t-1})\, \Delta \log h_{g,t} \\
    \Delta \log Q_t &= \Delta \log L_t - \Delta \log \sum_g h_{g,t}

with persons or hours :math:`h` and shares in the wage bill :math:`v`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray


def composition_change(quantities: FloatArray, values: FloatArray, starts: IntArray) -> FloatArray:
    r"""Return :math:`\Delta \log Q` into each row from the row before it, (n,).

    Groups that are absent (zero) in one of the two rows are left out of both, in the
    index as in the total: newcomers count as workers of average composition.

    Parameters
    ----------
    quantities : (g, n) array
        Persons or hours of each group, not negative, in sorted rows.
    values : (g, n) array
        What each group earns.
    starts : array of int
        First row of each entity: NaN there.

    Examples
    --------
    Both groups grow alike: there is more labour, of the same composition.

    >>> hours = np.array([[10.0, 11.0], [20.0, 22.0]])
    >>> change = composition_change(hours, 3.0 * hours, np.array([0]))
    >>> [abs(round(float(value), 12)) for value in change[1:]]
    [0.0]
    """
    change = np.full(quantities.shape[1], np.nan)
    now, before = quantities[:, 1:], quantities[:, :-1]
    both = (now > 0.0) & (before > 0.0)
    dlog = np.log(np.where(both, now, 1.0)) - np.log(np.where(both, before, 1.0))
    later, earlier = _shares(values[:, 1:], both), _shares(values[:, :-1], both)
    with np.errstate(divide="ignore", invalid="ignore"):
        persons = np.log((now * both).sum(axis=0)) - np.log((before * both).sum(axis=0))
    change[1:] = (0.5 * (later + earlier) * dlog).sum(axis=0) - persons
    change[starts] = np.nan
    return change


def _shares(values: FloatArray, kept: NDArray[np.bool_]) -> FloatArray:
    """Return the shares of the groups that are kept in what they earn together."""
    earned = values * kept
    with np.errstate(divide="ignore", invalid="ignore"):
        shares: FloatArray = earned / earned.sum(axis=0)
    return shares
