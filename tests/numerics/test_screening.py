"""What stands out is found whatever the unit and the order, and noise is left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.numerics.row_shifts import shifted_rows
from tfp.numerics.screening import SUSPECT_SPREADS, screen

N, T = 40, 12


def table(seed=0, noise=0.02, n=N, t=T):
    rng = np.random.default_rng(seed)
    level = np.exp(rng.normal(6.0, 1.0, n))[:, None]
    growth = rng.normal(0.06, 0.02, n)[:, None] + rng.normal(0.0, 0.02, t)
    return level * np.exp(np.cumsum(growth, axis=1) + rng.normal(0.0, noise, (n, t)))


def found_in(found):
    """Return the names of what anything was found of."""
    masks = ("misaligned", "common", "spikes", "steps")
    return {name for name in masks if getattr(found, name).any()}


def nothing(found):
    return found_in(found) == set()


@pytest.mark.parametrize("seed", range(20))
def test_noise_is_left_alone(seed) -> None:
    assert nothing(screen(table(seed)))


@pytest.mark.parametrize("noise", [0.0, 0.001, 0.1, 0.3])
def test_calm_and_wild_tables_are_left_alone(noise) -> None:
    assert nothing(screen(table(noise=noise)))


@given(
    entity=st.integers(0, N - 1),
    period=st.integers(1, T - 2),
    size=st.floats(0.4, 8.0) | st.floats(-8.0, -0.4),
)
def test_a_spike_is_found_in_its_cell_and_nowhere_else(entity, period, size) -> None:
    levels = table()
    right = levels[entity, period]
    levels[entity, period] *= np.exp(size)

    found = screen(levels)

    assert np.argwhere(found.spikes).tolist() == [[entity, period]]
    assert found_in(found) == {"spikes"}
    assert found.expected[entity, period] == pytest.approx(right, rel=0.1)
    assert found.residual[entity, period] == pytest.approx(size, abs=0.1)


@given(
    entity=st.integers(0, N - 1),
    period=st.integers(1, T - 1),
    size=st.floats(0.5, 3.0) | st.floats(-3.0, -0.5),
)
def test_a_step_is_found_where_it_is(entity, period, size) -> None:
    levels = table()
    levels[entity, period:] *= np.exp(size)

    found = screen(levels)

    assert np.argwhere(found.steps).tolist() == [[entity, period]]
    assert found_in(found) == {"steps"}


@given(scale=st.floats(1e-6, 1e9), order=st.permutations(range(N)))
def test_neither_unit_nor_order_matter(scale, order) -> None:
    levels = table()
    levels[3, 5] *= 10.0
    levels[7, 8:] *= 0.5
    levels[9, 2] = np.nan
    plain, other = screen(levels), screen(scale * levels[order])

    assert (other.spikes == plain.spikes[order]).all()
    assert (other.steps == plain.steps[order]).all()
    np.testing.assert_allclose(other.residual, plain.residual[order], atol=1e-9)
    np.testing.assert_allclose(other.expected, scale * plain.expected[order], rtol=1e-9)


@pytest.mark.parametrize("share", [0.55, 0.75, 1.0])
@pytest.mark.parametrize("size", [-0.3, 0.3])
def test_a_move_of_most_is_common(share, size) -> None:
    levels = table()
    moved = np.random.default_rng(1).permutation(N)[: round(share * N)]
    levels[moved, 7:] *= np.exp(size)

    found = screen(levels)

    assert np.flatnonzero(found.common.any(axis=0)).tolist() == [7]
    assert set(moved) <= set(np.flatnonzero(found.common[:, 7]))
    assert found_in(found) == {"common"}


def test_a_move_of_a_few_is_none() -> None:
    levels = table()
    levels[:8, 7:] *= 0.7

    found = screen(levels)

    assert not found.common.any()
    assert np.argwhere(found.steps).tolist() == [[entity, 7] for entity in range(8)]


def test_moves_both_ways_are_not_common() -> None:
    levels = table()
    levels[:20, 7:] *= 0.7
    levels[20:, 7:] *= 1.4

    assert not screen(levels).common.any()


def test_a_missing_or_negative_value_is_left_out() -> None:
    levels = table()
    levels[4, 4], levels[5, 5], levels[6] = np.nan, -1.0, np.nan

    found = screen(levels)

    assert nothing(found)
    assert np.isnan(found.residual[6]).all()


def test_threshold_is_in_spreads_of_the_wildest_that_concerns_it() -> None:
    levels = table(noise=0.0)
    wild = np.exp(np.random.default_rng(4).normal(0.0, 0.2, T))
    levels[0] *= wild
    # A move of a quarter is news in a calm series, and none in a wild one.
    for entity, expected in ((0, False), (1, True)):
        changed = levels.copy()
        changed[entity, 6:] *= 1.3
        found = screen(changed)
        assert found.steps[entity, 6] == expected
        beyond = np.abs(found.residual[entity, 6]) / found.spread[entity, 6] > SUSPECT_SPREADS
        assert beyond == expected


@pytest.mark.parametrize("shape", [(0, 5), (3, 0), (1, 1), (1, 2), (2, 2), (63, 1), (63, 2)])
def test_tables_too_small_to_compare_give_nothing(shape) -> None:
    levels = np.exp(np.random.default_rng(0).normal(0.0, 0.01, shape))

    assert nothing(screen(levels))


def shifted(shift, first, last, n=30):
    rng = np.random.default_rng(8)
    truth = rng.normal(6.0, 1.0, n)
    typed = truth + rng.normal(0.0, 0.01, n)
    rows = np.arange(first, last + 1)
    typed[rows] = typed[np.clip(rows + shift, 0, n - 1)]
    return truth, typed, np.flatnonzero(np.abs(typed - truth) > 0.06)


@pytest.mark.parametrize("shift", [1, -1, 2, -3])
@pytest.mark.parametrize(("first", "last"), [(5, 20), (8, 29), (10, 16)])
def test_a_shift_is_found_with_its_run(shift, first, last) -> None:
    truth, typed, out = shifted(shift, first, last)

    found, rows = shifted_rows(typed, truth, np.full(len(truth), 0.06), out)

    assert found == shift
    inside = set(range(first, last + 1))
    assert set(out[: len(out) - abs(shift)]) - set(rows) <= {last, last - 1, last - 2}
    assert set(rows) <= inside


def test_a_shuffle_is_no_shift() -> None:
    rng = np.random.default_rng(2)
    truth = rng.normal(6.0, 1.0, 40)
    typed = rng.permutation(truth)
    out = np.flatnonzero(np.abs(typed - truth) > 0.06)

    found, rows = shifted_rows(typed, truth, np.full(40, 0.06), out)

    assert found == 0
    assert rows.tolist() == out.tolist()
