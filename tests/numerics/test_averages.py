"""Averages over a period: what they mean, and that their parts add."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfp.numerics.averages import average_of_increments, average_of_rates, geometric_mean_growth

lengths_of_groups = st.lists(st.integers(1, 8), min_size=1, max_size=6)


def make_growth(seed, lengths):
    """Return levels of each group with the one before its first row, and row 0 of each."""
    rng = np.random.default_rng(seed)
    levels = [100 * np.exp(rng.normal(scale=0.2, size=length + 1).cumsum()) for length in lengths]
    return levels, np.cumsum(lengths) - lengths


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), lengths=lengths_of_groups)
def test_increments_average_growth_to_the_whole_increment(seed, lengths):
    levels, starts = make_growth(seed, lengths)
    previous = np.concatenate([level[:-1] for level in levels])
    growth = np.concatenate([np.diff(level) / level[:-1] for level in levels])
    (average,) = average_of_increments([growth], previous, starts)
    expected = [(level[-1] - level[0]) / level[:-1].sum() for level in levels]
    np.testing.assert_allclose(average, expected, rtol=0, atol=1e-15 * 8)


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), lengths=lengths_of_groups)
def test_parts_that_add_in_every_year_add_on_average(seed, lengths):
    rng = np.random.default_rng(seed)
    starts = np.cumsum(lengths) - lengths
    parts = rng.normal(scale=0.05, size=(3, sum(lengths)))
    previous = rng.uniform(50, 5e5, sum(lengths))
    for average in (
        average_of_increments([*parts, parts.sum(axis=0)], previous, starts),
        average_of_rates([*parts, parts.sum(axis=0)], starts),
    ):
        *of_parts, of_total = average
        np.testing.assert_allclose(np.sum(of_parts, axis=0), of_total, rtol=0, atol=1e-15)


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), lengths=lengths_of_groups)
def test_averages_of_each_group_are_those_of_the_group_alone(seed, lengths):
    rng = np.random.default_rng(seed)
    starts = np.cumsum(lengths) - lengths
    term, previous = rng.uniform(0.5, 1.5, size=(2, sum(lengths)))
    (rates,) = average_of_rates([term], starts)
    (increments,) = average_of_increments([term], previous, starts)
    for group, (first, length) in enumerate(zip(starts, lengths, strict=True)):
        rows = slice(first, first + length)
        assert rates[group] == pytest.approx(np.mean(term[rows]), rel=1e-15)
        expected = np.average(term[rows], weights=previous[rows])
        assert increments[group] == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize("rates", ["simple", "log"])
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), lengths=lengths_of_groups)
def test_geometric_mean_leads_from_the_first_level_to_the_last(rates, seed, lengths):
    levels, starts = make_growth(seed, lengths)
    simple = np.concatenate([np.diff(level) / level[:-1] for level in levels])
    growth = simple if rates == "simple" else np.log1p(simple)
    mean = geometric_mean_growth(growth, starts, rates)
    reached = (1 + mean) ** np.array(lengths)
    expected = [level[-1] / level[0] for level in levels]
    np.testing.assert_allclose(reached, expected, rtol=1e-14)


def test_geometric_mean_of_levels_that_reach_zero_or_fall_below():
    growth = np.array([0.5, -1.0, 0.5, -1.5])
    mean = geometric_mean_growth(growth, np.array([0, 2]), "simple")
    np.testing.assert_array_equal(mean, [-1.0, np.nan])


def test_no_groups():
    nothing = np.empty(0, dtype=np.intp)
    assert average_of_rates([np.empty(0)], nothing)[0].size == 0
    assert average_of_increments([np.empty(0)], np.empty(0), nothing)[0].size == 0
