r"""Cluster bootstrap of least squares from sums of products of each cluster.

A replication gives each cluster a weight :math:`w_i`, how often it was drawn. All that the
regression needs of the data are sums over clusters, so that no row is touched again:

.. math::

    \hat\beta_r - \hat\beta = A \left(\sum_i w_{ri} Q_i'Q_i\right)^{-1}
    \sum_i w_{ri} Q_i'e_i, \qquad Q = XA, \quad AA' = (X'X)^{-1}

All replications of a block are one product of weights and sums, and one batch of small
systems. Orthogonal regressors *Q* and residuals *e* stand for the regressors and the
target, because sums of products of these would lose half of the digits.

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

from tfp.numerics.blocks import block_lengths
from tfp.numerics.cluster_weights import cluster_weights
from tfp.numerics.replications import replication_blocks, run_blocks

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.least_squares import LeastSquares
    from tfp.numerics.replications import Block

# Replications that are drawn and solved together. Part of the method: other sizes are
# other random numbers.
BLOCK = 128

# Replications whose weights are drawn and used while they are in the cache.
PART = 32

# Of the largest eigenvalue of the sums of products of orthogonal columns: below it a
# replication lacks what one of the coefficients is estimated from.
SINGULAR = 1e-12


def moment_bootstrap(
    regression: LeastSquares,
    regressors: FloatArray,
    starts: IntArray,
    replications: int,
    rng: int | np.random.Generator | None = None,
) -> FloatArray:
    """Return the coefficients of each replication, (r, k).

    A row of NaN is a replication whose drawn clusters do not identify the coefficients.

    Parameters
    ----------
    regression
        On all rows.
    regressors
        Of that regression, (n, k).
    starts
        First row of each cluster, (m,); its rows stand together.
    replications
    rng
        Seed or generator; None is a fixed seed.

    Examples
    --------
    >>> from tfp.numerics.least_squares import least_squares
    >>> line = np.column_stack([np.ones(4), np.arange(4.0)])
    >>> regression = least_squares(np.array([1.0, 3.0, 5.0, 7.0]), line)
    >>> moment_bootstrap(regression, line, np.array([0, 2]), 3, rng=1).round(12).tolist()
    [[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]
    """
    root = inverse_root(regression.bread)
    moments = cluster_moments(regression.residuals, regressors @ root, starts)
    blocks = replication_blocks(replications, BLOCK, rng)
    deviations = np.concatenate(run_blocks(_solve_block, blocks, moments, len(root)))
    replicates: FloatArray = regression.coefficients + deviations @ root.T
    return replicates


def inverse_root(bread: FloatArray) -> FloatArray:
    """Return a matrix whose product with its transpose is the bread, (k, k), nearly.

    It need not be exact: it only makes small systems well conditioned. Directions that
    rounding has taken from the bread are kept, at the length of rounding.
    """
    length = np.sqrt(np.diag(bread))
    eigenvalues, vectors = np.linalg.eigh(bread / np.outer(length, length))
    kept = np.maximum(eigenvalues, np.finfo(np.float64).eps * eigenvalues[-1])
    root: FloatArray = length[:, None] * vectors * np.sqrt(kept)
    return root


def cluster_moments(residuals: FloatArray, orthogonal: FloatArray, starts: IntArray) -> FloatArray:
    r"""Return the distinct sums of products of each cluster, (m, k (k + 3) / 2).

    First the lower triangle of :math:`Q_i'Q_i`, row by row, then :math:`Q_i'e_i`.
    Clusters of one length are multiplied together.
    """
    values = np.column_stack([orthogonal, residuals])
    rows, columns = np.tril_indices(values.shape[1])
    # The last of them would be the squared residuals, which nothing needs.
    distinct = (rows * values.shape[1] + columns)[:-1]
    lengths = block_lengths(starts, len(values))
    moments = np.empty((len(starts), len(distinct)))
    for length in np.unique(lengths):
        chosen = np.flatnonzero(lengths == length)
        stacked = values[starts[chosen][:, None] + np.arange(length)]
        products = stacked.transpose(0, 2, 1) @ stacked
        moments[chosen] = products.reshape(len(chosen), -1).take(distinct, axis=1)
    return moments


def _solve_block(block: Block, moments: FloatArray, count: int) -> FloatArray:
    """Return deviations from the estimate in the directions of the orthogonal columns."""
    generator, sums = block.generator(), np.empty((block.replications, moments.shape[1]))
    for first in range(0, block.replications, PART):
        part = sums[first : first + PART]
        np.matmul(cluster_weights(generator, len(part), len(moments)), moments, out=part)
    products = np.empty((block.replications, count, count))
    rows, columns = np.tril_indices(count)
    products[:, rows, columns] = products[:, columns, rows] = sums[:, : len(rows)]
    scores = sums[:, len(rows) :]
    eigenvalues = np.linalg.eigvalsh(products)
    sound = eigenvalues[:, 0] > SINGULAR * eigenvalues[:, -1]
    deviations = np.full((block.replications, count), np.nan)
    deviations[sound] = np.linalg.solve(products[sound], scores[sound][:, :, None])[:, :, 0]
    return deviations
