r"""Profiles of a cohort of assets by age, and stocks as their convolution with investment.

A cohort is what was invested in one year. Its units leave service at different ages:
with :math:`P(T)` the share of service life :math:`T` and :math:`f(a, T)` what a unit of
that life still does at age :math:`a`, the cohort does

.. math:: e(a) = \sum_T P(T)\, f(a, T), \qquad f(a, T) = 0 \text{ for } a \ge T .

Its price at that age is what it will still do, discounted; a stock is

.. math:: K_t = \sum_{n \ge 0} I_{t-n}\, \phi_n

with :math:`\phi` the survival (gross stock), the age-price profile (net stock) or the
age-efficiency profile (productive stock).

References
----------
OECD (2009), *Measuring Capital: OECD Manual 2009*, second edition, chapters 3 to 5,
https://doi.org/10.1787/9789264068476-en.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

CohortTiming = Literal["start_of_year", "mid_year", "end_of_year"]


def age_price(
    efficiency: FloatArray,
    *,
    discount_rate: float,
    price_change: float = 0.0,
    tail: float = 0.0,
) -> FloatArray:
    r"""Return the price of an asset at each age from what it will still do, 1 when new.

    .. math::

       V_n = \sum_{s \ge n} e_s \frac{(1 + i)^{s - n}}{(1 + r)^{s - n + 1}}
           = \frac{e_n + (1 + i) V_{n+1}}{1 + r}, \qquad p_n = V_n / V_0

    Parameters
    ----------
    efficiency
        Services at ages 0, 1, ..., (ages,).
    discount_rate, price_change
        :math:`r` and :math:`i` a year, as fractions; both nominal or both real. A
        service is paid at the end of its year; rentals of new assets change by `price_change`.
    tail
        Each later age does this much of the one before; 0 if nothing is left after
        the last age given. For a profile without end it must be
        below :math:`(1 + r) / (1 + i)`.

    Examples
    --------
    The OECD manual's example, section 3.3: a straight line over eight years.

    >>> prices = age_price(np.arange(8, -1, -1) / 8, discount_rate=0.05, price_change=0.02)
    >>> prices[:4].round(6).tolist()
    [1.0, 0.785041, 0.594306, 0.428507]
    """
    value = np.empty(efficiency.size)
    later = 1.0 + price_change
    ahead = efficiency[-1] * tail / (1.0 + discount_rate - later * tail)
    for age in range(efficiency.size - 1, -1, -1):
        ahead = (efficiency[age] + later * ahead) / (1.0 + discount_rate)
        value[age] = ahead
    prices: FloatArray = value / value[0]
    return prices


def age_efficiency(
    price: FloatArray,
    *,
    discount_rate: float,
    price_change: float = 0.0,
    tail: float = 0.0,
) -> FloatArray:
    r"""Return what an asset does at each age from its price: the inverse of `age_price`.

    .. math:: e_n \propto (1 + r)\, p_n - (1 + i)\, p_{n+1}, \qquad e_0 = 1

    Parameters
    ----------
    price
        Price at ages 0, 1, ..., (ages,).
    discount_rate, price_change, tail
        As in `age_price`.

    Examples
    --------
    >>> declining = 0.9 ** np.arange(4)
    >>> age_efficiency(declining, discount_rate=0.05, tail=0.9).round(3).tolist()
    [1.0, 0.9, 0.81, 0.729]
    """
    following = np.append(price[1:], price[-1] * tail)
    service = (1.0 + discount_rate) * price - (1.0 + price_change) * following
    services: FloatArray = service / service[0]
    return services


def year_weights(profile: FloatArray, timing: CohortTiming, n_years: int) -> FloatArray:
    """Return what is left, at the end of a year, of one unit invested n years before.

    Parameters
    ----------
    profile
        What is left at ages 0, 1, ..., (ages,), at least ``n_years + 1`` of them.
    timing
        Investment of a year is made at its end (age 0 then), at its start (age 1, as the
        British office counts) or throughout it (the mean of the two).
    n_years
        How many years, counted back from the year itself.

    Returns
    -------
    (n_years,) array

    Examples
    --------
    >>> year_weights(np.array([1.0, 0.5, 0.25, 0.0]), "mid_year", 3).tolist()
    [0.75, 0.375, 0.125]
    """
    young, old = profile[:n_years], profile[1 : n_years + 1]
    if timing == "end_of_year":
        return young
    if timing == "start_of_year":
        return old
    return (young + old) / 2.0


def cohort_stock(investment: FloatArray, weights: FloatArray) -> FloatArray:
    r"""Return the stock at the end of each year, all series together.

    .. math:: K_t = \sum_{n=0}^{t} I_{t-n}\, w_n

    Parameters
    ----------
    investment
        Series along the last axis, (..., years), of any sign; nothing precedes them.
    weights
        What is left of an investment n years later, (years,) or more.

    Returns
    -------
    (..., years) array

    Examples
    --------
    >>> cohort_stock(np.array([[10.0, 20.0, 30.0]]), np.array([1.0, 0.5, 0.0])).tolist()
    [[10.0, 25.0, 40.0]]
    """
    years = investment.shape[-1]
    stock = np.zeros(investment.shape)
    for lag in range(years - 1, -1, -1):  # oldest and smallest parts first
        if weights[lag]:
            stock[..., lag:] += weights[lag] * investment[..., : years - lag]
    return stock


def cohort_losses(weights: FloatArray) -> FloatArray:
    """Return what one unit loses in the year it is invested, in the next one, and so on.

    The convolution of investment with these weights is the consumption of fixed capital
    where `weights` are those of the net stock: stock before, plus investment, less this,
    is the stock after.

    Examples
    --------
    >>> cohort_losses(np.array([0.9, 0.6, 0.0])).round(12).tolist()
    [0.1, 0.3, 0.6]
    """
    return -np.diff(weights, prepend=1.0)
