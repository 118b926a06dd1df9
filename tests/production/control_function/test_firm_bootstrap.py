"""Replications: firms with their history, the first stage redone, losses counted."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.numerics.innovation_roots import innovation_roots
from tfp.production.control_function.firm_bootstrap import Replications
from tfp.production.control_function.firm_sample import firm_sample
from tfp.production.control_function.technology import technology

ACF = tfp.AckerbergCavesFrazer
# Two ways to one number, both in double precision, cubes of logs between them.
SAME = 1e-8


def drawn(frame, weights):
    """Return the rows of firms as often as they are drawn, each time as a firm of its own."""
    numbers = np.repeat(np.arange(1, len(weights) + 1), weights)
    copies = [frame[frame["firm"] == number] for number in numbers]
    return np.concatenate([copy.index.to_numpy() for copy in copies]), np.repeat(
        np.arange(len(numbers)), [len(copy) for copy in copies]
    )


@pytest.fixture(scope="module")
def weights():
    draws = np.random.default_rng(3).integers(0, 150, 150)
    return np.bincount(draws, minlength=150)


@pytest.mark.parametrize("law_degree", [1, 3])
def test_weights_are_drawn_firms_under_fresh_names(panel_of, firms, weights, law_degree):
    """Pitfall 9: rows drawn within firms, equal names, a first stage that is not redone."""
    method = ACF(law_degree=law_degree, degree=2)
    sample = firm_sample(
        panel_of(firms), inputs=("capital", "labour"), proxy="materials", method="-"
    )
    form = technology("cobb_douglas", ("capital", "labour"), sample.logs.log_inputs.T)
    problem = method._problem(sample, form, ("capital",))
    start = method.fit(panel_of(firms)).estimates
    values, _, _ = problem.again(weights.astype(float), start)

    rows, names = drawn(firms, weights)
    copied = firms.loc[rows].assign(firm=names)
    roots = [root.coefficients for root in method.fit(panel_of(copied)).roots]
    assert min(np.abs(values - root).max() for root in roots) < SAME


def test_two_stages_too(panel_of, firms, weights):
    from tfp.production.control_function.second_stage import _stages

    method = tfp.LevinsohnPetrin(degree=2)
    sample = firm_sample(
        panel_of(firms), inputs=("capital", "labour"), proxy="materials", method="-"
    )
    values, failed, _ = _stages(method, sample).solve(weights.astype(float))
    rows, names = drawn(firms, weights)
    again = method.fit(panel_of(firms.loc[rows].assign(firm=names)))
    assert not failed
    np.testing.assert_allclose(values, again.estimates, rtol=0, atol=SAME)


@pytest.fixture(scope="module")
def both(panel_of):
    """Return one estimate with analytic errors, and with those of replications."""
    panel = panel_of(tfp.datasets.generate_firms("DGP1", 400, 8, rng=7).frame)
    plain = ACF(year_effects=True).fit(panel)
    return plain, ACF(year_effects=True, covariance=tfp.Bootstrap(200)).fit(panel, rng=1)


class TestErrors:
    def test_they_agree_with_the_analytic_ones(self, both):
        plain, replicated = both
        np.testing.assert_allclose(replicated.std_errors, plain.std_errors, rtol=0.2)
        np.testing.assert_array_equal(replicated.estimates, plain.estimates)

    def test_the_covariance_divides_by_the_draws_that_remain_less_one(self, both):
        """Pitfall 9, second half."""
        replicates = both[1].replicates
        assert (
            len(replicates)
            == 200
            - both[1].diagnostics["replications_failed"]
            - both[1].diagnostics["replications_jumped"]
        )
        np.testing.assert_allclose(both[1].covariance, np.cov(replicates.T, ddof=1), rtol=1e-12)

    def test_percentiles_surround_the_estimate(self, both):
        low, high = both[1].percentile_intervals(0.9)
        assert (low[:2] < both[1].estimates[:2]).all()
        assert (both[1].estimates[:2] < high[:2]).all()


def test_what_fails_or_jumps_is_counted_and_left_out(panel_of):
    """Pitfall 2: failures that become missing values and vanish."""
    small = tfp.datasets.generate_firms("DGP1", 14, 4, rng=2).frame
    estimate = ACF(degree=1, covariance=tfp.Bootstrap(100)).fit(panel_of(small), rng=1)
    counts = estimate.diagnostics
    assert counts["replications"] == 100
    lost = counts["replications_failed"] + counts["replications_jumped"]
    assert lost > 5
    assert len(estimate.replicates) == 100 - lost
    assert np.isfinite(estimate.replicates).all()
    lost_finding = next(f for f in estimate.warnings if f.code == "replications-lost")
    assert lost_finding.fields["total"] == 100


def test_heavy_tails_are_pointed_out():
    draws = np.random.default_rng(1).standard_cauchy((400, 2))
    codes = [f.code for f in Replications(estimates=draws, failed=0, jumped=0).findings()]
    assert codes == ["replications-heavy-tailed"]
    calm = np.random.default_rng(1).normal(size=(400, 2))
    assert Replications(estimates=calm, failed=0, jumped=0).findings() == []


def test_nothing_left_gives_no_errors():
    nothing = Replications(estimates=np.empty((0, 2)), failed=10, jumped=0)
    assert np.isnan(nothing.covariance).all()
    assert [f.code for f in nothing.findings()] == ["replications-lost"]


def test_with_every_firm_drawn_once_each_root_is_its_own_replication(panel_of, firms):
    sample = firm_sample(
        panel_of(firms), inputs=("capital", "labour"), proxy="materials", method="-"
    )
    form = technology("cobb_douglas", ("capital", "labour"), sample.logs.log_inputs.T)
    problem = ACF(degree=2)._problem(sample, form, ("capital",))
    search = innovation_roots(problem.rows(problem.first_stage()), 1)
    ones = np.ones(150)
    for root in search.roots:
        values, _, sign = problem.again(ones, root.elasticities)
        np.testing.assert_allclose(values, root.elasticities, rtol=1e-7)
        assert sign == np.linalg.slogdet(root.jacobian)[0]
