"""Two-stage least squares against linearmodels, with instruments that are named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from linearmodels.iv import IV2SLS

import tfp

ROUNDING = 1e-9


def firms(n=120, years=6, *, seed=1, strength=1.0):
    """Return firms whose labour answers to productivity and to a wage that they do not set."""
    rng = np.random.default_rng(seed)
    rows = n * years
    effect = np.repeat(rng.normal(0.0, 0.3, n), years)
    productivity, wage, rain = rng.normal(0.0, 0.3, (3, rows))
    capital = rng.normal(3.0, 0.8, rows) + effect
    labour = 0.5 * capital + 0.8 * productivity - strength * wage + rng.normal(0.0, 0.2, rows)
    output = 0.4 * capital + 0.6 * labour + productivity + effect + 0.1 * rain
    return pd.DataFrame(
        {
            "firm": np.repeat(np.arange(n), years),
            "year": np.tile(np.arange(2000, 2000 + years), n),
            "output": np.exp(output),
            "capital": np.exp(capital),
            "labour": np.exp(labour),
            "wage": wage,
            "subsidy": 0.5 * wage + rng.normal(0.0, 0.3, rows),
            "rain": rain,
        }
    )


def panel_of(frame):
    return tfp.Panel(
        frame,
        entity="firm",
        time="year",
        output="output",
        capital="capital",
        labour="labour",
        controls={"wage": "wage", "subsidy": "subsidy", "rain": "rain"},
    )


BY_WAGE = tfp.InstrumentalVariables(instruments=("wage", "subsidy"), lags=())


def theirs(frame, **options):
    logs = np.log(frame[["output", "capital", "labour"]])
    inside = pd.DataFrame({"capital": logs["capital"], "rain": frame["rain"], "one": 1.0})
    return IV2SLS(logs["output"], inside, logs["labour"], frame[["wage", "subsidy"]]).fit(**options)


@pytest.mark.parametrize(
    ("covariance", "options"),
    [
        (tfp.Robust("none"), {"cov_type": "robust"}),
        (tfp.Clustered(correction="none"), {"cov_type": "clustered"}),
    ],
)
def test_coefficients_and_errors_are_those_of_linearmodels(covariance, options):
    frame = firms()
    if options["cov_type"] == "clustered":
        options["clusters"] = frame["firm"]
    expected = theirs(frame, **options)
    method = tfp.InstrumentalVariables(
        instruments=("wage", "subsidy"), lags=(), covariance=covariance
    )
    estimate = method.fit(panel_of(frame))
    for term in ("capital", "labour", "rain"):
        place = estimate.terms.index(term)
        assert estimate.estimates[place] == pytest.approx(expected.params[term], abs=ROUNDING)
        assert estimate.std_errors[place] == pytest.approx(expected.std_errors[term], rel=1e-8)
    tests = {test.name: test for test in estimate.tests}
    assert tests["sargan"].statistic == pytest.approx(expected.sargan.stat, rel=1e-8)
    assert tests["sargan"].distribution == "chi2(1)"


def test_effects_of_entities_are_taken_out_first():
    frame = firms()
    numbers = frame.assign(**np.log(frame[["output", "capital", "labour"]]))
    apart = numbers - numbers.groupby("firm").transform("mean").assign(firm=0, year=0)
    expected = IV2SLS(
        apart["output"], apart[["capital", "rain"]], apart["labour"], apart[["wage", "subsidy"]]
    ).fit()
    method = tfp.InstrumentalVariables(
        instruments=("wage", "subsidy"), lags=(), entity_effects=True
    )
    estimate = method.fit(panel_of(frame))
    for term in ("capital", "labour"):
        assert estimate.elasticities[term] == pytest.approx(expected.params[term], abs=ROUNDING)


def test_the_truth_is_found_where_least_squares_does_not():
    found = [BY_WAGE.fit(panel_of(firms(seed=seed))).elasticities["labour"] for seed in range(30)]
    error = np.std(found, ddof=1) / np.sqrt(30)
    assert abs(np.mean(found) - 0.6) < 3 * error + 0.002
    assert tfp.PooledLeastSquares().fit(panel_of(firms())).elasticities["labour"] > 0.8


def test_lags_are_calendar_lags():
    frame = firms()
    method = tfp.InstrumentalVariables(lags=(1, 2))
    assert method.fit(panel_of(frame)).diagnostics["rows"] == 120 * 4
    holed = frame[frame["year"] != 2003]
    # Only 2002 has both years before it.
    assert method.fit(panel_of(holed)).diagnostics["rows"] == 120


def test_weak_instruments_are_said_aloud():
    strong = BY_WAGE.fit(panel_of(firms()))
    assert strong.diagnostics["first_stage_f_labour"] > 100
    assert strong.warnings == ()
    # Labour has no memory here: its past says nothing.
    weak = tfp.InstrumentalVariables().fit(panel_of(firms()))
    assert [finding.code for finding in weak.warnings] == ["instruments-weak"]


def test_the_first_stage_f_is_that_of_linearmodels():
    frame = firms()
    logs = np.log(frame[["capital", "labour"]])
    inside = np.column_stack([logs["capital"], frame["rain"], np.ones(len(frame))])
    whole = np.column_stack([inside, frame[["wage", "subsidy"]]])
    sums = []
    for columns in (inside, whole):
        left = logs["labour"] - columns @ np.linalg.lstsq(columns, logs["labour"], rcond=None)[0]
        sums.append(left @ left)
    expected = (sums[0] - sums[1]) / 2 / (sums[1] / (len(frame) - 5))
    strength = BY_WAGE.fit(panel_of(frame)).diagnostics["first_stage_f_labour"]
    assert strength == pytest.approx(expected, rel=1e-9)


def test_it_is_kept_and_shown(tmp_path):
    estimate = BY_WAGE.fit(panel_of(firms()))
    estimate.save(tmp_path / "estimate.tfp")
    pd.testing.assert_frame_equal(tfp.load(tmp_path / "estimate.tfp").tidy(), estimate.tidy())
    for language in ("en", "vi"):
        assert estimate.summary(language)


BAD = {
    "nothing": ({"lags": ()}, "instruments-too-few"),
    "no such control": ({"instruments": ("weather",)}, "option-unknown"),
    "no such input": ({"endogenous": ("labor",)}, "option-unknown"),
    "lags too far": ({"lags": (9,)}, "no-complete-row"),
    "twice the same": ({"lags": (1, 1)}, "collinear-inputs"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_refused(kind):
    options, code = BAD[kind]
    with pytest.raises(tfp.MethodError) as error:
        tfp.InstrumentalVariables(**options).fit(panel_of(firms(n=20)))
    assert error.value.code == code


def test_a_bootstrap_of_the_second_stage_alone_is_refused():
    with pytest.raises(tfp.MethodError) as error:
        tfp.InstrumentalVariables(covariance=tfp.Bootstrap(99))
    assert error.value.code == "option-unknown"


def test_a_lag_of_today_is_none():
    with pytest.raises(tfp.MethodError) as error:
        tfp.InstrumentalVariables(lags=(0,))
    assert error.value.code == "lags-negative"
