"""Weights of a cluster bootstrap, against the law they are said to follow."""

from __future__ import annotations

import numpy as np
import pytest

from tfp.numerics.cluster_weights import TOGETHER, cluster_weights


@pytest.mark.parametrize("replications", [1, TOGETHER, TOGETHER + 3, 5 * TOGETHER])
def test_every_replication_draws_as_many_clusters_as_there_are(replications):
    weights = cluster_weights(np.random.default_rng(2), replications, 17)
    assert weights.shape == (replications, 17)
    assert (weights.sum(axis=1) == 17).all()
    assert (weights == np.floor(weights)).all()
    assert (weights >= 0).all()


def test_they_are_the_counts_of_draws_with_replacement():
    weights = cluster_weights(np.random.default_rng(5), 3, 11)
    picks = np.random.default_rng(5).integers(0, 11, size=(3, 11), dtype=np.int32)
    for row, drawn in zip(weights, picks, strict=True):
        assert row.tolist() == [list(drawn).count(cluster) for cluster in range(11)]


def test_their_moments_are_those_of_the_multinomial():
    clusters, replications = 10, 40_000
    weights = cluster_weights(np.random.default_rng(3), replications, clusters)
    expected = np.eye(clusters) - 1.0 / clusters
    np.testing.assert_allclose(weights.mean(axis=0), 1.0, atol=5 * replications**-0.5)
    np.testing.assert_allclose(np.cov(weights.T), expected, atol=8 * replications**-0.5)


def test_one_cluster_is_always_drawn_once():
    assert (cluster_weights(np.random.default_rng(1), 4, 1) == 1.0).all()
