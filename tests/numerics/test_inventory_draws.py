"""Stocks of many draws: each draw is the one that the kernel of a single draw gives."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfp.numerics.inventory_draws import inventory_draws
from tfp.numerics.perpetual_inventory import perpetual_inventory


def sample(seed, entities, years, draws):
    rng = np.random.default_rng(seed)
    return {
        "investment": rng.normal(20, 15, (entities, years)),
        "depreciation": rng.uniform(0.0, 0.2, draws),
        "initial_base": rng.uniform(50, 150, entities),
        "initial_ratio": rng.uniform(1.5, 3.0, draws),
    }


def alone(given_, draw, timing, scale=None, ratio=None):
    """Return the stocks of one draw, (entities, years), from the kernel for one."""
    entities, years = given_["investment"].shape
    starts = np.arange(0, entities * years, years)
    factor = 1.0 if scale is None else scale[draw]
    stocks = perpetual_inventory(
        factor * given_["investment"].ravel(),
        float(given_["depreciation"][draw]),
        (given_["initial_ratio"][draw] if ratio is None else ratio) * given_["initial_base"],
        starts,
        starts,
        np.full(entities, years),
        investment_timing=timing,
    )
    return stocks.end_of_year.reshape(entities, years)


@pytest.mark.parametrize("timing", ["end_of_year", "mid_year"])
@pytest.mark.parametrize("scaled", [False, True])
@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**32 - 1),
    entities=st.integers(1, 4),
    years=st.integers(1, 12),
    draws=st.integers(1, 9),
)
def test_each_draw_has_the_bits_of_the_kernel_for_one(
    *, timing, scaled, seed, entities, years, draws
):
    given_ = sample(seed, entities, years, draws)
    scale = np.random.default_rng(seed).uniform(0.7, 1.1, draws) if scaled else None
    ours = inventory_draws(**given_, investment_scale=scale, investment_timing=timing)
    for draw in range(draws):
        np.testing.assert_array_equal(ours[:, :, draw], alone(given_, draw, timing, scale))


def test_a_ratio_for_each_entity_and_draw():
    given_ = sample(3, 3, 5, 4)
    ratios = np.random.default_rng(1).uniform(1.0, 3.0, (3, 4))
    ours = inventory_draws(**(given_ | {"initial_ratio": ratios}))
    for draw in range(4):
        expected = alone(given_, draw, "end_of_year", ratio=ratios[:, draw])
        np.testing.assert_array_equal(ours[:, :, draw], expected)


def test_it_writes_where_it_is_told():
    given_ = sample(0, 2, 4, 3)
    out = np.full((2, 4, 3), -1.0)
    result = inventory_draws(**given_, out=out)
    assert result is out
    np.testing.assert_array_equal(out, inventory_draws(**given_))


@pytest.mark.parametrize("scaled", [False, True])
def test_nothing_but_the_result_is_held(scaled):
    given_ = sample(0, 10, 20, 5000)
    scale = np.linspace(0.8, 1.0, 5000) if scaled else None
    inventory_draws(**given_, investment_scale=scale)  # whatever is made once is made now
    tracemalloc.start()
    result = inventory_draws(**given_, investment_scale=scale)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # A few vectors of one number a draw.
    assert peak - result.nbytes < 4 * 5000 * 8 + 10_000


def test_missing_investment_is_missing_from_its_year_on():
    given_ = sample(0, 2, 5, 3)
    given_["investment"][1, 2] = np.nan
    stocks = inventory_draws(**given_)
    assert np.isnan(stocks[1, 2:]).all()
    assert not np.isnan(stocks[0]).any()
    assert not np.isnan(stocks[1, :2]).any()
