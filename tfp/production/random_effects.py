r"""Random effects by feasible generalised least squares (Swamy and Arora).

.. math::

    y_{it} - \vartheta_i \bar y_i = \ldots, \qquad
    \vartheta_i = 1 - \sqrt{\frac{\sigma_e^2}{\sigma_e^2 + T_i \sigma_u^2}}

with :math:`\sigma_e^2` from the within regression and :math:`\sigma_u^2` from the between
one, in the form of Baltagi and Chang for entities of different length, which is that of
Swamy and Arora where all are alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.blocks import block_lengths
from tfp.numerics.group_means import group_means, within
from tfp.numerics.least_squares import least_squares
from tfp.panel.findings import Finding
from tfp.production.bootstrap import check_one_step
from tfp.production.covariance import Conventional, Covariance
from tfp.production.equation import CONSTANT, Equation, estimate_of, solve
from tfp.production.fixed_effects import within_equation
from tfp.production.hausman import clustered_hausman_test, hausman_test
from tfp.production.returns import constant_returns_test
from tfp.production.sample import check_several_entities, log_sample
from tfp.production.serial_correlation import serial_correlation_in_levels

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.production.equation import Solved
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate, TestOutcome
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class RandomEffects:
    """Generalised least squares with an effect of each entity that inputs do not know.

    Assumptions
    -----------
    The effect of an entity is unrelated to its inputs. The Hausman test against fixed
    effects is part of the result, in its first form, which needs errors that are alike and
    unrelated within entities, and in one that is clustered.

    Parameters
    ----------
    covariance : Covariance, optional
        Conventional unless stated.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Swamy, P. A. V. B. and Arora, S. S. (1972). The exact finite sample properties of the
    estimators of coefficients in the error components regression models. *Econometrica*
    40(2), 261-275. https://doi.org/10.2307/1909405
    Baltagi, B. H. and Chang, Y.-J. (1994). Incomplete panels. *Journal of Econometrics*
    62(2), 67-89. https://doi.org/10.1016/0304-4076(94)90017-5
    """

    covariance: Covariance | None = None
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "random effects"
    requires = ("output",)

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate; ``one-entity``, ``collinear-inputs``, ``too-few-rows``.

        A bootstrap is refused (``bootstrap-two-steps``): the variances would not be
        estimated anew.
        """
        del rng
        sample = log_sample(panel)
        check_several_entities(sample, self.name)
        covariance = self.covariance or Conventional()
        check_one_step(covariance, self.name)
        inside = within_equation(sample)
        fixed = solve(inside, Conventional())
        idiosyncratic = fixed.regression.residual_sum / inside.residual_degrees
        individual = individual_variance(sample, idiosyncratic)
        lengths = block_lengths(sample.starts, len(sample))
        theta = 1.0 - np.sqrt(idiosyncratic / (idiosyncratic + lengths * individual))
        equation = _quasi_demeaned(sample, theta)
        solved = solve(equation, covariance)
        gls = solved if covariance.name == Conventional.name else solve(equation, Conventional())
        hausman, definite = _hausman(sample, inside, fixed, equation, gls)
        shared = (*sample.factor_names, *sample.control_names)
        further = (
            clustered_hausman_test(equation, sample.starts, shared),
            serial_correlation_in_levels(inside, sample.successors),
        )
        return estimate_of(
            self,
            sample,
            equation,
            solved,
            options={"variance_components": "Swamy-Arora", **covariance.options()},
            output_concept=self.output_concept,
            degrees_of_freedom=None,
            tests=[
                constant_returns_test(solved, equation, sample.factor_names),
                hausman,
                *(test for test in further if test),
            ],
            warnings=([] if definite else [Finding(code="hausman-indefinite", severity="note")]),
            diagnostics={
                "variance_idiosyncratic": idiosyncratic,
                "variance_individual": individual,
                "theta_smallest": float(theta.min()),
                "theta_largest": float(theta.max()),
            },
        )


def individual_variance(sample: LogSample, idiosyncratic: float) -> float:
    r"""Return the variance of the entities' effects.

    .. math::

        \hat\sigma_u^2 = \frac{q_b - (N - K - 1)\hat\sigma_e^2}
        {n - \mathrm{tr}\{(X'PX)^{-1} X'ZZ'X\}}

    with :math:`q_b` the residual sum of the regression of repeated means, :math:`P` the
    projection on entities and :math:`Z` their dummies. A negative value becomes zero, as
    usual, and the estimate is then pooled least squares.

    Parameters
    ----------
    sample : LogSample
    idiosyncratic : float
        Variance of the shock, from the within regression.
    """
    lengths = block_lengths(sample.starts, len(sample))
    regressors = np.column_stack([sample.log_inputs, np.ones(len(sample)), sample.controls])
    root = np.sqrt(lengths)
    means = group_means(regressors, sample.starts)
    weighted = means * root[:, None]
    target = group_means(sample.log_output, sample.starts) * root
    if len(sample.starts) <= regressors.shape[1]:
        raise MethodError("too-few-rows", rows=len(sample.starts), parameters=regressors.shape[1])
    between = least_squares(target, weighted)
    sums = means * lengths[:, None]
    trace = float(np.trace(between.bread @ (sums.T @ sums)))
    free = len(sample.starts) - regressors.shape[1]
    individual = (between.residual_sum - free * idiosyncratic) / (len(sample) - trace)
    return max(float(individual), 0.0)


def _quasi_demeaned(sample: LogSample, theta: FloatArray) -> Equation:
    regressors = np.column_stack([sample.log_inputs, np.ones(len(sample)), sample.controls])
    return Equation(
        target=within(sample.log_output, sample.starts, theta),
        regressors=within(regressors, sample.starts, theta),
        names=(*sample.factor_names, CONSTANT, *sample.control_names),
        entities=sample.entities,
        periods=sample.periods,
    )


def _hausman(
    sample: LogSample, inside: Equation, fixed: Solved, equation: Equation, gls: Solved
) -> tuple[TestOutcome, bool]:
    shared = (*sample.factor_names, *sample.control_names)
    rows = [inside.names.index(name) for name in shared]
    columns = [equation.names.index(name) for name in shared]
    return hausman_test(
        fixed.regression.coefficients[rows],
        fixed.covariance[np.ix_(rows, rows)],
        gls.regression.coefficients[columns],
        gls.covariance[np.ix_(columns, columns)],
    )
