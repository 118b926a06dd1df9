"""The bootstrap from sums of products, against regressions on rows that were drawn."""

from __future__ import annotations

import os

import joblib
import numpy as np
import pytest

from tfp.numerics.blocks import block_lengths
from tfp.numerics.cluster_weights import cluster_weights
from tfp.numerics.group_means import within
from tfp.numerics.least_squares import least_squares
from tfp.numerics.moment_bootstrap import BLOCK, inverse_root, moment_bootstrap
from tfp.numerics.replications import replication_blocks, run_blocks

PERIODS = 6


def sample(clusters=40, *, seed=1, drop=0.3, far=0.0):
    """Return target, inputs and periods of firms of different lengths, and their first rows."""
    rng = np.random.default_rng(seed)
    firm = np.repeat(np.arange(clusters), PERIODS)
    period = np.tile(np.arange(PERIODS), clusters)
    kept = (rng.uniform(size=len(firm)) >= drop) | (period == 0)
    firm, period = firm[kept], period[kept]
    inputs = rng.normal(size=(len(firm), 2)) + rng.normal(size=(clusters, 1))[firm] + far
    noise = rng.normal(size=clusters)[firm] + rng.normal(size=len(firm))
    target = inputs @ [0.3, 0.6] + 0.1 * period + noise
    return target, inputs, period, np.flatnonzero(np.diff(firm, prepend=-1))


def dummies(period):
    return (period[:, None] == np.arange(1, PERIODS)).astype(float)


def replicates(target, regressors, starts, replications, rng):
    regression = least_squares(target, regressors)
    return moment_bootstrap(regression, regressors, starts, replications, rng)


def drawn_rows(weights, starts, n):
    """Return the rows of the drawn clusters, whole and as often as drawn, and their ids."""
    lengths = block_lengths(starts, n)
    rows, ids = [], []
    for cluster in np.repeat(np.arange(len(starts)), weights.astype(int)):
        rows.append(np.arange(starts[cluster], starts[cluster] + lengths[cluster]))
        ids.append(np.full(lengths[cluster], len(ids)))
    return np.concatenate(rows), np.concatenate(ids)


def all_weights(replications, clusters, seed):
    blocks = replication_blocks(replications, BLOCK, seed)
    return np.concatenate(
        [cluster_weights(block.generator(), block.replications, clusters) for block in blocks]
    )


def test_pooled_is_the_regression_on_the_drawn_rows():
    target, inputs, period, starts = sample()
    regressors = np.column_stack([inputs, np.ones(len(target)), dummies(period)])
    ours = replicates(target, regressors, starts, BLOCK + 9, 5)
    for replicate, weights in zip(ours, all_weights(BLOCK + 9, len(starts), 5), strict=True):
        rows, _ = drawn_rows(weights, starts, len(target))
        expected = np.linalg.lstsq(regressors[rows], target[rows], rcond=None)[0]
        np.testing.assert_allclose(replicate, expected, rtol=0, atol=1e-12)


def test_two_ways_is_that_of_firms_with_ids_of_their_own_and_years_solved_anew():
    target, inputs, period, starts = sample()
    regressors = within(np.column_stack([inputs, dummies(period)]), starts)
    ours = replicates(within(target, starts), regressors, starts, 25, 5)
    for replicate, weights in zip(ours, all_weights(25, len(starts), 5), strict=True):
        rows, ids = drawn_rows(weights, starts, len(target))
        firms = (ids[:, None] == np.arange(ids.max() + 1)).astype(float)
        columns = np.column_stack([inputs[rows], dummies(period[rows]), firms])
        expected = np.linalg.lstsq(columns, target[rows], rcond=None)[0]
        np.testing.assert_allclose(replicate[:2], expected[:2], rtol=0, atol=1e-11)


def test_digits_are_kept_far_from_the_origin():
    target, inputs, _, starts = sample()
    near = np.column_stack([inputs, np.ones(len(target))])
    far = near + np.array([1e6, 1e6, 0.0])
    first = replicates(target, near, starts, 20, 2)
    second = replicates(target, far, starts, 20, 2)
    # Rows that far cost six of sixteen digits; sums of their squares would cost twelve.
    np.testing.assert_allclose(first[:, :2], second[:, :2], rtol=0, atol=1e-8)


