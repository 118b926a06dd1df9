"""Indices give back the levels that their growth came from, and jump no gap."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfp.numerics.chains import level_index
from tfp.numerics.growth import growth_rates

RATES = ["simple", "log"]


def make_levels(seed, lengths):
    starts = np.cumsum(lengths) - lengths
    levels = np.exp(np.random.default_rng(seed).normal(scale=0.4, size=int(np.sum(lengths))))
    return levels, starts


@pytest.mark.parametrize("rates", RATES)
@settings(max_examples=50)
@given(
    seed=st.integers(0, 2**32),
    lengths=st.lists(st.integers(1, 20), min_size=1, max_size=12),
    from_last_row=st.booleans(),
)
def test_index_is_the_level_relative_to_its_base(rates, seed, lengths, from_last_row):
    levels, starts = make_levels(seed, lengths)
    growth = growth_rates(levels, starts, rates)
    base = starts + np.array(lengths) - 1 if from_last_row else None
    index = level_index(growth, starts, starts, rates=rates, base_row=base)
    expected = levels / np.repeat(levels[starts if base is None else base], lengths)
    np.testing.assert_allclose(index, expected, rtol=2e-14)
    assert (index[starts if base is None else base] == 1.0).all()


@pytest.mark.parametrize("rates", RATES)
def test_few_long_blocks_and_many_short_ones_go_the_same_way(rates):
    # One block runs by itself; beside enough others it runs with them, period by period.
    levels, _ = make_levels(1, [12])
    growth = growth_rates(levels, np.array([0]), rates)
    alone = level_index(growth, np.array([0]), np.array([0]), rates=rates)
    starts = np.arange(0, 20 * 12, 12)
    together = level_index(np.tile(growth, 20), starts, starts, rates=rates)
    np.testing.assert_array_equal(together, np.tile(alone, 20))


@pytest.mark.parametrize("rates", RATES)
def test_a_chain_jumps_neither_a_gap_nor_a_missing_growth(rates):
    growth = np.array([np.nan, 0.1, np.nan, 0.1, np.nan, 0.1, 0.1, np.nan])
    starts, breaks = np.array([0, 4]), np.array([0, 2, 4])
    index = level_index(growth, starts, breaks, rates=rates)
    known = [True, True, False, False, True, True, True, False]
    assert (~np.isnan(index)).tolist() == known
    from_later = level_index(growth, starts, breaks, rates=rates, base_row=np.array([3, 7]))
    known = [False, False, True, True, False, False, False, True]
    assert (~np.isnan(from_later)).tolist() == known


def test_growth_written_at_a_break_is_not_chained():
    index = level_index(
        np.array([9.0, 0.5, 9.0, 0.5]), np.array([0, 2]), np.array([0, 2]), rates="simple"
    )
    assert index.tolist() == [1.0, 1.5, 1.0, 1.5]


def test_the_growth_is_left_as_it_was():
    growth = np.array([np.nan, 0.5])
    growth.flags.writeable = False
    assert level_index(growth, np.array([0]), np.array([0]), rates="log")[1] == np.exp(0.5)


def test_no_rows():
    nothing = np.empty(0, dtype=np.intp)
    assert level_index(np.empty(0), nothing, nothing, rates="log").size == 0
