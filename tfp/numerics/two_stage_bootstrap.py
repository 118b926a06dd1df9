r"""Cluster bootstrap of two-stage least squares from sums of products of each cluster.

Both stages are done anew in each replication. With orthogonal instruments *Q* and regressors
:math:`R = XA`, :math:`AA' = (X'P_ZX)^{-1}`, and residuals *e* of the estimate,

.. math::

    \hat\beta_r - \hat\beta = A\,(C_r' S_r^{-1} C_r)^{-1} C_r' S_r^{-1} s_r, \qquad
    S_r = \sum_i w_{ri} Q_i'Q_i, \quad C_r = \sum_i w_{ri} Q_i'R_i, \quad
    s_r = \sum_i w_{ri} Q_i'e_i

so that no row is touched again (see :mod:`tfp.numerics.moment_bootstrap`). With weak
instruments the estimate has no variance that replications could find; their quantiles are then
to be read, and not even these with confidence.

References
----------
Davidson, R. and MacKinnon, J. G. (2010). Wild bootstrap tests for IV regression. *Journal of
Business and Economic Statistics* 28(1), 128-144. https://doi.org/10.1198/jbes.2009.07221
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.cluster_weights import cluster_weights
from tfp.numerics.moment_bootstrap import BLOCK, SINGULAR, inverse_root
from tfp.numerics.replications import replication_blocks, run_blocks

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.least_squares import LeastSquares
    from tfp.numerics.replications import Block


def two_stage_bootstrap(
    regression: LeastSquares,
    regressors: FloatArray,
    instruments: FloatArray,
    starts: IntArray,
    *,
    replications: int,
    rng: int | np.random.Generator | None = None,
) -> FloatArray:
    """Return the coefficients of each replication, (r, k); NaN where they are not identified.

    Parameters
    ----------
    regression
        Second stage on all rows: its residuals are of the regressors as they are.
    regressors
        As they are, (n, k).
    instruments
        Those regressors among them that are their own, (n, l).
    starts
        First row of each cluster, (m,); its rows stand together.
    replications
    rng
        Seed or generator; None is a fixed seed.

    Examples
    --------
    >>> from tfp.numerics.two_stage import two_stage
    >>> z = np.array([[-1.0], [0.5], [1.0], [2.0]])
    >>> x = z + np.array([[0.5], [-0.5], [-0.5], [0.5]])
    >>> answer = two_stage(2.0 * x[:, 0], x, z)
    >>> drawn = two_stage_bootstrap(
    ...     answer.regression, x, z, np.arange(4), replications=2, rng=1)
    >>> drawn.round(12).tolist()
    [[2.0], [2.0]]
    """
    root = inverse_root(regression.bread)
    orthogonal = np.linalg.qr(instruments)[0]
    right = np.column_stack([orthogonal, regressors @ root, regression.residuals])
    products = np.einsum("ni,nj->nij", orthogonal, right)
    moments = np.add.reduceat(products.reshape(len(right), -1), starts, axis=0)
    blocks = replication_blocks(replications, BLOCK, rng)
    deviations = np.concatenate(run_blocks(_solve_block, blocks, moments, orthogonal.shape[1]))
    replicates: FloatArray = regression.coefficients + deviations @ root.T
    return replicates


def _solve_block(block: Block, moments: FloatArray, count: int) -> FloatArray:
    """Return deviations from the estimate in the directions of the scaled regressors."""
    weights = cluster_weights(block.generator(), block.replications, len(moments))
    sums = (weights @ moments).reshape(block.replications, count, -1)
    inner, cross = sums[:, :, :count], sums[:, :, count:]
    width = cross.shape[2] - 1
    deviations = np.full((block.replications, width), np.nan)
    sound = _sound(inner)
    left = np.linalg.solve(inner[sound], cross[sound])
    second = cross[sound][:, :, :width].transpose(0, 2, 1) @ left
    solved = np.full((len(second), width), np.nan)
    whole = _sound(second[:, :, :width])
    solved[whole] = np.linalg.solve(second[whole][:, :, :width], second[whole][:, :, width:])[
        :, :, 0
    ]
    deviations[sound] = solved
    return deviations


def _sound(products: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Tell which symmetric matrices have an inverse."""
    if not len(products):
        return np.zeros(0, dtype=np.bool_)
    eigenvalues = np.linalg.eigvalsh(0.5 * (products + products.transpose(0, 2, 1)))
    sound: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (
        eigenvalues[:, 0] > SINGULAR * eigenvalues[:, -1]
    )
    return sound
