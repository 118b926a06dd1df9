"""Dynamic panels on the firms of Arellano and Bond (1991), against plm 2.6.2 as printed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import tfp
from tfp.numerics.linear_gmm import corrected_covariance, moment_step, second_step
from tfp.production.dynamic_panel.instrument_lags import windows_of
from tfp.production.dynamic_panel.lagged_sample import lagged_sample
from tfp.production.dynamic_panel.moments import moment_equations
from tfp.production.dynamic_panel.serial_correlation import serial_correlation_tests
from tfp.production.sample import log_sample

TOLERANCE = 1e-6
# Equations of employment: output of the panel is employment, an input is not one of production.
# A lag that is missing is zero in plm.
FREE = {"common_factors": False, "missing_lags": "zero"}
FULL = {"output_lags": 2, "input_lags": {"wage": 1, "capital": 2, "sales": 2}}
SHORT = {"output_lags": 2, "input_lags": {"wage": 1, "capital": 0, "sales": 1}}
EXOGENOUS = {"input_timing": "exogenous"}

PUBLISHED = {
    "a1": (
        tfp.ArellanoBond(steps=1, **FULL, **EXOGENOUS, **FREE),
        {
            "output, lag 1": (0.6862259031242852, 0.1445940533929665),
            "output, lag 2": (-0.0853581571689670, 0.0560155051318099),
            "wage": (-0.6078207090130238, 0.1782054740068536),
            "wage, lag 1": (0.3926231232319652, 0.1679930359452128),
            "capital": (0.3568455608135087, 0.0590202910701975),
            "capital, lag 1": (-0.0580009940999399, 0.0731796782036274),
            "capital, lag 2": (-0.0199475615912132, 0.0327126347415913),
            "sales": (0.6085055044287677, 0.1725310710911578),
            "sales, lag 1": (-0.7111639510803924, 0.2317161558765694),
            "sales, lag 2": (0.1057975744181092, 0.1412017846879104),
        },
    ),
    "a2": (
        tfp.ArellanoBond(**FULL, **EXOGENOUS, **FREE),
        {
            "output, lag 1": (0.6287088982579461, 0.1934134864582873),
            "output, lag 2": (-0.0651880011534700, 0.0450500596788885),
            "wage": (-0.5257595095632986, 0.1546104365778945),
            "wage, lag 1": (0.3112896090759775, 0.2030001918567039),
            "capital": (0.2783619048116892, 0.0728019974494827),
            "capital, lag 1": (0.0140995047631770, 0.0924575032834353),
            "capital, lag 2": (-0.0402484656657408, 0.0432744918208456),
            "sales": (0.5919228635568444, 0.1730910937196836),
            "sales, lag 1": (-0.5659851530188847, 0.2611001831204592),
            "sales, lag 2": (0.1005426382698929, 0.1610982996796174),
        },
    ),
    "b": (
        tfp.ArellanoBond(**SHORT, **EXOGENOUS, **FREE),
        {
            "output, lag 1": (0.4741506014811141, 0.1853984543019349),
            "output, lag 2": (-0.0529674938263733, 0.0517491023125269),
            "wage": (-0.5132047810234714, 0.1455653189797419),
            "wage, lag 1": (0.2246398103070013, 0.1419495067070779),
            "capital": (0.2927230869274161, 0.0626271202107862),
            "sales": (0.6097748233841223, 0.1562625201248652),
            "sales, lag 1": (-0.4463725878015190, 0.2173020301979542),
        },
    ),
    "system, one step": (
        tfp.BlundellBond(steps=1, **FREE),
        {
            "output, lag 1": (0.935605351768227, 0.0262950530980887),
            "wage": (-0.630976199533180, 0.1180535287453268),
            "wage, lag 1": (0.482620316358653, 0.1368871336449045),
            "capital": (0.483929911102053, 0.0538669376960534),
            "capital, lag 1": (-0.424392853566718, 0.0584788105553294),
        },
    ),
    "system, two steps": (
        tfp.BlundellBond(**FREE),
        {
            "output, lag 1": (0.932213521871409, 0.0268593761901487),
            "wage": (-0.634476587311515, 0.1187583165929960),
            "wage, lag 1": (0.494668957551369, 0.1317831203841716),
            "capital": (0.485260662500607, 0.0604269559516249),
            "capital, lag 1": (-0.423222947955166, 0.0644450777043294),
        },
    ),
}
# m1, m2 and Hansen's J of two steps as plm prints them; the first step's J differs by what it
# is called there: with the second weight but the first residuals.
TESTS = {
    "a1": {"serial_correlation_1": -3.599593089844999, "serial_correlation_2": -0.516028239338765},
    "a2": {
        "serial_correlation_1": -2.125471970671269,
        "serial_correlation_2": -0.351657755690591,
        "hansen": 31.38141617867142,
    },
    "b": {
        "serial_correlation_1": -1.538450153892786,
        "serial_correlation_2": -0.279682923207393,
        "hansen": 30.112466576963861,
    },
    "system, two steps": {"hansen": 110.700885640483676},
}
SARGAN_A1 = 65.8  # table 4, column a1, of the paper


@pytest.fixture(scope="module")
def firms(reference_data):
    return pd.read_csv(reference_data("empluk_abdata.csv"))


def panel_of(firms, name):
    inputs = {"wage": "wage"} | ({} if "system" in name else {"sales": "output"})
    roles = {"entity": "firm", "time": "year", "output": "emp", "capital": "capital"}
    return tfp.Panel(firms, **roles, further_inputs=inputs)


def outcomes_of(estimate):
    return {test.name: test for test in estimate.tests}


@pytest.mark.parametrize("name", PUBLISHED)
def test_as_plm_prints_it(firms, name):
    method, printed = PUBLISHED[name]
    estimate = method.fit(panel_of(firms, name))
    chosen = [estimate.terms.index(term) for term in printed]
    ours = np.column_stack([estimate.estimates[chosen], estimate.std_errors[chosen]])
    np.testing.assert_allclose(ours, list(printed.values()), rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("name", TESTS)
def test_serial_correlation_and_overidentification(firms, name):
    found = outcomes_of(PUBLISHED[name][0].fit(panel_of(firms, name)))
    for test, statistic in TESTS[name].items():
        assert found[test].statistic == pytest.approx(statistic, abs=TOLERANCE)


def test_degrees_of_freedom_and_the_first_test_of_the_paper(firms):
    found = outcomes_of(PUBLISHED["a1"][0].fit(panel_of(firms, "a1")))
    assert found["sargan"].distribution == found["hansen"].distribution == "chi2(25)"
    assert found["sargan"].statistic == pytest.approx(SARGAN_A1, abs=0.05)
    assert found["hansen"].statistic == pytest.approx(31.38141617867142, abs=TOLERANCE)


def test_the_first_weight_moves_the_system_and_is_named(firms):
    panel = panel_of(firms, "system")
    found = {}
    for weight in ("full", "blocks", "identity"):
        estimate = tfp.BlundellBond(first_weight=weight, **FREE).fit(panel)
        assert estimate.provenance.options["first_weight"] == weight
        found[weight] = estimate.estimates[0]
    assert found["full"] == pytest.approx(0.932213521871409, abs=TOLERANCE)
    assert len({round(value, 4) for value in found.values()}) == 3


def test_without_the_correction_errors_are_too_small(firms):
    panel = panel_of(firms, "a2")
    options = {**FULL, **EXOGENOUS, **FREE}
    corrected = tfp.ArellanoBond(**options).fit(panel)
    plain = tfp.ArellanoBond(covariance="robust", **options).fit(panel)
    np.testing.assert_array_equal(plain.estimates, corrected.estimates)
    # Table 4, column a2, of the paper: the errors that everybody used before 2005.
    errors = dict(zip(plain.terms, plain.std_errors, strict=True))
    for term, printed in (("output, lag 1", 0.090), ("wage", 0.054), ("capital", 0.045)):
        assert errors[term] == pytest.approx(printed, abs=6e-4)
    assert (corrected.std_errors > plain.std_errors).all()


# What plm prints for the system, and we do not.
SYSTEM_IN_PLM = {
    1: (-4.808433982193671, -0.280013254480623),
    2: (-6.456154028421655, -0.259281967231004),
}


@pytest.mark.parametrize("steps", SYSTEM_IN_PLM)
def test_plm_leaves_the_moments_of_levels_out_of_m1_and_m2(firms, steps):
    """The elasticities answer to all moments of the system, and so does the numerator.

    With the moments of changes alone in its variance our numbers become those of plm; that
    ours have the right size is shown by simulation in
    ``tests/production/dynamic_panel/test_serial_correlation.py``.
    """
    sample = log_sample(panel_of(firms, "system"))
    lagged = lagged_sample(sample, 1, 1)
    windows = {"output": tfp.InstrumentLags(), **windows_of("endogenous", sample.factor_names)}
    equations = moment_equations(
        lagged, windows, system=True, transformation="differences", first_weight="full",
        collapse=False, period_effects=True, missing_lags="zero",
    )  # fmt: skip
    rows = (equations.target, equations.regressors, equations.instruments, equations.starts)
    first = moment_step(*rows, equations.first_variance)
    second = second_step(first, *rows)
    step = first if steps == 1 else second
    covariance = (
        first.robust_covariance if steps == 1 else corrected_covariance(first, second, *rows[1:])
    )
    changes = np.where(equations.in_levels, 0.0, step.residuals)
    partial = np.add.reduceat(equations.instruments * changes[:, None], equations.starts, axis=0)
    periods = lagged.present.shape[1]
    theirs = serial_correlation_tests(
        equations, replace(step, moments=partial), covariance, periods
    )
    ours = serial_correlation_tests(equations, step, covariance, periods)
    for found, other, printed in zip(theirs, ours, SYSTEM_IN_PLM[steps], strict=True):
        assert found.statistic == pytest.approx(printed, abs=TOLERANCE)
        assert abs(other.statistic - printed) > 0.02


@pytest.mark.parametrize("method", [tfp.ArellanoBond, tfp.BlundellBond])
def test_persons_or_thousands_of_persons(firms, method):
    """Firms enter in different years: with zero for a missing lag the unit decides."""

    def found(factor, **options):
        moved = firms.assign(emp=firms["emp"] * factor, capital=firms["capital"] * factor)
        estimate = method(common_factors=False, **options).fit(panel_of(moved, "system"))
        return estimate.estimates[:5]

    np.testing.assert_allclose(found(1_000.0), found(1.0), rtol=0, atol=1e-8)
    apart = found(1_000.0, missing_lags="zero") - found(1.0, missing_lags="zero")
    assert np.abs(apart).max() > 0.01
