"""Stocks against loops over years, the closed form, and where they are not yet known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfp.numerics.perpetual_inventory import perpetual_inventory, stock_in_use

TIMINGS = ["end_of_year", "mid_year"]


def make_blocks(seed, lengths):
    rng = np.random.default_rng(seed)
    lengths = np.array(lengths)
    starts = np.cumsum(lengths) - lengths
    initial_row = starts + rng.integers(0, lengths)
    n = int(lengths.sum())
    return {
        "investment": rng.uniform(1, 30, n),
        "depreciation": rng.uniform(0.02, 0.12, n),
        "initial_stock": rng.uniform(50, 400, lengths.size),
        "initial_row": initial_row,
        "starts": starts,
        "lengths": lengths,
    }


def by_hand(blocks, timing):
    end, start, surviving = np.full((3, blocks["investment"].size), np.nan)
    stops = blocks["starts"] + blocks["lengths"]
    for first, stop, stock in zip(
        blocks["initial_row"], stops, blocks["initial_stock"], strict=True
    ):
        end[first] = surviving[first] = stock
        rate = blocks["depreciation"][first]
        worn = rate / 2 if timing == "mid_year" else 0.0
        left = stock - (1 - worn) * blocks["investment"][first]
        start[first] = left / (1 - rate) if left > 0 else np.nan
        for t in range(first + 1, stop):
            rate = blocks["depreciation"][t]
            worn = rate / 2 if timing == "mid_year" else 0.0
            start[t] = end[t - 1]
            end[t] = (1 - rate) * end[t - 1] + (1 - worn) * blocks["investment"][t]
            surviving[t] = (1 - rate) * surviving[t - 1]
    return end, start, surviving


@pytest.mark.parametrize("timing", TIMINGS)
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), lengths=st.lists(st.integers(1, 9), min_size=1, max_size=7))
def test_stocks_are_those_of_plain_loops(timing, seed, lengths):
    blocks = make_blocks(seed, lengths)
    stocks = perpetual_inventory(**blocks, investment_timing=timing)
    ours = (stocks.end_of_year, stocks.start_of_year, stocks.surviving_initial)
    for mine, expected in zip(ours, by_hand(blocks, timing), strict=True):
        np.testing.assert_allclose(mine, expected, rtol=1e-15)


@pytest.mark.parametrize("timing", TIMINGS)
def test_stocks_are_the_surviving_initial_one_and_the_surviving_investment(timing):
    blocks = make_blocks(7, [12]) | {"initial_row": np.array([0]), "depreciation": 0.05}
    stocks = perpetual_inventory(**blocks, investment_timing=timing)
    years = np.arange(12)
    np.testing.assert_allclose(
        stocks.surviving_initial, blocks["initial_stock"] * 0.95**years, rtol=1e-14
    )
    first_year = 0.975 if timing == "mid_year" else 1.0
    for t in years:
        vintages = blocks["investment"][1 : t + 1] * first_year * 0.95 ** np.arange(t)[::-1]
        expected = stocks.surviving_initial[t] + vintages.sum()
        assert stocks.end_of_year[t] == pytest.approx(expected, rel=1e-14)


def test_constant_stock_where_investment_replaces_what_is_worn():
    stocks = perpetual_inventory(
        np.full(6, 8.0), 0.0625, np.array([128.0]), np.array([0]), np.array([0]), np.array([6])
    )
    assert stocks.end_of_year.tolist() == [128.0] * 6


def test_a_missing_investment_ends_the_block_only():
    investment = np.array([1.0, np.nan, 1.0, 1.0, 1.0])
    stocks = perpetual_inventory(
        investment, 0.0, np.array([1.0, 5.0]), np.array([0, 3]), np.array([0, 3]), np.array([3, 2])
    )
    np.testing.assert_array_equal(stocks.end_of_year, [1.0, np.nan, np.nan, 5.0, 6.0])


def test_stock_in_use_by_its_timing():
    stocks = perpetual_inventory(
        np.array([0.0, 20.0]), 0.05, np.array([100.0]), np.array([0]), np.array([0]), np.array([2])
    )
    in_use = {timing: stock_in_use(stocks, timing)[1] for timing in ("start", "end", "mid")}
    assert in_use == {"start": 100.0, "end": 115.0, "mid": 107.5}
    # Backwards by the same rule: the whole stock of 100 was there at the start, 5 % larger.
    assert stock_in_use(stocks, "start")[0] == pytest.approx(100.0 / 0.95, rel=1e-15)


def test_the_start_of_the_initial_year_is_unknown_where_its_investment_explains_the_stock():
    stocks = perpetual_inventory(
        np.array([100.0, 20.0, np.nan, 20.0]),
        0.05,
        np.array([100.0, 50.0]),
        np.array([0, 2]),
        np.array([0, 2]),
        np.array([2, 2]),
    )
    np.testing.assert_array_equal(stocks.start_of_year, [np.nan, 100.0, np.nan, 50.0])


def test_no_rows():
    nothing = np.empty(0, dtype=np.intp)
    stocks = perpetual_inventory(np.empty(0), 0.05, np.empty(0), nothing, nothing, nothing)
    assert stocks.end_of_year.size == 0


def test_a_hundred_thousand_entities():
    n_entities, years = 100_000, 4
    starts = np.arange(0, n_entities * years, years)
    initial = np.linspace(1, 2, n_entities)
    stocks = perpetual_inventory(
        np.ones(n_entities * years), 0.5, initial, starts, starts, np.full(n_entities, years)
    )
    last = stocks.end_of_year.reshape(n_entities, years)[:, -1]
    np.testing.assert_array_equal(last, ((initial / 2 + 1) / 2 + 1) / 2 + 1)
