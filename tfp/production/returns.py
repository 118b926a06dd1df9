r"""The test of constant returns to scale, :math:`\sum_j \theta_j = 1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray
    from tfp.production.equation import Equation, Solved


def constant_returns_test(
    solved: Solved, equation: Equation, factor_names: Sequence[str]
) -> TestOutcome:
    r"""Return the Wald test that the elasticities add to one.

    .. math:: W = \frac{(\sum_j \theta_j - 1)^2}{\iota' V \iota} \sim \chi^2(1)
    """
    chosen = np.isin(equation.names, factor_names)
    return returns_test(
        solved.regression.coefficients[chosen], solved.covariance[np.ix_(chosen, chosen)]
    )


def returns_test(elasticities: FloatArray, covariance: FloatArray) -> TestOutcome:
    """Return the Wald test that some elasticities, (f,), add to one."""
    from scipy.special import chdtrc

    gap = float(elasticities.sum()) - 1.0
    variance = float(covariance.sum())
    statistic = gap * gap / variance if variance > 0.0 else np.inf
    return TestOutcome(
        name="constant_returns",
        statistic=statistic,
        p_value=float(chdtrc(1, statistic)),
        distribution="chi2(1)",
    )
