"""Declared filling: straight lines and constant growth pass through the known values."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tfp.numerics.interpolation import fill_geometric, fill_linear

levels = st.floats(1.0, 1e6)


@given(left=levels, right=levels, years=st.integers(2, 9))
def test_filled_series_have_constant_steps_or_constant_growth(left, right, years):
    values = np.full(years + 1, np.nan)
    values[[0, -1]] = left, right
    rows = np.arange(1, years)
    neighbours = (np.zeros_like(rows), np.full_like(rows, years))
    line = fill_linear(values, rows, *neighbours, rows / years)
    curve = fill_geometric(values, rows, *neighbours, rows / years)
    np.testing.assert_allclose(np.diff(line), (right - left) / years, rtol=0, atol=1e-9)
    np.testing.assert_allclose(curve[1:] / curve[:-1], (right / left) ** (1 / years), rtol=1e-13)
    assert np.isnan(values[1:-1]).all()


def test_several_stretches_at_once():
    values = np.array([1.0, np.nan, 3.0, np.nan, 12.0])
    filled = fill_geometric(
        values, np.array([1, 3]), np.array([0, 2]), np.array([2, 4]), np.array([0.5, 0.5])
    )
    np.testing.assert_allclose(filled, [1.0, 3.0**0.5, 3.0, 6.0, 12.0], rtol=1e-15)
