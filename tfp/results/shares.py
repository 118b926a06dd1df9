"""Shares of growth, and where they mean nothing.

The share of a term is 100 x term / growth. It is not given where growth is negative
or below a threshold in absolute value (one point unless said otherwise): a ratio to
almost nothing, or to a fall, says nothing about contributions. Points are always
given; a negative share of a growth above the threshold is legitimate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray

REASONS = ("", "negative_growth", "growth_below_threshold", "not_available")


def blank_reasons(growth: FloatArray, threshold: float) -> NDArray[np.int8]:
    """Return why a share is not given, as numbers in ``REASONS``; 0 where it is.

    Parameters
    ----------
    growth : (n,) array
        Growth in points; NaN where it, or a part of it, is not known.
    threshold : float
        Growth in points below which no share is given.

    Examples
    --------
    >>> blank_reasons(np.array([5.0, 0.5, -3.0, np.nan]), 1.0).tolist()
    [0, 2, 1, 3]
    """
    small = (growth < threshold) | (growth == 0.0)  # no threshold makes a ratio to zero a share
    return np.select([np.isnan(growth), growth < 0, small], [3, 1, 2], default=0).astype(np.int8)


def growth_share(term: FloatArray, growth: FloatArray, reasons: NDArray[np.int8]) -> FloatArray:
    """Return 100 x term / growth, NaN where a reason forbids it."""
    share = np.full_like(growth, np.nan)
    np.divide(100.0 * term, growth, out=share, where=reasons == 0)
    return share
