"""The path of elasticities against statsmodels' Kalman smoother, step by step."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.tsa.statespace.kalman_smoother import KalmanSmoother

import tfp

STEPS = {"elasticity_step": 0.03, "tfp_step": 0.008, "noise": 0.01}
PRIORS = {"capital": tfp.Prior(0.4, 0.15), "labour": tfp.Prior(0.6, 0.2)}
TREND = tfp.Prior(0.02, 0.02)


def varying(**options):
    return tfp.TimeVaryingElasticities(**{"elasticities": PRIORS, "trend": TREND, **options})


def theirs(panel):
    """Return their smoother: level (diffuse, exactly), trend, and two elasticities."""
    y = np.log(panel.values("output"))
    x = np.column_stack([np.log(panel.values(name)) for name in ("capital", "labour")])
    x = x - x.mean(axis=0)
    model = KalmanSmoother(k_endog=1, k_states=4, k_posdef=4)
    model.bind(y)
    model["design"] = np.stack([np.ones_like(y), np.zeros_like(y), *x.T])[None]
    transition = np.eye(4)
    transition[0, 1] = 1.0
    model["transition"] = transition
    model["selection"] = np.eye(4)
    model["state_cov"] = np.diag([STEPS["tfp_step"], 0, *[STEPS["elasticity_step"]] * 2]) ** 2
    model["obs_cov"] = np.array([[STEPS["noise"] ** 2]])
    from statsmodels.tsa.statespace.initialization import Initialization

    begin = Initialization(4)
    begin.set((0, 1), "diffuse")
    begin.set((1, 4), "known", constant=[0.02, 0.4, 0.6], stationary_cov=np.diag(
        [0.02**2, 0.15**2, 0.2**2]))  # fmt: skip
    model.initialize(begin)
    return model.smooth()


def test_the_path_is_that_of_a_kalman_smoother(national):
    estimate, smoother = varying(**STEPS).fit(national), theirs(national)
    states = smoother.smoothed_state
    for path, expected in zip(estimate.row_elasticities, states[2:], strict=True):
        np.testing.assert_allclose(path, expected, rtol=1e-7)
    assert estimate.estimates[2] == pytest.approx(states[1, 0], rel=1e-7)
    # Their level is TFP with inputs at their mean.
    centre = sum(
        np.log(national.values(name)).mean() * estimate.elasticities[name] for name in PRIORS
    )
    np.testing.assert_allclose(estimate.log_productivity + centre, states[0], rtol=1e-9)
    variance = smoother.smoothed_state_cov
    assert estimate.std_errors[2] == pytest.approx(np.sqrt(variance[1, 1, 0]), rel=1e-6)


def test_the_likelihood_is_theirs(national):
    ours = varying(**STEPS).fit(national).diagnostics["log_likelihood"]
    smoother = theirs(national)
    # Theirs leaves the diffuse first observation out of the sum but for a constant.
    expected = smoother.llf_obs[1:].sum()
    assert ours == pytest.approx(expected, abs=1e-6)


def test_elasticities_that_stand_still_are_a_regression(national):
    """No steps: the same posterior as the conjugate one with a known variance."""
    still = varying(elasticity_step=0.0, tfp_step=0.0, noise=0.02).fit(national)
    known = tfp.BayesianCobbDouglas(
        elasticities=PRIORS, trend=TREND, error_std=0.02, error_degrees=1e12
    ).fit(national)
    np.testing.assert_allclose(still.estimates, known.estimates, rtol=1e-8)
    np.testing.assert_allclose(still.covariance, known.covariance, rtol=1e-6)
    for path in still.row_elasticities:
        np.testing.assert_allclose(path, path[0], rtol=1e-10)


def test_the_steps_found_are_the_most_likely_ones(national):
    best = varying().fit(national)
    steps = {name: best.diagnostics[name] for name in STEPS}
    assert [finding.code for finding in best.warnings] == [
        "few-years", "variation-at-bound", "variation-at-bound",
    ]  # fmt: skip
    for name in STEPS:
        for factor in (0.7, 1.4):
            other = {**steps, name: steps[name] * factor}
            nearby = varying(**other).fit(national).diagnostics["log_likelihood"]
            assert nearby <= best.diagnostics["log_likelihood"] + 1e-4


def test_a_known_change_is_followed(made):
    """Forty years, a capital elasticity from 0.3 to 0.6, inputs that move freely."""
    rng = np.random.default_rng(2)
    path = np.linspace(0.3, 0.6, 40)
    capital, labour = rng.normal(0, 0.5, 40), rng.normal(0, 0.5, 40)
    log_output = path * capital + 0.5 * labour + rng.normal(0, 0.01, 40)
    panel = tfp.Panel(
        {"year": np.arange(1980, 2020), "y": np.exp(log_output), "k": np.exp(capital),
         "l": np.exp(labour)},
        time="year", output="y", capital="k", labour="l",
    )  # fmt: skip
    estimate = varying(trend=tfp.Prior(0.0, 0.01)).fit(panel)
    assert np.abs(estimate.row_elasticities[0] - path).max() < 0.06
    assert np.abs(estimate.row_elasticities[1] - 0.5).max() < 0.06


def test_a_gap_is_two_steps(national):
    """The same smoothed value stands beside a missing year as in it a filter would have."""
    holed = national.with_values(
        "output", np.where(national.rows.times == 2016, np.nan, national.values("output"))
    )
    estimate = varying(**STEPS).fit(holed)
    assert np.isnan(estimate.row_elasticities[0][6])
    elapsed = np.diff(national.rows.times[np.isfinite(estimate.log_tfp)])
    assert elapsed.max() == 2
    assert estimate.ledger["time"].tolist() == [2016]


def test_units_change_nothing_but_the_level(national):
    larger = national.with_values("capital", national.values("capital") * 1e6)
    first, second = varying(**STEPS).fit(national), varying(**STEPS).fit(larger)
    np.testing.assert_allclose(first.estimates, second.estimates, rtol=1e-8)
    gap = first.log_tfp - second.log_tfp
    np.testing.assert_allclose(gap, gap[0], rtol=1e-9)


def test_several_areas_are_refused(made):
    panel = tfp.Panel(
        made(n=3), entity="firm", time="year", output="output", capital="capital", labour="labour"
    )
    with pytest.raises(tfp.MethodError) as error:
        varying().fit(panel)
    assert error.value.code == "several-entities"


def test_the_beginning_is_recorded(national):
    options = varying(**STEPS, returns_std=0.1).fit(national).provenance.options
    assert options["elasticities"]["capital"] == {"mean": 0.4, "std": 0.15, "source": ""}
    assert options["first_level"] == "exact diffuse"
    assert options["noise"] == 0.01
