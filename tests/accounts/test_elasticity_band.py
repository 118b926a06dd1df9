"""The error of the first step, against accounts that are made anew with moved elasticities."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from scipy import stats

import tfp

PERIODS = ["2001-2004", "2005-2007"]


@pytest.fixture(scope="module")
def panel():
    rng = np.random.default_rng(4)
    n, years = 5, 8
    log_capital = rng.normal(3.0, 0.5, (n, 1)) + np.cumsum(rng.normal(0.06, 0.05, (n, years)), 1)
    log_labour = rng.normal(2.0, 0.5, (n, 1)) + np.cumsum(rng.normal(0.01, 0.04, (n, years)), 1)
    log_output = 0.4 * log_capital + 0.5 * log_labour + rng.normal(0.0, 0.05, (n, years))
    frame = {
        "area": np.repeat([f"area {i}" for i in range(n)], years),
        "year": np.tile(np.arange(2000, 2000 + years), n),
        "y": np.exp(log_output).ravel(),
        "k": np.exp(log_capital).ravel(),
        "l": np.exp(log_labour).ravel(),
        "h": np.tile(np.linspace(2000.0, 1900.0, years), n),
    }
    return tfp.Panel(
        frame, entity="area", time="year", output="y", capital="k", labour="l",
        hours_per_worker="h",
    )  # fmt: skip


@pytest.fixture(scope="module")
def estimate(panel):
    return tfp.PooledLeastSquares().fit(panel)


def accounts_of(panel, elasticities, returns, **options):
    given = tfp.StatedElasticities(elasticities, "value_added", "aggregate")
    weights = tfp.OutputElasticities(given, returns=returns)
    return tfp.GrowthAccounting(factor_weights=weights, **options).fit(panel)


@pytest.mark.parametrize("returns", ["separate", "normalise"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"rates": "log"},
        {"index_form": "quotient"},
        {"period_average": "increments"},
        {"period_average": "log"},
    ],
    ids=str,
)
@pytest.mark.parametrize("periods", [None, PERIODS])
def test_the_band_is_what_moved_elasticities_make(panel, estimate, returns, options, periods):
    weights = tfp.OutputElasticities(estimate, returns=returns)
    accounts = tfp.GrowthAccounting(factor_weights=weights, **options).fit(panel)
    band = tfp.elasticity_band(accounts, estimate, 0.9, periods=periods)

    def tfp_under(values):
        moved = dict(zip(estimate.elasticities, values, strict=True))
        made = accounts_of(panel, moved, returns, **options)
        return made.tfp_growth if periods is None else made.periods(periods).term("tfp")

    centre = np.array(list(estimate.elasticities.values()))
    root = np.linalg.cholesky(estimate.elasticity_covariance)
    step = 1e-4
    slopes = [
        (tfp_under(centre + step * column) - tfp_under(centre - step * column)) / (2 * step)
        for column in root.T
    ]
    reach = stats.t(estimate.degrees_of_freedom).ppf(0.95) * np.sqrt(np.square(slopes).sum(axis=0))
    np.testing.assert_allclose(band.high - band.centre, 100 * reach, rtol=2e-6)
    np.testing.assert_allclose(band.centre - band.low, 100 * reach, rtol=2e-6)
    np.testing.assert_allclose(band.centre, 100 * tfp_under(centre), rtol=1e-12)


def test_shares_are_points_over_growth(panel, estimate):
    accounts = tfp.GrowthAccounting(factor_weights=tfp.OutputElasticities(estimate)).fit(panel)
    points = tfp.elasticity_band(accounts, estimate, periods=PERIODS)
    shares = tfp.elasticity_band(accounts, estimate, periods=PERIODS, measure="share")
    averages = accounts.periods(PERIODS)
    known = averages.share_of_growth["tfp"].notna().to_numpy()
    growth = averages.contributions["output"].to_numpy()
    assert known.sum() > 3
    np.testing.assert_allclose(
        (shares.high - shares.low)[known], (100 * (points.high - points.low) / growth)[known]
    )
    assert np.isnan(shares.low[~known]).all()
    assert shares.covers == "sampling error of the elasticities"


def test_assets_of_capital_keep_their_names():
    """The public capital of a panel is ``capital:public``, that of an estimate another word."""
    rng = np.random.default_rng(1)
    frame = {
        "year": np.arange(2000, 2012),
        **{name: np.exp(np.cumsum(rng.normal(0.03, 0.03, 12))) for name in ("y", "a", "b", "l")},
    }
    panel = tfp.Panel(
        frame, time="year", output="y", capital={"public": "a", "private": "b"}, labour="l"
    )
    estimate = tfp.PooledLeastSquares().fit(panel)
    assert list(estimate.elasticities) == ["capital_public", "capital_private", "labour"]
    weights = tfp.OutputElasticities(estimate)
    accounts = tfp.GrowthAccounting(factor_weights=weights, rates="log").fit(panel)
    np.testing.assert_allclose(accounts.tfp_growth[1:], np.diff(estimate.log_tfp), atol=1e-12)
    band = tfp.elasticity_band(accounts, estimate)
    assert np.isfinite(band.low[1:]).all()


@pytest.mark.parametrize("code", [
    "estimate-without-covariance", "estimate-not-of-accounts", "level-out-of-range",
])  # fmt: skip
def test_what_has_no_band(panel, estimate, code):
    accounts = tfp.GrowthAccounting(factor_weights=tfp.OutputElasticities(estimate)).fit(panel)
    given, level = estimate, 0.95
    if code == "estimate-without-covariance":
        given = SimpleNamespace(elasticities=estimate.elasticities)
    elif code == "estimate-not-of-accounts":
        given = tfp.FixedEffects().fit(panel)
    else:
        level = 95
    with pytest.raises(tfp.MethodError) as error:
        tfp.elasticity_band(accounts, given, level)
    assert error.value.code == code


def test_accounts_of_shares_have_no_such_band(panel, estimate):
    accounts = tfp.growth_accounts(panel, capital_share=0.4)
    with pytest.raises(tfp.MethodError) as error:
        tfp.elasticity_band(accounts, estimate)
    assert error.value.code == "estimate-not-of-accounts"


def test_intervals_of_generated_samples_hold_the_truth():
    """Of 200 samples the 90 per cent band of mean TFP growth holds its true part 87 to 93 %."""
    rng = np.random.default_rng(11)
    truth, held, samples = {"capital": 0.4, "labour": 0.5}, 0, 200
    for _ in range(samples):
        capital = np.cumsum(rng.normal(0.05, 0.1, 40))
        labour = np.cumsum(rng.normal(0.01, 0.1, 40))
        output = 0.4 * capital + 0.5 * labour + rng.normal(0.0, 0.02, 40)
        panel = tfp.Panel(
            {"year": np.arange(1980, 2020), "y": np.exp(output), "k": np.exp(capital),
             "l": np.exp(labour)},
            time="year", output="y", capital="k", labour="l",
        )  # fmt: skip
        estimate = tfp.PooledLeastSquares().fit(panel)
        weights = tfp.OutputElasticities(estimate)
        accounts = tfp.GrowthAccounting(factor_weights=weights, rates="log").fit(panel)
        band = tfp.elasticity_band(accounts, estimate, 0.9, periods=["1981-2019"])
        true = accounts_of(panel, truth, "separate", rates="log").periods(["1981-2019"])
        held += bool(band.low[0] <= 100 * true.term("tfp")[0] <= band.high[0])
    # Three standard deviations of a share of 200.
    assert abs(held / samples - 0.9) < 3 * np.sqrt(0.09 / samples)
