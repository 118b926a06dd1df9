"""The factor from log points to per cent, from both ends."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.numerics.logarithmic_mean import per_cent_factor, per_cent_factor_from_log


def series(g, terms=40):
    """Return g / ln(1 + g) from the exact power series of the logarithm, for small g."""
    exact = Fraction(g)
    return float(1 / sum((-exact) ** k / (k + 1) for k in range(terms)))


@pytest.mark.parametrize("g", [5e-324, 1e-300, 1e-17, -1e-12, 3e-9, -1e-6, 1e-3, -0.05, 0.1])
def test_accurate_near_zero(g):
    assert per_cent_factor(np.array([g]))[0] == pytest.approx(series(g), rel=5e-16)


@given(growth=st.floats(-0.999, 50.0))
def test_contributions_in_logs_become_contributions_to_the_rate(growth):
    logs = np.log1p(growth)
    assert per_cent_factor(np.array([growth]))[0] * logs == pytest.approx(growth, rel=1e-15)


@given(growth=st.floats(-0.999, 50.0))
def test_both_ends_give_one_factor(growth):
    from_log = per_cent_factor_from_log(np.array([np.log1p(growth)]))
    assert from_log[0] == pytest.approx(per_cent_factor(np.array([growth]))[0], rel=1e-15 * 8)


def test_the_limit_at_zero_and_the_end_at_minus_one():
    factors = per_cent_factor(np.array([0.0, -0.0, -1.0, -2.0, np.nan]))
    np.testing.assert_array_equal(factors, [1.0, 1.0, np.nan, np.nan, np.nan])
    factors = per_cent_factor_from_log(np.array([0.0, np.nan, 1e4]))
    np.testing.assert_array_equal(factors, [1.0, np.nan, np.inf])
