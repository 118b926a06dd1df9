"""Growth of services and stock: exact identities over random stocks, and assets that appear."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.numerics.capital_services import logarithmic_mean, services_growth

IDENTITY = 1e-12
FIRST = np.array([0])


@st.composite
def stocks_and_costs(draw):
    assets, years = draw(st.integers(1, 6)), draw(st.integers(2, 9))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    stocks = rng.uniform(1.0, 1000.0, (assets, 1)) * np.exp(
        rng.normal(0.03, 0.2, (assets, years)).cumsum(axis=1)
    )
    gone = rng.random((assets, years)) < draw(st.sampled_from([0.0, 0.2]))
    gone[0] = False
    stocks[gone] = 0.0
    return stocks, rng.uniform(0.01, 0.6, (assets, years)) * stocks


@given(stocks_and_costs(), st.sampled_from(["average", "current", "previous"]))
def test_composition_is_services_less_stock(drawn, timing) -> None:
    # The stock's growth is computed from sums; the weights that split it from means of logs.
    stocks, costs = drawn
    found = services_growth(stocks, costs, None, FIRST, timing)
    by_asset = ((found.cost_shares - found.stock_shares) * found.growth).sum(axis=0)
    scale = np.maximum(1.0, np.abs(found.growth).sum(axis=0))
    gap = np.abs(by_asset - (found.services - found.stock)) / scale
    assert gap[1:].max() <= IDENTITY
    assert np.isnan(found.services[0])
    assert found.cost_shares[:, 1:].sum(axis=0) == pytest.approx(1.0, rel=1e-13)


@given(stocks_and_costs())
def test_equal_rentals_leave_nothing_to_composition_of_values(drawn) -> None:
    stocks, _ = drawn
    found = services_growth(stocks, 0.1 * stocks, 2.0 * stocks, FIRST, "average")
    assert found.services[1:] == pytest.approx(found.stock[1:], abs=1e-13)


def test_the_timings_differ_by_their_shares() -> None:
    stocks = np.array([[100.0, 110.0], [100.0, 100.0]])
    costs = np.array([[10.0, 30.0], [10.0, 10.0]])
    growth = np.log(1.1)
    for timing, share in (("average", 0.625), ("current", 0.75), ("previous", 0.5)):
        found = services_growth(stocks, costs, None, FIRST, timing)
        assert found.services[1] == pytest.approx(share * growth, rel=1e-14)


def test_a_new_asset_is_left_out_of_both_years() -> None:
    stocks = np.array([[100.0, 110.0, 121.0], [0.0, 500.0, 600.0]])
    costs = 0.1 * stocks
    found = services_growth(stocks, costs, None, FIRST, "average")
    assert found.matched[:, 1:].tolist() == [[True, True], [False, True]]
    assert found.services[1] == pytest.approx(np.log(1.1), rel=1e-14)
    assert found.stock[1] == pytest.approx(np.log(1.1), rel=1e-14)
    assert found.services[2] > np.log(1.1)


def test_a_stock_that_is_not_known_is_not_a_stock_of_nothing() -> None:
    stocks = np.array([[100.0, 110.0], [np.nan, 500.0]])
    found = services_growth(stocks, 0.1 * stocks, None, FIRST, "average")
    assert np.isnan(found.services[1])
    assert np.isnan(found.stock[1])


def test_costs_that_are_a_loss_have_no_shares() -> None:
    stocks = np.array([[100.0, 110.0], [50.0, 60.0]])
    costs = np.array([[10.0, -10.0], [5.0, 5.0]])
    found = services_growth(stocks, costs, None, FIRST, "average")
    assert np.isnan(found.services[1])
    assert found.stock[1] == pytest.approx(np.log(170 / 150), rel=1e-14)


@given(st.floats(1e-3, 1e6), st.floats(-1e-9, 1e-9))
def test_the_logarithmic_mean_of_close_numbers_keeps_its_digits(value, step) -> None:
    close = value * (1.0 + step)
    mean = logarithmic_mean(np.array([value]), np.array([close]))[0]
    assert mean == pytest.approx((value + close) / 2.0, rel=1e-15)
