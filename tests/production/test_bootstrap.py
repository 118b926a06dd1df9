"""The bootstrap as an option of the linear estimators."""

from __future__ import annotations

import numpy as np
import pytest
from linearmodels.panel import PanelOLS

import tfp
from tfp.numerics.cluster_weights import cluster_weights
from tfp.numerics.moment_bootstrap import BLOCK
from tfp.numerics.replications import replication_blocks

ROLES = {"entity": "firm", "time": "year", "output": "output", "capital": "capital"}
METHODS = {
    "pooled": tfp.PooledLeastSquares,
    "fixed": tfp.FixedEffects,
    "between": tfp.BetweenEffects,
    "differences": tfp.FirstDifferences,
}


def panel_of(frame, **roles):
    return tfp.Panel(frame, **ROLES, labour="labour", **roles)


def test_two_ways_are_those_of_linearmodels_on_firms_with_new_names(made):
    frame = made(n=25, drop=0.2)
    method = tfp.FixedEffects(period_effects=True, covariance=tfp.Bootstrap(12))
    estimate = method.fit(panel_of(frame), rng=4)
    block = replication_blocks(12, BLOCK, 4)[0]
    firms = [part for _, part in frame.groupby("firm", sort=False)]
    for ours, weights in zip(
        estimate.replicates, cluster_weights(block.generator(), 12, len(firms)), strict=True
    ):
        drawn = np.repeat(np.arange(len(firms)), weights.astype(int))
        parts = [firms[one].assign(firm=number) for number, one in enumerate(drawn)]
        sample = np.log(np.vstack([part[["output", "capital", "labour"]] for part in parts]))
        keys = np.vstack([part[["firm", "year"]] for part in parts]).T.astype(int)
        expected = _two_ways(sample, keys)
        np.testing.assert_allclose(ours[:2], expected, rtol=0, atol=1e-10)


def _two_ways(logs, keys):
    import pandas as pd

    frame = pd.DataFrame(logs, columns=["output", "capital", "labour"])
    frame.index = pd.MultiIndex.from_arrays(keys, names=["firm", "year"])
    model = PanelOLS(
        frame["output"], frame[["capital", "labour"]], entity_effects=True, time_effects=True
    )
    return model.fit().params.to_numpy()


@pytest.mark.parametrize("name", METHODS)
def test_its_errors_are_near_those_clustered_by_entity(made, name):
    panel = panel_of(made(n=400))
    clustered = METHODS[name](covariance=tfp.Clustered("entity")).fit(panel)
    drawn = METHODS[name](covariance=tfp.Bootstrap(2000)).fit(panel)
    np.testing.assert_array_equal(drawn.estimates, clustered.estimates)
    np.testing.assert_allclose(drawn.std_errors, clustered.std_errors, rtol=0.1)
    assert drawn.covariance_type == "bootstrap by entity"


def test_covariance_and_percentiles_are_those_of_the_replications(made):
    estimate = tfp.FixedEffects(covariance=tfp.Bootstrap(999)).fit(panel_of(made(n=30)), rng=2)
    assert estimate.replicates.shape == (999, 2)
    np.testing.assert_allclose(estimate.covariance, np.cov(estimate.replicates.T), rtol=1e-12)
    low, high = estimate.percentile_intervals()
    ordered = np.sort(estimate.replicates, axis=0)
    np.testing.assert_allclose(low, ordered[24], rtol=1e-12)
    np.testing.assert_allclose(high, ordered[974], rtol=1e-12)


def test_constant_returns_hold_in_every_replication(made):
    method = tfp.PooledLeastSquares(constant_returns=True, covariance=tfp.Bootstrap(50))
    estimate = method.fit(panel_of(made(n=30)))
    chosen = [estimate.terms.index(name) for name in ("capital", "labour")]
    np.testing.assert_allclose(estimate.replicates[:, chosen].sum(axis=1), 1.0, atol=1e-13)
    np.testing.assert_allclose(estimate.covariance, np.cov(estimate.replicates.T), atol=1e-15)


def test_the_seed_decides_and_without_one_the_answer_is_always_the_same(made):
    panel = panel_of(made(n=30))
    method = tfp.FixedEffects(covariance=tfp.Bootstrap(99))
    first, other = method.fit(panel, rng=1), method.fit(panel, rng=2)
    assert not np.array_equal(first.replicates, other.replicates)
    np.testing.assert_array_equal(method.fit(panel, rng=1).replicates, first.replicates)
    np.testing.assert_array_equal(method.fit(panel).replicates, method.fit(panel).replicates)


def test_replications_that_fail_are_counted_and_said(made):
    frame = made(n=6)
    frame["exporter"] = ((frame["firm"] == "firm 002") & (frame["year"] > 2003)) * 1.0
    panel = panel_of(frame, controls={"exporter": "exporter"})
    estimate = tfp.FixedEffects(covariance=tfp.Bootstrap(400)).fit(panel)
    block_weights = [
        cluster_weights(block.generator(), block.replications, 6)
        for block in replication_blocks(400, BLOCK)
    ]
    without = int((np.concatenate(block_weights)[:, 2] == 0).sum())
    assert 90 < without < 170
    failed = int(estimate.diagnostics["replications_failed"])
    assert without <= failed <= without + 1  # or the same firm six times
    assert len(estimate.replicates) == 400 - failed
    assert estimate.diagnostics["replications"] == 400
    found = {finding.code: finding.fields for finding in estimate.warnings}
    assert found["replications-unidentified"] == {"failed": failed, "total": 400}
    assert not np.isnan(estimate.covariance).any()


def test_it_is_kept(made, tmp_path):
    estimate = tfp.BetweenEffects(covariance=tfp.Bootstrap(20)).fit(panel_of(made(n=20)))
    estimate.save(tmp_path / "estimate.tfp")
    again = tfp.load(tmp_path / "estimate.tfp")
    np.testing.assert_array_equal(again.replicates, estimate.replicates)
    assert again.provenance.options["replications"] == 20


def test_what_is_refused(made):
    frame = made(n=6)
    drawn = {"covariance": tfp.Bootstrap(9)}
    refused = {
        "replications-too-few": lambda: tfp.Bootstrap(1),
        "bootstrap-two-steps": lambda: tfp.RandomEffects(**drawn).fit(panel_of(frame)),
        "one-cluster": lambda: tfp.PooledLeastSquares(**drawn).fit(
            panel_of(frame[frame["firm"] == "firm 001"])
        ),
        "no-replicates": lambda: tfp.FixedEffects().fit(panel_of(frame)).percentile_intervals(),
        "level-out-of-range": lambda: (
            tfp.FixedEffects(**drawn).fit(panel_of(frame)).percentile_intervals(1.0)
        ),
    }
    for code, run in refused.items():
        with pytest.raises(tfp.MethodError) as error:
            run()
        assert error.value.code == code
