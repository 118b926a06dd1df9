"""Half of the last printed digit, and what it does to growth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.inputs.prices.rounding import growth_slack, half_last_digit


@pytest.mark.parametrize(
    ("values", "half"),
    [
        ([3.0, 4.0], 0.5),
        ([3.7, 2.66], 0.005),
        ([29956.2, 30132.47], 0.005),
        ([1e12, 2e12 + 1], 0.5),
        ([np.nan, 0.1], 0.05),
        ([1 / 3], 0.5e-6),
        ([], 0.5),
    ],
)
def test_the_column_tells_its_decimals(values, half):
    assert half_last_digit(np.array(values, dtype=float)) == pytest.approx(half, rel=1e-12)


@given(
    st.floats(100.0, 1e6), st.floats(100.0, 1e6), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5)
)  # fmt: skip
def test_rounding_moves_growth_by_no_more_than_the_slack(before, now, first, second):
    before, now = np.rint(before), np.rint(now)
    exact = 100 * ((now + second) / (before + first) - 1)
    slack = growth_slack(np.array([before, now]), np.array([1]))[0]
    # To first order in the rounding; its square is a hundredth of it at most here.
    assert abs(exact - 100 * (now / before - 1)) <= 1.01 * slack + 1e-9
