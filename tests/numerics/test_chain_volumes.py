"""Unchain, add up, rechain: identities on generated series, and one example by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfp.numerics.chain_volumes import rechain, unchain, volume_contributions, volume_growth

# Quantities and prices move by up to half in a year, parts differ by a factor of a thousand.
CHANGE = st.floats(0.5, 1.5)
TOLERANCE = 1e-12


@st.composite
def accounts(draw):
    """Quantities and prices of up to four parts, several entities, perhaps with a gap."""
    lengths = draw(st.lists(st.integers(2, 8), min_size=1, max_size=3))
    n, parts = sum(lengths), draw(st.integers(1, 4))
    first = draw(arrays(float, (2, parts), elements=st.floats(0.03, 30.0)))
    changes = draw(arrays(float, (2, n, parts), elements=CHANGE))
    quantity, price = first[:, None, :] * np.cumprod(changes, axis=1)
    starts = np.cumsum([0, *lengths[:-1]])
    extra = draw(st.lists(st.integers(0, n - 1), max_size=1))
    breaks = np.union1d(starts, np.array(extra, dtype=np.intp))
    return quantity, price, starts, breaks


def laspeyres_at_previous_prices(quantity, price, breaks):
    values = np.full(quantity.shape, np.nan)
    values[1:] = quantity[1:] * price[:-1]
    values[breaks] = np.nan
    return values


@given(accounts(), st.integers(0, 10))
def test_unchaining_gives_quantities_at_the_prices_of_the_year_before(drawn, base):
    quantity, price, _, breaks = drawn
    volumes = quantity * price[min(base, len(price) - 1)]
    unchained = unchain(volumes, quantity * price, breaks)
    expected = laspeyres_at_previous_prices(quantity, price, breaks)
    np.testing.assert_allclose(unchained, expected, rtol=TOLERANCE)


@given(accounts(), st.data())
def test_parts_unchained_and_rechained_are_what_they_were(drawn, data):
    quantity, price, starts, _ = drawn
    lengths = np.diff(np.append(starts, len(quantity)))
    base = starts + np.array([data.draw(st.integers(0, length - 1)) for length in lengths])
    current = quantity * price
    volumes = quantity * np.repeat(price[base], lengths, axis=0)
    again = rechain(unchain(volumes, current, starts), current, starts, starts, base)
    np.testing.assert_allclose(again, volumes, rtol=TOLERANCE)
    assert (again[base] == current[base]).all()


@given(accounts())
def test_one_part_alone_is_its_own_sum(drawn):
    quantity, price, starts, breaks = drawn
    current = quantity * price
    unchained = unchain(quantity, current, breaks)
    alone = rechain(unchained[:, 0], current[:, 0], starts, breaks, starts)
    np.testing.assert_allclose(
        alone, rechain(unchained, current, starts, breaks, starts)[:, 0], rtol=TOLERANCE
    )


@given(accounts())
def test_contributions_add_up_to_the_growth_of_the_chained_sum(drawn):
    quantity, price, starts, breaks = drawn
    current = quantity * price
    unchained = unchain(quantity, current, breaks)
    total = rechain(unchained.sum(axis=1), current.sum(axis=1), starts, breaks, starts)
    growth = total[1:] / total[:-1] - 1
    # Behind a gap the chain of an entity stops; contributions within the year remain.
    linked = ~np.isnan(total[1:] * total[:-1])
    linked &= ~np.isin(np.arange(1, len(total)), breaks)
    added = volume_contributions(unchained, current).sum(axis=1)[1:]
    assume(linked.any())
    np.testing.assert_allclose(added[linked], growth[linked], rtol=TOLERANCE, atol=TOLERANCE)


@given(accounts(), st.integers(0, 7))
def test_growth_of_the_sum_does_not_depend_on_the_base(drawn, base):
    quantity, price, _, _ = drawn
    start, current = np.array([0]), quantity * price
    unchained = unchain(quantity, current, start)
    chains = [
        rechain(unchained.sum(axis=1), current.sum(axis=1), start, start, np.array([row]))
        for row in (0, min(base, len(current) - 1))
    ]
    first, other = (chain[1:] / chain[:-1] for chain in chains)
    np.testing.assert_allclose(first, other, rtol=TOLERANCE)


def test_nothing_is_taken_over_a_break():
    quantity = np.array([[1.0], [2.0], [4.0], [8.0]])
    starts, breaks = np.array([0, 2]), np.array([0, 2])
    unchained = unchain(quantity, quantity, breaks)
    assert np.isnan(unchained[:, 0]).tolist() == [True, False, True, False]
    chained = rechain(unchained, quantity, starts, breaks, np.array([1, 2]))
    assert chained[:, 0].tolist() == [1.0, 2.0, 4.0, 8.0]


def test_rows_beyond_a_gap_have_no_volume():
    current = np.array([1.0, 2.0, 4.0])
    unchained = np.array([np.nan, 2.0, np.nan])
    chained = rechain(unchained, current, np.array([0]), np.array([0, 2]), np.array([0]))
    assert np.isnan(chained).tolist() == [False, False, True]


def test_an_example_by_hand():
    # Two goods: prices 1 and 3, then 2 and 2; quantities (10, 5), (12, 6), (12, 9).
    price = np.array([[1.0, 3.0], [2.0, 2.0], [2.0, 2.0]])
    quantity = np.array([[10.0, 5.0], [12.0, 6.0], [12.0, 9.0]])
    current, start = price * quantity, np.array([0])
    unchained = unchain(quantity, current, start)
    assert unchained[1:].tolist() == [[12.0, 18.0], [24.0, 18.0]]
    growth = volume_growth(unchained.sum(axis=1), current.sum(axis=1))
    assert growth[1:].tolist() == pytest.approx([30 / 25 - 1, 42 / 36 - 1])
    chained = rechain(unchained.sum(axis=1), current.sum(axis=1), start, start, start)
    # At the fixed prices of the first year growth would be 39 / 30 in the last year.
    assert chained.tolist() == pytest.approx([25.0, 30.0, 35.0])
