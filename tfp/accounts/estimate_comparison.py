"""Growth accounts under several estimates of the elasticities, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.accounts.elasticities import ESTIMATE, OutputElasticities
from tfp.accounts.elasticity_band import elasticity_band
from tfp.accounts.growth import LABOUR_MULTIPLIERS, GrowthAccounting
from tfp.accounts.periods import period_accounts
from tfp.errors import MethodError
from tfp.panel.panel import require_panel
from tfp.results.estimate_comparison import EstimateComparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel
    from tfp.results.band import Band
    from tfp.results.growth_accounts import GrowthAccounts


def compare_estimates(
    estimates: Mapping[str, Any],
    *,
    panel: Panel,
    periods: Iterable[str],
    method: GrowthAccounting | None = None,
    returns: Literal["separate", "normalise"] = "separate",
    level: float = 0.95,
) -> EstimateComparison:
    """Return elasticities, and TFP over periods, under each of several estimates.

    Parameters
    ----------
    estimates : mapping of str to estimates
        Anything with ``elasticities``, ``output_concept`` and ``observed_units``, or factor
        weights such as ``FixedShares(capital=0.40)`` to stand beside them.
    panel : Panel
        What is accounted for: the panel that was estimated on, or another with the same
        inputs.
    periods : iterable of str
        Such as ``["2011-2015", "2016-2019"]``.
    method : GrowthAccounting, optional
        How the accounts are made; its factor weights are replaced by each estimate's. If
        None, growth accounting by its own defaults, on the output of the estimates.
    returns : {"separate", "normalise"}
        Whether returns to scale stand beside TFP or are left inside.
    level : float
        Of the bands, which hold the error of the elasticities where an estimate gives their
        covariance.

    Returns
    -------
    EstimateComparison

    Raises
    ------
    MethodError
        ``estimates-missing`` without any, and those of the weights and the accounts.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2019, 2020, 2021], "gdp": [100.0, 106.0, 111.0],
    ...                    "k": [250.0, 262.0, 280.0], "workers": [50.0, 50.5, 51.5]},
    ...                   time="year", output="gdp", capital="k", labour="workers")
    >>> def stated(capital):
    ...     parts = {"capital": capital, "labour": 1.0 - capital}
    ...     return tfp.StatedElasticities(parts, "value_added", "aggregate")
    >>> found = tfp.compare_estimates(
    ...     {"one": stated(0.3), "other": stated(0.5)}, panel=panel, periods=["2020-2021"])
    >>> found.tfp_growth.loc["2020-2021"].round(2).to_dict()
    {'one': 2.56, 'other': 1.7}
    """
    require_panel(panel)
    given: object = estimates
    if not isinstance(given, Mapping) or not given:
        raise MethodError("estimates-missing", found=type(estimates).__name__)
    labels = [periods] if isinstance(periods, str) else list(periods)
    rules = {name: _weights(item, returns) for name, item in estimates.items()}
    base = method or GrowthAccounting(
        factor_weights=next(iter(rules.values())), output_concept=_concept(estimates)
    )
    accounts = {name: replace(base, factor_weights=rule).fit(panel) for name, rule in rules.items()}
    averages = [period_accounts(item, labels, uncovered="blank") for item in accounts.values()]
    elasticities = {name: _elasticities(estimates[name], accounts[name]) for name in estimates}
    errors = {name: _errors(item) for name, item in estimates.items()}
    return EstimateComparison(
        elasticities_of=elasticities,
        std_errors_of={name: own for name, (own, _) in errors.items()},
        returns_std_errors={name: total for name, (_, total) in errors.items()},
        sources={name: _source(item) for name, item in estimates.items()},
        identified={
            name: bool(getattr(e, "identified", True) and getattr(e, "converged", True))
            for name, e in estimates.items()
        },
        periods=tuple(averages),
        bands=tuple(_bands(estimates, accounts, labels, level, "points")),
        share_bands=tuple(_bands(estimates, accounts, labels, level, "share")),
        warnings=tuple(_warnings(estimates, accounts)),
    )


def _source(item: Any) -> str:
    return str(getattr(item, "source", "") or getattr(item, "name", ""))


def _is_estimate(item: Any) -> bool:
    return all(hasattr(item, part) for part in ESTIMATE)


def _weights(item: Any, returns: Literal["separate", "normalise"]) -> Any:
    """Return what weighs: an estimate as elasticities, a rule for weights as it is."""
    if not _is_estimate(item) and hasattr(item, "weigh"):
        return item
    return OutputElasticities(item, returns=returns)


def _concept(estimates: Mapping[str, Any]) -> Any:
    """Return the output that the first estimate is of."""
    found = [e.output_concept for e in estimates.values() if _is_estimate(e)]
    return found[0] if found else "value_added"


def _elasticities(item: Any, accounts: GrowthAccounts) -> dict[str, float]:
    """Return the elasticities of an estimate, or the mean weights of the accounts."""
    if _is_estimate(item):
        return {name.replace(":", "_"): float(e) for name, e in item.elasticities.items()}
    means = accounts.factor_weights.mean()
    return {
        name: float(means[name]) for name in accounts.factor_names if name not in LABOUR_MULTIPLIERS
    }


def _errors(item: Any) -> tuple[dict[str, float], float]:
    """Return standard errors of elasticities and of their sum, where there is a covariance."""
    covariance = getattr(item, "elasticity_covariance", None)
    if covariance is None:
        return {}, np.nan
    with np.errstate(invalid="ignore"):
        errors = np.sqrt(np.diag(covariance)).tolist()
        total = float(np.sqrt(covariance.sum()))
    return dict(zip(item.elasticities, errors, strict=True)), total


def _bands(
    estimates: Mapping[str, Any],
    accounts: Mapping[str, GrowthAccounts],
    labels: list[str],
    level: float,
    measure: Literal["points", "share"],
) -> Iterator[Band | None]:
    for name, item in estimates.items():
        covariance = getattr(item, "elasticity_covariance", None)
        known = covariance is not None and bool(np.isfinite(covariance).all())
        yield (
            elasticity_band(accounts[name], item, level, periods=labels, measure=measure)
            if known
            else None
        )


def _warnings(
    estimates: Mapping[str, Any], accounts: Mapping[str, GrowthAccounts]
) -> Iterator[Finding]:
    seen = set()
    for name, item in estimates.items():
        for finding in (*getattr(item, "warnings", ()), *accounts[name].warnings):
            named = replace(finding, fields={**finding.fields, "estimate": name})
            if (finding.code, name) not in seen:
                seen.add((finding.code, name))
                yield named
