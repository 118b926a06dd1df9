r"""Pooled least squares, with constant returns imposed on request.

.. math:: y_{it} = a + \sum_j \theta_j x_{jit} + \gamma' z_{it} + e_{it}

With constant returns, :math:`\sum_j \theta_j = 1` is imposed by regressing output per unit
of the last input on the other inputs per unit of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.production.covariance import Clustered, Conventional, Covariance
from tfp.production.equation import CONSTANT, Equation, Restriction, estimate_of, solve
from tfp.production.returns import constant_returns_test
from tfp.production.sample import log_sample

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class PooledLeastSquares:
    """Least squares on all rows, levels in logarithms.

    Assumptions
    -----------
    Inputs are unrelated to productivity. They are not: who is more productive hires and
    invests more, so that the elasticity of the freest input is too large. It is the
    baseline that other estimators are set beside.

    Parameters
    ----------
    constant_returns : bool
        Whether the elasticities are made to add to one.
    year_effects : bool
        Whether each period has its own constant.
    covariance : Covariance, optional
        Clustered by entity where the panel has several, conventional for a single area.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Marschak, J. and Andrews, W. H. (1944). Random simultaneous equations and the theory of
    production. *Econometrica* 12, 143-205. https://doi.org/10.2307/1905432

    Examples
    --------
    >>> import tfp
    >>> years = {"year": [2001, 2002, 2003, 2004], "y": [1.0, 2.1, 2.9, 4.2],
    ...          "k": [1.0, 2, 2, 5], "l": [1.0, 2, 4, 4]}
    >>> panel = tfp.Panel(years, time="year", output="y", capital="k", labour="l")
    >>> estimate = tfp.PooledLeastSquares(constant_returns=True).fit(panel)
    >>> round(estimate.returns_to_scale, 12)
    1.0
    """

    constant_returns: bool = False
    year_effects: bool = False
    covariance: Covariance | None = None
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "pooled least squares"
    requires = ("output",)

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`; ``collinear-inputs``, ``too-few-rows``."""
        sample = log_sample(panel)
        covariance = self.covariance or default_covariance(sample)
        equation, restriction = self._equation(sample)
        solved = solve(equation, covariance, rng)
        test = constant_returns_test(solved, equation, sample.factor_names)
        return estimate_of(
            self,
            sample,
            equation,
            solved,
            options={
                "constant_returns": self.constant_returns,
                "year_effects": self.year_effects,
                **covariance.options(),
            },
            output_concept=self.output_concept,
            restriction=restriction,
            degrees_of_freedom=float(equation.residual_degrees),
            tests=[] if self.constant_returns else [test],
        )

    def _equation(self, sample: LogSample) -> tuple[Equation, Restriction | None]:
        target, inputs = sample.log_output, sample.log_inputs
        names = sample.factor_names
        years = year_names(sample) if self.year_effects else []
        others = [CONSTANT, *years, *sample.control_names]
        rest = np.column_stack(
            [
                np.ones(len(sample)),
                year_dummies(sample) if self.year_effects else np.empty((len(sample), 0)),
                sample.controls,
            ]
        )
        restriction = None
        if self.constant_returns:
            last = inputs[:, -1]
            target, inputs = target - last, inputs[:, :-1] - last[:, None]
            restriction = _sum_to_one(len(names), rest.shape[1], (*names, *others))
            names = names[:-1]
        equation = Equation(
            target=target,
            regressors=np.column_stack([inputs, rest]),
            names=(*names, *others),
            entities=sample.entities,
            periods=sample.periods,
        )
        return equation, restriction


def default_covariance(sample: LogSample) -> Covariance:
    """Return what is usual: clustered by entity, conventional where there is one."""
    return Clustered("entity") if len(sample.starts) > 1 else Conventional()


def year_dummies(sample: LogSample) -> FloatArray:
    """Return one column for each period but the first, (m, p - 1)."""
    count = int(sample.periods.max()) + 1
    columns: FloatArray = (sample.periods[:, None] == np.arange(1, count)).astype(np.float64)
    return columns


def year_names(sample: LogSample) -> list[str]:
    """Return the names of the columns of :func:`year_dummies`."""
    times = np.unique(sample.panel.rows.times[sample.used])
    first_rows = [int(np.flatnonzero(sample.panel.rows.times == time)[0]) for time in times[1:]]
    return [f"period {sample.panel.rows.time_label(row)}" for row in first_rows]


def _sum_to_one(inputs: int, others: int, names: tuple[str, ...]) -> Restriction:
    """Return all coefficients as functions of those without the last input's."""
    matrix = np.zeros((inputs + others, inputs - 1 + others))
    matrix[: inputs - 1, : inputs - 1] = np.eye(inputs - 1)
    matrix[inputs - 1, : inputs - 1] = -1.0
    matrix[inputs:, inputs - 1 :] = np.eye(others)
    offset = np.zeros(inputs + others)
    offset[inputs - 1] = 1.0
    return Restriction(offset=offset, matrix=matrix, names=names)
