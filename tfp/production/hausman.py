r"""Hausman's test: whether two estimates differ by more than their errors explain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.group_means import within
from tfp.numerics.least_squares import dependent_columns
from tfp.production.covariance import Clustered
from tfp.production.equation import solve
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.production.equation import Equation


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


def clustered_hausman_test(
    equation: Equation, starts: IntArray, shared: Sequence[str]
) -> TestOutcome | None:
    r"""Return Hausman's test in a form that holds whatever the errors within entities are.

    .. math::

        y^*_{it} = x^{*\prime}_{it}\beta + (x_{it} - \bar x_i)'\delta + e_{it}, \qquad \delta = 0

    with stars for the quasi-deviations of random effects, and a covariance clustered by
    entity. If effects are unrelated to inputs, deviations from means add nothing.

    Parameters
    ----------
    equation
        In quasi-deviations.
    starts
        First row of each entity, (m,).
    shared
        Names of the regressors that fixed effects have too.

    Returns
    -------
    TestOutcome or None
        None where quasi-deviations are deviations already, or there are too few entities.

    References
    ----------
    Wooldridge, J. M. (2010). *Econometric Analysis of Cross Section and Panel Data*, second
    edition, section 10.7.3.
    """
    from scipy.special import chdtrc

    own = [equation.names.index(name) for name in shared]
    deviations = within(equation.regressors[:, own], starts)
    names = tuple(f"{name}, deviation" for name in shared)
    whole = np.column_stack([equation.regressors, deviations])
    if len(dependent_columns(whole)) or len(starts) <= whole.shape[1]:
        return None
    solved = solve(
        replace(equation, regressors=whole, names=(*equation.names, *names)), Clustered("entity")
    )
    added = solved.regression.coefficients[-len(names) :]
    spread = solved.covariance[-len(names) :, -len(names) :]
    statistic = float(added @ np.linalg.solve(spread, added))
    return TestOutcome(
        name="hausman_clustered",
        statistic=statistic,
        p_value=float(chdtrc(len(names), statistic)),
        distribution=f"chi2({len(names)})",
    )
