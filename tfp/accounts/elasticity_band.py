r"""How far the error of estimated elasticities reaches into TFP growth.

TFP growth of a year or a period is output growth less :math:`\sum_i \theta_i g_i`, so that
its variance from the first step is, by the delta method,

.. math:: \mathrm{Var}(g_A) = \nabla' V_\theta \nabla, \qquad
    \nabla_i = -g_i \quad\text{or}\quad \nabla_i = -\frac{g_i - \bar g}{S}

with :math:`g_i` the growth of input *i*: the first where returns to scale are a term of
their own (then it is exact, TFP being linear in the elasticities), the second where the
elasticities are scaled to one, :math:`\bar g = \sum_i \theta_i g_i / S`.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.accounts.growth import LABOUR_MULTIPLIERS
from tfp.accounts.periods import period_accounts
from tfp.errors import MethodError, check_choice
from tfp.numerics.growth import growth_rates
from tfp.results.band import Band
from tfp.results.shares import growth_share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tfp.numerics.arrays import FloatArray
    from tfp.results.decomposition import PeriodAverage
    from tfp.results.growth_accounts import GrowthAccounts

COVERS = "sampling error of the elasticities"


def elasticity_band(
    accounts: GrowthAccounts,
    estimate: Any,
    level: float = 0.95,
    *,
    periods: Iterable[str] | None = None,
    average: PeriodAverage | None = None,
    measure: Literal["points", "share"] = "points",
) -> Band:
    """Return how far the error of the elasticities moves TFP.

    Parameters
    ----------
    accounts : GrowthAccounts
        Made with ``OutputElasticities(estimate)``.
    estimate
        With ``elasticities`` and ``elasticity_covariance``, (f, f); ``degrees_of_freedom``
        of Student's t where it has them.
    level : float
    periods : iterable of str, optional
        Averages over such periods instead of single years.
    average : {"increments", "sum_of_rates", "log"}, optional
        As in :meth:`GrowthAccounts.periods`.
    measure : {"points", "share"}
        TFP growth in points, or as per cent of output growth.

    Returns
    -------
    Band
        A row for each row of the panel, or of the period accounts; NaN where there is no
        growth, or no share of it. It covers the estimation of the elasticities alone: not
        the errors of output, capital and labour, nor the choice of the estimator.

    Raises
    ------
    MethodError
        ``estimate-without-covariance``; ``estimate-not-of-accounts`` where the weights of
        the accounts are not those of the estimate; ``level-out-of-range``.
    """
    check_choice("measure", measure, ("points", "share"))
    if not 0.0 < level < 1.0:
        raise MethodError("level-out-of-range", level=float(level))
    covariance = getattr(estimate, "elasticity_covariance", None)
    if covariance is None or not bool(np.isfinite(covariance).all()):
        raise MethodError("estimate-without-covariance", kind=_kind(estimate))
    returns = _check_weights(accounts, estimate)
    units: Any = _unit_weights(accounts)
    if periods is None:
        shown: Any = accounts
        centre, slope = accounts.tfp_growth, _slope(accounts)
    else:
        labels = [periods] if isinstance(periods, str) else list(periods)
        shown = period_accounts(accounts, labels, average=average, uncovered="blank")
        units = period_accounts(units, labels, average=average, uncovered="blank")
        centre, slope = shown.term("tfp"), np.ones(len(shown.total))
    growth = _growth_by_input(units, accounts.factor_names, tuple(estimate.elasticities))
    gradient = slope[:, None] * _gradient(growth, estimate.elasticities, returns)
    std = np.sqrt(np.einsum("ni,ij,nj->n", gradient, covariance, gradient))
    reach = _quantile(estimate, (1.0 + level) / 2.0) * std
    ends = [100.0 * (centre + sign * reach) for sign in (-1.0, 0.0, 1.0)]
    if measure == "share":
        total, reasons = shown.total, shown.blank_reasons
        ends = [growth_share(end / 100.0, total, reasons) for end in ends]
    return Band(
        low=np.fmin(ends[0], ends[2]),
        centre=ends[1],
        high=np.fmax(ends[0], ends[2]),
        level=level,
        covers=COVERS,
    )


def _kind(estimate: Any) -> str:
    return str(getattr(estimate, "source", "") or type(estimate).__name__)


def _check_weights(accounts: GrowthAccounts, estimate: Any) -> str:
    """Refuse accounts of other weights; return how they treat returns to scale."""
    weights: Any = accounts.provenance.options.get("factor_weights", {})
    if dict(weights.get("elasticities", {})) != dict(estimate.elasticities):
        raise MethodError("estimate-not-of-accounts", rule=str(weights.get("rule", "")))
    return str(weights["returns"])


def _unit_weights(accounts: GrowthAccounts) -> GrowthAccounts:
    """Return accounts whose contributions are the growth of the inputs themselves."""
    breaks, rates = accounts.rows.breaks, accounts.rates
    growth = tuple(growth_rates(values, breaks, rates) for values in accounts.inputs)
    return replace(
        accounts,
        weights=(1.0,) * len(growth),
        elasticity_sum=1.0,
        index_form="additive",
        term_names=(*accounts.factor_names, "tfp"),
        terms=(*growth, accounts.total - np.sum(growth, axis=0)),
    )


def _slope(accounts: GrowthAccounts) -> FloatArray:
    """Return what one point of residual adds to TFP growth in the index form of the accounts."""
    if accounts.index_form == "additive":
        return np.ones(len(accounts.total))
    inputs = accounts.total - accounts.term("tfp")
    slope: FloatArray = (1.0 + accounts.total) / (1.0 + inputs) ** 2
    return slope


def _growth_by_input(units: Any, factors: Sequence[str], names: Sequence[str]) -> FloatArray:
    """Return growth by elasticity, (n, f): hours and skills grow with labour's elasticity."""
    columns = []
    for name in names:
        plain = name.replace(":", "_")
        own = [plain, *(LABOUR_MULTIPLIERS if name == "labour" else ())]
        columns.append(np.sum([units.term(factor) for factor in factors if factor in own], axis=0))
    return np.column_stack(columns)


def _gradient(growth: FloatArray, elasticities: Mapping[str, float], returns: str) -> FloatArray:
    if returns == "separate":
        return -growth
    values = np.array(list(elasticities.values()))
    total = values.sum()
    mean = growth @ (values / total)
    gradient: FloatArray = -(growth - mean[:, None]) / total
    return gradient


def _quantile(estimate: Any, probability: float) -> float:
    degrees = getattr(estimate, "degrees_of_freedom", None)
    if degrees is None:
        return NormalDist().inv_cdf(probability)
    from scipy.special import stdtrit

    return float(stdtrit(degrees, probability))
