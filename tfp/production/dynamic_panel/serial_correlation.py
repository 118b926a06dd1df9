r"""Arellano and Bond's test that errors in first differences are not correlated.

.. math::

    m_j = \frac{\sum_i w_i' \hat d_i}{\sqrt{\sum_i (w_i'\hat d_i)^2
    - 2 f' P \sum_i Z_i'\hat e_i (\hat d_i' w_i) + f' \hat V f}}, \qquad
    f = \sum_i D_i' w_i

with :math:`d` the differences of the errors, :math:`w` the same j periods before,
:math:`D` the differences of the regressors. The first is expected to be negative; the
second decides whether lags of two periods may be instruments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.linear_gmm import MomentStep
    from tfp.production.dynamic_panel.moments import MomentEquations


def serial_correlation_tests(
    equations: MomentEquations, step: MomentStep, covariance: FloatArray, periods: int
) -> list[TestOutcome]:
    """Return the tests of first and second order; those without a pair of rows are left out.

    Parameters
    ----------
    equations : MomentEquations
    step : MomentStep
        The step that was reported.
    covariance : (k, k) array
        Of its coefficients.
    periods : int
        Periods of the grid.

    References
    ----------
    Arellano, M. and Bond, S. (1991). Some tests of specification for panel data: Monte
    Carlo evidence and an application to employment equations. *Review of Economic Studies*
    58(2), 277-297. https://doi.org/10.2307/2297968
    """
    from scipy.special import ndtr

    errors = equations.change_target - equations.change_regressors @ step.coefficients
    cells, entities = equations.change_cells, equations.change_cells // periods
    numbers = equations.entities[equations.starts]
    position = np.full(int(cells.max()) + 1, -1)
    position[cells] = np.arange(len(cells))
    outcomes = []
    for order in (1, 2):
        shifted = cells - order
        same = (shifted >= 0) & (shifted // periods == entities)
        earlier = np.where(same, position[np.maximum(shifted, 0)], -1)
        rows = np.flatnonzero(earlier >= 0)
        if not len(rows):
            continue
        before = np.zeros(len(cells))
        before[rows] = errors[earlier[rows]]
        sums = np.bincount(entities, before * errors, minlength=int(numbers.max()) + 1)
        products = np.asarray(sums[numbers], dtype=np.float64)
        pull = equations.change_regressors.T @ before
        statistic = _standardised(step, covariance, products, pull)
        outcomes.append(
            TestOutcome(
                name=f"serial_correlation_{order}",
                statistic=statistic,
                p_value=float(2.0 * ndtr(-abs(statistic))),
                distribution="normal",
            )
        )
    return outcomes


def _standardised(
    step: MomentStep, covariance: FloatArray, products: FloatArray, pull: FloatArray
) -> float:
    shared = step.projection @ (step.moments.T @ products)
    variance = float(products @ products - 2.0 * pull @ shared + pull @ covariance @ pull)
    return float(products.sum()) / float(np.sqrt(variance))
