"""The linear estimators against linearmodels, and what they must not depend on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from linearmodels.panel import BetweenOLS, FirstDifferenceOLS, PanelOLS, PooledOLS
from linearmodels.panel import RandomEffects as TheirRandomEffects

import tfp

# Two programs in double precision; the largest gap seen is 3e-13.
ROUNDING = 1e-10
ROLES = {"entity": "firm", "time": "year", "output": "output", "capital": "capital"}
METHODS = {
    "pooled": tfp.PooledLeastSquares(),
    "constant returns": tfp.PooledLeastSquares(constant_returns=True),
    "years": tfp.PooledLeastSquares(year_effects=True),
    "fixed": tfp.FixedEffects(),
    "two ways": tfp.FixedEffects(period_effects=True),
    "between": tfp.BetweenEffects(),
    "random": tfp.RandomEffects(),
    "differences": tfp.FirstDifferences(),
    "mean group": tfp.MeanGroup(),
    "common effects": tfp.CommonCorrelatedEffects(),
}


def panel_of(frame, **columns):
    return tfp.Panel(frame.assign(**columns), **ROLES, labour="labour")


def theirs(frame):
    logs = np.log(frame.set_index(["firm", "year"])[["output", "capital", "labour"]])
    return logs["output"], logs[["capital", "labour"]].assign(constant=1.0)


@pytest.mark.parametrize("drop", [0.0, 0.2])
@pytest.mark.parametrize(
    ("name", "other", "constant"),
    [
        ("pooled", PooledOLS, True),
        ("fixed", lambda y, x: PanelOLS(y, x, entity_effects=True), False),
        ("two ways", lambda y, x: PanelOLS(y, x, entity_effects=True, time_effects=True), False),
        ("between", BetweenOLS, True),
        ("random", TheirRandomEffects, True),
    ],
)
def test_coefficients_are_those_of_linearmodels(made, name, other, constant, drop):
    frame = made(drop=drop)
    output, inputs = theirs(frame)
    # With series of different length their default is another formula than Baltagi and Chang's.
    options = {"small_sample": True} if name == "random" else {}
    expected = other(output, inputs if constant else inputs[["capital", "labour"]]).fit(**options)
    estimate = METHODS[name].fit(panel_of(frame))
    for term in ("capital", "labour"):
        assert estimate.elasticities[term] == pytest.approx(expected.params[term], abs=ROUNDING)


def test_differences_are_those_of_linearmodels(made):
    frame = made()
    output, inputs = theirs(frame)
    # Theirs has no constant: a trend in the levels gives it one.
    trended = inputs[["capital", "labour"]].assign(trend=inputs.index.get_level_values(1) * 1.0)
    expected = FirstDifferenceOLS(output, trended).fit()
    estimate = tfp.FirstDifferences().fit(panel_of(frame))
    assert estimate.elasticities["labour"] == pytest.approx(expected.params["labour"], abs=ROUNDING)


def test_a_difference_never_crosses_a_gap(made):
    frame = made()
    holed = frame[frame["year"] != 2004]
    estimate = tfp.FirstDifferences().fit(panel_of(holed))
    assert estimate.diagnostics["rows"] == 60 * 5
    assert estimate.productivity["log_tfp"].notna().all()


@pytest.mark.parametrize(
    ("covariance", "options"),
    [
        (tfp.Clustered("entity", correction="none"), {"cluster_entity": True}),
        (tfp.Clustered("time", correction="none"), {"cluster_time": True}),
        (
            tfp.Clustered("entity and time", correction="none"),
            {"cluster_entity": True, "cluster_time": True},
        ),
    ],
)
def test_clustered_errors_are_those_of_linearmodels(made, covariance, options):
    frame = made(drop=0.1)
    output, inputs = theirs(frame)
    expected = PooledOLS(output, inputs).fit(
        cov_type="clustered", debiased=False, group_debias=False, **options
    )
    estimate = tfp.PooledLeastSquares(covariance=covariance).fit(panel_of(frame))
    errors = dict(zip(estimate.terms, estimate.std_errors, strict=True))
    for term in ("capital", "labour"):
        assert errors[term] == pytest.approx(expected.std_errors[term], rel=1e-9)


def test_driscoll_and_kraay_is_that_of_linearmodels(made):
    frame = made()
    output, inputs = theirs(frame)
    expected = PooledOLS(output, inputs).fit(
        cov_type="kernel", kernel="bartlett", bandwidth=2, debiased=False
    )
    estimate = tfp.PooledLeastSquares(covariance=tfp.DriscollKraay(2)).fit(panel_of(frame))
    errors = dict(zip(estimate.terms, estimate.std_errors, strict=True))
    for term in ("capital", "labour"):
        assert errors[term] == pytest.approx(expected.std_errors[term], rel=1e-9)


def test_white_with_and_without_its_factor(made):
    panel = panel_of(made())
    plain = tfp.PooledLeastSquares(covariance=tfp.Robust("none")).fit(panel)
    scaled = tfp.PooledLeastSquares(covariance=tfp.Robust()).fit(panel)
    np.testing.assert_allclose(scaled.covariance, plain.covariance * 480 / 477, rtol=1e-13, atol=0)


@pytest.mark.parametrize("name", METHODS)
class TestWhatAnEstimateDoesNotDependOn:
    def test_the_order_of_rows(self, made, name):
        own = name in {"mean group", "common effects"}  # each entity has a regression of its own
        frame = made(drop=0.0 if own else 0.05)
        shuffled = frame.sample(frac=1.0, random_state=3)
        first, second = (METHODS[name].fit(panel_of(given)) for given in (frame, shuffled))
        assert np.isfinite(first.estimates).all()
        # Entities are numbered as they come, so that sums are taken in another order.
        np.testing.assert_allclose(first.estimates, second.estimates, rtol=0, atol=1e-12)

    def test_the_units(self, made, name):
        frame = made()
        larger = panel_of(frame, capital=frame["capital"] * 1e6, output=frame["output"] / 1e3)
        first, second = METHODS[name].fit(panel_of(frame)), METHODS[name].fit(larger)
        for term, elasticity in first.elasticities.items():
            assert second.elasticities[term] == pytest.approx(elasticity, abs=1e-9)

    def test_missing_rows_are_counted_and_nothing_else_is_lost(self, made, name):
        frame = made()
        frame.loc[[3, 100], "capital"] = np.nan
        estimate = METHODS[name].fit(panel_of(frame))
        lost = estimate.ledger
        assert lost["entity"].tolist() == ["firm 000", "firm 012"]
        assert set(lost["action"]) == {"lost"}
        without = METHODS[name].fit(panel_of(frame.dropna()))
        np.testing.assert_allclose(estimate.estimates, without.estimates, rtol=1e-12)

    def test_tfp_is_output_less_inputs(self, made, name):
        frame = made()
        estimate = METHODS[name].fit(panel_of(frame))
        expected = np.log(frame["output"])
        for term, elasticity in estimate.elasticities.items():
            expected = expected - elasticity * np.log(frame[term])
        np.testing.assert_allclose(estimate.productivity["log_tfp"], expected, atol=1e-12)

    def test_it_is_kept_and_shown(self, made, name, tmp_path):
        estimate = METHODS[name].fit(panel_of(made(n=20)))
        estimate.save(tmp_path / "estimate.tfp")
        again = tfp.load(tmp_path / "estimate.tfp")
        pd.testing.assert_frame_equal(again.tidy(), estimate.tidy())
        assert list(estimate.tidy().columns[:3]) == ["term", "estimate", "std_error"]
        for language in ("en", "vi"):
            assert f"{estimate.elasticities['capital']:.4f}" in estimate.summary("en")
            assert estimate.summary(language)


def test_constant_returns_add_to_one_and_share_the_error(made):
    estimate = METHODS["constant returns"].fit(panel_of(made()))
    assert estimate.returns_to_scale == pytest.approx(1.0, abs=1e-14)
    errors = dict(zip(estimate.terms, estimate.std_errors, strict=True))
    assert errors["capital"] == pytest.approx(errors["labour"], rel=1e-12)
    assert [test.name for test in estimate.tests] == []


def test_an_estimate_becomes_weights_of_growth_accounts(made):
    frame = made()
    estimate = tfp.FixedEffects(observed_units="firm").fit(panel_of(frame))
    weights = tfp.OutputElasticities(estimate, returns="separate")
    accounts = tfp.GrowthAccounting(factor_weights=weights, rates="log").fit(panel_of(frame))
    growth = accounts.factor_growth
    total = sum(growth[f] * estimate.elasticities[f] for f in ("capital", "labour"))
    np.testing.assert_allclose(growth["tfp"], growth["output"] - total, atol=1e-10)
    # With logarithms the growth of TFP is the change of the estimate's own log TFP.
    change = 100 * estimate.productivity["log_tfp"].groupby("firm").diff()
    np.testing.assert_allclose(growth["tfp"].dropna(), change.dropna(), atol=1e-10)


def test_intervals_are_wider_at_a_higher_level_and_those_of_student(made):
    from scipy import stats

    estimate = tfp.PooledLeastSquares(covariance=tfp.Conventional()).fit(panel_of(made()))
    low, high = estimate.confidence_intervals(0.9)
    reach = stats.t(480 - 3).ppf(0.95) * estimate.std_errors
    np.testing.assert_allclose(high - estimate.estimates, reach, rtol=1e-12)
    np.testing.assert_allclose(estimate.estimates - low, reach, rtol=1e-12)
    t = estimate.estimates / estimate.std_errors
    np.testing.assert_allclose(
        estimate.tidy()["p_value"], 2 * stats.t(480 - 3).sf(np.abs(t)), rtol=1e-9
    )


BAD = {
    "no input": (tfp.PooledLeastSquares(), {"drop": ["capital", "labour"]}, "no-inputs"),
    "collinear": (tfp.PooledLeastSquares(), {"labour": "capital"}, "collinear-inputs"),
    "one entity": (tfp.FixedEffects(), {"entities": 1}, "one-entity"),
    "too few rows": (tfp.PooledLeastSquares(year_effects=True), {"entities": 1}, "too-few-rows"),
    "zero": (tfp.PooledLeastSquares(), {"zero": True}, "not-positive"),
    "empty": (tfp.PooledLeastSquares(), {"empty": True}, "no-complete-row"),
    "own regressions": (
        tfp.MeanGroup(common_effects=True),
        {"years": 4},
        "own-regression-impossible",
    ),
    "common effects, short": (
        tfp.CommonCorrelatedEffects(),
        {"years": 5},
        "own-regression-impossible",
    ),
    "common effects, collinear": (
        tfp.CommonCorrelatedEffects(),
        {"labour": "capital"},
        "own-regression-impossible",
    ),
    "no neighbours": (tfp.FirstDifferences(), {"every_other": True}, "no-difference"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_refused(made, kind):
    method, change, code = BAD[kind]
    frame = made(n=6, years=change.get("years", 8))
    roles = dict(ROLES) | {"labour": change.get("labour", "labour")}
    if "drop" in change:
        roles = {k: v for k, v in roles.items() if k not in change["drop"]}
    if "labour" in change:
        frame["twin"] = frame["capital"] ** 2
        roles["labour"] = "twin"
    if "entities" in change:
        frame = frame[frame["firm"] == "firm 000"]
    if "zero" in change:
        frame.loc[2, "capital"] = 0.0
    if "empty" in change:
        frame["capital"] = np.where(frame["year"] < 2004, np.nan, frame["capital"])
        frame["labour"] = np.where(frame["year"] >= 2004, np.nan, frame["labour"])
    if "every_other" in change:
        frame = frame[frame["year"] % 2 == 0]
    with pytest.raises(tfp.MethodError) as error:
        method.fit(tfp.Panel(frame, **roles))
    assert error.value.code == code


def test_methods_do_not_change_and_are_varied_by_replace(made):
    method = tfp.FixedEffects()
    panel = panel_of(made())
    first = method.fit(panel)
    varied = replace(method, period_effects=True).fit(panel)
    assert first.elasticities["labour"] != varied.elasticities["labour"]
    np.testing.assert_array_equal(method.fit(panel).estimates, first.estimates)


class TestRegistry:
    def test_every_short_name_gives_an_estimator(self, made):
        panel = panel_of(made(n=20))
        for name in ("between", "cce", "first_differences", "fixed_effects", "mean_group",
                     "pooled", "random_effects"):  # fmt: skip
            assert name in tfp.estimator_names()
            assert tfp.estimator(name).fit(panel).kind == "production_estimate"

    def test_an_unknown_name_is_answered_with_the_nearest(self):
        with pytest.raises(tfp.MethodError, match="fixed_effects") as error:
            tfp.estimator("fixed_efects")
        assert error.value.code == "estimator-unknown"

    def test_a_broken_one_of_another_package_is_reported_and_stops_nothing(self, monkeypatch):
        from importlib.metadata import EntryPoint

        from tfp.production import registry

        broken = EntryPoint("theirs", "no_such_module:Estimator", registry.GROUP)
        monkeypatch.setattr(registry, "_foreign", lambda: {"theirs": broken})
        assert "theirs" in tfp.estimator_names()
        assert tfp.estimator("pooled").name == "pooled least squares"
        with pytest.raises(tfp.MethodError) as error:
            tfp.estimator("theirs")
        assert error.value.code == "estimator-broken"
