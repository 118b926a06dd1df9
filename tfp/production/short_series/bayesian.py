r"""A Cobb-Douglas function for few years: data and a stated prior, in closed form.

.. math:: y_{it} = a_i + \sum_j \theta_j x_{jit} + g\, t + \gamma' z_{it} + e_{it}

with a normal-inverse-gamma prior on :math:`\theta` and *g*: see
:mod:`tfp.numerics.conjugate_regression`. The constants, and controls, have none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.numerics.conjugate_regression import (
    LEAST_ACCEPTED,
    ConjugatePosterior,
    conjugate_posterior,
    positive_draws,
)
from tfp.numerics.group_means import within
from tfp.numerics.least_squares import LeastSquares, dependent_columns
from tfp.panel.findings import Finding
from tfp.production.equation import Equation, Solved, estimate_of
from tfp.production.sample import log_sample
from tfp.production.short_series.priors import (
    TREND,
    check_prior_names,
    prior_findings,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.production.sample import LogSample
    from tfp.production.short_series.priors import Prior
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept

LARGEST_RATIO = 2.0  # of the errors found over those that the prior was stated for


@dataclass(frozen=True, eq=False, kw_only=True)
class BayesianCobbDouglas:
    r"""A Cobb-Douglas function whose elasticities have a stated prior.

    The covariance of the estimate is the squared scale of the posterior's t distribution,
    so that its intervals hold the stated probability exactly. ``diagnostics`` say how much
    of the posterior is prior: ``prior_weight`` is
    :math:`\mathrm{tr}(V_n V_0^{-1}) / f`, the mean share of the *f* elasticities' precision
    that was there before the data (1: the data said nothing; 0: they said everything), and
    ``prior_weight_<input>`` the posterior variance of one elasticity over its prior one.

    Assumptions
    -----------
    Inputs do not respond to the year's deviation from trend, and the prior is what is
    believed before these data are seen: shares of the same area and years are no prior.
    Ten or fifteen years of one area identify little. Capital and labour follow smooth
    trends there, which a trend of TFP imitates; what comes out is mostly what went in, and
    the prior weight says by how much.

    Parameters
    ----------
    elasticities : mapping of str to Prior
        One for each input: ``{"capital": Prior(0.40, 0.10), "labour": Prior(0.60, 0.10)}``.
        There is no default.
    returns_std : float, optional
        How tightly the elasticities add to one: standard deviation of their sum around it;
        0.05 is firm. None says nothing.
    trend : Prior, optional
        Growth of TFP a period, in logarithms; None leaves the trend out, which makes
        all growth of TFP a deviation.
    signs : {"free", "positive"}
        ``"positive"`` cuts off posterior (and prior) where an elasticity is not positive.
        The cut posterior has no closed form: its mean and covariance are those of `draws`
        independent draws, and :meth:`fit` needs `rng`.
    error_std : float
        The standard deviation of deviations, in logarithms, for which the widths of the
        prior are stated. A conjugate prior is wider where they turn out larger.
    error_degrees : float
        How many observations that guess is worth.
    draws : int
        Draws from the cut posterior.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Koop, G. (2003). *Bayesian Econometrics*, chapters 3 and 4. Wiley.
    Geweke, J. (1986). Exact inference in the inequality constrained normal linear
    regression model. *Journal of Applied Econometrics* 1(2), 127-141.
    https://doi.org/10.1002/jae.3950010203

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2001, 2002, 2003, 2004, 2005], "y": [1.0, 2.1, 2.9, 4.2, 4.6],
    ...                    "k": [1.0, 2, 2, 5, 6], "l": [1.0, 2, 4, 4, 5]},
    ...                   time="year", output="y", capital="k", labour="l")
    >>> method = tfp.BayesianCobbDouglas(
    ...     elasticities={"capital": tfp.Prior(0.4, 0.1), "labour": tfp.Prior(0.6, 0.1)})
    >>> estimate = method.fit(panel)
    >>> 0.0 < estimate.diagnostics["prior_weight"] < 1.0
    True
    """

    elasticities: Mapping[str, Prior]
    returns_std: float | None = None
    trend: Prior | None = None
    signs: Literal["free", "positive"] = "free"
    error_std: float = 0.02
    error_degrees: float = 4.0
    draws: int = 10_000
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "Bayesian Cobb-Douglas"
    requires = ("output",)

    def __post_init__(self) -> None:
        check_choice("signs", self.signs, ("free", "positive"))
        for name in ("returns_std", "error_std", "error_degrees", "draws"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise MethodError("option-not-positive", option=name, value=float(value))

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Raises
        ------
        MethodError
            ``elasticities-missing`` where the priors are not of the inputs;
            ``collinear-inputs``; ``rng-needed`` for ``signs="positive"``;
            ``signs-contradicted`` where less than one in ten thousand draws has the signs.
        """
        sample = log_sample(panel)
        check_prior_names(self.elasticities, sample.factor_names)
        equation = _equation(sample, trend=self.trend is not None)
        posterior = self._posterior(equation, len(sample.factor_names))
        estimate = estimate_of(
            self,
            sample,
            equation,
            Solved(
                regression=LeastSquares(
                    posterior.mean,
                    equation.target - equation.regressors @ posterior.mean,
                    posterior.bread,
                ),
                covariance=posterior.scale,
            ),
            options=self._options(),
            output_concept=self.output_concept,
            degrees_of_freedom=posterior.degrees,
            diagnostics=self._diagnostics(posterior, sample),
            warnings=list(self._findings(posterior, sample)),
        )
        return estimate if self.signs == "free" else self._cut(estimate, posterior, sample, rng)

    def _priors(self) -> dict[str, Prior]:
        return {**self.elasticities, **({TREND: self.trend} if self.trend else {})}

    def _posterior(self, equation: Equation, factors: int) -> ConjugatePosterior:
        priors = self._priors()
        lost = equation.absorbed + len(equation.names) - len(priors)
        if len(equation.target) <= lost:
            raise MethodError("too-few-rows", rows=len(equation.target), parameters=lost)
        prior = statements(priors, equation.names, factors, self.returns_std)
        rows = prior.rows * (self.error_std / prior.stds)[:, None]
        dependent = dependent_columns(np.concatenate([equation.regressors, rows]))
        if len(dependent):
            names = [equation.names[column] for column in dependent]
            raise MethodError("collinear-inputs", names=names)
        return conjugate_posterior(
            equation.target,
            equation.regressors,
            prior,
            error_std=self.error_std,
            error_degrees=self.error_degrees,
            lost_degrees=lost,
        )

    def _cut(
        self,
        estimate: ProductionEstimate,
        posterior: ConjugatePosterior,
        sample: LogSample,
        rng: Any,
    ) -> ProductionEstimate:
        """Return the estimate with negative elasticities cut off."""
        if rng is None:
            raise MethodError("rng-needed", method=self.name, option='signs="positive"')
        positive = np.arange(len(estimate.terms)) < len(sample.factor_names)
        draws, probability = positive_draws(
            posterior, positive, self.draws, np.random.default_rng(rng)
        )
        if not len(draws):
            raise MethodError("signs-contradicted", probability=LEAST_ACCEPTED)
        mean = draws.mean(axis=0)
        log_tfp = sample.log_output - sample.log_inputs @ mean[positive]
        moved = within(sample.log_output, sample.starts)
        moved = moved - _equation(sample, trend=self.trend is not None).regressors @ mean
        return replace(
            estimate,
            estimates=mean,
            covariance=np.cov(draws, rowvar=False),
            covariance_type="posterior of positive elasticities",
            degrees_of_freedom=None,
            posterior_draws=draws,
            log_tfp=sample.spread(log_tfp),
            residuals=sample.spread(moved),
            diagnostics={
                **estimate.diagnostics,
                "residual_sum": float(moved @ moved),
                "probability_of_signs": probability,
                "draws": float(self.draws),
                "largest_simulation_error": float(
                    draws.std(axis=0, ddof=1).max() / np.sqrt(self.draws)
                ),
            },
        )

    def _options(self) -> dict[str, object]:
        return {
            "elasticities": {name: prior.options() for name, prior in self.elasticities.items()},
            "returns_std": self.returns_std,
            "trend": None if self.trend is None else self.trend.options(),
            "signs": self.signs,
            "error_std": self.error_std,
            "error_degrees": self.error_degrees,
            "covariance": "posterior scale",
        }

    def _diagnostics(self, posterior: ConjugatePosterior, sample: LogSample) -> dict[str, float]:
        """Return how much of the posterior is prior."""
        factors = len(sample.factor_names)
        before = posterior.prior_precision[:factors, :factors]
        after = posterior.bread[:factors, :factors]
        believed = np.array([self.elasticities[n].std for n in sample.factor_names])
        weights = {}
        if np.isfinite(believed).all():
            ratios = np.diag(after) / np.diag(np.linalg.inv(before))
            weights = {
                f"prior_weight_{name}": float(ratio)
                for name, ratio in zip(sample.factor_names, ratios, strict=True)
            }
        return {
            "prior_weight": float(np.trace(after @ before)) / factors,
            **weights,
            "error_std": float(np.sqrt(posterior.variance)),
        }

    def _findings(self, posterior: ConjugatePosterior, sample: LogSample) -> Iterator[Finding]:
        weight = self._diagnostics(posterior, sample)["prior_weight"]
        yield from prior_findings(weight)
        found = float(np.sqrt(posterior.variance))
        ratio = found / self.error_std
        if not 1.0 / LARGEST_RATIO <= ratio <= LARGEST_RATIO:
            yield Finding(
                code="prior-rescaled",
                severity="note",
                fields={"found": found, "stated": self.error_std, "ratio": ratio},
            )


def _equation(sample: LogSample, *, trend: bool) -> Equation:
    """Return deviations from each entity's mean: its constant has no prior."""
    times = sample.panel.rows.times[sample.used].astype(np.float64)
    columns: list[FloatArray] = [sample.log_inputs]
    if trend:
        columns.append(times[:, None])
    regressors = np.column_stack([*columns, sample.controls])
    return Equation(
        target=within(sample.log_output, sample.starts),
        regressors=within(regressors, sample.starts),
        names=(*sample.factor_names, *((TREND,) if trend else ()), *sample.control_names),
        entities=sample.entities,
        periods=sample.periods,
        absorbed=len(sample.starts),
    )
