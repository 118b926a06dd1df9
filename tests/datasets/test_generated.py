"""Generated provinces: the truth is recovered, reproducible, and untouched by what is observed."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.datasets import generate_provinces
from tfp.errors import MethodError

# Logarithms of numbers up to 1e6 lose about 1e-15 each; five of them are combined.
EXACT = 1e-13


def by_year(frame, column):
    return frame.pivot(index="province", columns="year", values=column).to_numpy()


@given(seed=st.integers(0, 2**32 - 1), n_provinces=st.integers(1, 5), n_years=st.integers(1, 8))
def test_the_account_in_logarithms_returns_the_true_tfp_growth(seed, n_provinces, n_years):
    panel = generate_provinces(n_provinces, 2010, 2009 + n_years, rng=seed)
    frame = panel.frame

    def dlog(column):
        return np.diff(np.log(by_year(frame, column)), axis=1)

    share = by_year(frame, "capital_share")[:, 1:]
    labour = dlog("labour") + dlog("hours_per_worker") + dlog("human_capital")
    residual = dlog("grdp") - share * dlog("capital") - (1 - share) * labour
    true = by_year(panel.truth, "dlog_tfp")
    np.testing.assert_allclose(residual, true[:, 1:], rtol=0, atol=EXACT)
    np.testing.assert_allclose(
        np.diff(by_year(panel.truth, "log_tfp"), axis=1), true[:, 1:], rtol=0, atol=EXACT
    )
    assert np.isnan(true[:, 0]).all()


def test_perpetual_inventory_returns_the_true_stock():
    panel = generate_provinces(9, rng=3)
    investment, capital = (by_year(panel.frame, name) for name in ("investment", "capital"))
    parameters = panel.parameters
    stock = parameters["capital_output_ratio"].to_numpy() * by_year(panel.frame, "grdp")[:, 0]
    for t in range(1, capital.shape[1]):
        stock = (1 - parameters["depreciation"].to_numpy()) * stock + investment[:, t]
        np.testing.assert_allclose(stock, capital[:, t], rtol=1e-14)


def test_investment_follows_the_output_of_the_year_before():
    panel = generate_provinces(400, rng=4)
    rate = by_year(panel.frame, "investment")[:, 1:] / by_year(panel.frame, "grdp")[:, :-1]
    drawn = panel.parameters["investment_rate"].to_numpy()
    # The yearly scatter has a standard deviation of 0.06, so a mean of 14 years one of 0.016.
    deviation = np.log(rate).mean(axis=1) - np.log(drawn)
    assert np.abs(deviation).max() < 5 * 0.06 / np.sqrt(14)


def test_the_same_seed_gives_the_same_panel_and_another_seed_another():
    first, again, other = (generate_provinces(5, rng=seed, noise=0.02) for seed in (1, 1, 2))
    assert first.frame.equals(again.frame)
    assert first.truth.equals(again.truth)
    assert not first.truth.equals(other.truth)
    assert generate_provinces(5, rng=np.random.default_rng(1), noise=0.02).frame.equals(first.frame)


def test_what_is_observed_never_moves_the_truth():
    clean = generate_provinces(20, rng=5)
    rough = generate_provinces(20, rng=5, noise=0.05, missing_cells=0.1, missing_rows=0.1)
    assert rough.truth.equals(clean.truth)
    assert rough.parameters.equals(clean.parameters)
    assert clean.frame["grdp"].tolist() == clean.truth["grdp"].tolist()


def test_noise_has_the_size_asked_for_and_leaves_the_stock_alone():
    panel = generate_provinces(300, rng=6, noise=0.05)
    for column in ("grdp", "investment", "labour"):
        error = np.log(panel.frame[column] / panel.truth[column])
        # 4,500 draws: the standard deviation is known to about one per cent of itself.
        assert error.std() == pytest.approx(0.05, rel=0.05)
        assert error.mean() == pytest.approx(0.0, abs=0.005)
    for column in ("capital", "hours_per_worker", "human_capital", "capital_share"):
        assert panel.frame[column].tolist() == panel.truth[column].tolist()


def test_missing_cells_and_rows_have_the_frequency_asked_for():
    panel = generate_provinces(300, rng=7, missing_cells=0.2, missing_rows=0.1)
    frame = panel.frame
    n_rows = 300 * 15
    assert len(panel.truth) == n_rows
    assert len(frame) == panel.kept.sum()
    assert len(frame) / n_rows == pytest.approx(0.9, abs=0.02)
    for column in ("grdp", "investment", "labour"):
        assert frame[column].isna().mean() == pytest.approx(0.2, abs=0.03)
    assert frame["capital"].notna().all()
    merged = frame.merge(panel.truth, on=["province", "year"], suffixes=("", "_true"))
    kept = merged["grdp"].notna()
    assert merged.loc[kept, "grdp"].tolist() == merged.loc[kept, "grdp_true"].tolist()


def test_rows_are_by_province_and_year_under_names_that_say_generated():
    frame = generate_provinces(12, 2018, 2020, rng=8).frame
    assert frame["province"].unique().tolist() == [
        f"Generated province {i:02}" for i in range(1, 13)
    ]
    assert frame["year"].tolist() == [2018, 2019, 2020] * 12
    long = generate_provinces(100, 2020, 2020, rng=8).frame
    assert long["province"].iloc[[0, -1]].tolist() == [
        "Generated province 001",
        "Generated province 100",
    ]
    assert long["province"].is_monotonic_increasing


@pytest.mark.parametrize("travelled", [False, True])
def test_frames_are_the_callers_copies_and_arrays_are_read_only(travelled):
    panel = generate_provinces(2, rng=9)
    if travelled:
        panel = pickle.loads(pickle.dumps(panel))  # noqa: S301  (as to a worker and back)
    for name in ("frame", "truth", "parameters"):
        before = getattr(panel, name)
        edited = getattr(panel, name)
        edited.iloc[:, 2:] = 0.0
        assert getattr(panel, name).equals(before)
    arrays = (*panel.observed.values(), *panel.true.values(), *panel.province_parameters.values())
    assert not any(array.flags.writeable for array in (*arrays, panel.years, panel.kept))


@pytest.mark.parametrize(
    "options",
    [
        {"n_provinces": 0},
        {"first_year": 2020, "last_year": 2019},
        {"last_year": 10_000},
        {"noise": -0.1},
        {"noise": float("nan")},
        {"missing_cells": 1.1},
        {"missing_rows": -0.1},
    ],
)
def test_options_outside_their_limits_are_refused(options):
    with pytest.raises(MethodError) as caught:
        generate_provinces(rng=1, **options)
    assert caught.value.code == "generator-option"
    assert caught.value.fields["option"] in options
    assert caught.value.message("en") != caught.value.message("vi")
