r"""What a fitted CES function is reported as, and with which errors.

.. math:: \hat V = \frac{\partial r}{\partial \theta'} V(\hat\theta)
    \frac{\partial r'}{\partial \theta}

with *r* the mean elasticities, the weights and rho of each nest and the rest, functions of
the parameters :math:`\theta` that are searched for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.ces import Nest, input_elasticities, plain_form, weights_and_rho
from tfp.numerics.least_squares import LeastSquares, dependent_columns
from tfp.production.ces.model import RETURNS
from tfp.production.equation import Equation, Solved

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.separable_least_squares import SeparableFit
    from tfp.production.ces.forms import Form
    from tfp.production.ces.model import CESModel
    from tfp.production.covariance import Covariance
    from tfp.production.sample import LogSample

STEP = 1e-6  # of central differences of what is reported


def elasticities_of(
    model: CESModel, parameters: FloatArray, coefficients: FloatArray, *, at_base: bool = False
) -> FloatArray:
    """Return the elasticities in each row, (m, f), or at the geometric means, (1, f)."""
    if at_base:
        where = np.zeros((1, model.log_inputs.shape[1]))
        own = parameters[: model.form_count]
        shares = input_elasticities(model.nest, where, own, positive=model.positive)
    else:
        shares = model.shares(parameters)
    return model.returns(parameters, coefficients) * shares


def reported_values(
    sample: LogSample, model: CESModel, parameters: FloatArray, coefficients: FloatArray
) -> dict[str, float]:
    """Return mean elasticities, weights and rho of each nest, and what else is estimated."""
    means = elasticities_of(model, parameters, coefficients).mean(axis=0)
    reported = dict(zip(sample.factor_names, means.tolist(), strict=True))
    own = parameters[: model.form_count]
    pairs = weights_and_rho(model.nest, own, positive=model.positive)
    for part, (weights, rho) in zip(model.nest.nests, pairs, strict=True):
        for name, weight in zip(_member_names(sample, part)[:-1], weights[:-1], strict=True):
            reported[f"weight of {name} in {part.name}"] = float(weight)
        reported[f"rho of {part.name}"] = float(rho)
    return {**reported, **model.named(parameters, coefficients)}


def reported_covariance(
    sample: LogSample, model: CESModel, fit: SeparableFit, rule: Covariance, count: int
) -> FloatArray:
    """Return the covariance of what is reported; NaN where the parameters are not identified."""
    split = len(fit.parameters)
    slopes = np.column_stack(
        [
            model.derivatives(fit.parameters, fit.coefficients),
            model.regressors(fit.parameters),
        ]
    )
    if not np.isfinite(slopes).all() or len(dependent_columns(slopes)):
        return np.full((count, count), np.nan)
    residuals = model.target - model.fitted(fit.parameters, fit.coefficients)
    triangle = np.linalg.inv(np.linalg.qr(slopes, mode="r"))
    equation = Equation(
        target=residuals,
        regressors=slopes,
        names=tuple(str(at) for at in range(slopes.shape[1])),
        entities=sample.entities,
        periods=sample.periods,
    )
    regression = LeastSquares(np.zeros(slopes.shape[1]), residuals, triangle @ triangle.T)
    inner = rule.of(equation, Solved(regression=regression))
    point = np.concatenate([fit.parameters, fit.coefficients])

    def values(at: FloatArray) -> FloatArray:
        return np.array(list(reported_values(sample, model, at[:split], at[split:]).values()))

    moves = STEP * np.maximum(1.0, np.abs(point))
    columns = [
        (values(point + step) - values(point - step)) / (2.0 * size)
        for size, step in zip(moves, np.diag(moves), strict=True)
    ]
    delta = np.column_stack(columns)
    whole: FloatArray = delta @ inner @ delta.T
    return whole


def diagnostics_of(
    sample: LogSample, model: CESModel, fit: SeparableFit, forms: list[Form]
) -> dict[str, float]:
    """Return substitution, weights without normalisation and the size of the sample."""
    own = fit.parameters[: model.form_count]
    centres = sample.log_inputs.mean(axis=0)
    plain, scale = plain_form(model.nest, own, centres, positive=model.positive)
    found = {
        "rows": float(len(sample)),
        "entities": float(len(sample.starts)),
        "residual_sum": fit.residual_sum,
    }
    for form in forms:
        found[f"substitution_elasticity_{form.name}"] = form.sigma
        if model.positive:
            found[f"substitution_low_{form.name}"] = form.low
            found[f"substitution_high_{form.name}"] = form.high
    for part, weights in zip(model.nest.nests, plain, strict=True):
        for name, weight in zip(_member_names(sample, part), weights.tolist(), strict=True):
            found[f"plain_weight_{name}_in_{part.name}"] = weight
    named = model.named(fit.parameters, fit.coefficients)
    returns = model.returns(fit.parameters, fit.coefficients)
    found["plain_scale"] = float(np.exp(named["log scale"] - returns * scale))
    if RETURNS in named:
        found[RETURNS] = returns
    return found


def _member_names(sample: LogSample, part: Nest) -> tuple[str, ...]:
    return tuple(m.name if isinstance(m, Nest) else sample.factor_names[m] for m in part.members)
