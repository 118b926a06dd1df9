"""Medians of rows with holes are those of NumPy without them."""

from __future__ import annotations

import numpy as np
import pytest

from tfp.numerics.medians import NORMAL, median_of, row_medians


def test_medians_leave_missing_values_aside() -> None:
    rng = np.random.default_rng(3)
    table = rng.normal(size=(200, 9))
    table[rng.random(table.shape) < 0.4] = np.nan
    table[0] = np.nan

    middle, count = row_medians(table)

    assert np.isnan(middle[0])
    np.testing.assert_array_equal(middle[1:], [np.median(row[~np.isnan(row)]) for row in table[1:]])
    np.testing.assert_array_equal(count, (~np.isnan(table)).sum(axis=1))


def test_the_median_of_nothing_is_missing() -> None:
    assert np.isnan(median_of(np.empty(0)))
    assert np.isnan(median_of(np.full((2, 2), np.nan)))
    assert median_of(np.array([[4.0, np.nan], [1.0, 10.0]])) == 4.0


def test_the_normal_factor_makes_deviations_standard() -> None:
    sample = np.random.default_rng(1).normal(0.0, 2.0, 400_001)

    assert NORMAL * median_of(np.abs(sample - median_of(sample))) == pytest.approx(2.0, rel=0.01)
