"""Difference and system estimators on firms whose elasticities are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp
from tfp.production.dynamic_panel.instrument_lags import windows_of
from tfp.production.dynamic_panel.lagged_sample import lagged_sample
from tfp.production.dynamic_panel.moments import moment_equations
from tfp.production.sample import log_sample

TRUTH = {"capital": 0.3, "labour": 0.6}
METHODS = {
    "difference": tfp.ArellanoBond(),
    "one step": tfp.ArellanoBond(steps=1),
    "deviations": tfp.ArellanoBond(transformation="forward_deviations"),
    "system": tfp.BlundellBond(),
    "collapsed": tfp.BlundellBond(collapse=True),
    "system of deviations": tfp.BlundellBond(transformation="forward_deviations"),
    "free": tfp.BlundellBond(common_factors=False),
}


def outcomes(estimate):
    return {test.name: test for test in estimate.tests}


@pytest.mark.parametrize("method", [tfp.ArellanoBond, tfp.BlundellBond])
def test_the_truth_is_found(dynamic_firms, dynamic_panel, method):
    estimates = [
        method(collapse=True).fit(dynamic_panel(dynamic_firms(n=500, seed=seed)))
        for seed in range(20)
    ]
    for factor, truth in {**TRUTH, "persistence": 0.5}.items():
        place = estimates[0].terms.index(factor)
        found = np.array([estimate.estimates[place] for estimate in estimates])
        error = found.std(ddof=1) / np.sqrt(len(found))
        # Instruments leave a bias of one or two hundredths in so few entities.
        assert abs(found.mean() - truth) < 3 * error + 0.02
        spread = np.mean([estimate.std_errors[place] for estimate in estimates])
        assert 0.6 < spread / found.std(ddof=1) < 1.6


def test_least_squares_does_not_find_it(dynamic_firms, dynamic_panel):
    panel = dynamic_panel(dynamic_firms(n=500))
    assert tfp.PooledLeastSquares().fit(panel).elasticities["labour"] > 0.74
    collapsed = tfp.BlundellBond(collapse=True).fit(panel)
    assert abs(collapsed.elasticities["labour"] - 0.6) < 0.08


@pytest.mark.parametrize("name", METHODS)
class TestWhatAnEstimateDoesNotDependOn:
    def test_the_order_of_rows(self, dynamic_firms, dynamic_panel, name):
        frame = dynamic_firms(n=150, years=6, drop=0.05)
        shuffled = frame.sample(frac=1.0, random_state=3)
        first, second = (METHODS[name].fit(dynamic_panel(given)) for given in (frame, shuffled))
        np.testing.assert_allclose(first.estimates, second.estimates, rtol=0, atol=1e-8)

    def test_it_is_kept_and_shown(self, dynamic_firms, dynamic_panel, name, tmp_path):
        estimate = METHODS[name].fit(dynamic_panel(dynamic_firms(n=60, years=6)))
        estimate.save(tmp_path / "estimate.tfp")
        again = tfp.load(tmp_path / "estimate.tfp")
        pd.testing.assert_frame_equal(again.tidy(), estimate.tidy())
        for language in ("en", "vi"):
            assert estimate.summary(language)

    def test_tfp_is_output_less_inputs(self, dynamic_firms, dynamic_panel, name):
        frame = dynamic_firms(n=60, years=6)
        estimate = METHODS[name].fit(dynamic_panel(frame))
        logs = np.log(frame[["output", "capital", "labour"]])
        expected = logs["output"] - sum(
            estimate.elasticities[factor] * logs[factor] for factor in TRUTH
        )
        np.testing.assert_allclose(estimate.productivity["log_tfp"], expected, atol=1e-12)


@pytest.mark.parametrize("name", ["difference", "system"])
def test_units_do_not_matter_while_every_period_has_its_moments(dynamic_firms, dynamic_panel, name):
    frame = dynamic_firms(n=150, years=5)
    larger = dynamic_panel(frame, capital=frame["capital"] * 1e3, output=frame["output"] / 50)
    first, second = METHODS[name].fit(dynamic_panel(frame)), METHODS[name].fit(larger)
    for factor, elasticity in first.elasticities.items():
        assert second.elasticities[factor] == pytest.approx(elasticity, abs=1e-7)


@pytest.mark.parametrize("name", METHODS)
def test_units_do_not_matter_in_holed_panels_nor_with_too_many_instruments(
    dynamic_firms, dynamic_panel, name
):
    frame = dynamic_firms(n=40, years=7, drop=0.1)
    larger = dynamic_panel(frame, capital=frame["capital"] * 1e3, output=frame["output"] / 50)
    first, second = METHODS[name].fit(dynamic_panel(frame)), METHODS[name].fit(larger)
    for factor, elasticity in first.elasticities.items():
        assert second.elasticities[factor] == pytest.approx(elasticity, abs=1e-5)


@pytest.mark.parametrize("method", [tfp.ArellanoBond, tfp.BlundellBond])
def test_a_missing_lag_is_a_choice_only_where_one_is_missing(dynamic_firms, dynamic_panel, method):
    """With all periods there, the dummies span what the mean takes off."""
    whole, holed = dynamic_firms(n=150, years=5), dynamic_firms(n=150, years=6, drop=0.1)

    def apart(frame):
        found = [
            method(missing_lags=given).fit(dynamic_panel(frame)).estimates
            for given in ("mean", "zero")
        ]
        return np.abs(found[0] - found[1]).max()

    assert apart(whole) < 1e-7
    assert apart(holed) > 1e-3


def test_deviations_and_differences_agree_where_all_moments_are_used(dynamic_firms, dynamic_panel):
    # Arellano and Bover: with every lag, one step and no gap the two are the same estimator.
    panel = dynamic_panel(dynamic_firms(n=200, years=6))
    options = {"steps": 1, "common_factors": False, "period_effects": False}
    apart = tfp.ArellanoBond(**options).fit(panel)
    forward = tfp.ArellanoBond(transformation="forward_deviations", **options).fit(panel)
    np.testing.assert_allclose(forward.estimates, apart.estimates, rtol=0, atol=1e-9)


def test_a_difference_never_crosses_a_gap_and_deviations_do_not_lose_by_it(
    dynamic_firms, dynamic_panel
):
    frame = dynamic_firms(n=150, years=9)
    holed = dynamic_panel(frame[frame["year"] != 2004])
    options = {"common_factors": False, "collapse": True}
    apart = tfp.ArellanoBond(**options).fit(holed)
    # With one lag a row needs the year before, a difference two: 2002, 2003, 2007, 2008.
    assert apart.diagnostics["rows"] == 150 * 4
    forward = tfp.ArellanoBond(transformation="forward_deviations", **options).fit(holed)
    # 2001, 2002, 2003, 2006, 2007; the last year has nothing after it.
    assert forward.diagnostics["rows"] == 150 * 5
    assert apart.residuals[~np.isnan(apart.residuals)].size == 150 * 4


def test_collapsed_and_limited_instruments_are_counted(dynamic_firms, dynamic_panel):
    panel = dynamic_panel(dynamic_firms(n=100, years=6))
    options = {"common_factors": False, "input_lags": 0, "period_effects": False}

    def count(**more):
        return tfp.ArellanoBond(**options, **more).fit(panel).diagnostics["instruments"]

    # Dates 3 to 6 have 1, 2, 3 and 4 lags from the second on, for each of three variables.
    assert count() == 3 * (1 + 2 + 3 + 4)
    assert count(collapse=True) == 3 * 4
    window = tfp.InstrumentLags(2, 3)
    limited = {"output_instruments": window, "input_timing": window}
    assert count(**limited) == 3 * (1 + 2 + 2 + 2)
    assert count(collapse=True, **limited) == 3 * 2
    assert count(input_timing="predetermined") == 10 + 2 * (2 + 3 + 4 + 5)
    assert count(input_timing="exogenous") == 10 + 2


class TestPitfall14:
    """Weight, dummies and correction are options with names, and each moves the answer."""

    def test_the_first_weight_is_named_and_moves_the_system(self, dynamic_firms, dynamic_panel):
        panel = dynamic_panel(dynamic_firms(n=150, years=5))
        found = {}
        for weight in ("full", "blocks", "identity"):
            estimate = tfp.BlundellBond(first_weight=weight).fit(panel)
            assert estimate.provenance.options["first_weight"] == weight
            found[weight] = estimate.elasticities["labour"]
        assert len(set(found.values())) == 3

    def test_dummies_of_periods_are_instruments_of_levels_only(self, dynamic_firms, dynamic_panel):
        equations = system_of(dynamic_panel(dynamic_firms(n=50, years=5)))
        deterministic = equations.instruments[:, -4:]  # 2002, 2003, 2004 and the constant
        assert not deterministic[~equations.in_levels].any()
        np.testing.assert_array_equal(
            deterministic[equations.in_levels],
            equations.regressors[equations.in_levels][:, -4:],
        )

    def test_the_correction_is_named_and_widens_the_errors(self, dynamic_firms, dynamic_panel):
        panel = dynamic_panel(dynamic_firms(n=100, years=6))
        corrected = tfp.ArellanoBond(common_factors=False).fit(panel)
        plain = tfp.ArellanoBond(common_factors=False, covariance="robust").fit(panel)
        assert corrected.covariance_type == "clustered by entity, Windmeijer"
        assert plain.covariance_type == "clustered by entity"
        assert (corrected.std_errors[:5] > 1.1 * plain.std_errors[:5]).all()


def system_of(panel):
    sample = log_sample(panel)
    lagged = lagged_sample(sample, 1, 1)
    windows = {
        "output": tfp.InstrumentLags(),
        **windows_of("endogenous", sample.factor_names),
    }
    return moment_equations(
        lagged,
        windows,
        system=True,
        transformation="differences",
        first_weight="full",
        collapse=True,
        period_effects=True,
    )


def test_serial_correlation_of_the_system_by_the_definition(dynamic_firms, dynamic_panel):
    """Sums over entities written out, on the rows in changes of the system itself."""
    panel = dynamic_panel(dynamic_firms(n=40, years=6, drop=0.1))
    options = {"steps": 1, "collapse": True, "common_factors": False}
    estimate = tfp.BlundellBond(**options).fit(panel)
    equations = system_of(panel)
    y, x, z = equations.target, equations.regressors, equations.instruments
    weight = np.linalg.pinv(equations.first_variance)
    projection = np.linalg.solve(x.T @ z @ weight @ z.T @ x, x.T @ z @ weight)
    residuals = y - x @ (projection @ z.T @ y)
    periods = 6
    top = variance = 0.0
    pull, shared, meat = np.zeros(x.shape[1]), np.zeros(z.shape[1]), 0.0
    pieces = []
    for entity in np.unique(equations.entities):
        rows = np.flatnonzero(equations.entities == entity)
        score = z[rows].T @ residuals[rows]
        product, slope = 0.0, np.zeros(x.shape[1])
        changes = {
            equations.cells[row] % periods: row for row in rows if not equations.in_levels[row]
        }
        for date, row in changes.items():
            if date - 1 in changes:
                before = residuals[changes[date - 1]]
                product += before * residuals[row]
                slope += before * x[row]
        pieces.append((product, score))
        top, pull, shared = top + product, pull + slope, shared + score * product
        meat = meat + np.outer(score, score)
    covariance = projection @ meat @ projection.T
    variance = sum(product**2 for product, _ in pieces)
    variance += -2 * pull @ projection @ shared + pull @ covariance @ pull
    found = outcomes(estimate)["serial_correlation_1"].statistic
    assert found == pytest.approx(top / np.sqrt(variance), rel=1e-8)


def test_common_factors_are_tested_and_the_long_run_is_given(dynamic_firms, dynamic_panel):
    panel = dynamic_panel(dynamic_firms())
    restricted, free = tfp.BlundellBond().fit(panel), METHODS["free"].fit(panel)
    assert restricted.terms == ("capital", "labour", "persistence")
    test = outcomes(restricted)["common_factors"]
    assert test.distribution == "chi2(2)"
    assert test.p_value > 0.001
    assert "common_factors" not in outcomes(free)
    values = dict(zip(free.terms, free.estimates, strict=True))
    long_run = (values["labour"] + values["labour, lag 1"]) / (1 - values["output, lag 1"])
    assert free.diagnostics["long_run_labour"] == pytest.approx(long_run, rel=1e-12)


def test_more_instruments_than_firms_are_said_aloud(dynamic_firms, dynamic_panel):
    panel = dynamic_panel(dynamic_firms(n=30))
    assert [finding.code for finding in tfp.ArellanoBond().fit(panel).warnings] == [
        "instruments-many"
    ]
    assert tfp.ArellanoBond(collapse=True).fit(panel).warnings == ()


def test_controls_are_their_own_instruments(dynamic_firms):
    frame = dynamic_firms(n=200)
    rng = np.random.default_rng(0)
    frame["climate"] = rng.normal(size=len(frame))
    frame["output"] *= np.exp(0.25 * frame["climate"])
    panel = tfp.Panel(
        frame,
        entity="firm",
        time="year",
        output="output",
        capital="capital",
        labour="labour",
        controls={"climate": "climate"},
    )
    for method in (tfp.ArellanoBond(), tfp.BlundellBond()):
        estimate = method.fit(panel)
        place = estimate.terms.index("climate")
        # The lag of the control, which the lag of output brings in, is left to the error.
        assert estimate.estimates[place] == pytest.approx(0.25, abs=0.05)


BAD = {
    "one firm": (tfp.ArellanoBond(), {"n": 1, "years": 9}, "one-entity"),
    "two years": (tfp.ArellanoBond(), {"years": 2}, "no-difference"),
    "too few": (tfp.ArellanoBond(common_factors=False), {"years": 3}, "instruments-too-few"),
    "lags": (tfp.ArellanoBond(input_lags=2), {}, "common-factors-lags"),
    "minus": (tfp.ArellanoBond(input_lags=-1), {}, "lags-negative"),
    "name": (tfp.ArellanoBond(input_lags={"labor": 1}), {}, "option-unknown"),
    "timing": (tfp.ArellanoBond(input_timing={"capital": "late"}), {}, "option-unknown"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_refused(dynamic_firms, dynamic_panel, kind):
    method, size, code = BAD[kind]
    frame = dynamic_firms(**({"n": 40, "years": 6} | size))
    with pytest.raises(tfp.MethodError) as error:
        method.fit(dynamic_panel(frame))
    assert error.value.code == code


@pytest.mark.parametrize(
    "options",
    [{"steps": 3}, {"first_weight": "blocks"}, {"covariance": "hc3"}, {"transformation": "x"}],
)
def test_options_that_nobody_knows(options):
    with pytest.raises(tfp.MethodError) as error:
        tfp.ArellanoBond(**options)
    assert error.value.code == "option-unknown"


def test_a_window_that_is_none():
    with pytest.raises(tfp.MethodError) as error:
        tfp.InstrumentLags(3, 2)
    assert error.value.code == "instrument-lags"
