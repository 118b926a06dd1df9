"""Figures of accounts by name, as documents quote them: ``"tfp_share"`` of ``"2016-2020"``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.accounts.periods import period_accounts
from tfp.language.catalogue import text
from tfp.numerics.growth import growth_rates
from tfp.panel.roles import STATUSES
from tfp.results.shares import growth_share

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.results.decomposition import PeriodAverage
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.results.periods import PeriodAccounts

Quantity = Literal[
    "output_growth",
    "capital_growth",
    "labour_growth",
    "capital_points",
    "labour_points",
    "tfp_points",
    "capital_share",
    "labour_share",
    "tfp_share",
]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)


def quantity_value(
    accounts: GrowthAccounts,
    quantity: Quantity,
    period: str,
    *,
    entity: str = "",
    average: PeriodAverage | None = None,
) -> tuple[float | None, str]:
    """Return a figure of some accounts, in per cent or points, and its weakest status.

    Parameters
    ----------
    accounts : GrowthAccounts
    quantity : str
        One of ``QUANTITIES``. Growth of an input over several years is its mean rate.
    period : str
        ``"2024"`` or ``"2016-2020"``; every year of it is needed.
    entity : str
        Whose figure, where the accounts hold several areas.
    average : {"increments", "sum_of_rates", "log"}, optional

    Returns
    -------
    (float or None, str)
        None where the accounts do not have it, or where no share is given.
    """
    averages = period_accounts(accounts, [period], average=average, uncovered="blank")
    code = accounts.rows.entities.index(entity) if entity else 0
    status = (
        ""
        if averages.status is None or averages.status[code] < 0
        else (STATUSES[averages.status[code]])
    )
    found = _value(accounts, averages, quantity, code)
    return (None if found is None or np.isnan(found) else float(found)), status


def quantity_name(quantity: str, language: Language) -> str:
    """Return what a quantity is called in a table."""
    return text(f"tables.quantity.{quantity}", language)


def quantity_unit(quantity: str, language: Language) -> str:
    """Return the unit of a quantity: per cent, or points."""
    unit = "points" if quantity.endswith("_points") else "percent"
    return text(f"report.unit.{unit}", language)


def quantity_label(quantity: str, language: Language) -> str:
    """Return a quantity with its unit: ``Đóng góp của TFP (điểm phần trăm)``."""
    return f"{quantity_name(quantity, language)} ({quantity_unit(quantity, language)})"


def _value(
    accounts: GrowthAccounts, averages: PeriodAccounts, quantity: str, code: int
) -> float | None:
    factor, _, kind = quantity.rpartition("_")
    if factor == "output":
        return 100.0 * float(averages.total[code])
    if kind == "growth":
        return _input_growth(accounts, averages, factor, code)
    if factor not in averages.term_names:
        return None
    term = averages.term(factor)
    if kind == "points":
        return 100.0 * float(term[code])
    return float(growth_share(term, averages.total, averages.blank_reasons)[code])


def _input_growth(
    accounts: GrowthAccounts, averages: PeriodAccounts, factor: str, code: int
) -> float | None:
    """Return the mean yearly growth of an input."""
    if factor not in accounts.factor_names:
        return None
    rows = accounts.rows
    level = accounts.inputs[accounts.factor_names.index(factor)]
    growth = growth_rates(level, rows.breaks, accounts.rates)
    inside = (
        (rows.codes == code)
        & (rows.times >= averages.first[code])
        & (rows.times <= averages.last[code])
    )
    wanted = int(averages.last[code] - averages.first[code]) + 1
    if int(inside.sum()) != wanted:
        return None
    return 100.0 * float(growth[inside].mean())
