r"""The sum of the correlations of all pairs of series, without forming the pairs.

Series that have the same periods share their mean and length with any third one, so that
sums over them stand for the pairs: with :math:`z` a series less its mean over the shared
periods, scaled to length one,

.. math:: \sum_{i \in p} \sum_{j \in q} \rho_{ij}
    = \left(\sum_{i \in p} z_i\right)'\left(\sum_{j \in q} z_j\right)

for sets *p* and *q* of series with the same periods. Time and memory grow with the number
of series times that of different sets, not with the number of pairs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray


def pair_correlation_sum(
    table: FloatArray, there: NDArray[np.bool_], fewest: int
) -> tuple[float, float]:
    r"""Return :math:`\sum_{i<j}\sqrt{T_{ij}}\,\rho_{ij}` and the number of pairs in it.

    Parameters
    ----------
    table
        Series by periods, (n, t).
    there
        Which of them are known, (n, t).
    fewest
        Pairs with fewer shared periods, or with a series that does not vary over them, are
        left out.

    Examples
    --------
    >>> series = np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [3.0, 2.0, 1.0]])
    >>> total, pairs = pair_correlation_sum(series, np.ones((3, 3), dtype=bool), 3)
    >>> round(float(total / np.sqrt(pairs)), 12), pairs
    (-1.0, 3.0)
    """
    sets, of_series = np.unique(there, axis=0, return_inverse=True)
    order = np.argsort(of_series, kind="stable")
    table, of_series = table[order], of_series[order]
    starts = np.flatnonzero(np.diff(of_series, prepend=-1))
    total, pairs = 0.0, 0.0
    for own, first in enumerate(starts):
        later = slice(first, None)
        shared = sets[own:] & sets[own]
        lengths = shared.sum(axis=1)
        others = _unit_deviations(table[later], shared[of_series[later] - own])
        sums = np.add.reduceat(others, starts[own:] - first, axis=0)
        varying = np.add.reduceat(others.any(axis=1), starts[own:] - first, dtype=np.float64)
        weights = np.sqrt(lengths) * (lengths >= fewest)
        # Those of the same set: every pair once, none with itself.
        total += weights[0] * (sums[0] @ sums[0] - varying[0]) / 2.0
        pairs += (weights[0] > 0.0) * varying[0] * (varying[0] - 1.0) / 2.0
        members = table[first : first + np.count_nonzero(of_series == own)]
        for other in np.flatnonzero(weights[1:]) + 1:
            mine = _unit_deviations(members, np.broadcast_to(shared[other], members.shape))
            total += weights[other] * (mine.sum(axis=0) @ sums[other])
            pairs += mine.any(axis=1).sum() * varying[other]
    return float(total), float(pairs)


def _unit_deviations(values: FloatArray, chosen: NDArray[np.bool_]) -> FloatArray:
    """Return rows less their mean over chosen columns, of length one; zero if they are alike."""
    counts = np.maximum(chosen.sum(axis=1), 1)
    kept = np.where(chosen, values, 0.0)
    centred = np.where(chosen, kept - (kept.sum(axis=1) / counts)[:, None], 0.0)
    length = np.sqrt(np.einsum("ij,ij->i", centred, centred))
    unit: FloatArray = centred / np.where(length > 0.0, length, 1.0)[:, None]
    return unit
