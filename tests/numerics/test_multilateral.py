"""Transitivity, agreement of GEKS with CCD, and the splices of moving windows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tfp.numerics.index_numbers import compare
from tfp.numerics.multilateral import ccd, geks, rolling

SPLICES = (
    "movement", "window", "half", "mean", "window_published", "half_published", "mean_published",
)  # fmt: skip
few = settings(max_examples=20)
tables = st.tuples(st.integers(2, 5), st.integers(1, 4)).flatmap(
    lambda shape: arrays(float, (2, *shape), elements=st.floats(0.05, 20.0))
)


@few
@given(data=tables)
def test_ccd_is_geks_of_tornqvist(data) -> None:
    assert ccd(*data) == pytest.approx(geks(*data, "tornqvist"), abs=1e-12)


@few
@given(data=tables)
def test_ccd_is_transitive(data) -> None:
    """Whichever period comes first, the comparison of any two is the same."""
    price, quantity = data
    there = ccd(price, quantity)
    back = ccd(price[::-1], quantity[::-1])[::-1]
    assert there - there[-1] == pytest.approx(back, abs=1e-12)


@few
@given(data=tables)
def test_two_periods_are_compared_as_such(data) -> None:
    price, quantity = data[:, :2]
    direct = np.log(compare("fisher", price[0], quantity[0], price[1], quantity[1]).relative)
    assert geks(price, quantity, "fisher")[1] == pytest.approx(direct, abs=1e-13)


def test_a_chain_drifts_and_geks_does_not() -> None:
    """Prices and quantities that return to where they were: only the chain does not."""
    price = np.array([[1.0, 1.0], [0.5, 1.0], [1.0, 1.0]])
    quantity = np.array([[10.0, 10.0], [50.0, 5.0], [10.0, 10.0]])
    again = np.concatenate([price, [[0.8, 1.0]], price[:1]])
    bought = np.concatenate([quantity, [[5.0, 12.0]], quantity[:1]])
    links = compare("tornqvist", again[:-1], bought[:-1], again[1:], bought[1:])
    assert abs(np.log(links.relative).sum()) < 1e-13  # there and straight back
    cycle = [0, 1, 3, 0]
    around = compare("tornqvist", again[cycle[:-1]], bought[cycle[:-1]],
                     again[cycle[1:]], bought[cycle[1:]])  # fmt: skip
    assert abs(np.log(around.relative).sum()) > 0.01
    assert geks(again[cycle], bought[cycle], "tornqvist")[-1] == pytest.approx(0.0, abs=1e-14)


@pytest.mark.parametrize("splice", SPLICES)
@pytest.mark.parametrize("window", [3, 4, 6])
def test_windows_that_agree_are_spliced_without_a_trace(splice, window) -> None:
    level = np.array([0.0, 0.1, 0.05, 0.2, 0.4, 0.3])
    found = rolling(lambda first, end: level[first:end] + first, 6, window, splice)
    assert found == pytest.approx(level, abs=1e-14)


def test_each_splice_links_where_it_says() -> None:
    """Two windows move on, each revising all that it has: figures followed by hand."""
    windows = {
        (0, 3): [0.0, 1.0, 2.0], (1, 4): [0.0, 1.5, 3.5], (2, 5): [0.0, 1.0, 4.0],
    }  # fmt: skip
    found = {
        splice: rolling(lambda first, end: np.array(windows[first, end]), 5, 3, splice).tolist()[3:]
        for splice in SPLICES
    }
    assert found["movement"] == [4.0, 7.0]  # 2 + 2, 4 + 3
    assert found["window"] == [4.5, 6.5]  # 1 + 3.5; 4.5 + 4 - 2
    assert found["window_published"] == [4.5, 6.0]  # 1 + 3.5; 2 + 4
    assert found["half"] == [4.0, 7.0]
    assert found["mean"] == [4.25, 6.75]
    assert found["mean_published"] == [4.25, 6.625]  # mean of 2 + 4 and 4.25 + 3
    assert found["half_published"] == [4.0, 7.0]
