"""Ackerberg-Caves-Frazer with more instruments than elasticities."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2

import tfp
from tfp.numerics.innovation_minima import inverse_factor
from tfp.numerics.innovation_moments import innovation_moments
from tfp.production.control_function.firm_sample import firm_sample
from tfp.production.control_function.technology import technology

ACF = tfp.AckerbergCavesFrazer
INPUTS = ("capital", "labour")
CHOICES = [
    ("flexible_lagged_twice",),
    ("state_lagged",),
    ("output_lagged",),
    ("flexible_lagged_twice", "state_lagged"),
]


@pytest.fixture(scope="module")
def sample(panel_of):
    return panel_of(tfp.datasets.generate_firms("DGP1", 300, 8, rng=11).frame)


def problem_of(method, panel):
    sample = firm_sample(panel, inputs=INPUTS, proxy="materials", method="-")
    form = technology("cobb_douglas", INPUTS, sample.logs.log_inputs.T)
    return method._problem(sample, form, ("capital",))


@pytest.mark.parametrize("law_degree", [1, 3])
@pytest.mark.parametrize("further", CHOICES)
def test_the_estimate_is_near_the_truth_and_tested(sample, further, law_degree):
    estimate = ACF(further_instruments=further, law_degree=law_degree).fit(sample)
    gap = np.abs(estimate.estimates - [0.4, 0.6])
    assert (gap < 3 * estimate.std_errors).all()
    test = estimate.tests[1]
    assert test.name == "hansen"
    assert test.distribution == f"chi2({len(further)})"
    assert test.p_value == pytest.approx(chi2.sf(test.statistic, len(further)), rel=1e-10)
    assert test.p_value > 0.01


@pytest.mark.parametrize("further", CHOICES)
def test_each_minimum_is_one_by_trying_all_around_it(sample, further):
    """The criterion with the weight of the estimate is higher everywhere near by."""
    method = ACF(further_instruments=further)
    problem = problem_of(method, sample)
    stage = problem.first_stage()
    rows = problem.rows(stage)
    from tfp.numerics.innovation_roots import innovation_roots
    from tfp.production.control_function.overidentified import local_minima

    search = innovation_roots(problem.rows(stage, exact=True), 1)
    _, minima = local_minima(problem, stage, search)
    assert len(minima) >= 2
    for minimum in minima:
        place, weight = minimum.root.elasticities, minimum.root_weight
        for angle in np.linspace(0.0, 2.0 * np.pi, 12, endpoint=False):
            beside = place + 1e-4 * np.array([np.cos(angle), np.sin(angle)])
            moments = weight @ innovation_moments(rows, beside, 1).vector
            assert moments @ moments > minimum.hansen
        moments = innovation_moments(rows, place, 1)
        steep = (weight @ moments.jacobian).T @ (weight @ moments.vector)
        lengths = np.linalg.norm(weight @ moments.jacobian, axis=0)
        assert (np.abs(steep) < 1e-8 * lengths).all()


def test_every_minimum_and_where_it_comes_from_is_reported(sample):
    estimate = ACF(further_instruments=("flexible_lagged_twice",)).fit(sample)
    codes = {finding.code: finding for finding in estimate.warnings}
    assert set(codes) == {"several-admissible-minima", "minima-followed"}
    fields = codes["minima-followed"].fields
    assert fields["minima"] == len(estimate.roots)
    assert fields["followed"] >= fields["minima"]
    assert len(fields["statistics"]) == len(estimate.roots)
    assert not estimate.identified
    values = np.array(fields["values"]).reshape(-1, 2)
    np.testing.assert_array_equal(values, [root.elasticities for root in estimate.roots])
    # The statistic of the one reported is the test's.
    chosen = [root.chosen for root in estimate.roots].index(True)
    assert fields["statistics"][chosen] == estimate.tests[1].statistic
    for language in ("en", "vi"):
        assert "Hansen" in estimate.summary(language)
    declared = ACF(
        further_instruments=("flexible_lagged_twice",), root_rule="largest_persistence"
    ).fit(sample)
    assert declared.identified
    assert "minimum-by-declared-rule" in [finding.code for finding in declared.warnings]


def test_two_periods_back_are_two_years_back(panel_of):
    frame = tfp.datasets.generate_firms("DGP1", 300, 8, rng=11).frame
    holed = frame[frame["year"] != frame["year"].min() + 3]
    plain = ACF().fit(panel_of(holed))
    estimate = ACF(further_instruments=("flexible_lagged_twice",)).fit(panel_of(holed))
    assert plain.diagnostics["rows_with_past"] == 300 * (2 + 3)
    assert estimate.diagnostics["rows_with_past"] == 300 * (1 + 2)


def test_the_weight_holds_the_error_of_the_first_stage(sample):
    """Contributions add to the moments, and move with phi as its coefficients do."""
    method = ACF(further_instruments=("output_lagged",))
    problem = problem_of(method, sample)
    stage = problem.first_stage()
    place = np.array([0.4, 0.6])
    moments = innovation_moments(problem.rows(stage), place, 1)
    first = stage.influence(problem.entities)
    sums = problem.contributions(stage, moments)
    np.testing.assert_allclose(sums.sum(axis=0), moments.vector, atol=1e-12)
    # Move the coefficients along one firm's contribution, and differentiate.
    from dataclasses import replace

    step, firm = 1e-3, 7
    ends = [
        innovation_moments(
            problem.rows(
                replace(stage, coefficients=stage.coefficients + sign * step * first[firm])
            ),
            place,
            1,
        ).vector
        for sign in (1.0, -1.0)
    ]
    rows = np.flatnonzero(problem.entities[problem.now] == firm)
    own = (moments.cleaned * moments.innovation)[:, rows].sum(axis=1) / len(problem.now)
    through = (ends[0] - ends[1]) / (2.0 * step)
    np.testing.assert_allclose(sums[firm], own + through, rtol=1e-6, atol=1e-12)


def test_analytic_errors_agree_with_replications(sample):
    options = {"further_instruments": ("flexible_lagged_twice",), "degree": 2}
    plain = ACF(**options).fit(sample)
    drawn = ACF(**options, covariance=tfp.Bootstrap(150)).fit(sample, rng=1)
    np.testing.assert_allclose(drawn.std_errors, plain.std_errors, rtol=0.3)
    np.testing.assert_array_equal(drawn.estimates, plain.estimates)


def test_instruments_that_say_the_same_are_refused(sample):
    with pytest.raises(tfp.MethodError) as error:
        ACF(further_instruments=("state_lagged", "output_lagged")).fit(sample)
    assert error.value.code == "collinear-inputs"
    with pytest.raises(tfp.MethodError) as error:
        ACF(further_instruments=("labour_next_year",))
    assert error.value.code == "option-unknown"


def test_an_invalid_instrument_is_found_out(panel_of, plain):
    """Capital that answers today's productivity is no instrument of itself: the test says so."""
    frame = plain(1_500, 8, seed=5)
    push = np.exp(0.5 * frame["log_productivity"])
    moved = frame.assign(
        capital=frame["capital"] * push,
        output=frame["output"] * push**0.4,
        materials=frame["materials"] * push**0.5,
    )
    options = {"further_instruments": ("state_lagged",), "flexible": ("labour",)}
    right = ACF(**options, labour_timing="predetermined at t").fit(panel_of(frame))
    wrong = ACF(**options, labour_timing="predetermined at t").fit(panel_of(moved))
    assert right.tests[1].p_value > 0.01
    assert wrong.tests[1].p_value < 1e-6


def test_the_factor_of_an_inverse():
    values = np.random.default_rng(1).normal(size=(3, 9))
    variance = values @ values.T * np.outer([1.0, 1e4, 1e-3], [1.0, 1e4, 1e-3])
    factor = inverse_factor(variance)
    np.testing.assert_allclose(factor.T @ factor @ variance, np.eye(3), atol=1e-9)
    with pytest.raises(np.linalg.LinAlgError):
        inverse_factor(np.ones((2, 2)))
