r"""What it costs to use an asset for a year, and the rate of return that exhausts income.

.. math::

   u_k = q_{k,t-1}\, i + \delta_k q_{k,t} - \Delta q_k, \qquad
   i = \frac{\Pi + \sum_k \Delta q_k S_k - \sum_k \delta_k q_{k,t} S_k}
            {\sum_k q_{k,t-1} S_k}

with the price :math:`q` of a new asset, the stock :math:`S` that works in the year, the
(expected) change of price :math:`\Delta q` and the capital income :math:`\Pi`. With this
internal rate the rentals times the stocks are exactly the capital income.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class AssetYears:
    """What the rentals of k assets in n years are made of, each (k, n).

    Attributes
    ----------
    price, price_before : (k, n)
        Price of a new asset in the year and in the year before.
    revaluation : (k, n)
        Expected change of that price.
    depreciation : (k, n)
        Rate, a fraction a year.
    stock : (k, n)
        Stock at constant prices that works in the year; an asset without stock counts
        nothing, whatever its price.
    """

    price: FloatArray
    price_before: FloatArray
    revaluation: FloatArray
    depreciation: FloatArray
    stock: FloatArray

    @property
    def present(self) -> NDArray[np.bool_]:
        """Where there is a stock, or where it is not known, (k, n)."""
        present: NDArray[np.bool_] = self.stock != 0.0
        return present


def rental_prices(assets: AssetYears, rate: FloatArray) -> FloatArray:
    """Return the rental of each asset at a nominal rate of return, (k, n); 0 without stock.

    Parameters
    ----------
    assets
    rate
        Nominal rate of return of each year, (n,).

    Examples
    --------
    >>> asset = AssetYears(*(np.array([[x]]) for x in (1.02, 1.00, 0.02, 0.05, 100.0)))
    >>> rental_prices(asset, np.array([0.07])).round(6).tolist()
    [[0.101]]
    """
    rentals = assets.price_before * rate + assets.depreciation * assets.price - assets.revaluation
    return np.where(assets.present, rentals, 0.0)


def internal_rate(
    assets: AssetYears, income: FloatArray, counted: NDArray[np.bool_] | None = None
) -> FloatArray:
    """Return the nominal rate at which the rentals exhaust capital income, (n,).

    Parameters
    ----------
    assets
    income
        Capital income at current prices, (n,).
    counted
        Which assets earn, (k, n); those that have a stock unless given.

    Examples
    --------
    >>> asset = AssetYears(*(np.array([[x]]) for x in (1.02, 1.00, 0.02, 0.05, 100.0)))
    >>> internal_rate(asset, np.array([10.1])).round(6).tolist()
    [0.07]
    """
    earning = assets.present if counted is None else counted
    gains = (assets.revaluation - assets.depreciation * assets.price) * assets.stock
    values = assets.price_before * assets.stock
    total = np.where(earning, values, 0.0).sum(axis=0)
    after_gains = income + np.where(earning, gains, 0.0).sum(axis=0)
    rate: FloatArray = np.full_like(total, np.nan)
    np.divide(after_gains, total, out=rate, where=total != 0.0)
    return rate


def rentals_without_negative(
    assets: AssetYears, income: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return rentals of which none is negative and which exhaust income, (k, n), and the rate.

    An asset whose rental would be negative is given none, and the rate is solved anew for
    the others, until none is negative. The rate only falls, so that an asset once left out
    would stay negative: one look at each asset at most is needed.

    Parameters
    ----------
    assets
    income
        Capital income at current prices, (n,).
    """
    counted = assets.present
    while True:
        rate = internal_rate(assets, income, counted)
        rentals = np.where(counted, rental_prices(assets, rate), 0.0)
        negative = rentals < 0.0
        if not negative.any():
            return rentals, rate
        counted &= ~negative


def before(values: FloatArray, breaks: IntArray) -> FloatArray:
    """Return the value of the period before along the last axis; NaN at the breaks.

    Parameters
    ----------
    values
        (n,) or (k, n).
    breaks
        Rows without a previous period.

    Examples
    --------
    >>> before(np.array([1.0, 2.0, 3.0]), np.array([0, 2])).tolist()
    [nan, 1.0, nan]
    """
    shifted: FloatArray = np.roll(values, 1, axis=-1)
    shifted[..., breaks] = np.nan
    return shifted


def mean_of_years(values: FloatArray, breaks: IntArray, window: int) -> FloatArray:
    """Return the mean of each value and the window - 1 before it; NaN where one is missing.

    Parameters
    ----------
    values
        (n,) or (k, n).
    breaks
        Rows without a previous period.
    window
        Number of periods.

    Examples
    --------
    >>> mean_of_years(np.array([1.0, 2.0, 6.0]), np.array([0]), 2).tolist()
    [nan, 1.5, 4.0]
    """
    total, earlier = values.copy(), values
    for _ in range(window - 1):
        earlier = before(earlier, breaks)
        total += earlier
    return total / window
