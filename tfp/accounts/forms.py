r"""Two other readings of the same accounts: per worker, and by capital intensity.

Both are computed in logarithms, where they are identities, and turned into points by
the logarithmic-mean factor :math:`g / \ln(1 + g)`, one convention among several:
additive within a period, not over periods.

Productivity form, with labour :math:`L` and its multipliers :math:`h` (hours, human
capital, composition):

.. math::

    \Delta\ln(Y/L) = \sum_{i \ne L} \bar w_i\, \Delta\ln(X_i/L)
        + \bar w_L\, \Delta\ln h + g_A

Capital-output form, with capital share :math:`a`:

.. math::

    \Delta\ln(Y/L) = \frac{a}{1-a}\, \Delta\ln(K/Y) + \Delta\ln h + \frac{g_A}{1-a}

It charges to TFP the capital that TFP itself calls forth.

References
----------
Klenow, P. J. and Rodríguez-Clare, A. (1997). The neoclassical revival in growth
economics. *NBER Macroeconomics Annual* 12, 73-103. https://doi.org/10.1086/654324
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.accounts.growth import LABOUR_MULTIPLIERS
from tfp.accounts.restated import restate
from tfp.errors import MethodError, check_choice
from tfp.numerics.growth import growth_rates, mean_weights
from tfp.numerics.logarithmic_mean import per_cent_factor_from_log
from tfp.results.decomposition import Decomposition

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.results.growth_accounts import GrowthAccounts

Unit = Literal["log_points", "points"]


def productivity_form(accounts: GrowthAccounts, *, unit: Unit = "points") -> Decomposition:
    """Return growth of output per unit of labour as deepening of the other inputs and TFP.

    Parameters
    ----------
    accounts : GrowthAccounts
        With a labour input and constant returns.
    unit : {"points", "log_points"}

    Returns
    -------
    Decomposition
        Terms ``<input>_deepening``, the multipliers of labour by their names, ``tfp``.

    Raises
    ------
    MethodError
        ``form-needs-labour``, ``form-needs-constant-returns``.
    """
    logs = _admitted(accounts, unit)
    labour = _growth(logs, "labour")
    terms: dict[str, FloatArray] = {}
    for name, weight in zip(logs.factor_names, logs.weight_arrays, strict=True):
        if name == "labour":
            continue
        if name in LABOUR_MULTIPLIERS:
            terms[name] = logs.term(name)
        else:
            mean = mean_weights(weight, logs.rows.breaks, logs.share_timing)
            terms[f"{name}_deepening"] = mean * (_growth(logs, name) - labour)
    terms["tfp"] = logs.term("tfp")
    return _decomposition(logs, logs.total - labour, terms, unit)


def capital_output_form(accounts: GrowthAccounts, *, unit: Unit = "points") -> Decomposition:
    """Return growth of output per unit of labour by capital-output ratio and scaled TFP.

    Parameters
    ----------
    accounts : GrowthAccounts
        With one capital input, labour, no further inputs and constant returns.
    unit : {"points", "log_points"}

    Returns
    -------
    Decomposition
        Terms ``capital_output_ratio``, the multipliers of labour, ``tfp_over_labour_share``.

    Raises
    ------
    MethodError
        ``form-needs-one-capital`` besides those of :func:`productivity_form`.
    """
    logs = _admitted(accounts, unit)
    others = set(logs.factor_names) - {"capital", "labour", *LABOUR_MULTIPLIERS}
    if "capital" not in logs.factor_names or others:
        raise MethodError("form-needs-one-capital", present=list(logs.factor_names))
    weights = dict(zip(logs.factor_names, logs.weight_arrays, strict=True))
    share = mean_weights(weights["capital"], logs.rows.breaks, logs.share_timing)
    # Where capital takes all income the form does not exist.
    rest = np.where(share == 1.0, np.nan, 1.0 - share)
    terms = {"capital_output_ratio": share / rest * (_growth(logs, "capital") - logs.total)}
    for name in LABOUR_MULTIPLIERS:
        if name in logs.factor_names:
            terms[name] = _growth(logs, name)
    terms["tfp_over_labour_share"] = logs.term("tfp") / rest
    return _decomposition(logs, logs.total - _growth(logs, "labour"), terms, unit)


def _admitted(accounts: GrowthAccounts, unit: Unit) -> GrowthAccounts:
    check_choice("unit", unit, ("points", "log_points"))
    if "labour" not in accounts.factor_names:
        raise MethodError("form-needs-labour", present=list(accounts.factor_names))
    if accounts.elasticity_sum != 1.0:
        raise MethodError("form-needs-constant-returns", total=accounts.elasticity_sum)
    return restate(accounts, "log")


def _growth(logs: GrowthAccounts, factor: str) -> FloatArray:
    level = logs.inputs[logs.factor_names.index(factor)]
    return growth_rates(level, logs.rows.breaks, "log")


def _decomposition(
    logs: GrowthAccounts, total: FloatArray, terms: dict[str, FloatArray], unit: Unit
) -> Decomposition:
    factor = per_cent_factor_from_log(total) if unit == "points" else np.ones_like(total)
    return Decomposition(
        rows=logs.rows,
        total_name="labour_productivity",
        total=total * factor,
        term_names=tuple(terms),
        terms=tuple(term * factor for term in terms.values()),
        rates="simple" if unit == "points" else "log",
        share_threshold=logs.share_threshold,
        status=logs.status,
        provenance=logs.provenance,
    )
