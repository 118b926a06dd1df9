"""The income that capital earns, and whether it is money of the same unit as capital."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.panel.units import units_differ

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

# What follows says at which prices: "billion VND, 2010 prices", "tỷ đồng (giá 2010)".
PRICES_FOLLOW = (",", "(", ";", " at ", " in ", " giá ", " theo ")


def capital_income(panel: Panel) -> FloatArray | None:
    """Return capital income: its column, the sum over assets, or income less labour's.

    None where the panel has none of these.

    Raises
    ------
    MethodError
        ``mixed-units`` of what is added or subtracted.
    """
    columns = income_columns(panel)
    if not columns:
        return None
    check_units(columns)
    if columns[0].role == "income":
        return columns[0].values - columns[1].values
    total: FloatArray = np.sum([column.values for column in columns], axis=0)
    return total


def income_columns(panel: Panel) -> list[Column]:
    """Return the columns of which capital income is made; none where there are none."""
    if "capital_income" in panel.columns:
        return [panel.columns["capital_income"]]
    by_asset = panel.several("capital_income")
    if by_asset:
        return list(by_asset.values())
    if "income" in panel.columns and "labour_income" in panel.columns:
        return [panel.columns["income"], panel.columns["labour_income"]]
    return []


def check_units(columns: list[Column]) -> None:
    """Refuse columns of money that declare different units."""
    stated = [column for column in columns if column.unit is not None]
    if any(units_differ(stated[0], column) for column in stated[1:]):
        raise MethodError("mixed-units", stated=[f"{c.role}: {c.unit}" for c in stated])


def check_capital_unit(panel: Panel) -> None:
    """Refuse stocks and their income in different units: one over the other is a rate."""
    for income in income_columns(panel):
        for stock in panel.several("capital").values():
            if units_differ(_of_any_year(stock), _of_any_year(income)):
                stated = [f"{column.role}: {column.unit}" for column in (stock, income)]
                raise MethodError("mixed-units", stated=stated)


def check_labour_below_income(panel: Panel) -> None:
    """Refuse labour income above the whole income, which leaves capital less than nothing."""
    columns = income_columns(panel)
    if not columns or columns[0].role != "income":
        return
    income, labour = columns
    above = np.flatnonzero(labour.values > income.values)
    if len(above):
        raise MethodError(
            "labour-income-above-income",
            places=panel.rows.places(above[:6], labour.name),
            count=len(above),
            labour=float(labour.values[above[0]]),
            income=float(income.values[above[0]]),
        )


def _of_any_year(column: Column) -> Column:
    """Return the column without what its unit says of the year of prices."""
    unit = column.unit
    for mark in PRICES_FOLLOW if unit is not None else ():
        unit = str(unit).partition(mark)[0]
    return replace(column, unit=unit)
