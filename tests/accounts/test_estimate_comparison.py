"""Estimates side by side: each row is what its own account gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

PERIODS = ["2011-2015", "2016-2019", "2021-2024"]


@pytest.fixture(scope="module")
def panel():
    frame = tfp.datasets.generate_provinces(12, rng=3, noise=0.01).frame
    return tfp.Panel(
        frame, entity="province", time="year", output="grdp", capital="capital", labour="labour"
    )


@pytest.fixture(scope="module")
def estimates(panel):
    stated = tfp.StatedElasticities({"capital": 0.35, "labour": 0.6}, "value_added", "aggregate")
    return {
        "OLS": tfp.PooledLeastSquares().fit(panel),
        "FE": tfp.FixedEffects().fit(panel),
        "stated": stated,
        "shares": tfp.FixedShares(capital=0.40),
    }


@pytest.fixture(scope="module")
def comparison(panel, estimates):
    return tfp.compare_estimates(estimates, panel=panel, periods=PERIODS)


def test_each_row_is_its_own_account(panel, estimates, comparison):
    for name in ("OLS", "FE", "stated"):
        weights = tfp.OutputElasticities(estimates[name], returns="separate")
        own = tfp.GrowthAccounting(factor_weights=weights).fit(panel).periods(PERIODS)
        pd.testing.assert_series_equal(
            comparison.tfp_growth[name], own.contributions["tfp"], check_names=False
        )
        pd.testing.assert_series_equal(
            comparison.tfp_share[name], own.share_of_growth["tfp"], check_names=False
        )
    shares = tfp.growth_accounts(panel, capital_share=0.40).periods(PERIODS)
    np.testing.assert_array_equal(comparison.tfp_growth["shares"], shares.contributions["tfp"])


def test_elasticities_and_their_errors(estimates, comparison):
    table = comparison.elasticities
    for name in ("OLS", "FE"):
        estimate = estimates[name]
        assert table.loc[name, "capital"] == estimate.elasticities["capital"]
        assert table.loc[name, "returns_to_scale"] == pytest.approx(estimate.returns_to_scale)
        errors = dict(zip(estimate.terms, estimate.std_errors, strict=True))
        assert table.loc[name, "labour_std_error"] == pytest.approx(errors["labour"], rel=1e-12)
        ends = estimate.elasticity_covariance.sum()
        assert table.loc[name, "returns_to_scale_std_error"] == pytest.approx(np.sqrt(ends))
    assert table.loc["stated", ["capital", "labour"]].tolist() == [0.35, 0.6]
    assert table.loc["shares", ["capital", "labour"]].tolist() == pytest.approx([0.4, 0.6])
    assert table.loc["stated":"shares", "capital_std_error"].isna().all()


def test_bands_stand_where_there_is_a_covariance(panel, estimates, comparison):
    assert [band is not None for band in comparison.bands] == [True, True, False, False]
    weights = tfp.OutputElasticities(estimates["FE"])
    accounts = tfp.GrowthAccounting(factor_weights=weights).fit(panel)
    own = tfp.elasticity_band(accounts, estimates["FE"], periods=PERIODS)
    np.testing.assert_array_equal(comparison.bands[1].low, own.low)
    tidy = comparison.tidy()
    fixed = tidy[tidy["estimate_name"] == "FE"]
    np.testing.assert_array_equal(fixed["tfp_growth_high"], own.high)
    assert tidy[tidy["estimate_name"] == "stated"]["tfp_growth_low"].isna().all()


def test_the_method_is_the_callers(panel, estimates):
    method = tfp.GrowthAccounting(
        factor_weights=tfp.FixedShares(capital=0.5), rates="log", period_average="log"
    )
    found = tfp.compare_estimates(
        estimates, panel=panel, periods=PERIODS, method=method, returns="normalise"
    )
    assert {item.average for item in found.periods} == {"log"}
    codes = {(f.code, f.fields["estimate"]) for f in found.warnings}
    assert ("elasticities-normalised", "stated") in codes
    assert found.tfp_growth.loc[:, "stated"].iloc[0] != pytest.approx(
        tfp.compare_estimates(estimates, panel=panel, periods=PERIODS, method=method)
        .tfp_growth["stated"].iloc[0]
    )  # fmt: skip


def test_accounts_take_whatever_has_elasticities(panel):
    class Foreign:
        elasticities = {"capital": 0.3, "labour": 0.7}  # noqa: RUF012  (an example of another's class)
        output_concept = "value_added"
        observed_units = "aggregate"

    found = tfp.compare_estimates({"theirs": Foreign()}, panel=panel, periods=PERIODS)
    assert found.elasticities.loc["theirs", "returns_to_scale"] == 1.0


@pytest.mark.parametrize("given", [{}, None, [1]])
def test_nothing_to_compare(panel, given):
    with pytest.raises(tfp.MethodError) as error:
        tfp.compare_estimates(given, panel=panel, periods=PERIODS)
    assert error.value.code == "estimates-missing"


def test_estimates_of_another_output_are_refused(panel, estimates):
    gross = tfp.StatedElasticities({"capital": 0.2, "labour": 0.2}, "gross_output", "aggregate")
    with pytest.raises(tfp.MethodError) as error:
        tfp.compare_estimates({**estimates, "gross": gross}, panel=panel, periods=PERIODS)
    assert error.value.code == "elasticity-output-concept"


def test_it_is_kept_and_shown(comparison, tmp_path):
    comparison.save(tmp_path / "comparison.tfp")
    again = tfp.load(tmp_path / "comparison.tfp")
    pd.testing.assert_frame_equal(again.tidy(), comparison.tidy())
    pd.testing.assert_frame_equal(again.elasticities, comparison.elasticities)
    assert "Hệ số co giãn và TFP theo từng ước lượng" in comparison.summary("vi")
    comparison.to_excel(tmp_path / "comparison.xlsx")
    assert (tmp_path / "comparison.xlsx").stat().st_size > 0
