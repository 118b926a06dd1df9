r"""Kmenta's approximation of the CES function: a regression with one more term.

.. math::

    y = a + v\delta k + v(1 - \delta) l
        - \frac{\rho v}{2}\, \delta (1 - \delta) (k - l)^2 + e, \qquad
    \sigma = \frac{1}{1 + \rho}

for two inputs measured from their means over the sample (the approximation is around equal
inputs, so that it would depend on the units otherwise).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError
from tfp.production.equation import CONSTANT, Equation, Restriction, Solved, estimate_of, solve
from tfp.production.pooled import default_covariance
from tfp.production.returns import constant_returns_test
from tfp.production.sample import log_sample
from tfp.production.translog import product_names, with_form

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.production.covariance import Covariance
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept

RATIO = "squared_ratio"


@dataclass(frozen=True, eq=False, kw_only=True)
class Kmenta:
    """A CES function near Cobb-Douglas, linear in its coefficients.

    ``diagnostics`` hold ``substitution_parameter`` (rho) and ``substitution_elasticity``
    (sigma) with the standard error of rho by the delta method, and the
    ``distribution_parameter``.

    Assumptions
    -----------
    Those of least squares, and an elasticity of substitution near one: the approximation
    drops what is of third order in rho. Far from one it is biased towards it.

    Parameters
    ----------
    covariance : Covariance, optional
        Clustered by entity where the panel has several, conventional for a single area.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Kmenta, J. (1967). On estimation of the CES production function. *International Economic
    Review* 8(2), 180-189. https://doi.org/10.2307/2525600
    """

    covariance: Covariance | None = None
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "Kmenta's approximation"
    requires = ("output",)

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate; ``not-two-inputs``, ``collinear-inputs``, ``too-few-rows``."""
        del rng
        sample = log_sample(panel)
        names = sample.factor_names
        if len(names) != 2:
            raise MethodError("not-two-inputs", method=self.name, names=list(names))
        covariance = self.covariance or default_covariance(sample)
        centred = sample.log_inputs - sample.log_inputs.mean(axis=0)
        ratio = centred[:, 0] - centred[:, 1]
        equation = Equation(
            target=sample.log_output,
            regressors=np.column_stack([centred, ratio**2, np.ones(len(sample)), sample.controls]),
            names=(*names, RATIO, CONSTANT, *sample.control_names),
            entities=sample.entities,
            periods=sample.periods,
        )
        solved = solve(equation, covariance)
        estimate = estimate_of(
            self,
            sample,
            equation,
            solved,
            options=covariance.options(),
            output_concept=self.output_concept,
            restriction=_as_translog(equation, sample),
            degrees_of_freedom=float(equation.residual_degrees),
            tests=[constant_returns_test(solved, equation, names)],
            diagnostics=_parameters(solved),
        )
        return with_form(estimate, sample, centred)


def _as_translog(equation: Equation, sample: LogSample) -> Restriction:
    """Return the translog whose squares and product are those of the squared ratio."""
    squares = product_names(sample.factor_names)
    rest = equation.names[3:]
    matrix = np.zeros((5 + len(rest), 3 + len(rest)))
    matrix[:2, :2] = np.eye(2)
    matrix[2:5, 2] = [1.0, -2.0, 1.0]
    matrix[5:, 3:] = np.eye(len(rest))
    return Restriction(
        offset=np.zeros(len(matrix)),
        matrix=matrix,
        names=(*sample.factor_names, *squares, *rest),
    )


def _parameters(solved: Solved) -> dict[str, float]:
    """Return the parameters of the CES function, and the standard error of rho."""
    first, second, square = solved.regression.coefficients[:3]
    product = first * second
    if product == 0.0:
        return {}
    total = first + second
    rho = -2.0 * square * total / product
    slope: FloatArray = np.array(
        [
            -2.0 * square * (1.0 / product - total / (first * product)),
            -2.0 * square * (1.0 / product - total / (second * product)),
            -2.0 * total / product,
        ]
    )
    variance = float(slope @ solved.covariance[:3, :3] @ slope)
    return {
        "distribution_parameter": float(first / total),
        "substitution_parameter": float(rho),
        "substitution_parameter_std_error": float(np.sqrt(variance)),
        "substitution_elasticity": float(1.0 / (1.0 + rho)),
    }
