"""The conjugate posterior against brute force, its limits, and what it says of the prior."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

import tfp

PRIORS = {"capital": tfp.Prior(0.4, 0.15), "labour": tfp.Prior(0.6, 0.15)}
TREND = tfp.Prior(0.02, 0.02)


def bayesian(**options):
    return tfp.BayesianCobbDouglas(**{"elasticities": PRIORS, **options})


def loose(scale):
    return {name: tfp.Prior(prior.mean, scale) for name, prior in PRIORS.items()}


def brute_force(panel, method):
    """Integrate prior times likelihood over a grid of both elasticities and the variance."""
    y = np.log(panel.values("output"))
    x = np.column_stack([np.log(panel.values(name)) for name in ("capital", "labour")])
    y, x = y - y.mean(), x - x.mean(axis=0)
    capital, labour = np.meshgrid(
        np.linspace(0.55, 0.9, 141), np.linspace(-0.6, 1.6, 221), indexing="ij"
    )
    weight = np.zeros_like(capital)
    for sigma2 in np.exp(np.linspace(np.log(2e-5), np.log(4e-3), 61)):
        scale = sigma2 / method.error_std**2
        gaps = y[:, None, None] - x[:, 0, None, None] * capital - x[:, 1, None, None] * labour
        log = -0.5 * (gaps**2).sum(axis=0) / sigma2 - 0.5 * (len(y) - 1) * np.log(sigma2)
        for theta, prior in ((capital, PRIORS["capital"]), (labour, PRIORS["labour"])):
            log += stats.norm(prior.mean, prior.std * np.sqrt(scale)).logpdf(theta)
        if method.returns_std is not None:
            returns = method.returns_std * np.sqrt(scale)
            # A statement beside a complete prior: its weight, not its density, is left.
            log += -0.5 * ((capital + labour - 1.0) / returns) ** 2
        half = method.error_degrees / 2
        log += stats.invgamma(half, scale=half * method.error_std**2).logpdf(sigma2)
        weight += np.exp(log + 20.0) * sigma2  # the grid is even in logarithms
    weight /= weight.sum()
    return {
        "capital": float((weight * capital).sum()),
        "labour": float((weight * labour).sum()),
        "labour_positive": float(weight[labour > 0].sum()),
        "labour_cut": float((weight * labour)[labour > 0].sum() / weight[labour > 0].sum()),
    }


def test_the_posterior_is_prior_times_likelihood(national):
    method = bayesian()
    estimate, expected = method.fit(national), brute_force(national, method)
    # The grid is fine enough for five decimals.
    assert estimate.elasticities["capital"] == pytest.approx(expected["capital"], abs=2e-5)
    assert estimate.elasticities["labour"] == pytest.approx(expected["labour"], abs=2e-5)


def test_constant_returns_give_or_take(national):
    method = bayesian(returns_std=0.2)
    estimate, expected = method.fit(national), brute_force(national, method)
    assert estimate.elasticities["labour"] == pytest.approx(expected["labour"], abs=2e-5)
    sums = [bayesian(returns_std=std).fit(national).returns_to_scale for std in (1.0, 0.1, 0.001)]
    assert np.all(np.diff(np.abs(np.array(sums) - 1.0)) < 0)
    assert sums[-1] == pytest.approx(1.0, abs=1e-3)


def test_without_a_belief_it_is_least_squares(national):
    free = {name: tfp.Prior(prior.mean, math.inf) for name, prior in PRIORS.items()}
    given = bayesian(elasticities=free, error_degrees=1e-12).fit(national)
    plain = tfp.PooledLeastSquares(covariance=tfp.Conventional()).fit(national)
    np.testing.assert_allclose(given.estimates, plain.estimates[:2], rtol=1e-9)
    # One degree is the constant's, two are those of elasticities without a prior.
    factor = 14 / 12
    np.testing.assert_allclose(given.std_errors**2 * factor, plain.std_errors[:2] ** 2, rtol=1e-9)
    assert given.diagnostics["prior_weight"] == 0.0


def test_a_firm_belief_stands(national):
    firm = bayesian(elasticities=loose(1e-6)).fit(national)
    assert firm.elasticities["capital"] == pytest.approx(0.4, abs=1e-6)
    assert firm.diagnostics["prior_weight"] == pytest.approx(1.0, abs=1e-4)
    assert "prior-dominates" in [finding.code for finding in firm.warnings]


def test_the_weight_of_the_prior_is_how_far_the_posterior_follows_it(national):
    """Moving all prior means along moves the posterior by the matrix whose trace is the weight."""
    step, moved = 1e-3, []
    for name, prior in PRIORS.items():
        shifted = {**PRIORS, name: tfp.Prior(prior.mean + step, prior.std)}
        change = bayesian(elasticities=shifted, trend=TREND).fit(national).estimates
        moved.append((change - bayesian(trend=TREND).fit(national).estimates) / step)
    trace = moved[0][0] + moved[1][1]
    weight = bayesian(trend=TREND).fit(national).diagnostics["prior_weight"]
    assert weight == pytest.approx(trace / 2, rel=1e-9)


def test_fifteen_years_leave_most_of_it_to_the_prior(national):
    estimate = bayesian(trend=TREND).fit(national)
    assert estimate.diagnostics["prior_weight"] == pytest.approx(0.772812, abs=1e-6)
    assert [finding.code for finding in estimate.warnings] == ["few-years", "prior-dominates"]
    assert estimate.elasticities["capital"] == pytest.approx(0.440913, abs=1e-6)
    # Without a trend the growth of TFP is taken for capital's: the data speak, and mislead.
    without = bayesian().fit(national)
    assert without.elasticities["capital"] > 0.7
    assert without.diagnostics["prior_weight_capital"] < 0.05


WIDE = {"capital": tfp.Prior(0.4, 1.0), "labour": tfp.Prior(0.1, 1.0)}


class TestSigns:
    def test_the_cut_is_that_of_the_joint_posterior(self, national, monkeypatch):
        monkeypatch.setitem(PRIORS, "labour", tfp.Prior(-0.2, 0.3))
        method = bayesian(signs="positive", draws=40_000)
        expected = brute_force(national, method)
        cut = method.fit(national, rng=5)
        simulated = 4 * cut.diagnostics["largest_simulation_error"]
        assert cut.elasticities["labour"] == pytest.approx(expected["labour_cut"], abs=simulated)
        assert expected["labour_positive"] < 0.97
        assert cut.diagnostics["probability_of_signs"] == pytest.approx(
            expected["labour_positive"], abs=0.006
        )

    def test_the_same_rng_gives_the_same_answer_and_intervals_are_positive(self, national):
        method = bayesian(signs="positive", elasticities=WIDE, draws=2_000)
        first, second = method.fit(national, rng=3), method.fit(national, rng=3)
        np.testing.assert_array_equal(first.estimates, second.estimates)
        assert first.estimates[0] != method.fit(national, rng=4).estimates[0]
        low, high = first.confidence_intervals(0.99)
        assert (low > 0).all()
        np.testing.assert_array_equal(high, np.quantile(first.posterior_draws, 0.995, axis=0))
        assert first.tidy()["p_value"].isna().all()

    def test_no_rng_no_draws(self, national):
        with pytest.raises(tfp.MethodError) as error:
            bayesian(signs="positive").fit(national)
        assert error.value.code == "rng-needed"

    def test_signs_that_the_data_rule_out_are_refused(self, national):
        impossible = {"capital": tfp.Prior(-0.5, 0.001), "labour": tfp.Prior(0.6, 0.1)}
        with pytest.raises(tfp.MethodError) as error:
            bayesian(signs="positive", elasticities=impossible).fit(national, rng=1)
        assert error.value.code == "signs-contradicted"


def test_panels_have_a_constant_for_each_entity(made):
    frame = made(n=12)
    panel = tfp.Panel(
        frame, entity="firm", time="year", output="output", capital="capital", labour="labour"
    )
    wide = bayesian(elasticities=loose(math.inf), error_degrees=1e-12).fit(panel)
    fixed = tfp.FixedEffects().fit(panel)
    np.testing.assert_allclose(wide.estimates, fixed.estimates, rtol=1e-10)


def test_units_change_nothing(national):
    larger = national.with_values("capital", national.values("capital") * 1e6)
    first, second = bayesian(trend=TREND).fit(national), bayesian(trend=TREND).fit(larger)
    np.testing.assert_allclose(first.estimates, second.estimates, rtol=1e-9)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"elasticities": {"capital": tfp.Prior(0.4, 0.1)}}, "elasticities-missing"),
        ({"elasticities": loose(math.inf), "trend": tfp.Prior(0.0, math.inf)}, None),
        ({"error_std": 0.0}, "option-not-positive"),
        ({"signs": "both"}, "option-unknown"),
    ],
)
def test_what_is_refused(national, options, code):
    if code is None:
        assert bayesian(**options).fit(national).diagnostics["prior_weight"] == 0.0
        return
    with pytest.raises(tfp.MethodError) as error:
        bayesian(**options).fit(national)
    assert error.value.code == code


@pytest.mark.parametrize(("mean", "std"), [(math.nan, 0.1), (0.4, 0.0), (0.4, math.nan)])
def test_a_belief_is_two_numbers(mean, std):
    with pytest.raises(tfp.MethodError) as error:
        tfp.Prior(mean, std)
    assert error.value.code == "prior-not-a-number"


def test_it_is_kept_and_shown(national, tmp_path):
    estimate = bayesian(signs="positive", draws=500, returns_std=0.1).fit(national, rng=1)
    estimate.save(tmp_path / "estimate.tfp")
    again = tfp.load(tmp_path / "estimate.tfp")
    np.testing.assert_array_equal(again.posterior_draws, estimate.posterior_draws)
    assert "tiên nghiệm" in bayesian(trend=TREND).fit(national).summary("vi")
