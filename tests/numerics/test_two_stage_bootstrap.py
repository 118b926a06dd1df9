"""Replications of both stages, against the same rows written out and estimated anew."""

from __future__ import annotations

import numpy as np
import pytest

from tfp.numerics.cluster_weights import cluster_weights
from tfp.numerics.moment_bootstrap import BLOCK
from tfp.numerics.replications import replication_blocks
from tfp.numerics.two_stage import two_stage
from tfp.numerics.two_stage_bootstrap import two_stage_bootstrap

CLUSTERS, ROWS = 12, 5
STARTS = np.arange(0, CLUSTERS * ROWS, ROWS)


@pytest.fixture
def data():
    rng = np.random.default_rng(3)
    size = CLUSTERS * ROWS
    instruments = np.column_stack([np.ones(size), rng.normal(size=(size, 2))])
    shock = rng.normal(size=size)
    regressor = instruments[:, 1] + 0.5 * instruments[:, 2] + shock + 100.0
    regressors = np.column_stack([np.ones(size), regressor])
    return 3.0 + 0.7 * regressor + shock + rng.normal(size=size), regressors, instruments


def test_each_replication_is_the_estimate_on_the_rows_drawn(data):
    target, regressors, instruments = data
    answer = two_stage(*data)
    found = two_stage_bootstrap(
        answer.regression, regressors, instruments, STARTS, replications=20, rng=5
    )
    block = replication_blocks(20, BLOCK, 5)[0]
    for ours, weights in zip(found, cluster_weights(block.generator(), 20, CLUSTERS), strict=True):
        drawn = np.repeat(np.arange(CLUSTERS), np.asarray(weights).astype(int))
        rows = (STARTS[drawn][:, None] + np.arange(ROWS)).ravel()
        again = two_stage(target[rows], regressors[rows], instruments[rows]).regression
        np.testing.assert_allclose(ours, again.coefficients, rtol=1e-9)


def test_a_replication_without_what_identifies_is_no_number(data):
    target, regressors, instruments = data
    instruments = np.column_stack([instruments[:, 0], instruments[:, 1] * (np.arange(60) < ROWS)])
    answer = two_stage(target, regressors, instruments)
    found = two_stage_bootstrap(
        answer.regression, regressors, instruments, STARTS, replications=200, rng=5
    )
    failed = np.isnan(found).any(axis=1)
    # The one cluster in which the instrument varies is not drawn in (11 / 12) ** 12 of them.
    assert failed.mean() == pytest.approx((11 / 12) ** 12, abs=0.12)
    assert np.isfinite(found[~failed]).all()
