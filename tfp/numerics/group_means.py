r"""Means over entities whose rows stand together, and deviations from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.blocks import block_lengths

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray


def group_means(values: FloatArray, starts: IntArray) -> FloatArray:
    """Return the mean of each block of rows.

    Parameters
    ----------
    values
        (n,) or (n, k).
    starts
        First row of each block, (m,).

    Returns
    -------
    (m,) or (m, k) array

    Examples
    --------
    >>> group_means(np.array([1.0, 3.0, 10.0]), np.array([0, 2])).tolist()
    [2.0, 10.0]
    """
    counts = block_lengths(starts, len(values))
    sums = np.add.reduceat(values, starts, axis=0)
    means: FloatArray = sums / (counts if values.ndim == 1 else counts[:, None])
    return means


def within(values: FloatArray, starts: IntArray, weight: FloatArray | float = 1.0) -> FloatArray:
    r"""Return values less their block's mean, or less a part of it, :math:`x - w\,\bar x`.

    Parameters
    ----------
    values
        (n,) or (n, k).
    starts
        First row of each block, (m,).
    weight
        One for all blocks or (m,): one removes the mean, less leaves some of it, as
        random effects do.

    Examples
    --------
    >>> within(np.array([1.0, 3.0, 10.0]), np.array([0, 2])).tolist()
    [-1.0, 1.0, 0.0]
    """
    counts = block_lengths(starts, len(values))
    means = group_means(values, starts)
    parts = np.broadcast_to(weight, len(starts))
    scaled = means * (parts if values.ndim == 1 else parts[:, None])
    deviations: FloatArray = values - np.repeat(scaled, counts, axis=0)
    return deviations
