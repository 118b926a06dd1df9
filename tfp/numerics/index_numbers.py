r"""Bilateral index numbers of two periods, and what each item adds to them, exactly.

With prices :math:`p_i` and quantities :math:`q_i` of items i in periods 0 and 1, value
shares :math:`s_i` and the logarithmic mean L:

.. math::

   P_L = \frac{\sum p_1 q_0}{\sum p_0 q_0}, \quad
   P_P = \frac{\sum p_1 q_1}{\sum p_0 q_1}, \quad
   P_F = \sqrt{P_L P_P}, \quad
   P_W = \frac{\sum p_1 \sqrt{q_0 q_1}}{\sum p_0 \sqrt{q_0 q_1}}

.. math::

   \ln P_T = \sum \tfrac12 (s_0 + s_1) \ln \frac{p_1}{p_0}, \quad
   \ln P_{SV} = \sum \frac{L(s_0, s_1)}{\sum_j L(s_{0j}, s_{1j})} \ln \frac{p_1}{p_0}

Quantity indices are the same with the places of p and q exchanged. Every one is a sum over
items: the first four of differences weighed by quantities, the last two of logarithms. So
each item's contribution is exact, and per cent and log points are one factor apart
(:mod:`tfp.numerics.logarithmic_mean`).

References
----------
ILO, IMF, OECD, UNECE, Eurostat, World Bank (2004). *Producer Price Index Manual*, chapters
15 and 16. ISBN 9781589063044.

Reinsdorf, M. B., Diewert, W. E. and Ehemann, C. (2002). Additive decompositions for Fisher,
Törnqvist and geometric mean indexes. *Journal of Economic and Social Measurement* 28, 51-61.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from tfp.numerics.logarithmic_mean import per_cent_factor_from_log

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray

Formula = Literal["laspeyres", "paasche", "fisher", "tornqvist", "walsh", "sato_vartia"]


class Comparison(NamedTuple):
    """An index of period 1 over period 0, and its parts.

    Attributes
    ----------
    relative : (...,) array
        The index; 1 where nothing changed.
    contributions : (..., k) array
        What each item adds to `relative` less 1, as fractions.
    log_contributions : (..., k) array
        What each item adds to the logarithm of `relative`.
    """

    relative: FloatArray
    contributions: FloatArray
    log_contributions: FloatArray


def matched(
    price_0: FloatArray, quantity_0: FloatArray, price_1: FloatArray, quantity_1: FloatArray
) -> NDArray[np.bool_]:
    """Return which items can be compared: a price and a quantity above zero in both periods."""
    return (price_0 > 0.0) & (quantity_0 > 0.0) & (price_1 > 0.0) & (quantity_1 > 0.0)


def compare(
    formula: Formula,
    price_0: FloatArray,
    quantity_0: FloatArray,
    price_1: FloatArray,
    quantity_1: FloatArray,
) -> Comparison:
    """Compare the matched items of two periods by a formula.

    Parameters
    ----------
    formula
    price_0, quantity_0, price_1, quantity_1
        (..., k), of which the last axis is items; all are broadcast against each other. For
        a quantity index give quantities as prices and prices as quantities. Items that are
        not in both periods are left out.

    Returns
    -------
    Comparison
        NaN where no item is in both periods.

    Examples
    --------
    >>> price, quantity = np.array([[1.0, 2.0], [1.2, 2.0]]), np.array([[10.0, 5.0], [8.0, 6.0]])
    >>> found = compare("fisher", price[0], quantity[0], price[1], quantity[1])
    >>> float(found.relative.round(6)), found.contributions.round(6).tolist()
    (1.089954, [0.089954, 0.0])
    """
    both = matched(price_0, quantity_0, price_1, quantity_1)
    # A price of one and a quantity of nothing have no weight and no change in any formula.
    prices = [np.where(both, price, 1.0) for price in (price_0, price_1)]
    quantities = [np.where(both, quantity, 0.0) for quantity in (quantity_0, quantity_1)]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return _FORMULAS[formula](prices[0], quantities[0], prices[1], quantities[1])


def _weighed(price_0: FloatArray, price_1: FloatArray, weights: FloatArray) -> Comparison:
    """Return the index of a basket of fixed quantities."""
    before = (price_0 * weights).sum(axis=-1)
    relative = (price_1 * weights).sum(axis=-1) / before
    return _of_differences(relative, (price_1 - price_0) * weights / before[..., None])


def _of_differences(relative: FloatArray, contributions: FloatArray) -> Comparison:
    factor = per_cent_factor_from_log(np.log(relative))
    return Comparison(relative, contributions, contributions / factor[..., None])


def _of_logarithms(log_contributions: FloatArray) -> Comparison:
    log_relative = log_contributions.sum(axis=-1)
    factor = per_cent_factor_from_log(log_relative)
    return Comparison(
        np.exp(log_relative), log_contributions * factor[..., None], log_contributions
    )


def _laspeyres(p_0: FloatArray, q_0: FloatArray, p_1: FloatArray, _: FloatArray) -> Comparison:
    return _weighed(p_0, p_1, q_0)


def _paasche(p_0: FloatArray, _: FloatArray, p_1: FloatArray, q_1: FloatArray) -> Comparison:
    return _weighed(p_0, p_1, q_1)


def _walsh(p_0: FloatArray, q_0: FloatArray, p_1: FloatArray, q_1: FloatArray) -> Comparison:
    return _weighed(p_0, p_1, np.sqrt(q_0) * np.sqrt(q_1))


def _fisher(p_0: FloatArray, q_0: FloatArray, p_1: FloatArray, q_1: FloatArray) -> Comparison:
    laspeyres = (p_1 * q_0).sum(axis=-1) / (p_0 * q_0).sum(axis=-1)
    paasche = (p_1 * q_1).sum(axis=-1) / (p_0 * q_1).sum(axis=-1)
    relative = np.sqrt(laspeyres * paasche)
    # Quantities of period 1 could be bought, at prices of period 0, for so much less; their
    # own quantity index makes them as large as those of period 0 for the weights.
    weights = q_0 + q_1 * _scale(p_0, q_0, p_1, q_1)[..., None]
    before = (p_0 * weights).sum(axis=-1)
    return _of_differences(relative, (p_1 - p_0) * weights / before[..., None])


def _scale(p_0: FloatArray, q_0: FloatArray, p_1: FloatArray, q_1: FloatArray) -> FloatArray:
    r"""Return :math:`1 / Q_F`, the Fisher index of quantities turned over."""
    back: FloatArray = np.sqrt(
        (p_0 * q_0).sum(axis=-1)
        / (p_0 * q_1).sum(axis=-1)
        * (p_1 * q_0).sum(axis=-1)
        / (p_1 * q_1).sum(axis=-1)
    )
    return back


def _shares(price: FloatArray, quantity: FloatArray) -> FloatArray:
    value = price * quantity
    shares: FloatArray = value / value.sum(axis=-1, keepdims=True)
    return shares


def _tornqvist(p_0: FloatArray, q_0: FloatArray, p_1: FloatArray, q_1: FloatArray) -> Comparison:
    weights = 0.5 * (_shares(p_0, q_0) + _shares(p_1, q_1))
    return _of_logarithms(weights * np.log(p_1 / p_0))


def _sato_vartia(p_0: FloatArray, q_0: FloatArray, p_1: FloatArray, q_1: FloatArray) -> Comparison:
    shares_0, shares_1 = _shares(p_0, q_0), _shares(p_1, q_1)
    ratio = np.divide(shares_1, shares_0, where=shares_0 > 0.0, out=np.ones_like(shares_1))
    mean = shares_0 * per_cent_factor_from_log(np.log(ratio))
    return _of_logarithms(mean / mean.sum(axis=-1, keepdims=True) * np.log(p_1 / p_0))


_FORMULAS: dict[str, Callable[[FloatArray, FloatArray, FloatArray, FloatArray], Comparison]] = {
    "laspeyres": _laspeyres,
    "paasche": _paasche,
    "fisher": _fisher,
    "tornqvist": _tornqvist,
    "walsh": _walsh,
    "sato_vartia": _sato_vartia,
}
