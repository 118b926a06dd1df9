r"""The translog form: products of centred logarithms, elasticities, monotonicity, curvature.

.. math::

    f(x) = \sum_j b_j x_j + \sum_{j \le k} b_{jk} (x_j - \bar x_j)(x_k - \bar x_k), \qquad
    \theta_j = b_j + \sum_k B_{jk} (x_k - \bar x_k)

with :math:`B_{jj} = 2 b_{jj}` and :math:`B_{jk} = B_{kj} = b_{jk}`: squares carry no one half.
At the means, and on average over the sample, :math:`\theta_j = b_j`.

Isoquants bend the right way where the Hessian is negative semidefinite along them. In
logarithms this asks that :math:`v'(B - \mathrm{diag}\,\theta)v \le 0` for all *v* with
:math:`\theta'v = 0`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray

ROUNDING = 1e-12  # of the largest elasticity: zero curvature is no wrong curvature


def pairs(count: int) -> list[tuple[int, int]]:
    """Return the pairs of inputs that have a product, each once.

    Examples
    --------
    >>> pairs(2)
    [(0, 0), (0, 1), (1, 1)]
    """
    return [(j, k) for j in range(count) for k in range(j, count)]


def products(centred: FloatArray) -> FloatArray:
    """Return the products of centred inputs, (n, f) to (n, f (f + 1) / 2)."""
    chosen = pairs(centred.shape[1])
    columns: FloatArray = np.column_stack([centred[:, j] * centred[:, k] for j, k in chosen])
    return columns


def second_derivatives(coefficients: FloatArray, count: int) -> FloatArray:
    """Return B, (f, f), from the coefficients of the products."""
    matrix = np.zeros((count, count))
    for value, (j, k) in zip(coefficients, pairs(count), strict=True):
        matrix[j, k] += value
        matrix[k, j] += value
    return matrix


def row_elasticities(first: FloatArray, second: FloatArray, centred: FloatArray) -> FloatArray:
    """Return the elasticities of each row, (n, f)."""
    elasticities: FloatArray = first + centred @ second
    return elasticities


def isoquants_bend_inward(elasticities: FloatArray, second: FloatArray) -> NDArray[np.bool_]:
    """Tell for each row whether less of one input is replaced by ever more of another.

    Parameters
    ----------
    elasticities
        (n, f).
    second
        B, (f, f).
    """
    if elasticities.shape[1] < 2:
        return np.ones(len(elasticities), dtype=np.bool_)
    # The rows of V' but the first span what is orthogonal to the elasticities.
    basis = np.linalg.svd(elasticities[:, None, :], full_matrices=True)[2][:, 1:]
    curvature = second - elasticities[:, :, None] * np.eye(elasticities.shape[1])
    along = basis @ curvature @ np.swapaxes(basis, 1, 2)
    size = np.abs(elasticities).max(axis=1)
    bent: NDArray[np.bool_] = np.linalg.eigvalsh(along)[:, -1] <= ROUNDING * size
    return bent
