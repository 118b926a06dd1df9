"""Weights of a cluster bootstrap, against the law they are said to follow."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from scipy.stats import binom

from tfp.numerics.cluster_weights import MANY, TOGETHER, cluster_weights

DRAWN = "822ec5688b5527a0e6026c5173ca294bf18b2dcc687adebde3ea22aaf97f123a"


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


class TestManyClusters:
    """From MANY on they are drawn in two steps: the law must be the same."""

    @pytest.mark.parametrize("replications", [1, TOGETHER, TOGETHER + 3])
    @pytest.mark.parametrize("clusters", [MANY, MANY + 1, 5_003])
    def test_every_replication_draws_as_many_as_there_are(self, replications, clusters):
        weights = cluster_weights(np.random.default_rng(2), replications, clusters)
        assert (weights.sum(axis=1) == clusters).all()
        assert (weights == np.floor(weights)).all()
        assert (weights >= 0).all()

    def test_counts_are_binomial(self):
        weights = cluster_weights(np.random.default_rng(4), 4_000, MANY)
        found = np.bincount(weights.astype(int).ravel(), minlength=12)[:12] / weights.size
        np.testing.assert_allclose(
            found, binom.pmf(np.arange(12), MANY, 1.0 / MANY), rtol=0, atol=4 * weights.size**-0.5
        )

    def test_moments_are_those_of_the_multinomial(self):
        replications = 20_000
        weights = cluster_weights(np.random.default_rng(3), replications, MANY)
        np.testing.assert_allclose(weights.mean(axis=0), 1.0, atol=5 * replications**-0.5)
        spread = np.cov(weights.T)
        expected = np.eye(MANY) - 1.0 / MANY
        np.testing.assert_allclose(spread, expected, atol=8 * replications**-0.5)
        # Sums over half of the clusters have the variance of N/4 that draws give them.
        half = weights[:, : MANY // 2].sum(axis=1)
        assert half.mean() == pytest.approx(MANY / 2, abs=5 * half.std() / replications**0.5)
        assert half.var() == pytest.approx(MANY / 4, rel=0.05)

    def test_where_the_first_step_draws_too_many(self, monkeypatch):
        from tfp.numerics import cluster_weights as module

        monkeypatch.setattr(module, "SHORT", 0.0)  # half of the sums are above N
        weights = cluster_weights(np.random.default_rng(3), 4_000, MANY)
        assert (weights.sum(axis=1) == MANY).all()
        assert weights.var() == pytest.approx(1.0 - 1.0 / MANY, abs=0.01)

    def test_the_first_step_is_poisson(self):
        from scipy.stats import poisson

        from tfp.numerics.cluster_weights import WORDS, _cuts

        for mean in (0.625, 0.94):
            cuts = _cuts(mean) / WORDS
            np.testing.assert_allclose(cuts, poisson.cdf(np.arange(len(cuts)), mean), atol=1e-9)
            assert 1.0 - poisson.cdf(len(cuts), mean) < 1e-9

    def test_two_clusters_are_as_often_drawn_together_as_the_multinomial_says(self):
        """The joint law of two counts, and of four parts, not only their moments."""
        from scipy.stats import chisquare, multinomial

        replications = 4_000
        weights = cluster_weights(np.random.default_rng(6), replications, MANY)
        pairs = weights.reshape(replications, MANY // 2, 2).astype(int).clip(max=2)
        found = np.bincount((3 * pairs[..., 0] + pairs[..., 1]).ravel(), minlength=9)
        shares = [1.0 / MANY, 1.0 / MANY, 1.0 - 2.0 / MANY]
        joint = np.zeros((3, 3))
        for first in range(12):
            for second in range(12):
                counts = [first, second, MANY - first - second]
                probability = multinomial.pmf(counts, MANY, shares)
                joint[min(first, 2), min(second, 2)] += probability
        expected = joint.ravel() / joint.sum() * found.sum()
        assert chisquare(found, expected).pvalue > 1e-3
        quarters = weights.reshape(replications, 4, MANY // 4).sum(axis=2)
        # Of four equal parts: mean N / 4, variance 3 N / 16, covariance -N / 16.
        error = 5.0 * MANY / replications**0.5
        np.testing.assert_allclose(quarters.mean(axis=0), MANY / 4, atol=error / 16)
        expected = MANY / 4 * (np.eye(4) - 0.25)
        np.testing.assert_allclose(np.cov(quarters.T), expected, atol=error / 4)

    def test_the_draws_of_a_seed_stay_what_they_are(self):
        """They are the contract for reproducibility: another draw is another published error."""
        weights = cluster_weights(np.random.default_rng(1), 3, MANY).astype(int)
        text = "\n".join("".join(map(str, row)) for row in weights.tolist())
        assert hashlib.sha256(text.encode()).hexdigest() == DRAWN
