r"""The translog production function by least squares, with or without fixed effects.

.. math::

    y_{it} = a_i + d_t + \sum_j b_j x_{jit}
        + \sum_{j \le k} b_{jk} (x_{jit} - \bar x_j)(x_{kit} - \bar x_k)
        + \gamma' z_{it} + e_{it}

Inputs are centred at their means over the sample, so that the first-order coefficients are
the mean elasticities, whatever the units. Squares carry no one half.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import check_choice
from tfp.numerics.group_means import within
from tfp.numerics.translog import (
    isoquants_bend_inward,
    pairs,
    products,
    row_elasticities,
    second_derivatives,
)
from tfp.panel.findings import Finding
from tfp.production.equation import CONSTANT, Equation, Solved, estimate_of, solve
from tfp.production.pooled import default_covariance, year_dummies
from tfp.production.returns import constant_returns_test
from tfp.production.sample import check_several_entities, log_sample
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.production.covariance import Covariance
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept

Effects = Literal["none", "entity", "period", "entity and period"]
EFFECTS: tuple[Effects, ...] = ("none", "entity", "period", "entity and period")


@dataclass(frozen=True, eq=False, kw_only=True)
class Translog:
    """Least squares with squares and products of the inputs.

    ``row_elasticities`` differ from row to row; the estimate is their mean. ``diagnostics``
    report the form: ``negative_<input>`` is the share of rows where the elasticity of an
    input is not positive, ``monotone_share`` that of rows where all are positive,
    ``curved_share`` that of rows whose isoquants bend inward.

    Assumptions
    -----------
    Those of least squares, or of fixed effects, on the inputs and their products. Nothing
    makes a translog a production function: where elasticities are negative or isoquants
    bend outward, its TFP means nothing, and the result says on how many rows.

    Parameters
    ----------
    effects : {"none", "entity", "period", "entity and period"}
        Which have constants of their own.
    covariance : Covariance, optional
        Clustered by entity where the panel has several, conventional for a single area.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Christensen, L. R., Jorgenson, D. W. and Lau, L. J. (1973). Transcendental logarithmic
    production frontiers. *Review of Economics and Statistics* 55(1), 28-45.
    https://doi.org/10.2307/1927992
    """

    effects: Effects = "none"
    covariance: Covariance | None = None
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "translog"
    requires = ("output",)

    def __post_init__(self) -> None:
        check_choice("effects", self.effects, EFFECTS)

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate; ``collinear-inputs``, ``too-few-rows``, ``one-entity``."""
        del rng
        sample = log_sample(panel)
        if "entity" in self.effects:
            check_several_entities(sample, f"{self.name}, {self.effects}")
        covariance = self.covariance or default_covariance(sample)
        centred = sample.log_inputs - sample.log_inputs.mean(axis=0)
        equation = self._equation(sample, centred)
        solved = solve(equation, covariance)
        estimate = estimate_of(
            self,
            sample,
            equation,
            solved,
            options={"effects": self.effects, "squares": "without half", **covariance.options()},
            output_concept=self.output_concept,
            degrees_of_freedom=float(equation.residual_degrees),
            tests=[
                constant_returns_test(solved, equation, sample.factor_names),
                _cobb_douglas_test(solved, equation, product_names(sample.factor_names)),
            ],
        )
        return with_form(estimate, sample, centred)

    def _equation(self, sample: LogSample, centred: FloatArray) -> Equation:
        by_entity = "entity" in self.effects
        others, names = [sample.controls], [*sample.control_names]
        if "period" in self.effects:
            dummies = year_dummies(sample)
            others.insert(0, dummies)
            names = [f"period {number + 2}" for number in range(dummies.shape[1])] + names
        if not by_entity:
            others.insert(0, np.ones((len(sample), 1)))
            names.insert(0, CONSTANT)
        regressors = np.column_stack([centred, products(centred), *others])
        target = sample.log_output
        if by_entity:
            target, regressors = within(target, sample.starts), within(regressors, sample.starts)
        return Equation(
            target=target,
            regressors=regressors,
            names=(*sample.factor_names, *product_names(sample.factor_names), *names),
            entities=sample.entities,
            periods=sample.periods,
            absorbed=len(sample.starts) if by_entity else 0,
        )


def product_names(factors: Sequence[str]) -> list[str]:
    """Return what the coefficients of the products are called.

    Examples
    --------
    >>> product_names(["capital", "labour"])
    ['capital^2', 'capital × labour', 'labour^2']
    """
    return [
        f"{factors[j]}^2" if j == k else f"{factors[j]} × {factors[k]}"
        for j, k in pairs(len(factors))
    ]


def with_form(
    estimate: ProductionEstimate, sample: LogSample, centred: FloatArray
) -> ProductionEstimate:
    """Return an estimate of centred inputs and their products with what the form implies.

    Parameters
    ----------
    estimate
        Its terms hold the inputs and their products by :func:`product_names`.
    sample
    centred
        (m, f), the inputs of the products.
    """
    factors = sample.factor_names
    value = dict(zip(estimate.terms, estimate.estimates.tolist(), strict=True))
    first = np.array([value[name] for name in factors])
    coefficients = np.array([value.get(name, 0.0) for name in product_names(factors)])
    second = second_derivatives(coefficients, len(factors))
    elasticities = row_elasticities(first, second, centred)
    positive, bent = elasticities > 0.0, isoquants_bend_inward(elasticities, second)
    shares = {
        f"negative_{n}": float(1.0 - p.mean()) for n, p in zip(factors, positive.T, strict=True)
    }
    monotone, curved = float(positive.all(axis=1).mean()), float(bent.mean())
    log_tfp = sample.log_output - sample.log_inputs @ first - products(centred) @ coefficients
    remarks = [
        Finding(code=code, severity="warn", fields={"share": 100.0 * (1.0 - share)})
        for code, share in (("form-not-monotone", monotone), ("form-not-curved", curved))
        if share < 1.0
    ]
    return replace(
        estimate,
        log_tfp=sample.spread(log_tfp),
        row_elasticities=tuple(sample.spread(column) for column in elasticities.T),
        diagnostics={
            **estimate.diagnostics,
            **shares,
            "monotone_share": monotone,
            "curved_share": curved,
        },
        warnings=(*estimate.warnings, *remarks),
    )


def _cobb_douglas_test(solved: Solved, equation: Equation, names: list[str]) -> TestOutcome:
    """Return the Wald test that no square and no product counts."""
    from scipy.special import chdtrc

    chosen = np.isin(equation.names, names)
    values = solved.regression.coefficients[chosen]
    variance = solved.covariance[np.ix_(chosen, chosen)]
    statistic = float(values @ np.linalg.pinv(variance, hermitian=True) @ values)
    return TestOutcome(
        name="cobb_douglas",
        statistic=statistic,
        p_value=float(chdtrc(len(names), statistic)),
        distribution=f"chi2({len(names)})",
    )
