r"""Cluster bootstrap of least squares from sums of products of each cluster.

A replication gives each cluster a weight :math:`w_i`, how often it was drawn. All that the
regression needs of the data are sums over clusters, so that no row is touched again:

.. math::

    \hat\beta_r - \hat\beta = R^{-1} \Big(\sum_i w_{ri} Q_i'Q_i\Big)^{-1}
    \sum_i w_{ri} Q_i'e_i, \qquad X = QR, \quad e = y - X\hat\beta

All replications of a block are one product of weights and sums, and one batch of small
systems. Orthogonal regressors and residuals stand for the regressors and the target,
because sums of products of these would lose half of the digits.

A variable that was taken as deviations from the cluster's own mean stays right under any
weights. Deviations from means over clusters (of periods, say) would not: such effects must
be regressors, which are then solved for anew in each replication.

References
----------
Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for
inference with clustered errors. *Review of Economics and Statistics* 90(3), 414-427.
https://doi.org/10.1162/rest.90.3.414
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.cluster_weights import cluster_weights
from tfp.numerics.replications import replication_blocks, run_blocks

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.replications import Block

# Replications that are drawn and solved together. Part of the method: other sizes are
# other random numbers.
BLOCK = 128

# Of the largest eigenvalue of the sums of products, whose columns had length one: below
# it a replication lacks what one of the coefficients is estimated from.
SINGULAR = 1e-12


def moment_bootstrap(
    target: FloatArray,
    regressors: FloatArray,
    starts: IntArray,
    replications: int,
    rng: int | np.random.Generator | None = None,
) -> FloatArray:
    """Return the coefficients of each replication, (r, k).

    A row of NaN is a replication whose drawn clusters do not identify the coefficients.

    Parameters
    ----------
    target
        (n,).
    regressors
        (n, k) of full rank.
    starts
        First row of each cluster, (m,); its rows stand together.
    replications
    rng
        Seed or generator; None is a fixed seed.

    Examples
    --------
    >>> line = np.column_stack([np.ones(4), np.arange(4.0)])
    >>> target = np.array([1.0, 3.0, 5.0, 7.0])
    >>> moment_bootstrap(target, line, np.array([0, 2]), 3, rng=1).round(12).tolist()
    [[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]
    """
    orthogonal, triangle = np.linalg.qr(regressors)
    inverse = np.linalg.inv(triangle)
    coefficients = inverse @ (orthogonal.T @ target)
    residuals = target - regressors @ coefficients
    moments = cluster_moments(residuals, orthogonal, starts)
    blocks = replication_blocks(replications, BLOCK, rng)
    deviations = np.concatenate(run_blocks(_solve_block, blocks, moments, regressors.shape[1]))
    replicates: FloatArray = coefficients + deviations @ inverse.T
    return replicates


def cluster_moments(residuals: FloatArray, orthogonal: FloatArray, starts: IntArray) -> FloatArray:
    r"""Return the distinct sums of products of each cluster, (m, k (k + 3) / 2).

    First the lower triangle of :math:`Q_i'Q_i`, row by row, then :math:`Q_i'e_i`.
    """
    columns = np.ascontiguousarray(orthogonal.T)
    factors = [*columns, residuals]
    count = len(columns)
    moments = np.empty((len(starts), count * (count + 3) // 2))
    filled = 0
    for number, factor in enumerate(factors):
        partners = columns[: number + 1]
        width = len(partners)
        moments[:, filled : filled + width] = np.add.reduceat(partners * factor, starts, axis=1).T
        filled += width
    return moments


def _solve_block(block: Block, moments: FloatArray, count: int) -> FloatArray:
    """Return deviations from the estimate in the directions of the orthogonal columns."""
    weights = cluster_weights(block.generator(), block.replications, len(moments))
    sums = weights @ moments
    products = np.empty((block.replications, count, count))
    rows, columns = np.tril_indices(count)
    products[:, rows, columns] = products[:, columns, rows] = sums[:, : len(rows)]
    scores = sums[:, len(rows) :]
    eigenvalues = np.linalg.eigvalsh(products)
    sound = eigenvalues[:, 0] > SINGULAR * eigenvalues[:, -1]
    deviations = np.full((block.replications, count), np.nan)
    deviations[sound] = np.linalg.solve(products[sound], scores[sound][:, :, None])[:, :, 0]
    return deviations
