"""Whether the test of second order has the size that it says, in the system."""

from __future__ import annotations

import numpy as np
import pytest

import tfp


@pytest.mark.slow
def test_the_statistic_of_the_system_is_standard_normal_where_nothing_is_correlated(
    dynamic_firms, dynamic_panel
):
    """Leaving out the moments of levels, as plm does, its standard deviation is 0.95."""
    method = tfp.BlundellBond(steps=1, collapse=True, common_factors=False)
    statistics = []
    for seed in range(600):
        estimate = method.fit(dynamic_panel(dynamic_firms(n=400, years=5, seed=seed)))
        tests = {test.name: test.statistic for test in estimate.tests}
        statistics.append(tests["serial_correlation_2"])
    # Three standard errors of a standard deviation from 600 draws are 0.087.
    assert np.std(statistics, ddof=1) == pytest.approx(1.0, abs=0.087)
    assert 0.027 < np.mean(np.abs(statistics) > 1.96) < 0.080
