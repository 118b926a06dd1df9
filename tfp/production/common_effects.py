r"""Common correlated effects, pooled: one set of elasticities, shocks common to all removed.

.. math:: \hat\beta_P = \Bigl(\sum_i X_i' M X_i\Bigr)^{-1} \sum_i X_i' M y_i

where :math:`M` takes out of each entity's series a constant and the means of output and
inputs over all entities of the period, with coefficients of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.least_squares import LeastSquares
from tfp.numerics.stacked_least_squares import stack, stacked_least_squares
from tfp.production.cross_dependence import pesaran_cd
from tfp.production.equation import Equation, Solved, estimate_of
from tfp.production.returns import constant_returns_test
from tfp.production.sample import check_several_entities, log_sample

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class CommonCorrelatedEffects:
    """Pooled elasticities after common shocks are taken out.

    Assumptions
    -----------
    What is common to all entities in a period is spanned by the period's means of output
    and inputs; each entity may respond to it in its own way. It needs many entities, and
    more periods than there are means.

    Parameters
    ----------
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Pesaran, M. H. (2006). Estimation and inference in large heterogeneous panels with a
    multifactor error structure. *Econometrica* 74(4), 967-1012.
    https://doi.org/10.1111/j.1468-0262.2006.00692.x
    """

    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "common correlated effects, pooled"
    requires = ("output",)

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Raises
        ------
        MethodError
            ``one-entity``; ``own-regression-impossible`` where an entity has too few periods
            for its inputs and the means beside them, or inputs that they explain: its
            distance from the others is what the covariance is made of.
        """
        del rng
        sample = log_sample(panel)
        check_several_entities(sample, self.name)
        own = _own_coefficients(sample)
        equation = _without_common_effects(sample)
        moments, sums = _moments(equation, sample)
        coefficients = np.linalg.solve(moments.sum(axis=0), sums.sum(axis=0))
        residuals = equation.target - equation.regressors @ coefficients
        solved = Solved(
            regression=LeastSquares(coefficients, residuals, np.linalg.inv(moments.sum(axis=0))),
            covariance=_covariance(moments, own),
        )
        dependence = pesaran_cd(residuals, sample.entities, sample.periods)
        return estimate_of(
            self,
            sample,
            equation,
            solved,
            options={"covariance": "between entities"},
            output_concept=self.output_concept,
            degrees_of_freedom=None,
            tests=[
                constant_returns_test(solved, equation, sample.factor_names),
                *([dependence] if dependence else []),
            ],
        )


def period_means(sample: LogSample) -> FloatArray:
    """Return the means over entities of output, inputs and controls, row by row, (m, c)."""
    levels = np.column_stack([sample.log_output, sample.log_inputs, sample.controls])
    counts = np.bincount(sample.periods)
    sums = np.zeros((len(counts), levels.shape[1]))
    np.add.at(sums, sample.periods, levels)
    means: FloatArray = (sums / counts[:, None])[sample.periods]
    return means


def check_own_regressions(sample: LogSample, coefficients: FloatArray) -> None:
    """Refuse entities whose own regressions have no solution.

    Raises
    ------
    MethodError
        ``own-regression-impossible``.
    """
    unsolved = np.flatnonzero(np.isnan(coefficients).any(axis=1))
    if len(unsolved):
        rows = sample.used[sample.starts[unsolved]]
        names = [sample.panel.rows.entity_label(int(row)) for row in rows]
        raise MethodError(
            "own-regression-impossible",
            entities=names[:5],
            count=len(names),
            parameters=coefficients.shape[1],
        )


def _own_coefficients(sample: LogSample) -> FloatArray:
    """Return the coefficients of inputs and controls in each entity's own regression."""
    own = np.column_stack([sample.log_inputs, sample.controls])
    regressors = np.column_stack([own, np.ones(len(sample)), period_means(sample)])
    solved = stacked_least_squares(sample.log_output, regressors, sample.starts)
    check_own_regressions(sample, solved.coefficients)
    return solved.coefficients[:, : own.shape[1]]


def _without_common_effects(sample: LogSample) -> Equation:
    """Return output and inputs less what the means explain of each entity's own series."""
    removed = np.column_stack([np.ones(len(sample)), period_means(sample)])
    levels = np.column_stack([sample.log_output, sample.log_inputs, sample.controls])
    left = np.column_stack(
        [stacked_least_squares(column, removed, sample.starts).residuals for column in levels.T]
    )
    return Equation(
        target=left[:, 0],
        regressors=left[:, 1:],
        names=(*sample.factor_names, *sample.control_names),
        entities=sample.entities,
        periods=sample.periods,
        absorbed=removed.shape[1] * len(sample.starts),
    )


def _moments(equation: Equation, sample: LogSample) -> tuple[FloatArray, FloatArray]:
    """Return the products of each entity, (m, k, k) and (m, k)."""
    regressors = stack(equation.regressors, sample.starts)
    target = stack(equation.target[:, None], sample.starts)[:, :, 0]
    transposed = regressors.transpose(0, 2, 1)
    return transposed @ regressors, np.einsum("mkt,mt->mk", transposed, target)


def _covariance(moments: FloatArray, own: FloatArray) -> FloatArray:
    r"""Return Pesaran's nonparametric covariance of the pooled coefficients.

    .. math::

        \hat V = \frac{1}{N} \Psi^{-1} R\, \Psi^{-1}, \qquad
        R = \frac{1}{N - 1} \sum_i \Psi_i (b_i - \bar b)(b_i - \bar b)' \Psi_i

    with :math:`\Psi_i = X_i'MX_i` and :math:`\Psi` their mean.
    """
    count = len(own)
    scores = np.einsum("mkj,mj->mk", moments, own - own.mean(axis=0))
    meat = scores.T @ scores / (count - 1)
    inverse = np.linalg.inv(moments.mean(axis=0))
    covariance: FloatArray = inverse @ meat @ inverse / count
    return covariance
