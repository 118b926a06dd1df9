r"""Growth of capital services, of the stock, and of their ratio, the composition.

.. math::

   \Delta \ln K = \sum_k \bar v_k \Delta \ln S_k, \qquad
   \Delta \ln S = \sum_k w_k \Delta \ln S_k, \qquad
   \Delta \ln Q = \sum_k (\bar v_k - w_k) \Delta \ln S_k

Services weigh the stocks by shares :math:`v_k` in rental cost (Törnqvist where they are
means of two years). The stock at constant prices is a sum; the weights that make the growth
of a sum an exact mean of the growth of its parts are the ratios of logarithmic means,

.. math:: w_k = \frac{L(S_{k,t-1}, S_{k,t})}{L(S_{t-1}, S_t)}, \qquad
          L(a, b) = \frac{b - a}{\ln b - \ln a}.

References
----------
Jorgenson, D. W. and Griliches, Z. (1967). The explanation of productivity change. *Review
of Economic Studies* 34(3), 249-283. https://doi.org/10.2307/2296675
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.numerics.rental_prices import before

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray

ShareTiming = Literal["average", "current", "previous"]


@dataclass(frozen=True, eq=False)
class ServicesGrowth:
    """Growth since the previous period, as changes of logarithms; NaN at breaks.

    Attributes
    ----------
    services, stock : (n,)
        Growth of services, and of the stock.
    cost_shares, stock_shares : (k, n)
        Weights of the assets in the two, after share timing.
    growth : (k, n)
        Growth of the stock of each asset; 0 where the asset is not matched.
    matched : (k, n)
        Whether the asset has a stock in both periods and takes part in the growth.
    """

    services: FloatArray
    stock: FloatArray
    cost_shares: FloatArray
    stock_shares: FloatArray
    growth: FloatArray
    matched: NDArray[np.bool_]


@np.errstate(divide="ignore", invalid="ignore")
def services_growth(
    stocks: FloatArray,
    costs: FloatArray,
    values: FloatArray | None,
    breaks: IntArray,
    share_timing: ShareTiming,
) -> ServicesGrowth:
    """Return the growth of services and stock of matched assets.

    An asset that has no stock in one of the two periods is left out of both sums, in both
    periods: an index cannot grow from nothing.

    Parameters
    ----------
    stocks
        (k, n), at constant prices.
    costs
        Rental times stock, (k, n), at current prices.
    values
        Price times stock, (k, n), whose shares weigh the stock; None for the growth of the
        sum at constant prices.
    breaks
        Rows without a previous period.
    share_timing
        Which period's cost shares weigh a growth.
    """
    earlier = before(stocks, breaks)
    matched = (stocks != 0.0) & (earlier != 0.0)
    growth = np.where(matched, np.log(stocks / earlier), 0.0)
    cost_shares = _shares_over_time(costs, matched, breaks, share_timing)
    if values is None:
        stock_shares = _sum_shares(stocks, earlier, matched)
    else:
        stock_shares = _shares_over_time(values, matched, breaks, share_timing)
    return ServicesGrowth(
        services=(cost_shares * growth).sum(axis=0),
        stock=(
            _growth_of_sum(stocks, earlier, matched)
            if values is None
            else (stock_shares * growth).sum(axis=0)
        ),
        cost_shares=cost_shares,
        stock_shares=stock_shares,
        growth=growth,
        matched=matched,
    )


def logarithmic_mean(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return (b - a) / (ln b - ln a), and a where both are equal.

    Parameters
    ----------
    first, second
        Positive numbers, of one shape.

    Examples
    --------
    >>> logarithmic_mean(np.array([1.0, 2.0]), np.array([np.e, 2.0])).round(6).tolist()
    [1.718282, 2.0]
    """
    relative = (second - first) / first
    factor = np.ones_like(relative)
    # b - a and ln(b / a) lose digits together where a and b are close; log1p does not.
    np.divide(relative, np.log1p(relative), out=factor, where=relative != 0.0)
    return first * factor


def _shares_over_time(
    parts: FloatArray, matched: NDArray[np.bool_], breaks: IntArray, share_timing: ShareTiming
) -> FloatArray:
    now = _shares(parts, matched)
    if share_timing == "current":
        now[..., breaks] = np.nan
        return now
    earlier = _shares(before(parts, breaks), matched)
    return earlier if share_timing == "previous" else (now + earlier) / 2.0


def _shares(parts: FloatArray, matched: NDArray[np.bool_]) -> FloatArray:
    kept = np.where(matched, parts, 0.0)
    total = kept.sum(axis=0)
    # No shares of a total that is nothing or a loss: the row has none, and no growth.
    total[~(total > 0.0)] = np.nan
    shares: FloatArray = kept / total
    return shares


def _sum_shares(stocks: FloatArray, earlier: FloatArray, matched: NDArray[np.bool_]) -> FloatArray:
    ones = np.ones_like(stocks)
    now, then = np.where(matched, stocks, ones), np.where(matched, earlier, ones)
    parts = np.where(matched, logarithmic_mean(then, now), 0.0)
    total_now = np.where(matched, stocks, 0.0).sum(axis=0)
    total_then = np.where(matched, earlier, 0.0).sum(axis=0)
    shares: FloatArray = parts / logarithmic_mean(total_then, total_now)
    return shares


def _growth_of_sum(
    stocks: FloatArray, earlier: FloatArray, matched: NDArray[np.bool_]
) -> FloatArray:
    now = np.where(matched, stocks, 0.0).sum(axis=0)
    then = np.where(matched, earlier, 0.0).sum(axis=0)
    growth: FloatArray = np.log(now / then)
    return growth
