"""The sum of correlations of pairs against the pairs themselves."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from tfp.numerics.pair_correlations import pair_correlation_sum


def one_by_one(table, there, fewest):
    total, pairs = 0.0, 0
    for first, second in combinations(range(len(table)), 2):
        shared = there[first] & there[second]
        x, y = table[first][shared], table[second][shared]
        if len(x) < fewest or np.ptp(x) == 0.0 or np.ptp(y) == 0.0:
            continue
        total += np.sqrt(len(x)) * np.corrcoef(x, y)[0, 1]
        pairs += 1
    return total, pairs


@pytest.mark.parametrize("holes", [0.0, 0.1, 0.5])
@pytest.mark.parametrize("fewest", [3, 6])
def test_it_is_the_sum_of_the_pairs(holes, fewest):
    rng = np.random.default_rng(3)
    table = rng.normal(size=(40, 9)) + rng.normal(size=9)
    there = rng.uniform(size=table.shape) >= holes
    expected, pairs = one_by_one(table, there, fewest)
    total, counted = pair_correlation_sum(np.where(there, table, 0.0), there, fewest)
    assert counted == pairs
    assert total == pytest.approx(expected, abs=1e-10)


def test_series_that_do_not_vary_are_in_no_pair():
    rng = np.random.default_rng(4)
    table, there = rng.normal(size=(6, 5)), np.ones((6, 5), dtype=bool)
    table[2] = 0.0
    there[4, 0] = False
    expected, pairs = one_by_one(table, there, 3)
    total, counted = pair_correlation_sum(table, there, 3)
    assert counted == pairs == 10
    assert total == pytest.approx(expected, abs=1e-12)


def test_entry_and_exit_with_many_firms_take_no_pairs():
    rng = np.random.default_rng(5)
    first, last = np.sort(rng.integers(0, 10, size=(2, 300)), axis=0)
    years = np.arange(10)
    there = (years >= first[:, None]) & (years <= last[:, None])
    table = np.where(there, rng.normal(size=there.shape), 0.0)
    expected, pairs = one_by_one(table, there, 3)
    total, counted = pair_correlation_sum(table, there, 3)
    assert counted == pairs
    assert total == pytest.approx(expected, abs=1e-9)
