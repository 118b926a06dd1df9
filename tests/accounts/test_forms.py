"""The productivity form and the capital-output form against logarithms taken by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tfp

# Of max(1, sum of the sizes of the terms), in points. Logarithms of levels near e^10 lose
# one digit when they are subtracted here rather than divided.
IDENTITY = 1e-12
BY_HAND = 1e-11

METHODS = [
    tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4)),
    tfp.GrowthAccounting(factor_weights=tfp.FixedShares(labour=0.6), rates="log"),
    tfp.GrowthAccounting(factor_weights=tfp.IncomeShares(), share_timing="previous"),
    tfp.GrowthAccounting(factor_weights=tfp.IncomeShares(), rates="log"),
]
MULTIPLIERS = ("hours_per_worker", "human_capital")


def provinces(seed, **options):
    options = {"noise": 0.05, "missing_cells": 0.05, "missing_rows": 0.1, "rng": seed} | options
    frame = tfp.datasets.generate_provinces(4, 2012, 2020, **options).frame
    return frame.assign(labour_share=1 - frame["capital_share"] * (1 + 0.1 * frame["year"] % 2))


def panel_of(frame, multipliers=MULTIPLIERS, **roles):
    standard = {"output": "grdp", "capital": "capital", "labour": "labour"}
    standard |= {name: name for name in multipliers} | {"labour_share": "labour_share"}
    return tfp.Panel(frame, entity="province", time="year", **(standard | roles))


def log_changes(frame, *columns):
    """Return changes of logarithms by province, NaN over a gap."""
    keys = frame.set_index(["province", "year"]).sort_index()
    # Reindexed to all years, so that a missing year makes missing changes on both sides.
    years = range(frame["year"].min(), frame["year"].max() + 1)
    every = pd.MultiIndex.from_product([keys.index.levels[0], years], names=keys.index.names)
    logs = np.log(keys.reindex(every)[list(columns)])
    return logs.groupby("province").diff().loc[keys.index]


def capital_weights(method, frame):
    """Return capital's weight in each growth."""
    shares = frame.set_index(["province", "year"]).sort_index()["labour_share"]
    if isinstance(method.factor_weights, tfp.FixedShares):
        return 0.4 + 0 * shares
    before = shares.groupby("province").shift()
    mixed = {"previous": before, "average": (shares + before) / 2}
    return 1 - mixed[method.share_timing]


def assert_close(ours, expected):
    expected = expected.loc[ours.index]
    size = np.maximum(1.0, ours.abs().sum(axis=1))
    for name in ours:
        gap = (ours[name] - expected[name]).abs()
        # NaN in the same rows: a comparison with NaN is false, so it is counted apart.
        assert (gap.isna() == ours[name].isna()).all()
        assert (ours[name].isna() == expected[name].isna()).all(), name
        assert not (gap > BY_HAND * size).any(), name


@pytest.mark.parametrize("method", METHODS, ids=range(len(METHODS)))
@pytest.mark.parametrize("multipliers", [(), MULTIPLIERS], ids=["persons", "hours and skills"])
@settings(max_examples=12)
@given(seed=st.integers(0, 2**32 - 1))
def test_both_forms_in_log_points(method, multipliers, seed):
    frame = provinces(seed)
    accounts = method.fit(panel_of(frame, multipliers))
    d = 100 * log_changes(frame, "grdp", "capital", "labour", *MULTIPLIERS)
    share = capital_weights(method, frame)
    h = d[list(multipliers)]
    labour = d["labour"] + h.sum(axis=1, skipna=False)
    residual = d["grdp"] - share * d["capital"] - (1 - share) * labour

    per_worker = accounts.productivity_form(unit="log_points")
    expected = {
        "labour_productivity": d["grdp"] - d["labour"],
        "capital_deepening": share * (d["capital"] - d["labour"]),
        **{name: (1 - share) * h[name] for name in multipliers},
        "tfp": residual,
    }
    assert list(per_worker.contributions) == list(expected)
    assert_close(per_worker.contributions, pd.DataFrame(expected))

    intensity = accounts.capital_output_form(unit="log_points")
    expected = {
        "labour_productivity": d["grdp"] - d["labour"],
        "capital_output_ratio": share / (1 - share) * (d["capital"] - d["grdp"]),
        **{name: h[name] for name in multipliers},
        "tfp_over_labour_share": residual / (1 - share),
    }
    assert list(intensity.contributions) == list(expected)
    assert_close(intensity.contributions, pd.DataFrame(expected))

    for form in (per_worker, intensity):
        assert form.largest_gap <= IDENTITY
        assert form.rates == "log"


