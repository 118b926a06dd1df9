"""The criterion from cross-products against the same from rows."""

from __future__ import annotations

import numpy as np
import pytest

from tfp.numerics.law_products import law_products
from tfp.numerics.law_regression import LawRows, law_fit, lowest_minimum


def rows(*, shifters=0, weighted=False, degree=3, fitted_to="output", seed=1):
    rng = np.random.default_rng(seed)
    n = 400
    past = rng.normal(0.0, 0.4, n)
    past_state = rng.normal(3.0, 1.0, n)
    state = 0.8 * past_state + 0.3 * past + rng.normal(0.5, 0.3, n)
    survival = rng.uniform(0.5, 1.0, (shifters, n))
    productivity = 0.6 * past + 0.2 * past**2 + rng.normal(0.0, 0.2, n) + survival.sum(axis=0)
    proxied = 0.4 * state + productivity
    return LawRows(
        net_output=proxied + rng.normal(0.0, 0.1, n),
        proxied=proxied,
        past_proxied=0.4 * past_state + past,
        state=state,
        past_state=past_state,
        shifters=survival,
        weights=rng.integers(0, 3, n).astype(float) if weighted else np.ones(n),
        degree=degree,
        fitted_to=fitted_to,
    )


@pytest.mark.parametrize("fitted_to", ["output", "productivity"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(("shifters", "degree"), [(0, 1), (0, 3), (1, 3)])
def test_both_ways_agree(fitted_to, weighted, shifters, degree):
    given = rows(shifters=shifters, weighted=weighted, degree=degree, fitted_to=fitted_to)
    grid = np.array([-1.0, -0.2, 0.1, 0.4, 0.41, 1.3])
    values, derivatives = law_products(given).criterion(grid)
    total = given.weights.sum()
    for b, value, derivative in zip(grid, values * total, derivatives * total, strict=True):
        fit = law_fit(given, b)
        assert value == pytest.approx(fit.criterion, rel=1e-9)
        assert derivative == pytest.approx(fit.derivative, rel=1e-8, abs=1e-8 * total)


@pytest.mark.parametrize("seed", range(5))
def test_no_place_on_a_finer_grid_is_lower(seed):
    given = rows(seed=seed)
    lowest, inside = lowest_minimum(given)
    assert inside
    best = law_fit(given, lowest)
    assert abs(best.derivative) < 1e-11
    assert all(law_fit(given, b).criterion >= best.criterion for b in np.linspace(-1, 2, 301))
    assert lowest_minimum(given, settle=False)[0] == pytest.approx(lowest, abs=1e-8)


def test_without_a_minimum_the_lower_border_is_given():
    assert lowest_minimum(rows(), 0.6, 2.0) == (0.6, False)
    assert lowest_minimum(rows(), -1.0, 0.2) == (0.2, False)
