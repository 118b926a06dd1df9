r"""From log points to per cent: the logarithmic-mean conversion.

Contributions in logs that add to :math:`\Delta \ln Y` become contributions that add to
the simple rate g when each is multiplied by one factor,

.. math:: \frac{g}{\ln(1 + g)} = \frac{L(Y_{t-1}, Y_t)}{Y_{t-1}}, \qquad
          L(a, b) = \frac{b - a}{\ln b - \ln a},

where L is the logarithmic mean. Additive within a year, not over years.

References
----------
Balk, B. M. (2003), Ideal indices and indicators for two or more factors, *Journal of
Economic and Social Measurement* 28(4), 203-217.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray


def per_cent_factor(growth: FloatArray) -> FloatArray:
    """Return g / log1p(g) of simple rates, 1 at g = 0, NaN at g <= -1.

    A level that falls to zero or below has no logarithm: the caller finds such rates
    beforehand and says so.

    Parameters
    ----------
    growth
        Simple growth rates as fractions, any shape.

    Examples
    --------
    >>> per_cent_factor(np.array([0.0, 0.1, -1.0])).round(6).tolist()
    [1.0, 1.049206, nan]
    """
    defined = growth > -1.0
    logs = np.log1p(growth, where=defined, out=np.full_like(growth, np.nan))
    return _ratio(growth, logs)


@np.errstate(over="ignore")
def per_cent_factor_from_log(log_growth: FloatArray) -> FloatArray:
    """Return expm1(x) / x of log changes, 1 at x = 0: the same factor from its other end.

    Parameters
    ----------
    log_growth
        Log changes as fractions (0.05 is five log points), any shape.

    Examples
    --------
    >>> per_cent_factor_from_log(np.array([0.0, np.log(1.1)])).round(6).tolist()
    [1.0, 1.049206]
    """
    return _ratio(np.expm1(log_growth), log_growth)


def _ratio(simple: FloatArray, logs: FloatArray) -> FloatArray:
    # Both arguments are accurate near zero, so their ratio is; only 0 / 0 needs its limit.
    return np.divide(simple, logs, where=logs != 0.0, out=np.ones_like(logs))