@pytest.mark.parametrize("method", METHODS, ids=range(len(METHODS)))
@settings(max_examples=12)
@given(seed=st.integers(0, 2**32 - 1))
def test_points_are_log_points_times_the_logarithmic_mean(method, seed):
    frame = provinces(seed)
    accounts = method.fit(panel_of(frame))
    d = log_changes(frame, "grdp", "labour")
    simple = np.expm1(d["grdp"] - d["labour"])
    for form in ("productivity_form", "capital_output_form"):
        in_points = getattr(accounts, form)()
        in_logs = getattr(accounts, form)(unit="log_points").contributions
        ours = in_points.contributions
        factor = (simple / np.log1p(simple)).loc[ours.index]
        assert_close(ours, in_logs.mul(factor, axis=0))
        assert_close(ours[["labour_productivity"]], 100 * simple.to_frame("labour_productivity"))
        # Additive again, and terms keep their proportions: one factor for each year.
        assert in_points.largest_gap <= IDENTITY
        assert in_points.rates == "simple"


def test_the_tfp_of_the_three_readings_is_one():
    logs = METHODS[3].fit(panel_of(provinces(1)))
    tfp_points = logs.contributions["tfp"]
    per_worker = logs.productivity_form(unit="log_points").contributions["tfp"]
    scaled = logs.capital_output_form(unit="log_points").contributions["tfp_over_labour_share"]
    assert per_worker.equals(tfp_points)
    labour_share = logs.factor_weights["labour"]
    pd.testing.assert_series_equal(scaled * labour_share, tfp_points, check_names=False, rtol=1e-13)


def test_no_growth_has_the_factor_one():
    frame = {"year": [1, 2], "y": [100.0, 110.0], "k": [300.0, 330.0], "l": [50.0, 55.0]}
    frame["year"] = [2001, 2002]
    panel = tfp.Panel(frame, time="year", output="y", capital="k", labour="l")
    points = METHODS[0].fit(panel).productivity_form().contributions
    assert points.loc[2002].abs().max() < 1e-13  # everything grew alike


def test_several_assets_and_further_inputs_deepen_each():
    rng = np.random.default_rng(2)
    frame = {name: np.exp(rng.normal(size=6)) for name in ("y", "ict", "other", "l", "e")}
    frame["year"] = np.arange(2000, 2006)
    panel = tfp.Panel(
        frame, time="year", output="y", labour="l",
        capital={"ict": "ict", "other": "other"}, further_inputs={"energy": "e"},
    )  # fmt: skip
    shares = tfp.FixedShares(capital={"ict": 0.1, "other": 0.3}, further={"energy": 0.15})
    form = (
        tfp.GrowthAccounting(factor_weights=shares).fit(panel).productivity_form(unit="log_points")
    )
    d = {name: 100 * np.diff(np.log(values)) for name, values in frame.items() if name != "year"}
    expected = {
        "capital_ict_deepening": 0.1 * (d["ict"] - d["l"]),
        "capital_other_deepening": 0.3 * (d["other"] - d["l"]),
        "energy_deepening": 0.15 * (d["e"] - d["l"]),
    }
    for name, values in expected.items():
        np.testing.assert_allclose(form.contributions[name], values, rtol=1e-12)
    assert form.largest_gap <= IDENTITY


class TestRefusals:
    def refusal(self, function, **options):
        with pytest.raises(tfp.MethodError) as error:
            function(**options)
        assert error.value.message("en") != error.value.message("vi")
        return error.value.code

    def test_of_a_unit_that_does_not_exist(self):
        accounts = METHODS[0].fit(panel_of(provinces(1)))
        for form in (accounts.productivity_form, accounts.capital_output_form):
            assert self.refusal(form, unit="per cent") == "option-unknown"

    def test_of_accounts_without_labour(self):
        frame = provinces(1).assign(one=1.0)
        panel = panel_of(frame, (), labour=None, labour_share=None, capital_share="one")
        accounts = tfp.GrowthAccounting(factor_weights=tfp.IncomeShares()).fit(panel)
        assert self.refusal(accounts.productivity_form) == "form-needs-labour"
        assert self.refusal(accounts.capital_output_form) == "form-needs-labour"

    def test_of_capital_intensity_with_several_assets(self):
        frame = provinces(1).assign(other=provinces(2)["capital"])
        panel = panel_of(frame, (), capital={"a": "capital", "b": "other"})
        shares = tfp.FixedShares(capital={"a": 0.2, "b": 0.2})
        accounts = tfp.GrowthAccounting(factor_weights=shares).fit(panel)
        assert self.refusal(accounts.capital_output_form) == "form-needs-one-capital"

    def test_where_capital_takes_all_income_there_is_no_form(self):
        frame = provinces(1, missing_cells=0.0, missing_rows=0.0).assign(labour_share=0.0)
        accounts = METHODS[2].fit(panel_of(frame))
        points = accounts.capital_output_form().contributions
        assert points["capital_output_ratio"].isna().all()
        assert points["tfp_over_labour_share"].isna().all()


def test_the_forms_know_what_their_figures_rest_on():
    frame = provinces(3, missing_cells=0.0, missing_rows=0.0)
    frame["status"] = np.where(frame["year"] == frame["year"].max(), "preliminary", "final")
    panel = panel_of(frame, status="status", vintages={"output": "2025"})
    accounts = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4)).fit(panel)
    for form in (accounts.productivity_form(), accounts.capital_output_form()):
        assert form.statuses == accounts.statuses
        assert form.provenance.described("output", "vintage") == "2025"
        assert "preliminary" in form.statuses