def test_columns_that_are_nearly_alike_are_solved_to_what_their_likeness_leaves():
    target, inputs, _, starts = sample()
    twin = inputs[:, 0] + 1e-6 * inputs[:, 1]
    alike = np.column_stack([inputs[:, 0], twin, np.ones(len(target))])
    apart = np.column_stack([inputs, np.ones(len(target))])
    first, second = (replicates(target, x, starts, 20, 2) for x in (alike, apart))
    # Six digits of the twin's difference are gone, and six of its coefficient.
    np.testing.assert_allclose(1e-6 * first[:, 1], second[:, 1], rtol=0, atol=1e-9)
    np.testing.assert_allclose(first[:, :2].sum(axis=1), second[:, 0], rtol=0, atol=1e-9)


def test_the_root_makes_columns_orthogonal():
    _, inputs, period, _ = sample()
    regressors = np.column_stack([inputs * [1.0, 1e5], np.ones(len(inputs)), dummies(period)])
    root = inverse_root(least_squares(inputs[:, 0], regressors).bread)
    orthogonal = regressors @ root
    np.testing.assert_allclose(orthogonal.T @ orthogonal, np.eye(root.shape[0]), atol=1e-11)


def test_a_replication_that_identifies_nothing_is_not_a_number():
    target, inputs, _, starts = sample(clusters=5)
    only_first = np.zeros(len(target))
    only_first[starts[0] : starts[1]] = 1.0
    regressors = np.column_stack([inputs, np.ones(len(target)), only_first])
    ours = replicates(target, regressors, starts, 200, 1)
    missed = all_weights(200, 5, 1)[:, 0] == 0.0
    assert 20 < missed.sum() < 180
    assert np.isnan(ours[missed]).all()
    # Of the others only those can fail that drew the first firm five times.
    assert np.isnan(ours[~missed]).any(axis=1).sum() <= 1


def test_its_spread_is_that_of_the_sandwich_with_many_clusters():
    target, inputs, _, starts = sample(clusters=2000, drop=0.2)
    regressors = np.column_stack([inputs, np.ones(len(target))])
    spread = np.cov(replicates(target, regressors, starts, 4000, 3).T)
    residuals = target - regressors @ np.linalg.lstsq(regressors, target, rcond=None)[0]
    scores = np.add.reduceat(regressors * residuals[:, None], starts, axis=0)
    bread = np.linalg.inv(regressors.T @ regressors)
    sandwich = bread @ scores.T @ scores @ bread
    errors = np.sqrt(np.diag(sandwich))
    np.testing.assert_allclose(np.sqrt(np.diag(spread)), errors, rtol=0.05)


@pytest.mark.parametrize("backend", ["sequential", "threading", "loky"])
def test_every_backend_gives_the_same_bits(backend):
    target, inputs, period, starts = sample(clusters=300)
    regressors = within(np.column_stack([inputs, dummies(period)]), starts)
    arguments = (within(target, starts), regressors, starts, 5 * BLOCK, 11)
    serial = replicates(*arguments)
    with joblib.parallel_config(backend, n_jobs=2):
        np.testing.assert_array_equal(replicates(*arguments), serial)


def test_a_dask_cluster_gives_the_same_bits():
    distributed = pytest.importorskip("distributed", reason="dask is not installed")
    target, inputs, period, starts = sample(clusters=300)
    regressors = np.column_stack([inputs, np.ones(len(target)), dummies(period)])
    arguments = (target, regressors, starts, 5 * BLOCK, 11)
    serial = replicates(*arguments)
    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None
    )
    with cluster, distributed.Client(cluster), joblib.parallel_config("dask"):
        elsewhere = run_blocks(lambda _: os.getpid(), replication_blocks(4, 1))
        assert os.getpid() not in elsewhere
        np.testing.assert_array_equal(replicates(*arguments), serial)
