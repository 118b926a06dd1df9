r"""Hausman's test: whether two estimates differ by more than their errors explain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray


def hausman_test(
    robust: FloatArray,
    robust_covariance: FloatArray,
    efficient: FloatArray,
    efficient_covariance: FloatArray,
) -> tuple[TestOutcome, bool]:
    r"""Return the test of an efficient estimate against one that is consistent anyway.

    .. math:: H = d' (V_r - V_e)^{-1} d \sim \chi^2(k), \qquad d = b_r - b_e

    Parameters
    ----------
    robust, efficient
        Coefficients that both have, (k,).
    robust_covariance, efficient_covariance
        Conventional covariances, (k, k).

    Returns
    -------
    outcome : TestOutcome
    definite : bool
        Whether the difference of the covariances is positive definite, as theory has it.
        In finite samples it often is not quite; the number is then the one that other
        programs print, and no test in the strict sense.

    References
    ----------
    Hausman, J. A. (1978). Specification tests in econometrics. *Econometrica* 46(6),
    1251-1271. https://doi.org/10.2307/1913827
    """
    from scipy.special import chdtrc

    difference = robust - efficient
    gap = robust_covariance - efficient_covariance
    definite = float(np.linalg.eigvalsh(gap).min()) > 0.0
    statistic = float(difference @ np.linalg.solve(gap, difference))
    degrees = len(difference)
    outcome = TestOutcome(
        name="hausman",
        statistic=statistic,
        p_value=float(chdtrc(degrees, max(statistic, 0.0))),
        distribution=f"chi2({degrees})",
    )
    return outcome, definite
