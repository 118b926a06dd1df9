r"""First differences: growth of output on growth of inputs.

.. math:: \Delta y_{it} = a + \sum_j \theta_j \Delta x_{jit} + \Delta e_{it}

A difference never crosses an entity or a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError
from tfp.production.equation import CONSTANT, Equation, estimate_of, solve
from tfp.production.pooled import default_covariance
from tfp.production.returns import constant_returns_test
from tfp.production.sample import log_sample
from tfp.production.serial_correlation import serial_correlation_test

if TYPE_CHECKING:
    from tfp.panel.panel import Panel
    from tfp.production.covariance import Covariance
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class FirstDifferences:
    """Least squares on changes of logarithms, with a constant: common growth of TFP.

    Assumptions
    -----------
    Changes of productivity are unrelated to changes of inputs of the same period.

    Parameters
    ----------
    covariance : Covariance, optional
        Clustered by entity where the panel has several, conventional for a single area.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Wooldridge, J. M. (2010). *Econometric Analysis of Cross Section and Panel Data*, second
    edition, section 10.6.
    """

    covariance: Covariance | None = None
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "first differences"
    requires = ("output",)

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate; ``no-difference``, ``collinear-inputs``, ``too-few-rows``."""
        sample = log_sample(panel)
        covariance = self.covariance or default_covariance(sample)
        equation = differenced_equation(sample)
        solved = solve(equation, covariance, rng)
        residuals = np.full(len(sample), np.nan)
        residuals[sample.successors] = solved.regression.residuals
        serial = serial_correlation_test(
            solved.regression.residuals, sample.successors, equation.entities
        )
        return estimate_of(
            self,
            sample,
            equation,
            solved,
            options=covariance.options(),
            output_concept=self.output_concept,
            degrees_of_freedom=float(equation.residual_degrees),
            tests=[
                constant_returns_test(solved, equation, sample.factor_names),
                *([serial] if serial else []),
            ],
            residuals=residuals,
        )


def differenced_equation(sample: LogSample) -> Equation:
    """Return changes between neighbouring periods of each entity."""
    later = sample.successors
    if not len(later):
        raise MethodError("no-difference", rows=len(sample))
    levels = np.column_stack([sample.log_inputs, sample.controls])
    return Equation(
        target=sample.log_output[later] - sample.log_output[later - 1],
        regressors=np.column_stack([levels[later] - levels[later - 1], np.ones(len(later))]),
        names=(*sample.factor_names, *sample.control_names, CONSTANT),
        entities=np.unique(sample.entities[later], return_inverse=True)[1],
        periods=np.unique(sample.periods[later], return_inverse=True)[1],
    )
