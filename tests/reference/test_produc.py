"""Linear panel estimators on Munnell's states, against plm 2.6.2 as printed.

Coefficients and standard errors are printed with about seventeen digits; 1e-8 is what the
comparison of two programs is held to, both working in double precision.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

TOLERANCE = 1e-8
NAMES = ["capital_public", "capital_private", "labour", "unemployment"]
PLAIN = tfp.Conventional()
# plm prints these under the name HC1; they are the sums without any factor: with n / (n - k)
# the first would be 0.0603045.
CLUSTERED = tfp.Clustered("entity", correction="none")

PUBLISHED = {
    "pooled": (
        tfp.PooledLeastSquares(covariance=PLAIN),
        [0.15500700516658780, 0.30919016739331401, 0.59393489757799689, -0.00673297557784219],
        [0.01715376845574898, 0.01027198687912256, 0.01374746207005366, 0.00141637611043614],
    ),
    "pooled, clustered": (
        tfp.PooledLeastSquares(covariance=CLUSTERED),
        [0.15500700516658780, 0.30919016739331401, 0.59393489757799689, -0.00673297557784219],
        [0.0601194962856194, 0.0462296885863852, 0.0686061093104278, 0.0030904160681300],
    ),
    "within": (
        tfp.FixedEffects(covariance=PLAIN),
        [-0.02614965359468007, 0.29200692508425313, 0.76815947259890660, -0.00529774125954343],
        [0.029001575465497680, 0.025119672848234534, 0.030091739415384310, 0.000988725668763806],
    ),
    "within, clustered": (
        tfp.FixedEffects(covariance=CLUSTERED),
        [-0.02614965359468007, 0.29200692508425313, 0.76815947259890660, -0.00529774125954343],
        [0.06032621689700435, 0.06174249305552661, 0.08166523413932339, 0.00249584027720278],
    ),
    "between": (
        tfp.BetweenEffects(),
        [0.17936511754713758, 0.30195422350845524, 0.57612738986889933, -0.00389029188821304],
        [0.07197193551798, 0.04182148236671, 0.05637458274295, 0.00990835298503],
    ),
    "first differences": (
        tfp.FirstDifferences(covariance=PLAIN),
        [-0.00660507274871510, -0.03243575400198245, 0.83147268579359224, -0.00598592605578294],
        [0.04593750597552511, 0.02305049606227047, 0.03696857067216936, 0.00076141313607139],
    ),
    "first differences, clustered": (
        tfp.FirstDifferences(covariance=CLUSTERED),
        [-0.00660507274871510, -0.03243575400198245, 0.83147268579359224, -0.00598592605578294],
        [0.043643021955212788, 0.026174757758957373, 0.031686756337992034, 0.000792070237966823],
    ),
    "random effects": (
        tfp.RandomEffects(),
        [0.00443858846776414, 0.31054843420415579, 0.72967053258608017, -0.00617247301315137],
        [0.023417316981298980, 0.019804747775854135, 0.024920219152938745, 0.000907282019981921],
    ),
    "two ways": (
        tfp.FixedEffects(period_effects=True, covariance=PLAIN),
        [-0.03017605657983967, 0.16882803540684480, 0.76930619620336915, -0.00422109260354054],
        [0.0269365437052037, 0.0276563389515202, 0.0281417940840590, 0.0011388374202395],
    ),
    "mean group": (
        tfp.MeanGroup(),
        [-0.10485069542863554, 0.21825394439021661, 0.93347756017179706, -0.00372157182053226],
        [0.0799132143273607, 0.0500861998063476, 0.0750071692520879, 0.0016427205057439],
    ),
    # plm's pmg; its pcce prints the same model with an error of 1e-7, see below.
    "common effects, mean group": (
        tfp.MeanGroup(common_effects=True),
        [0.08998503726439600, 0.03357839939014652, 0.62586587066923649, -0.00311779372594501],
        [0.1176039516675152, 0.0423361854522174, 0.1071719264576443, 0.0014388812079219],
    ),
}
# In forty decimal digits, from the same file by the same formulas.
EXACT_COMMON = {
    "pooled": [0.0432375977190661, 0.0363921915636279, 0.820963173081197, -0.00209254341388986],
    "mean group": [0.0899850372642771, 0.0335783993901888, 0.62586587066941, -0.00311779372594451],
}
PRINTED_COMMON = {
    "pooled": [0.04323749477277148, 0.03639219493867773, 0.82096311769538, -0.00209254373671],
    "mean group": [0.08998497360417279, 0.03357840449060259, 0.62586574653170401, -0.00311779283],
}
PRINTED_POOLED_ERRORS = [0.104112537496, 0.036843190370, 0.139020209776, 0.001497290037]
PCCE = 3e-7  # what the generalised inverse inside pcce leaves, measured against forty digits


@pytest.fixture(scope="module")
def states(reference_data):
    frame = pd.read_csv(reference_data("produc_munnell.csv"))
    return tfp.Panel(
        frame,
        entity="state",
        time="year",
        output="gsp",
        capital={"public": "pcap", "private": "pc"},
        labour="emp",
        controls={"unemployment": "unemp"},
    )


def numbers(estimate):
    chosen = [estimate.terms.index(name) for name in NAMES]
    return estimate.estimates[chosen], estimate.std_errors[chosen]


@pytest.mark.parametrize("name", PUBLISHED)
def test_as_plm_prints_it(states, name):
    method, coefficients, errors = PUBLISHED[name]
    ours = numbers(method.fit(states))
    np.testing.assert_allclose(ours[0], coefficients, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(ours[1], errors, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("pooled", tfp.CommonCorrelatedEffects()),
        ("mean group", tfp.MeanGroup(common_effects=True)),
    ],
)
def test_common_effects_to_the_last_digits_and_pcce_to_its_own(states, name, method):
    ours, errors = numbers(method.fit(states))
    np.testing.assert_allclose(ours, EXACT_COMMON[name], rtol=0, atol=2e-12)
    np.testing.assert_allclose(ours, PRINTED_COMMON[name], rtol=0, atol=PCCE)
    if name == "pooled":
        np.testing.assert_allclose(errors, PRINTED_POOLED_ERRORS, rtol=0, atol=PCCE)


def test_variance_components_of_random_effects(states):
    diagnostics = tfp.RandomEffects().fit(states).diagnostics
    assert diagnostics["variance_idiosyncratic"] == pytest.approx(0.00145443522088413, abs=1e-12)
    assert diagnostics["variance_individual"] == pytest.approx(0.00683771932131413, abs=1e-12)
    assert diagnostics["theta_smallest"] == pytest.approx(0.88883528462234, abs=1e-11)
    assert diagnostics["theta_largest"] == diagnostics["theta_smallest"]


def test_hausman_to_the_printed_digits(states):
    estimate = tfp.RandomEffects().fit(states)
    hausman = next(test for test in estimate.tests if test.name == "hausman")
    assert hausman.statistic == pytest.approx(9.525415634993, abs=1e-6)
    assert hausman.p_value == pytest.approx(0.0492276241763, abs=1e-8)
    assert hausman.distribution == "chi2(4)"
    # One direction of the difference of the covariances is -9e-10: no test strictly speaking.
    assert [finding.code for finding in estimate.warnings] == ["hausman-indefinite"]


def test_cross_section_dependence_to_the_printed_digits(states):
    estimate = tfp.FixedEffects().fit(states)
    dependence = next(test for test in estimate.tests if test.name == "pesaran_cd")
    assert dependence.statistic == pytest.approx(30.36850130928, abs=1e-9)


# Indices of Cobb and Douglas (1928): constant returns and free, by both series of labour.
COBB_DOUGLAS = {
    ("L", True): {"labour": (0.7458658437268767, 0.041223583786644626)},
    ("L_stewart", True): {"labour": (0.7446062401899836, None)},
    ("L", False): {"labour": (0.80727822, 0.145076), "capital": (0.23305348, 0.063530)},
    ("L_stewart", False): {"labour": (0.76886642, None), "capital": (0.24711102, None)},
}


@pytest.mark.parametrize(("labour", "constant_returns"), COBB_DOUGLAS)
def test_cobb_and_douglas(reference_data, labour, constant_returns):
    frame = pd.read_csv(reference_data("cobb_douglas_1928.csv"))
    panel = tfp.Panel(frame, time="year", output="P", capital="K", labour=labour)
    estimate = tfp.PooledLeastSquares(constant_returns=constant_returns).fit(panel)
    errors = dict(zip(estimate.terms, estimate.std_errors, strict=True))
    for name, (elasticity, error) in COBB_DOUGLAS[labour, constant_returns].items():
        printed = 1e-10 if constant_returns else 5e-9
        assert estimate.elasticities[name] == pytest.approx(elasticity, abs=printed)
        if error is not None:
            assert errors[name] == pytest.approx(error, abs=1e-10 if constant_returns else 5e-7)
