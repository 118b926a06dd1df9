"""Common factors against a general minimiser."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from tfp.numerics.minimum_distance import common_factors


@pytest.mark.parametrize("seed", range(5))
def test_no_other_point_of_the_restricted_set_is_nearer(seed):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(6, 6)) * 0.2
    covariance = root @ root.T + 0.02 * np.eye(6)
    truth = np.array([0.6, 0.4, 0.5, -0.24, -0.3, 1.0])
    free = rng.multivariate_normal(truth, covariance)
    near = common_factors(free, covariance, 2)

    def distance(point):
        rho, first, second, other = point
        gap = free - [rho, first, second, -rho * first, -rho * second, other]
        return gap @ np.linalg.solve(covariance, gap)

    found = min(
        (
            minimize(distance, [rho, *free[1:3], free[5]], method="BFGS", options={"gtol": 1e-9})
            for rho in (-0.5, 0.0, 0.5, 1.0)
        ),
        key=lambda result: result.fun,
    )
    assert near.distance == pytest.approx(distance(near.estimates), rel=1e-9)
    assert near.distance <= found.fun + 1e-9
    np.testing.assert_allclose(near.estimates, found.x, atol=1e-4)
