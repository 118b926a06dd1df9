"""The formula of every figure of Results, in functions that Excel 2010 knows.

Investment becomes capital, capital and the other levels become growth, growth times
weight becomes points, what is left is TFP, and points over growth are shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.report.sheets.parameters import initial_stock_formula, rate_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tfp.report.sheets.layout import Layout


def formula_of(layout: Layout, key: str, row: int) -> str | None:
    """Return the formula of one figure; None where the figure is stated, not computed."""
    kind, _, name = key.partition(":")
    return _BY_KIND[kind](layout, name, row)


def share_of(points: str, growth: str) -> str:
    """Return the formula of a share of growth, ``x`` where it is not given."""
    return f'=IF({growth}<share_threshold,"x",100*{points}/{growth})'


def _stock_at_end(layout: Layout, name: str, row: int) -> str | None:
    if row in _initial_rows(layout, name):
        return initial_stock_formula(layout, name, row)
    before = layout.result_cell(f"stock_at_end:{name}", row - 1)
    return f"=(1-{rate_of(layout, name, row)})*{before}+{_invested(layout, name, row)}"


def _invested(layout: Layout, name: str, row: int) -> str:
    """Return what the investment of a year adds to the stock at its end."""
    invested = layout.data_cell(f"investment:{name}", row)
    if layout.inventories[name].options["investment_timing"] == "mid_year":
        return f"(1-{rate_of(layout, name, row)}/2)*{invested}"
    return invested


def _initial_rows(layout: Layout, name: str) -> set[int]:
    """Rows in which the stock is stated: the first of each entity that has one."""
    found: dict[int, int] = {}
    stocks = layout.inventories[name].end_of_year
    for row, code in enumerate(layout.accounts.rows.codes.tolist()):
        if not np.isnan(stocks[row]):
            found.setdefault(code, row)
    return set(found.values())


def _stock_in_use(layout: Layout, name: str, row: int) -> str:
    end = layout.result_cell(f"stock_at_end:{name}", row)
    timing = layout.inventories[name].options["timing"]
    if timing == "end":
        return f"={end}"
    if row in _initial_rows(layout, name):
        # The year of the stated stock: what there was at its start, by the same rule.
        start = f"({end}-{_invested(layout, name, row)})/(1-{rate_of(layout, name, row)})"
    else:
        start = layout.result_cell(f"stock_at_end:{name}", row - 1)
    return f"={start}" if timing == "start" else f"=({start}+{end})/2"


def _growth(layout: Layout, name: str, row: int) -> str:
    now, before = layout.level_cell(name, row), layout.level_cell(name, row - 1)
    if layout.accounts.rates == "log":
        return f"=100*LN({now}/{before})"
    return f"=100*({now}/{before}-1)"


def _mean_weight(layout: Layout, name: str, row: int) -> str:
    now = layout.data_cell(f"weight:{name}", row)
    before = layout.data_cell(f"weight:{name}", row - 1)
    timing = layout.accounts.share_timing
    if timing == "average":
        return f"=({before}+{now})/2"
    return f"={now}" if timing == "current" else f"={before}"


def _points(layout: Layout, term: str, row: int) -> str:
    accounts = layout.accounts
    if term in accounts.factor_names:
        weight = layout.weight_names.get(term) or layout.result_cell(f"weight:{term}", row)
        return f"={weight}*{layout.result_cell(f'growth:{term}', row)}"
    factors = "+".join(layout.result_cell(f"points:{n}", row) for n in accounts.factor_names)
    if term == "returns_to_scale":
        return f"=(elasticity_sum-1)*({factors})"
    others = [layout.result_cell(f"points:{n}", row) for n in accounts.term_names if n != term]
    return f"={layout.result_cell('growth:output', row)}-{'-'.join(others)}"


def _share(layout: Layout, term: str, row: int) -> str:
    points = layout.result_cell(f"points:{term}", row)
    return share_of(points, layout.result_cell("growth:output", row))


def _level(layout: Layout, _name: str, row: int) -> str | None:
    accounts = layout.accounts
    if row in set(accounts.rows.starts.tolist()):
        return None
    before = layout.result_cell("level", row - 1)
    tfp = layout.result_cell("points:tfp", row)
    if accounts.rates == "log":
        return f"={before}*EXP({tfp}/100)"
    if accounts.index_form == "quotient":
        growth = layout.result_cell("growth:output", row)
        return f"={before}*(1+({tfp}/100)/(1+({growth}-{tfp})/100))"
    return f"={before}*(1+{tfp}/100)"


_BY_KIND: dict[str, Callable[[Layout, str, int], str | None]] = {
    "stock_at_end": _stock_at_end,
    "stock": _stock_in_use,
    "growth": _growth,
    "weight": _mean_weight,
    "points": _points,
    "share": _share,
    "level": _level,
}
