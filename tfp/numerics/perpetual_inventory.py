r"""Capital stocks from investment by the perpetual inventory, geometric depreciation.

.. math:: K_t = (1 - \delta_t) K_{t-1} + I_t

References
----------
OECD (2009), *Measuring Capital: OECD Manual 2009*, second edition,
https://doi.org/10.1787/9789264068476-en.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.numerics.blocks import rows_by_step

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

InvestmentTiming = Literal["end_of_year", "mid_year"]
CapitalTiming = Literal["start", "end", "mid"]


@dataclass(frozen=True, eq=False)
class InventoryStocks:
    r"""Stocks of each row, (n,), in the unit of investment; NaN where not yet known.

    Attributes
    ----------
    end_of_year : (n,)
        Stock at the end of the year, from the row of the initial stock on.
    start_of_year : (n,)
        Stock at the end of the year before. In the initial year itself it is what the
        recursion gives backwards, where investment of that year is known and leaves
        something: :math:`K_{0-} = (K_0 - \iota_0 I_0) / (1 - \delta_0)`.
    surviving_initial : (n,)
        The part of `end_of_year` that is left of the initial stock.
    """

    end_of_year: FloatArray
    start_of_year: FloatArray
    surviving_initial: FloatArray


def perpetual_inventory(  # noqa: PLR0917  (arrays that belong together, in the order of use)
    investment: FloatArray,
    depreciation: FloatArray | float,
    initial_stock: FloatArray,
    initial_row: IntArray,
    starts: IntArray,
    lengths: IntArray,
    *,
    investment_timing: InvestmentTiming = "end_of_year",
) -> InventoryStocks:
    r"""Accumulate investment into stocks, all entities together, period by period.

    .. math::

       K_t = (1 - \delta_t) K_{t-1} + \iota_t I_t, \qquad
       \iota_t = 1 \text{ or, at mid-year, } 1 - \delta_t / 2

    Nothing is checked. A missing value of investment or depreciation makes the stocks
    of its row and of all later rows of the block NaN.

    Parameters
    ----------
    investment
        Gross fixed capital formation at constant prices, (n,); sorted rows.
    depreciation
        Yearly rate as a fraction, constant or (n,).
    initial_stock
        Stock of each block at the end of the year of its initial row, (m,).
    initial_row
        Row of that year, (m,), counted like the rows of `investment`; the investment
        of this row is already in the initial stock, and only tells what there was
        at the start of that year.
    starts, lengths
        First row and number of rows of each block, (m,); blocks have no gaps.
    investment_timing
        ``"end_of_year"``: the investment of a year is not worn in it;
        ``"mid_year"``: it is worn for half of it.

    Returns
    -------
    InventoryStocks
        NaN before the initial rows.

    Examples
    --------
    >>> stocks = perpetual_inventory(
    ...     np.array([20.0, 30.0, 40.0]),
    ...     0.05,
    ...     np.array([100.0]),
    ...     np.array([0]),
    ...     np.array([0]),
    ...     np.array([3]),
    ... )
    >>> stocks.end_of_year.tolist()
    [100.0, 125.0, 158.75]
    >>> stocks.start_of_year.round(4).tolist()
    [84.2105, 100.0, 125.0]
    """
    n = investment.size
    rates = np.broadcast_to(np.asarray(depreciation, dtype=np.float64), n)
    kept = 1.0 - rates
    added = investment if investment_timing == "end_of_year" else investment * (1.0 - rates / 2.0)
    stocks = InventoryStocks(np.full(n, np.nan), np.full(n, np.nan), np.full(n, np.nan))
    stocks.end_of_year[initial_row] = initial_stock
    stocks.surviving_initial[initial_row] = initial_stock
    before_initial = (initial_stock - added[initial_row]) / kept[initial_row]
    stocks.start_of_year[initial_row] = np.where(before_initial > 0.0, before_initial, np.nan)
    remaining = starts + lengths - initial_row
    for rows in rows_by_step(initial_row, remaining):
        before = stocks.end_of_year[rows - 1]
        stocks.start_of_year[rows] = before
        stocks.end_of_year[rows] = kept[rows] * before + added[rows]
        stocks.surviving_initial[rows] = kept[rows] * stocks.surviving_initial[rows - 1]
    return stocks


def stock_in_use(stocks: InventoryStocks, timing: CapitalTiming) -> FloatArray:
    """Return the stock that produces in each year, (n,).

    Parameters
    ----------
    stocks
        What `perpetual_inventory` returned.
    timing
        ``"start"`` or ``"end"`` of the year, or ``"mid"``, the mean of the two.

    Examples
    --------
    >>> stocks = InventoryStocks(np.array([125.0]), np.array([100.0]), np.array([95.0]))
    >>> stock_in_use(stocks, "mid").tolist()
    [112.5]
    """
    if timing == "start":
        return stocks.start_of_year
    if timing == "end":
        return stocks.end_of_year
    return (stocks.start_of_year + stocks.end_of_year) / 2.0
