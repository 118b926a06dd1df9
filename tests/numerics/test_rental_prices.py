"""Rentals by hand, and over random prices, stocks and incomes: they exhaust capital income."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.numerics.rental_prices import (
    AssetYears,
    before,
    internal_rate,
    mean_of_years,
    rental_prices,
    rentals_without_negative,
)

EXHAUSTED = 1e-12  # relative to capital income


@st.composite
def asset_years(draw):
    """Return one to five assets in one to eight years, some without a stock."""
    assets, years = draw(st.integers(1, 5)), draw(st.integers(1, 8))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    shape = (assets, years)
    earlier = rng.uniform(0.2, 5.0, shape)
    price = earlier * rng.uniform(0.7, 1.4, shape)
    stock = rng.uniform(1.0, 1000.0, shape) * (rng.random(shape) < 0.8)
    stock[0] = np.maximum(stock[0], 1.0)
    years = AssetYears(price, earlier, price - earlier, rng.uniform(0.0, 0.5, shape), stock)
    income = rng.uniform(0.02, 0.5, years.stock.shape[1]) * (price * stock).sum(axis=0)
    return years, income


def test_by_hand() -> None:
    # Houses: 2 x 10 % + 0.03 x 2.1 - 0.1 = 0.163; computers: 0.1 + 0.3 x 0.9 + 0.1 = 0.47.
    assets = AssetYears(
        price=np.array([[2.1], [0.9]]), price_before=np.array([[2.0], [1.0]]),
        revaluation=np.array([[0.1], [-0.1]]), depreciation=np.array([[0.03], [0.3]]),
        stock=np.array([[100.0], [10.0]]),
    )  # fmt: skip
    rentals = rental_prices(assets, np.array([0.1]))
    assert rentals[:, 0] == pytest.approx([0.163, 0.47], rel=1e-14)
    assert internal_rate(assets, np.array([16.3 + 4.7])) == pytest.approx(0.1, rel=1e-14)


@given(asset_years())
def test_rentals_at_the_internal_rate_exhaust_income(drawn) -> None:
    assets, income = drawn
    rentals = rental_prices(assets, internal_rate(assets, income))
    assert (rentals * assets.stock).sum(axis=0) == pytest.approx(income, rel=EXHAUSTED)
    assert (rentals[assets.stock == 0.0] == 0.0).all()


@given(asset_years())
def test_without_negative_rentals_income_is_exhausted_all_the_same(drawn) -> None:
    assets, income = drawn
    plain = rental_prices(assets, internal_rate(assets, income))
    rentals, rate = rentals_without_negative(assets, income)
    assert (rentals >= 0.0).all()
    assert (rentals * assets.stock).sum(axis=0) == pytest.approx(income, rel=EXHAUSTED)
    assert (rentals[plain < 0.0] == 0.0).all(), "an asset once left out stays out"
    assert (rate <= internal_rate(assets, income) + 1e-12).all()
    fine = (plain >= 0.0).all(axis=0)
    assert rentals[:, fine] == pytest.approx(plain[:, fine], rel=1e-14)


def test_a_loss_leaves_no_asset_with_a_rental() -> None:
    assets = AssetYears(*(np.array([[x]]) for x in (1.0, 1.0, 0.0, 0.05, 100.0)))
    rentals, rate = rentals_without_negative(assets, np.array([-3.0]))
    assert rentals.tolist() == [[0.0]]
    assert np.isnan(rate[0])


def test_the_price_of_an_asset_without_stock_does_not_matter() -> None:
    one = AssetYears(*(np.array([[x]]) for x in (1.0, 1.0, 0.0, 0.05, 100.0)))
    two = AssetYears(*(np.array([[x], [y]]) for x, y in (
        (1.0, np.nan), (1.0, np.nan), (0.0, np.nan), (0.05, 0.2), (100.0, 0.0)
    )))  # fmt: skip
    income = np.array([9.0])
    assert internal_rate(two, income) == internal_rate(one, income)
    assert rental_prices(two, np.array([0.04]))[1, 0] == 0.0


def test_a_stock_that_is_not_known_leaves_no_rate() -> None:
    assets = AssetYears(*(np.array([[x]]) for x in (1.0, 1.0, 0.0, 0.05, np.nan)))
    assert np.isnan(internal_rate(assets, np.array([9.0]))[0])


def test_means_of_years_stop_at_breaks() -> None:
    values = np.array([1.0, 2.0, 6.0, 5.0, 7.0, 9.0])
    assert mean_of_years(values, np.array([0, 3]), 2).tolist() == pytest.approx(
        [np.nan, 1.5, 4.0, np.nan, 6.0, 8.0], nan_ok=True
    )
    assert mean_of_years(values, np.array([0, 3]), 1).tolist() == values.tolist()
    assert np.isnan(mean_of_years(values, np.array([0, 3]), 4)).all()


def test_before_does_not_touch_what_it_is_given() -> None:
    values = np.arange(6.0).reshape(2, 3)
    shifted = before(values, np.array([0]))
    assert shifted[:, 1:].tolist() == [[0.0, 1.0], [3.0, 4.0]]
    assert np.isnan(shifted[:, 0]).all()
    assert values.tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]
