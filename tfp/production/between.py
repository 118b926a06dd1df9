r"""The between estimator: a regression of means over time, one row an entity.

.. math:: \bar y_i = a + \sum_j \theta_j \bar x_{ji} + \bar e_i
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.numerics.group_means import group_means
from tfp.production.covariance import Conventional, Covariance
from tfp.production.equation import CONSTANT, Equation, estimate_of, solve
from tfp.production.returns import constant_returns_test
from tfp.production.sample import check_several_entities, log_sample

if TYPE_CHECKING:
    from tfp.panel.panel import Panel
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class BetweenEffects:
    """Least squares on the means of each entity.

    Assumptions
    -----------
    Entities with more capital and labour are not for that reason the more productive ones.

    Parameters
    ----------
    covariance : Covariance, optional
        Conventional unless stated.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Baltagi, B. H. (2021). *Econometric Analysis of Panel Data*, sixth edition, chapter 2.
    https://doi.org/10.1007/978-3-030-53953-5
    """

    covariance: Covariance | None = None
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "between effects"
    requires = ("output",)

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate; ``one-entity``, ``collinear-inputs``, ``too-few-rows``."""
        sample = log_sample(panel)
        check_several_entities(sample, self.name)
        covariance = self.covariance or Conventional()
        equation = between_equation(sample)
        solved = solve(equation, covariance, rng)
        regressors = np.column_stack([sample.log_inputs, np.ones(len(sample)), sample.controls])
        return estimate_of(
            self,
            sample,
            equation,
            solved,
            options=covariance.options(),
            output_concept=self.output_concept,
            degrees_of_freedom=float(equation.residual_degrees),
            tests=[constant_returns_test(solved, equation, sample.factor_names)],
            residuals=sample.log_output - regressors @ solved.regression.coefficients,
        )


def between_equation(sample: LogSample) -> Equation:
    """Return the means of each entity, one row each."""
    regressors = np.column_stack([sample.log_inputs, np.ones(len(sample)), sample.controls])
    count = len(sample.starts)
    return Equation(
        target=group_means(sample.log_output, sample.starts),
        regressors=group_means(regressors, sample.starts),
        names=(*sample.factor_names, CONSTANT, *sample.control_names),
        entities=np.arange(count),
        periods=np.zeros(count, dtype=np.intp),
    )
