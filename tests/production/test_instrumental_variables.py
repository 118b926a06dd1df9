"""Instrumental variables against linearmodels, on firms whose labour follows productivity."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from linearmodels.iv import IV2SLS, IVGMM

import tfp

YEARS = 8
ORDER = ["capital", "labour", "constant"]


def firms(n=60, *, seed=1, drop=0.15):
    """Return firms whose labour answers to wages, to a tax and to productivity."""
    rng = np.random.default_rng(seed)
    firm, year = np.repeat(np.arange(n), YEARS), np.tile(np.arange(2000, 2000 + YEARS), n)
    size = len(firm)
    wage, tax = rng.normal(size=n)[firm] + rng.normal(size=size), rng.normal(size=size)
    effect, shock = rng.normal(0.0, 0.3, n)[firm], rng.normal(0.0, 0.3, size)
    capital = rng.normal(3.0, 1.0, size)
    labour = 2.0 + 0.3 * capital - 0.5 * wage - 0.2 * tax + effect + shock
    output = 0.35 * capital + 0.6 * labour + effect + shock + rng.normal(0.0, 0.05, size)
    logs = {"output": output, "capital": capital, "labour": labour}
    frame = pd.DataFrame({"firm": firm, "year": year, "wage": wage, "tax": tax})
    frame = frame.assign(**{name: np.exp(values) for name, values in logs.items()})
    return frame[rng.uniform(size=size) >= drop].reset_index(drop=True)


def panel_of(frame, controls=("wage", "tax")):
    roles = {"entity": "firm", "time": "year", "output": "output", "labour": "labour"}
    return tfp.Panel(frame, **roles, capital="capital", controls={name: name for name in controls})


def logs_of(frame):
    logs = np.log(frame[["output", "capital", "labour"]])
    return logs.assign(wage=frame["wage"], tax=frame["tax"], constant=1.0)


def method_of(**options):
    defaults = {"endogenous": ["labour"], "instruments": ["wage", "tax"]}
    return tfp.InstrumentalVariables(**(defaults | options))


COVARIANCES = {
    "conventional": (tfp.Conventional(), {"cov_type": "unadjusted", "debiased": True}),
    "robust": (tfp.Robust("none"), {"cov_type": "robust"}),
    "clustered": (tfp.Clustered("entity", correction="none"), {"cov_type": "clustered"}),
}


@pytest.mark.parametrize("name", COVARIANCES)
def test_levels_are_those_of_linearmodels(name):
    frame = firms()
    covariance, options = COVARIANCES[name]
    clusters = {"clusters": frame["firm"]} if name == "clustered" else {}
    logs = logs_of(frame)
    model = IV2SLS(
        logs["output"], logs[["capital", "constant"]], logs["labour"], logs[["wage", "tax"]]
    )
    expected = model.fit(**options, **clusters)
    estimate = method_of(covariance=covariance).fit(panel_of(frame))
    assert list(estimate.terms) == ORDER
    np.testing.assert_allclose(estimate.estimates, expected.params[ORDER], atol=1e-10)
    np.testing.assert_allclose(estimate.std_errors, expected.std_errors[ORDER], rtol=1e-9)
    tests = {test.name: test for test in estimate.tests}
    assert tests["sargan"].statistic == pytest.approx(expected.sargan.stat, rel=1e-8)
    assert tests["sargan"].p_value == pytest.approx(expected.sargan.pval, rel=1e-8)
    first = expected.first_stage.diagnostics.loc["labour"]
    share = estimate.diagnostics["partial_r_squared_labour"]
    assert share == pytest.approx(first["partial.rsquared"], rel=1e-9)


@pytest.mark.parametrize("name", COVARIANCES)
def test_the_first_stage_is_that_of_linearmodels(name):
    frame = firms()
    covariance, options = COVARIANCES[name]
    clusters = {"clusters": frame["firm"]} if name == "clustered" else {}
    logs = logs_of(frame)
    tools = ["wage", "tax"]
    first = IV2SLS(logs["labour"], logs[["capital", "constant", *tools]], None, None).fit(
        **options, **clusters
    )
    loading, spread = first.params[tools], first.cov.loc[tools, tools]
    expected = float(loading @ np.linalg.solve(spread, loading)) / 2
    diagnostics = method_of(covariance=covariance).fit(panel_of(frame)).diagnostics
    assert diagnostics["first_stage_f_labour"] == pytest.approx(expected, rel=1e-8)
    if name == "conventional":
        assert diagnostics["cragg_donald_f"] == pytest.approx(expected, rel=1e-8)


def test_deviations_are_those_of_linearmodels_with_a_constant_for_each_firm_and_year():
    frame = firms(n=30)
    logs = logs_of(frame)
    effects = pd.get_dummies(frame["firm"], prefix="f", dtype=float)
    years = pd.get_dummies(frame["year"], prefix="t", dtype=float).iloc[:, 1:]
    exogenous = pd.concat([logs[["capital"]], effects, years], axis=1)
    expected = IV2SLS(logs["output"], exogenous, logs["labour"], logs[["wage", "tax"]]).fit(
        cov_type="unadjusted", debiased=True
    )
    estimate = method_of(
        entity_effects=True, period_effects=True, covariance=tfp.Conventional()
    ).fit(panel_of(frame))
    np.testing.assert_allclose(estimate.estimates[:2], expected.params[ORDER[:2]], atol=1e-10)
    np.testing.assert_allclose(estimate.std_errors[:2], expected.std_errors[ORDER[:2]], rtol=1e-8)
    statistics = {test.name: test.statistic for test in estimate.tests}
    assert statistics["sargan"] == pytest.approx(expected.sargan.stat, rel=1e-7)
    # The means of firms cost degrees of freedom in the first stage too.
    first = IV2SLS(
        logs["labour"], pd.concat([exogenous, logs[["wage", "tax"]]], axis=1), None, None
    )
    fitted = first.fit(cov_type="unadjusted", debiased=True)
    loading, spread = fitted.params[["wage", "tax"]], fitted.cov.iloc[-2:, -2:]
    strength = float(loading @ np.linalg.solve(spread, loading)) / 2
    assert estimate.diagnostics["first_stage_f_labour"] == pytest.approx(strength, rel=1e-8)
    assert estimate.diagnostics["cragg_donald_f"] == pytest.approx(strength, rel=1e-8)


def test_hansen_is_that_of_linearmodels_in_two_steps_with_clusters():
    frame = firms()
    logs = logs_of(frame)
    model = IVGMM(
        logs["output"],
        logs[["capital", "constant"]],
        logs["labour"],
        logs[["wage", "tax"]],
        weight_type="clustered",
        clusters=frame["firm"],
    )
    expected = model.fit(iter_limit=2, cov_type="clustered", clusters=frame["firm"])
    tests = {test.name: test for test in method_of().fit(panel_of(frame)).tests}
    assert tests["hansen"].statistic == pytest.approx(expected.j_stat.stat, rel=1e-7)
    assert tests["hansen"].p_value == pytest.approx(expected.j_stat.pval, rel=1e-7)
    assert tests["hansen"].distribution == "chi2(1)"


def test_the_past_is_that_of_the_calendar():
    frame = firms(drop=0.25)
    estimate = method_of(
        instruments=[tfp.Lagged("wage", 2), tfp.Lagged("labour")], covariance=tfp.Conventional()
    ).fit(panel_of(frame))
    logs = logs_of(frame).assign(firm=frame["firm"], year=frame["year"])
    for name, periods in (("wage", 2), ("labour", 1)):
        past = logs[["firm", "year", name]].assign(year=logs["year"] + periods)
        past = past.rename(columns={name: f"{name}_{periods}"})
        logs = logs.merge(past, on=["firm", "year"], how="left")
    complete = logs.dropna()
    expected = IV2SLS(
        complete["output"],
        complete[["capital", "wage", "tax", "constant"]],
        complete["labour"],
        complete[["wage_2", "labour_1"]],
    ).fit(cov_type="unadjusted", debiased=True)
    assert estimate.terms == ("capital", "labour", "wage", "tax", "constant")
    np.testing.assert_allclose(
        estimate.estimates, expected.params[list(estimate.terms)], rtol=1e-8, atol=1e-9
    )
    assert estimate.diagnostics["rows"] == len(complete)
    assert len(estimate.ledger) == len(frame) - len(complete)
    assert estimate.productivity["log_tfp"].notna().sum() == len(complete)


def test_the_truth_is_found_where_least_squares_does_not():
    found = [method_of().fit(panel_of(firms(seed=s))).elasticities["labour"] for s in range(30)]
    error = np.std(found, ddof=1) / np.sqrt(30)
    assert abs(np.mean(found) - 0.6) < 3 * error + 0.002
    pooled = tfp.PooledLeastSquares().fit(panel_of(firms(), controls=()))
    assert pooled.elasticities["labour"] > 0.8


def test_weak_instruments_are_said():
    frame = firms()
    frame["tax"] = np.random.default_rng(2).normal(size=len(frame))
    weak = method_of(instruments=["tax"]).fit(panel_of(frame))
    found = {finding.code: finding.fields for finding in weak.warnings}
    assert found["instruments-weak"]["name"] == "labour"
    assert found["instruments-weak"]["statistic"] == weak.diagnostics["first_stage_f_labour"] < 10
    assert [test.name for test in weak.tests] == ["constant_returns"]
    assert method_of().fit(panel_of(firms())).warnings == ()


def test_it_is_kept_and_shown(tmp_path):
    estimate = method_of(instruments=[tfp.Lagged("labour"), "wage"]).fit(panel_of(firms()))
    estimate.save(tmp_path / "estimate.tfp")
    again = tfp.load(tmp_path / "estimate.tfp")
    pd.testing.assert_frame_equal(again.tidy(), estimate.tidy())
    assert list(again.provenance.options["instruments"]) == ["labour, lag 1", "wage"]
    for language in ("en", "vi"):
        assert estimate.summary(language)


def test_by_its_short_name_and_in_any_order_of_rows():
    frame = firms()
    first = tfp.estimator("instrumental_variables", instruments=["wage"]).fit(panel_of(frame))
    shuffled = panel_of(frame.sample(frac=1.0, random_state=1))
    second = method_of(instruments=["wage"]).fit(shuffled)
    np.testing.assert_allclose(first.estimates, second.estimates, atol=1e-11)


@pytest.mark.parametrize("effects", [False, True])
def test_replications_repeat_both_stages_and_agree_with_clusters(effects):
    panel = panel_of(firms(n=300))
    options = {"entity_effects": effects, "period_effects": True}
    clustered = method_of(**options).fit(panel)
    drawn = method_of(covariance=tfp.Bootstrap(1500), **options).fit(panel, rng=1)
    np.testing.assert_array_equal(drawn.estimates, clustered.estimates)
    np.testing.assert_allclose(drawn.std_errors[:2], clustered.std_errors[:2], rtol=0.1)
    assert drawn.replicates.shape == (1500, len(drawn.terms))
    assert (
        drawn.diagnostics["first_stage_f_labour"] == clustered.diagnostics["first_stage_f_labour"]
    )
    again = method_of(covariance=tfp.Bootstrap(1500), **options).fit(panel, rng=1)
    np.testing.assert_array_equal(again.replicates, drawn.replicates)


REFUSED = {
    "instruments-fewer": {"instruments": []},
    "option-unknown": {"endogenous": ["workers"]},
    "collinear-inputs": {"instruments": ["wage", "wage"]},
    "no-complete-row": {"instruments": [tfp.Lagged("labour", 9)]},
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_refused(code):
    with pytest.raises(tfp.MethodError) as error:
        method_of(**REFUSED[code]).fit(panel_of(firms(n=8)))
    assert error.value.code == code


def test_an_instrument_must_be_a_control_or_of_the_past():
    for instruments in (["labour"], ["rain"], [tfp.Lagged("rain")]):
        with pytest.raises(tfp.MethodError) as error:
            method_of(instruments=instruments).fit(panel_of(firms(n=8)))
        assert error.value.code == "option-unknown"
    with pytest.raises(tfp.MethodError) as error:
        tfp.Lagged("labour", 0)
    assert error.value.code == "lags-negative"
