"""Profiles there and back, and stocks of cohorts against sums written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tfp.numerics.cohort_profiles import (
    age_efficiency,
    age_price,
    cohort_losses,
    cohort_stock,
    year_weights,
)

INVERSION = 1e-12
SUMS = 1e-13

rates = st.floats(-0.02, 0.25)
profiles = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=60).map(
    lambda later: np.array([1.0, *sorted(later, reverse=True)])
)


@given(efficiency=profiles, discount_rate=rates, price_change=rates, tail=st.floats(0.0, 0.7))
def test_efficiency_to_price_and_back(efficiency, discount_rate, price_change, tail):
    options = {"discount_rate": discount_rate, "price_change": price_change, "tail": tail}
    price = age_price(efficiency, **options)
    # What a price of one hides of services that are worth thousands of it is not recovered.
    weight = ((1 + price_change) / (1 + discount_rate)) ** np.arange(efficiency.size)
    assume((efficiency * weight).sum() < 50)

    back = age_efficiency(price, **options)

    assert price[0] == 1.0
    np.testing.assert_allclose(back, efficiency, rtol=0, atol=INVERSION)


@given(efficiency=profiles, discount_rate=rates, price_change=rates)
def test_a_price_back_to_efficiency_and_there_again(efficiency, discount_rate, price_change):
    options = {"discount_rate": discount_rate, "price_change": price_change}
    price = age_price(efficiency, **options)

    again = age_price(age_efficiency(price, **options), **options)

    np.testing.assert_allclose(again, price, rtol=0, atol=INVERSION)


@given(efficiency=profiles, discount_rate=rates, price_change=rates)
def test_a_price_is_the_discounted_sum_of_services(efficiency, discount_rate, price_change):
    price = age_price(efficiency, discount_rate=discount_rate, price_change=price_change)
    factor = (1 + price_change) / (1 + discount_rate)
    values = [
        sum(efficiency[s] * factor ** (s - age) for s in range(age, efficiency.size))
        for age in range(efficiency.size)
    ]
    np.testing.assert_allclose(price, np.array(values) / values[0], rtol=1e-12, atol=1e-15)


@given(rate=st.floats(0.0, 0.6), discount_rate=st.floats(0.0, 0.2), ages=st.integers(1, 40))
def test_only_geometric_efficiency_has_prices_like_itself(rate, discount_rate, ages):
    assume(discount_rate > 0.001 or rate > 0.001)
    efficiency = (1 - rate) ** np.arange(ages)
    price = age_price(efficiency, discount_rate=discount_rate, tail=1 - rate)
    np.testing.assert_allclose(price, efficiency, rtol=1e-11)


def test_prices_of_a_lasting_asset_fall_before_its_efficiency():
    shay = np.array([1.0, 1.0, 1.0, 1.0, 0.0])
    price = age_price(shay, discount_rate=0.0)
    assert price.tolist() == pytest.approx([1.0, 0.75, 0.5, 0.25, 0.0], abs=1e-15)


def by_hand(investment, weights):
    return np.array(
        [sum(weights[n] * investment[t - n] for n in range(t + 1)) for t in range(len(investment))]
    )


@given(seed=st.integers(0, 2**32 - 1), entities=st.integers(1, 4), years=st.integers(1, 30))
def test_stocks_of_all_series_are_those_of_each(seed, entities, years):
    rng = np.random.default_rng(seed)
    investment = rng.normal(10, 20, (2, entities, years))  # of any sign
    investment[rng.random(investment.shape) < 0.2] = 0.0
    weights = np.sort(rng.random(years))[::-1]
    stock = cohort_stock(investment, weights)
    for asset in range(2):
        for entity in range(entities):
            expected = by_hand(investment[asset, entity], weights)
            scale = np.abs(investment[asset, entity]).sum()
            np.testing.assert_allclose(stock[asset, entity], expected, rtol=0, atol=SUMS * scale)


@given(seed=st.integers(0, 2**32 - 1), years=st.integers(2, 40))
def test_the_stock_after_is_the_stock_before_plus_investment_less_losses(seed, years):
    rng = np.random.default_rng(seed)
    investment = rng.normal(10, 20, (3, years))
    weights = rng.random() * np.sort(rng.random(years))[::-1]
    stock = cohort_stock(investment, weights)
    lost = cohort_stock(investment, cohort_losses(weights))
    before = np.column_stack((np.zeros(3), stock[:, :-1]))
    scale = np.abs(investment).sum()
    np.testing.assert_allclose(stock, before + investment - lost, rtol=0, atol=SUMS * scale)


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        ("end_of_year", [1.0, 0.6, 0.1]),
        ("start_of_year", [0.6, 0.1, 0.0]),
        ("mid_year", [0.8, 0.35, 0.05]),
    ],
)
def test_when_a_year_s_investment_begins_to_age(timing, expected):
    profile = np.array([1.0, 0.6, 0.1, 0.0])
    assert year_weights(profile, timing, 3).tolist() == pytest.approx(expected, abs=1e-15)
