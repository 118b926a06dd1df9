r"""Elasticities that change from year to year, in one area.

.. math::

    y_t = a_t + \sum_j \theta_{jt} (x_{jt} - \bar x_j) + e_t, \quad
    \theta_{jt} = \theta_{j,t-1} + \eta_{jt}, \quad a_t = a_{t-1} + g + u_t

Inputs are measured from their mean over the sample: otherwise a change of an elasticity
would change TFP by a number that depends on the units. The smoothed path is the one of a
Kalman smoother (:mod:`tfp.numerics.random_walk_regression`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.random_walk_regression import RandomWalkModel, log_likelihood, smoothed
from tfp.panel.findings import Finding
from tfp.production.cautions import sample_cautions
from tfp.production.sample import log_sample
from tfp.production.short_series.priors import (
    TREND,
    check_prior_names,
    statements,
)
from tfp.results.estimate import ProductionEstimate
from tfp.results.provenance import Provenance
from tfp.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.random_walk_regression import RandomWalkPath
    from tfp.panel.panel import Panel
    from tfp.production.sample import LogSample
    from tfp.production.short_series.priors import Prior
    from tfp.results.weights import OutputConcept

STEPS = ("elasticity_step", "tfp_step", "noise")
# Standard deviations that the search looks at, in logarithms: a thousandth of a per cent
# a year is no change, and no aggregate moves by 30 per cent.
SMALLEST, LARGEST, GRID = 1e-5, 0.3, 6
AT_BOUND = 1.1


@dataclass(frozen=True, eq=False, kw_only=True)
class TimeVaryingElasticities:
    """Elasticities as random walks, from a stated beginning.

    The mean elasticities over the sample are the estimate; ``row_elasticities`` those of
    each year. ``log_productivity`` is the level without the error of the year. The
    covariance holds for the variances given or found: their own error is not in it.

    Assumptions
    -----------
    Inputs do not respond to what TFP does in the year. One year's output is one number and
    the model has several changes in it: the data can say that elasticities move, hardly ever
    by how much. With fifteen years the likelihood is often largest where nothing moves, or
    where everything does, and says so; the path is then the prior's.

    Parameters
    ----------
    elasticities : mapping of str to Prior
        Of the first year, one for each input; the standard deviations are the recorded
        initialisation of the filter. There is no default.
    trend : Prior
        Growth of TFP a year, in logarithms.
    returns_std : float, optional
        How tightly the first year's elasticities add to one.
    elasticity_step : float, optional
        Standard deviation of a year's change of each elasticity; found by maximum
        likelihood if None. Zero holds them still.
    tfp_step : float, optional
        Of a year's lasting change of TFP beside its trend.
    noise : float, optional
        Of the error of a year, which does not last.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Harvey, A. C. (1989). *Forecasting, Structural Time Series Models and the Kalman Filter*.
    https://doi.org/10.1017/CBO9781107049994
    Stock, J. H. and Watson, M. W. (1998). Median unbiased estimation of coefficient variance
    in a time-varying parameter model. *Journal of the American Statistical Association*
    93(441), 349-358. https://doi.org/10.1080/01621459.1998.10474116
    """

    elasticities: Mapping[str, Prior]
    trend: Prior
    returns_std: float | None = None
    elasticity_step: float | None = None
    tfp_step: float | None = None
    noise: float | None = None
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "time-varying elasticities"
    requires = ("output",)

    def __post_init__(self) -> None:
        for name, positive in (*((n, False) for n in STEPS[:2]), ("noise", True)):
            value = getattr(self, name)
            if value is not None and not (value > 0.0 if positive else value >= 0.0):
                raise MethodError("option-not-positive", option=name, value=float(value))

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Raises
        ------
        MethodError
            ``several-entities``: each has a path of its own;
            ``elasticities-missing``; ``too-few-rows`` with fewer than five years.
        """
        del rng
        sample = log_sample(panel)
        if len(sample.starts) > 1:
            raise MethodError("several-entities", method=self.name, count=len(sample.starts))
        check_prior_names(self.elasticities, sample.factor_names)
        if len(sample) < 5:
            raise MethodError("too-few-rows", rows=len(sample), parameters=4)
        model = self._model(sample)
        steps, converged = self._steps(model)
        return self._estimate(sample, smoothed(model, *steps), steps, converged=converged)

    def _model(self, sample: LogSample) -> RandomWalkModel:
        names = sample.factor_names
        prior = statements(self.elasticities, names, len(names), self.returns_std)
        weighted = prior.rows / prior.stds[:, None]
        covariance = np.asarray(np.linalg.inv(weighted.T @ weighted), dtype=np.float64)
        times = sample.panel.rows.times[sample.used].astype(np.float64)
        return RandomWalkModel(
            target=sample.log_output,
            times=times,
            inputs=sample.log_inputs - sample.log_inputs.mean(axis=0),
            fixed=np.column_stack([times - times[0]]),
            input_mean=covariance @ weighted.T @ (prior.values / prior.stds),
            input_covariance=covariance,
            fixed_mean=np.array([self.trend.mean]),
            fixed_variance=np.array([self.trend.std**2]),
        )

    def _steps(self, model: RandomWalkModel) -> tuple[tuple[float, float, float], bool]:
        """Return the three standard deviations, those not given by maximum likelihood."""
        given = [getattr(self, name) for name in STEPS]
        free = [at for at, value in enumerate(given) if value is None]
        if not free:
            return (given[0], given[1], given[2]), True
        from itertools import product

        from scipy.optimize import minimize

        def filled(logs: FloatArray) -> tuple[float, float, float]:
            steps = list(given)
            for at, value in zip(free, logs, strict=True):
                steps[at] = float(np.exp(value))
            return steps[0], steps[1], steps[2]

        def loss(logs: FloatArray) -> float:
            return -log_likelihood(model, *filled(logs))

        bounds = (np.log(SMALLEST), np.log(LARGEST))
        grid = np.linspace(*bounds, GRID)
        start = min(product(grid, repeat=len(free)), key=lambda logs: loss(np.array(logs)))
        found = minimize(loss, start, method="L-BFGS-B", bounds=[bounds] * len(free))
        return filled(found.x), bool(found.success)

    def _estimate(
        self,
        sample: LogSample,
        path: RandomWalkPath,
        steps: tuple[float, float, float],
        *,
        converged: bool,
    ) -> ProductionEstimate:
        factors = len(sample.factor_names)
        means = path.coefficients.mean(axis=0)
        averaging = np.kron(np.eye(factors), np.full((1, len(sample)), 1.0 / len(sample)))
        centre = sample.log_inputs.mean(axis=0)
        log_tfp = sample.log_output - centre @ means
        log_tfp -= np.einsum("tf,tf->t", path.coefficients, sample.log_inputs - centre)
        cross = averaging @ path.cross_covariance
        covariance = np.block(
            [[averaging @ path.covariance @ averaging.T, cross], [cross.T, path.fixed_covariance]]
        )
        return ProductionEstimate(
            rows=sample.panel.rows,
            terms=(*sample.factor_names, TREND),
            estimates=np.concatenate([means, path.fixed]),
            covariance=covariance,
            covariance_type="posterior, variances as found",
            factor_names=sample.factor_names,
            elasticity_map=np.eye(factors, factors + 1),
            row_elasticities=tuple(sample.spread(values) for values in path.coefficients.T),
            log_tfp=sample.spread(log_tfp),
            log_productivity=sample.spread(log_tfp - path.noise),
            residuals=sample.spread(path.noise),
            output_concept=self.output_concept,
            observed_units=self.observed_units,
            converged=converged,
            diagnostics={
                "rows": float(len(sample)),
                "log_likelihood": path.log_likelihood,
                **dict(zip(STEPS, steps, strict=True)),
            },
            lost=sample.lost,
            warnings=tuple(self._findings(sample, steps)),
            provenance=Provenance(version=VERSION, method=self.name, options=self._options()),
        )

    def _findings(self, sample: LogSample, steps: tuple[float, ...]) -> Iterator[Finding]:
        yield from sample_cautions(sample, self.output_concept)
        for name, step in zip(STEPS, steps, strict=True):
            if getattr(self, name) is None and step < SMALLEST * AT_BOUND:
                yield Finding(code="variation-at-bound", severity="note", fields={"option": name})

    def _options(self) -> dict[str, object]:
        return {
            "elasticities": {name: prior.options() for name, prior in self.elasticities.items()},
            "trend": self.trend.options(),
            "returns_std": self.returns_std,
            **{name: getattr(self, name) for name in STEPS},
            "first_level": "exact diffuse",
            "inputs_from": "mean of the sample",
        }
