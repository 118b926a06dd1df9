r"""Fixed effects: each entity, or each entity and period, has its own constant.

.. math:: y_{it} - \bar y_i = \sum_j \theta_j (x_{jit} - \bar x_{ji}) + e_{it} - \bar e_i

Period effects are columns of their own beside the deviations, so that panels with holes
are right too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.numerics.group_means import within
from tfp.production.cross_dependence import pesaran_cd
from tfp.production.equation import Equation, estimate_of, solve
from tfp.production.pooled import default_covariance, year_dummies
from tfp.production.returns import constant_returns_test
from tfp.production.sample import check_several_entities, log_sample
from tfp.production.serial_correlation import serial_correlation_in_levels

if TYPE_CHECKING:
    from tfp.panel.panel import Panel
    from tfp.production.covariance import Covariance
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class FixedEffects:
    """Least squares on deviations from each entity's mean.

    Assumptions
    -----------
    Productivity differs between entities and, with period effects, between periods, but not
    otherwise: what inputs respond to within an entity is no productivity. Measurement error
    weighs more than in levels; the elasticity of capital is usually too small.

    Parameters
    ----------
    period_effects : bool
        Whether each period has its own constant too ("two-way").
    covariance : Covariance, optional
        Clustered by entity unless stated.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Mundlak, Y. (1961). Empirical production function free of management bias. *Journal of
    Farm Economics* 43(1), 44-56. https://doi.org/10.2307/1235460
    """

    period_effects: bool = False
    covariance: Covariance | None = None
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    requires = ("output",)

    @property
    def name(self) -> str:
        """What it is called in tables and reports."""
        return "two-way fixed effects" if self.period_effects else "fixed effects"

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate; ``one-entity``, ``collinear-inputs``, ``too-few-rows``."""
        sample = log_sample(panel)
        check_several_entities(sample, self.name)
        covariance = self.covariance or default_covariance(sample)
        equation = within_equation(sample, period_effects=self.period_effects)
        solved = solve(equation, covariance, rng)
        residuals = solved.regression.residuals
        dependence = pesaran_cd(residuals, sample.entities, sample.periods)
        serial = serial_correlation_in_levels(equation, sample.successors)
        return estimate_of(
            self,
            sample,
            equation,
            solved,
            options={"period_effects": self.period_effects, **covariance.options()},
            output_concept=self.output_concept,
            degrees_of_freedom=float(equation.residual_degrees),
            tests=[
                constant_returns_test(solved, equation, sample.factor_names),
                *(test for test in (dependence, serial) if test),
            ],
        )


def within_equation(sample: LogSample, *, period_effects: bool = False) -> Equation:
    """Return output and inputs as deviations from each entity's mean."""
    dummies = year_dummies(sample) if period_effects else np.empty((len(sample), 0))
    regressors = np.column_stack([sample.log_inputs, sample.controls, dummies])
    years = tuple(f"period {number + 1}" for number in range(dummies.shape[1]))
    return Equation(
        target=within(sample.log_output, sample.starts),
        regressors=within(regressors, sample.starts),
        names=(*sample.factor_names, *sample.control_names, *years),
        entities=sample.entities,
        periods=sample.periods,
        absorbed=len(sample.starts),
    )
