"""Wooldridge's test of serial correlation, by its definition and on errors that are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

import tfp


def firms(memory, *, n=80, years=8, seed=1, drop=0.0):
    """Return firms whose errors remember the year before."""
    rng = np.random.default_rng(seed)
    error = np.empty((n, years))
    error[:, 0] = rng.normal(size=n)
    for year in range(1, years):
        error[:, year] = memory * error[:, year - 1] + rng.normal(size=n) * np.sqrt(1 - memory**2)
    capital = rng.normal(size=n * years)
    output = 0.4 * capital + np.repeat(rng.normal(size=n), years) + 0.2 * error.ravel()
    frame = pd.DataFrame(
        {
            "firm": np.repeat(np.arange(n), years),
            "year": np.tile(np.arange(2000, 2000 + years), n),
            "output": np.exp(output),
            "capital": np.exp(capital),
        }
    )
    return frame[rng.uniform(size=len(frame)) >= drop].reset_index(drop=True)


def outcome_of(frame):
    panel = tfp.Panel(frame, entity="firm", time="year", output="output", capital="capital")
    tests = {test.name: test for test in tfp.FirstDifferences().fit(panel).tests}
    return tests.get("wooldridge_serial_correlation")


@pytest.mark.parametrize("drop", [0.0, 0.2])
def test_it_is_the_wald_test_of_statsmodels(drop):
    frame = firms(0.3, drop=drop)
    logs = np.log(frame[["output", "capital"]]).assign(firm=frame["firm"], year=frame["year"])
    before = logs.assign(year=logs["year"] + 1)
    both = logs.merge(before, on=["firm", "year"], suffixes=("", "_before"))
    change = sm.add_constant(both["capital"] - both["capital_before"])
    residual = sm.OLS(both["output"] - both["output_before"], change).fit().resid
    errors = both[["firm", "year"]].assign(error=residual)
    pairs = errors.merge(errors.assign(year=errors["year"] + 1), on=["firm", "year"])
    fit = sm.OLS(pairs["error_x"], pairs[["error_y"]]).fit(
        cov_type="cluster", cov_kwds={"groups": pairs["firm"]}, use_t=False
    )
    expected = float(((fit.params + 0.5) / fit.bse).iloc[0] ** 2)
    outcome = outcome_of(frame)
    count = pairs["firm"].nunique()
    assert outcome.statistic == pytest.approx(expected, rel=1e-9)
    assert outcome.p_value == pytest.approx(stats.f(1, count - 1).sf(expected), rel=1e-9)
    assert outcome.distribution == f"F(1, {count - 1})"


def test_it_rejects_as_often_as_it_says_and_more_often_with_memory():
    alone = [outcome_of(firms(0.0, seed=seed)).p_value < 0.1 for seed in range(100)]
    related = [outcome_of(firms(0.6, seed=seed)).p_value < 0.1 for seed in range(10)]
    assert 2 <= sum(alone) <= 20  # binomial(100, 0.1), one in a thousand outside
    assert all(related)


def test_two_changes_in_a_row_are_needed():
    frame = firms(0.0, years=5)
    assert outcome_of(frame[frame["year"] != 2002]) is None


@pytest.mark.parametrize("method", [tfp.FixedEffects(), tfp.RandomEffects()])
def test_effects_of_entities_do_not_matter_to_it(method):
    """The differences of deviations are those of the levels: one test for all three."""
    frame = firms(0.3, drop=0.1)
    panel = tfp.Panel(frame, entity="firm", time="year", output="output", capital="capital")
    tests = {test.name: test for test in method.fit(panel).tests}
    found, expected = tests["wooldridge_serial_correlation"], outcome_of(frame)
    assert found.statistic == pytest.approx(expected.statistic, rel=1e-9)
    assert found.distribution == expected.distribution


def test_two_ways_take_the_shocks_of_years_out():
    """Shocks that all firms share and that remember are no memory of the firms."""
    frame = firms(0.0, n=200, years=10)
    shared = np.cumsum(np.random.default_rng(4).normal(size=10))[frame["year"] - 2000]
    frame["output"] *= np.exp(shared)
    panel = tfp.Panel(frame, entity="firm", time="year", output="output", capital="capital")

    def p_value(**options):
        tests = {test.name: test for test in tfp.FixedEffects(**options).fit(panel).tests}
        return tests["wooldridge_serial_correlation"].p_value

    assert p_value() < 1e-6
    assert p_value(period_effects=True) > 0.01
