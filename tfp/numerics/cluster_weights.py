r"""Weights of clusters in the replications of a bootstrap.

A replication draws as many clusters as there are, with replacement: how often each is
drawn is multinomial, and sums over the drawn firms are sums with these weights. No row is
copied, and a firm that is drawn twice counts as two firms.

.. math:: (w_{r1}, \ldots, w_{rN}) \sim \mathrm{Multinomial}(N;\, 1/N, \ldots, 1/N)

Many clusters are drawn in two steps, as counting draws costs more than making them.
Independent Poisson numbers with mean :math:`\lambda < 1` are, given their sum *S*,
multinomial with *S* draws; :math:`N - S` more draws, one by one, make it *N*. The
distribution is the same, and :math:`\lambda` is near enough to one that few are missing.
Where *S* is above *N*, all are drawn anew, one by one.

Which weights a generator gives is part of the method: published errors are computed again from
their seed. A change here changes them.

References
----------
Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for
inference with clustered errors. *Review of Economics and Statistics* 90(3), 414-427.
https://doi.org/10.1162/rest.90.3.414
"""

from __future__ import annotations

from functools import cache
from math import exp, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray

# Drawn and counted at once: more of them leave the cache, fewer pay for calls.
TOGETHER = 8
# From here on two steps are faster, and the sum of the first is below N.
MANY = 256
# Standard deviations of the sum by which its mean is below N: once in some millions of
# replications that is not enough, and the replication is drawn one by one.
SHORT = 5.0
# Larger Poisson numbers are rare, and looked up one by one.
RARE = 4
WORDS = 2.0**32


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
    draw = _one_by_one if clusters < MANY else _in_two_steps
    for first in range(0, replications, TOGETHER):
        draw(generator, weights[first : first + TOGETHER])
    return weights


def _one_by_one(generator: np.random.Generator, weights: FloatArray) -> None:
    clusters = weights.shape[1]
    picks = generator.integers(0, clusters, size=weights.shape, dtype=np.int32)
    # Counted in one pass: each replication has numbers of its own.
    picks += np.arange(0, weights.size, clusters, dtype=np.int32)[:, None]
    weights[...] = np.bincount(picks.ravel(), minlength=weights.size).reshape(weights.shape)


def _in_two_steps(generator: np.random.Generator, weights: FloatArray) -> None:
    clusters = weights.shape[1]
    counts = _poisson(generator, weights.size, 1.0 - SHORT / sqrt(clusters))
    weights[...] = counts.reshape(weights.shape)
    missing = clusters - weights.sum(axis=1).astype(np.int64)
    beyond = missing < 0
    missing[beyond] = 0
    picks = generator.integers(0, clusters, size=int(missing.sum()))
    picks += np.repeat(np.arange(0, weights.size, clusters), missing)
    np.add.at(weights.reshape(-1), picks, 1.0)
    for number in np.flatnonzero(beyond):
        _one_by_one(generator, weights[number : number + 1])


def _poisson(generator: np.random.Generator, count: int, mean: float) -> NDArray[np.uint8]:
    """Return Poisson numbers by inversion of uniform words of 32 bits, (count,)."""
    cuts = _cuts(mean)
    high = np.iinfo(np.uint64).max
    words = generator.integers(0, high, size=(count + 1) // 2, dtype=np.uint64, endpoint=True)
    uniform = words.view(np.uint32)[:count]
    numbers: NDArray[np.uint8] = (uniform >= cuts[0]).view(np.uint8)
    for cut in cuts[1:RARE]:
        numbers += (uniform >= cut).view(np.uint8)
    rare = np.flatnonzero(uniform >= cuts[RARE])
    numbers[rare] = np.searchsorted(cuts, uniform[rare], side="right")
    return numbers


@cache
def _cuts(mean: float) -> NDArray[np.uint32]:
    """Return from which word on a Poisson number is larger than 0, 1, 2 and so on."""
    cuts: list[int] = []
    below, probability, number = 0.0, exp(-mean), 0
    while True:
        below += probability
        if below * WORDS >= WORDS - 1.0:
            return np.array(cuts, dtype=np.uint32)
        cuts.append(round(below * WORDS))
        number += 1
        probability *= mean / number
