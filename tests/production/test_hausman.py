"""Hausman's test in the form that errors within entities do not disturb."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

import tfp


def firms(*, n=100, years=6, related=0.0, memory=0.0, seed=1):
    """Return firms whose effects may know capital, and whose errors may remember."""
    rng = np.random.default_rng(seed)
    effect = rng.normal(0.0, 0.5, n)
    error = np.empty((n, years))
    error[:, 0] = rng.normal(size=n)
    for year in range(1, years):
        error[:, year] = memory * error[:, year - 1] + rng.normal(size=n) * np.sqrt(1 - memory**2)
    trend = np.linspace(-1.0, 1.0, years) * rng.normal(size=n)[:, None]
    capital = trend + rng.normal(size=(n, years)) + related * effect[:, None]
    output = 0.4 * capital + effect[:, None] + 0.5 * error
    return pd.DataFrame(
        {
            "firm": np.repeat(np.arange(n), years),
            "year": np.tile(np.arange(2000, 2000 + years), n),
            "output": np.exp(output.ravel()),
            "capital": np.exp(capital.ravel()),
        }
    )


def estimate_of(frame):
    panel = tfp.Panel(frame, entity="firm", time="year", output="output", capital="capital")
    return tfp.RandomEffects().fit(panel)


def outcomes(frame):
    return {test.name: test for test in estimate_of(frame).tests}


def test_it_is_the_wald_test_of_statsmodels():
    frame = firms(related=0.3)
    theta = estimate_of(frame).diagnostics["theta_smallest"]
    logs = np.log(frame[["output", "capital"]])
    means = logs.groupby(frame["firm"]).transform("mean")
    moved = logs - theta * means
    design = pd.DataFrame(
        {
            "capital": moved["capital"],
            "constant": 1.0,
            "deviation": logs["capital"] - means["capital"],
        }
    )
    fit = sm.OLS(moved["output"], design).fit(
        cov_type="cluster", cov_kwds={"groups": frame["firm"]}, use_t=False
    )
    outcome = outcomes(frame)["hausman_clustered"]
    expected = float((fit.params["deviation"] / fit.bse["deviation"]) ** 2)
    assert outcome.statistic == pytest.approx(expected, rel=1e-9)
    assert outcome.distribution == "chi2(1)"


def test_it_finds_effects_that_know_the_inputs():
    found = outcomes(firms(related=0.5))
    assert found["hausman"].p_value < 1e-3
    assert found["hausman_clustered"].p_value < 1e-3


def test_errors_that_remember_mislead_the_first_form_more():
    rejected = {"hausman": 0, "hausman_clustered": 0}
    for seed in range(100):
        found = outcomes(firms(memory=0.8, seed=seed))
        for name in rejected:
            rejected[name] += found[name].p_value < 0.05
    # Binomial(100, 0.05): more than twelve happen once in a thousand times.
    assert rejected["hausman_clustered"] <= 12
    assert rejected["hausman"] > 2 * rejected["hausman_clustered"]
