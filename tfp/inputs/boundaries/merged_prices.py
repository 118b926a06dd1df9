r"""Price indices of areas merged into one: current values over constant values.

.. math:: p = \frac{\sum_i V_i}{\sum_i x_i}

where the panel has both. Otherwise indices are averaged, which is only a figure of the
whole where all of them have one base, and that base is declared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.prices.deflating import check_one_base

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

# Indices printed with two decimals differ by less from value over volume, two bases by more.
ONE_SCALE = 0.01
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


def values_behind(panel: Panel, price: Column) -> tuple[Column, Column] | None:
    """Return the current and the constant values that a price index belongs to, if both are there.

    Parameters
    ----------
    panel : Panel
    price : Column
        ``output_price``, or ``investment_price`` and that of an asset.
    """
    base, _, asset = price.role.partition("_price")
    current, constant = f"{base}_current{asset}", f"{base}{asset}"
    if current not in panel.columns or constant not in panel.columns:
        return None
    return panel.columns[current], panel.columns[constant]


def common_scale(panel: Panel, price: Column, current: Column, constant: Column) -> float | None:
    """Return what all areas' indices are in the base of the constant values; None if they differ.

    An index of 2010 = 100 beside values at the prices of 2010 has the scale 100.
    """
    implied = np.full(len(panel), np.nan)
    np.divide(
        price.values * constant.values, current.values, out=implied, where=current.values != 0.0
    )
    scales = _of_each(panel, implied)
    known = scales[~np.isnan(scales)]
    if not len(known) or known.max() > (1.0 + ONE_SCALE) * known.min():
        return None
    return float(np.median(known))


def check_common_base(panel: Panel, price: Column) -> None:
    """Refuse to average price indices that are not declared, or seen, to have one base.

    Raises
    ------
    MethodError
        ``price-not-chained``; ``price-bases-unclear`` where neither the unit nor the price
        base of the column names a year, or where the areas' indices differ in that year.
    """
    check_one_base(price)
    stated = " ".join(str(text) for text in (price.unit, price.price_base) if text)
    years = set(_YEAR.findall(stated))
    levels = np.full(0, np.nan)
    if len(years) == 1:
        levels = price.values[panel.rows.rows_at(int(next(iter(years))))]
        levels = levels[~np.isnan(levels)]
    apart = len(levels) > 0 and levels.max() > (1.0 + ONE_SCALE) * levels.min()
    if len(years) != 1 or apart:
        raise MethodError(
            "price-bases-unclear",
            role=price.role,
            column=price.name,
            stated=stated,
            levels=sorted({round(float(level), 4) for level in levels[:6]}),
        )


def _of_each(panel: Panel, values: FloatArray) -> FloatArray:
    """Return the median of each entity; NaN where it has no value."""
    starts = panel.rows.starts
    parts = np.split(values, starts[1:])
    return np.array([np.median(own[~np.isnan(own)]) if not np.isnan(own).all() else np.nan
                     for own in parts])  # fmt: skip
