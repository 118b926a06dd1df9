r"""Wooldridge's test of serial correlation in the errors of a panel.

If errors in levels are unrelated over time, their changes are related with -1/2 to the
changes before:

.. math:: \Delta\hat e_{it} = \rho\,\Delta\hat e_{i,t-1} + u_{it}, \qquad \rho = -\frac{1}{2}

is tested with errors clustered by entity. Where it is rejected, errors of fixed effects
and of random effects that are not clustered are wrong.

References
----------
Wooldridge, J. M. (2010). *Econometric Analysis of Cross Section and Panel Data*, second
edition, section 10.6.3.
Drukker, D. M. (2003). Testing for serial correlation in linear panel-data models. *Stata
Journal* 3(2), 168-177. https://doi.org/10.1177/1536867X0300300206
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.least_squares import dependent_columns, least_squares
from tfp.production.covariance import Clustered
from tfp.production.equation import Equation, solve
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

UNRELATED = -0.5  # correlation of neighbouring changes of what is unrelated in levels


def serial_correlation_test(
    changes: FloatArray, later: IntArray, entities: IntArray
) -> TestOutcome | None:
    r"""Return Wooldridge's test, :math:`F(1, G - 1)` with *G* entities.

    Parameters
    ----------
    changes
        Residuals of the equation in first differences, (m,).
    later
        Row in the sample of the later period of each change, ascending, (m,).
    entities
        Number of the entity of each change, (m,).

    Returns
    -------
    TestOutcome or None
        None where fewer than two entities have two changes in a row.
    """
    from scipy.special import fdtrc

    follows = np.flatnonzero(np.diff(later) == 1) + 1
    groups = np.unique(entities[follows], return_inverse=True)[1]
    count = len(np.unique(groups))
    if count < 2 or not bool(changes[follows - 1].any()):
        return None
    equation = Equation(
        target=changes[follows],
        regressors=changes[follows - 1][:, None],
        names=("change before",),
        entities=groups,
        periods=np.zeros(len(follows), dtype=np.intp),
    )
    solved = solve(equation, Clustered("entity"))
    gap = float(solved.regression.coefficients[0]) - UNRELATED
    statistic = gap * gap / float(solved.covariance[0, 0])
    return TestOutcome(
        name="wooldridge_serial_correlation",
        statistic=statistic,
        p_value=float(fdtrc(1, count - 1, statistic)),
        distribution=f"F(1, {count - 1})",
    )


def serial_correlation_in_levels(equation: Equation, later: IntArray) -> TestOutcome | None:
    """Return the test for an equation in levels or deviations, by its own differences.

    Parameters
    ----------
    equation
        On the rows of the sample; differences take the entities' means out of it.
    later
        Rows whose previous calendar period is the row before, ascending, (m,).

    Returns
    -------
    TestOutcome or None
        None where there are no two changes in a row, or no more changes than parameters.
    """
    moved = equation.regressors[later] - equation.regressors[later - 1]
    moved = np.column_stack([np.ones(len(later)), moved])
    if len(later) <= moved.shape[1]:
        return None
    moved = np.delete(moved, dependent_columns(moved), axis=1)
    change = equation.target[later] - equation.target[later - 1]
    residuals = least_squares(change, moved).residuals
    return serial_correlation_test(residuals, later, equation.entities[later])
