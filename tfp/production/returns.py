r"""Returns to scale: the test of :math:`\sum_j \theta_j = 1`, and what is credible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.panel.findings import Finding
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray
    from tfp.production.equation import Equation, Solved

# Returns to scale outside are no fault of the arithmetic, and no technology either.
CREDIBLE_RETURNS = (0.7, 1.3)


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
    statistic = gap * gap / variance if variance > 0.0 else np.nan
    return TestOutcome(
        name="constant_returns",
        statistic=statistic,
        p_value=float(chdtrc(1, statistic)),
        distribution="chi2(1)",
    )


def returns_findings(returns: float) -> list[Finding]:
    """Return a finding for returns to scale that no technology has; NaN is no answer."""
    low, high = CREDIBLE_RETURNS
    if low <= returns <= high or np.isnan(returns):
        return []
    fields = {"returns": returns, "low": low, "high": high}
    return [Finding(code="returns-not-credible", severity="warn", fields=fields)]
