r"""Pesaran's test of cross-sectional dependence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.pair_correlations import pair_correlation_sum
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

FEWEST_SHARED = 3  # periods in which two entities must both be there to correlate


def pesaran_cd(residuals: FloatArray, entities: IntArray, periods: IntArray) -> TestOutcome | None:
    r"""Return the test that residuals of different entities are unrelated.

    .. math::

        CD = \sqrt{\frac{2}{N(N-1)}} \sum_{i<j} \sqrt{T_{ij}}\, \hat\rho_{ij} \sim N(0, 1)

    Parameters
    ----------
    residuals
        (n,).
    entities, periods
        Numbers from 0 without holes, (n,).

    Returns
    -------
    TestOutcome or None
        None where no two entities share three periods.

    References
    ----------
    Pesaran, M. H. (2021). General diagnostic tests for cross-sectional dependence in
    panels. *Empirical Economics* 60, 13-50. https://doi.org/10.1007/s00181-020-01875-7
    """
    from scipy.special import ndtr

    table = np.zeros((int(entities.max()) + 1, int(periods.max()) + 1))
    there = np.zeros(table.shape, dtype=np.bool_)
    table[entities, periods] = residuals
    there[entities, periods] = True
    total, pairs = pair_correlation_sum(table, there, FEWEST_SHARED)
    if not pairs:
        return None
    statistic = total / float(np.sqrt(pairs))
    return TestOutcome(
        name="pesaran_cd",
        statistic=statistic,
        p_value=float(2.0 * ndtr(-abs(statistic))),
        distribution="normal",
    )
