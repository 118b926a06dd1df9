r"""Weights of clusters in the replications of a bootstrap.

A replication draws as many clusters as there are, with replacement: how often each is
drawn is multinomial, and sums over the drawn firms are sums with these weights. No row is
copied, and a firm that is drawn twice counts as two firms.

.. math:: (w_{r1}, \ldots, w_{rN}) \sim \mathrm{Multinomial}(N;\, 1/N, \ldots, 1/N)

References
----------
Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for
inference with clustered errors. *Review of Economics and Statistics* 90(3), 414-427.
https://doi.org/10.1162/rest.90.3.414
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

# Drawn and counted at once: more of them leave the cache, fewer pay for calls.
TOGETHER = 8


def cluster_weights(generator: np.random.Generator, replications: int, clusters: int) -> FloatArray:
    """Return how often each cluster is drawn in each replication, (r, m).

    Parameters
    ----------
    generator
        Of one block of replications (:meth:`tfp.numerics.replications.Block.generator`).
    replications
    clusters
        m of them are drawn in each replication.

    Examples
    --------
    >>> weights = cluster_weights(np.random.default_rng(1), 3, 5)
    >>> weights.sum(axis=1).tolist()
    [5.0, 5.0, 5.0]
    """
    weights = np.empty((replications, clusters))
    for first in range(0, replications, TOGETHER):
        part = weights[first : first + TOGETHER]
        picks = generator.integers(0, clusters, size=part.shape, dtype=np.int32)
        # Counted in one pass: each replication has numbers of its own.
        picks += np.arange(0, part.size, clusters, dtype=np.int32)[:, None]
        part[...] = np.bincount(picks.ravel(), minlength=part.size).reshape(part.shape)
    return weights
