r"""Multilateral index numbers: every period compared with every other, without chain drift.

GEKS takes, of all indirect comparisons through a third period l, the geometric mean; CCD
compares each period with the mean of all:

.. math::

   \ln P_{GEKS,t} = \frac1T \sum_l \ln P_{l,t} + c, \qquad
   \ln P_{CCD,t} = \tfrac12 \sum_i (s_{i,t} + \bar s_i)
                   (\ln p_{i,t} - \overline{\ln p_i}) + c

CCD is the GEKS of Törnqvist indices where every item is in every period. Both are
transitive: going from a to b by way of c is the same as going there at once. "Periods" may
be places as well.

Over a long time a window moves on instead, and each new window is *spliced* to the series
before it, where old and new have periods in common.

References
----------
Caves, D. W., Christensen, L. R. and Diewert, W. E. (1982). Multilateral comparisons of
output, input, and productivity using superlative index numbers. *Economic Journal* 92(365),
73-86. https://doi.org/10.2307/2232257

Ivancic, L., Diewert, W. E. and Fox, K. J. (2011). Scanner data, time aggregation and the
construction of price indexes. *Journal of Econometrics* 161(1), 24-35.
https://doi.org/10.1016/j.jeconom.2010.09.003

Chessa, A. G. (2019). A comparison of index extension methods for multilateral methods.
Paper for the 16th meeting of the Ottawa Group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.numerics.index_numbers import compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from tfp.numerics.arrays import FloatArray, IntArray

Reversible = Literal["fisher", "tornqvist", "walsh", "sato_vartia"]
Splice = Literal[
    "movement",
    "window",
    "half",
    "mean",
    "window_published",
    "half_published",
    "mean_published",
]


def geks(price: FloatArray, quantity: FloatArray, formula: Reversible) -> FloatArray:
    """Return the logarithms of the GEKS index, (t,); 0 in the first period.

    Parameters
    ----------
    price, quantity
        (t, k); each pair of periods is compared by the items that both have.
    formula
        Of the pairs; one that turns over when the periods do.

    Returns
    -------
    ndarray
        NaN throughout where some pair has no item in common.

    Examples
    --------
    >>> price = np.array([[1.0, 2.0], [1.2, 2.0], [1.1, 2.4]])
    >>> geks(price, np.ones((3, 2)), "fisher").round(6).tolist()
    [0.0, 0.064539, 0.154151]
    """
    through = np.zeros(len(price))
    for period in range(len(price)):
        base = (price[period], quantity[period])
        through += np.log(compare(formula, *base, price, quantity).relative)
    level: FloatArray = (through - through[0]) / len(price)
    return level


def ccd(price: FloatArray, quantity: FloatArray) -> FloatArray:
    """Return the logarithms of the CCD index, (t,); 0 in the first period.

    Parameters
    ----------
    price, quantity
        (t, k), all above zero.

    Examples
    --------
    >>> price = np.array([[1.0, 2.0], [1.2, 2.0], [1.1, 2.4]])
    >>> quantity = np.array([[3.0, 2.0], [2.0, 2.5], [4.0, 1.5]])
    >>> bool(np.allclose(ccd(price, quantity), geks(price, quantity, "tornqvist"), atol=1e-15))
    True
    """
    value = price * quantity
    shares = value / value.sum(axis=1, keepdims=True)
    logs = np.log(price)
    level = 0.5 * ((shares + shares.mean(axis=0)) * (logs - logs.mean(axis=0))).sum(axis=1)
    from_first: FloatArray = level - level[0]
    return from_first


def rolling(
    of_window: Callable[[int, int], FloatArray], periods: int, window: int, splice: Splice
) -> FloatArray:
    r"""Return the logarithms of an index whose window moves on by one period at a time.

    The index of the first window stands; each later window adds its last period t:

    .. math:: \ln P_t = \operatorname{mean}_{o}
              \left( \ln P_o + \ln P^{new}_t - \ln P^{new}_o \right)

    over the periods o of the overlap that the splice names: the one before t
    (``"movement"``), the first (``"window"``), the middle one (``"half"``), or all
    (``"mean"``). Where the splice is ``"_published"``, :math:`P_o` is what was published;
    otherwise the window before gives the step from o to t - 1.

    Parameters
    ----------
    of_window
        From the first period and the one after the last of a window to logarithms, (w,).
    periods, window
        How many periods there are, and how many a window has.
    splice

    Returns
    -------
    ndarray
        (periods,); 0 in the first period.

    Examples
    --------
    >>> rolling(lambda first, end: 0.5 * np.arange(first, end), 5, 3, "mean").tolist()
    [0.0, 0.5, 1.0, 1.5, 2.0]
    """
    index = np.empty(periods)
    old = of_window(0, window)
    index[:window] = old - old[0]
    links = _links(window, splice)
    for last in range(window, periods):
        new = of_window(last - window + 1, last + 1)
        steps = new[-1] - new[links]
        if splice == "movement" or splice.endswith("published"):
            before = index[last - window + 1 + links]
        else:
            before = index[last - 1] + old[links + 1] - old[-1]
        index[last] = (before + steps).mean()
        old = new
    return index


def _links(window: int, splice: Splice) -> IntArray:
    """Return the periods of a new window through which it is spliced."""
    rule = splice.removesuffix("_published")
    if rule == "movement":
        return np.array([window - 2])
    if rule == "window":
        return np.array([0])
    if rule == "half":
        return np.array([(window - 1) // 2])
    return np.arange(window - 1)
