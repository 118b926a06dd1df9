r"""Mean group: one regression for each entity, and the mean of their coefficients.

.. math::

    \hat\beta_{MG} = \frac1N \sum_i \hat\beta_i, \qquad
    \hat V = \frac{1}{N(N-1)} \sum_i (\hat\beta_i - \hat\beta_{MG})(\hat\beta_i - \hat\beta_{MG})'

With common correlated effects each regression also holds the means of output and inputs
over all entities of the period, which stand for shocks common to all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.numerics.least_squares import LeastSquares
from tfp.numerics.stacked_least_squares import stacked_least_squares
from tfp.production.common_effects import check_own_regressions, period_means
from tfp.production.cross_dependence import pesaran_cd
from tfp.production.equation import CONSTANT, Equation, Solved, estimate_of
from tfp.production.returns import constant_returns_test
from tfp.production.sample import check_several_entities, log_sample

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class MeanGroup:
    """The mean of the entities' own regressions.

    Assumptions
    -----------
    Each entity has its own elasticities, drawn around a mean, and enough periods to
    estimate them: fewer than some twenty make the single regressions worthless and their
    mean noisy. Without common effects, shocks common to all entities bias it.

    Parameters
    ----------
    common_effects : bool
        Whether the means over entities stand in each regression (Pesaran's CCE).
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Pesaran, M. H. and Smith, R. (1995). Estimating long-run relationships from dynamic
    heterogeneous panels. *Journal of Econometrics* 68(1), 79-113.
    https://doi.org/10.1016/0304-4076(94)01644-F
    Pesaran, M. H. (2006). Estimation and inference in large heterogeneous panels with a
    multifactor error structure. *Econometrica* 74(4), 967-1012.
    https://doi.org/10.1111/j.1468-0262.2006.00692.x
    """

    common_effects: bool = False
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    requires = ("output",)

    @property
    def name(self) -> str:
        """What it is called in tables and reports."""
        return "common correlated effects, mean group" if self.common_effects else "mean group"

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Raises
        ------
        MethodError
            ``one-entity``; ``own-regression-impossible`` where an entity has fewer periods
            than coefficients, or collinear inputs.
        """
        del rng
        sample = log_sample(panel)
        check_several_entities(sample, self.name)
        equation = self._equation(sample)
        own = stacked_least_squares(equation.target, equation.regressors, sample.starts)
        check_own_regressions(sample, own.coefficients)
        mean = own.coefficients.mean(axis=0)
        deviation = own.coefficients - mean
        count = len(sample.starts)
        solved = Solved(
            regression=LeastSquares(mean, own.residuals, np.empty((0, 0))),
            covariance=deviation.T @ deviation / (count * (count - 1)),
        )
        dependence = pesaran_cd(own.residuals, sample.entities, sample.periods)
        return estimate_of(
            self,
            sample,
            equation,
            solved,
            options={"common_effects": self.common_effects, "covariance": "between entities"},
            output_concept=self.output_concept,
            degrees_of_freedom=None,
            tests=[
                constant_returns_test(solved, equation, sample.factor_names),
                *([dependence] if dependence else []),
            ],
        )

    def _equation(self, sample: LogSample) -> Equation:
        own = np.column_stack([sample.log_inputs, sample.controls, np.ones(len(sample))])
        names = (*sample.factor_names, *sample.control_names, CONSTANT)
        regressors: FloatArray = own
        if self.common_effects:
            regressors = np.column_stack([own, period_means(sample)])
            means = ("output", *sample.factor_names, *sample.control_names)
            names = (*names, *(f"mean of {name}" for name in means))
        return Equation(
            target=sample.log_output,
            regressors=regressors,
            names=names,
            entities=sample.entities,
            periods=sample.periods,
        )
