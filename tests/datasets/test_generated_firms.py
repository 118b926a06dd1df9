"""Generated firms do what the equations of their module say."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.datasets.generated_firms import (
    DEPRECIATION,
    HORIZON,
    LABOUR_ERROR_SD,
    SHOCK_SD,
    _Economy,
    _worth_of_capital,
    generate_firms,
)


def logs(firms):
    return {name: np.log(values) for name, values in firms.observed.items()}


@pytest.fixture(scope="module", params=["DGP1", "DGP2", "DGP3"])
def design(request):
    return request.param, generate_firms(request.param, 2_000, 10, rng=1)


def test_output_is_what_the_production_function_gives(design):
    _, firms = design
    x = logs(firms)
    shock = x["output"] - 0.6 * x["labour"] - 0.4 * x["capital"] - firms.log_productivity
    assert shock.mean() == pytest.approx(0.0, abs=0.003)
    assert shock.std() == pytest.approx(SHOCK_SD, rel=0.02)


def test_capital_is_what_investment_left(design):
    _, firms = design
    stock, spent = firms.observed["capital"], firms.observed["investment"]
    expected = (1 - DEPRECIATION) * stock[:, :-1] + spent[:, :-1]
    np.testing.assert_allclose(stock[:, 1:], expected, rtol=1e-12)


def test_productivity_is_autoregressive(design):
    _, firms = design
    omega = firms.log_productivity
    assert omega.std() == pytest.approx(0.3, rel=0.03)
    slope = (omega[:, 1:] * omega[:, :-1]).mean() / (omega[:, :-1] ** 2).mean()
    assert slope == pytest.approx(0.7, abs=0.02)


def test_materials_follow_planned_labour(design):
    name, firms = design
    x = logs(firms)
    gap = x["materials"] - 0.6 * x["labour"] - 0.4 * x["capital"] - firms.log_productivity
    missed = 0.0 if name == "DGP1" else 0.6 * LABOUR_ERROR_SD
    assert gap.std() == pytest.approx(missed, rel=0.03, abs=1e-12)


def test_labour_solves_its_first_order_condition():
    """At t, without an error, the marginal product is the wage: here one wage for all."""
    firms = generate_firms("DGP2", 500, 5, rng=2)
    x = logs(firms)
    planned = (x["materials"] - 0.4 * x["capital"] - firms.log_productivity) / 0.6
    marginal = np.log(0.6) + 0.4 * (x["capital"] - planned) + firms.log_productivity
    assert np.ptp(marginal) < 1e-12


def test_labour_planned_earlier_knows_less():
    firms = generate_firms("DGP1", 3_000, 6, rng=3)
    x = logs(firms)
    surprise = firms.log_productivity[:, 1:] - 0.7 * firms.log_productivity[:, :-1]
    ratio = x["labour"] - x["capital"]
    planned = np.corrcoef(surprise.ravel(), ratio[:, 1:].ravel())[0, 1]
    at_once = generate_firms("DGP2", 3_000, 6, rng=3)
    y = logs(at_once)
    innovation = at_once.log_productivity[:, 1:] - 0.7 * at_once.log_productivity[:, :-1]
    labour = (y["materials"] - 0.4 * y["capital"] - at_once.log_productivity) / 0.6 - y["capital"]
    known = np.corrcoef(innovation.ravel(), labour[:, 1:].ravel())[0, 1]
    assert 0.3 < planned < known


@pytest.mark.parametrize("error_sd", [0.0, LABOUR_ERROR_SD])
def test_investment_is_worth_the_profits_that_it_brings(error_sd):
    """The closed form of expected profits, against a simulation of the same firm's future."""
    economy = _Economy(
        planned_before=0.5, labour_error_sd=error_sd, wage_sd=0.1, wage_persistence=0.3,
        productivity_sd=0.3, persistence=0.7, adjustment_sd=0.6,
    )  # fmt: skip
    today, wage_today, draws = 0.2, -0.1, 200_000
    rng = np.random.default_rng(4)
    half = np.sqrt(0.7)
    omega, wage = np.full(draws, today), np.full(draws, wage_today)
    value, kept = 0.0, 0.95
    for _ in range(40):
        planning = half * omega + 0.3 * np.sqrt(0.3) * rng.standard_normal(draws)
        omega = half * planning + 0.3 * np.sqrt(0.3) * rng.standard_normal(draws)
        wage = 0.3 * wage + 0.1 * np.sqrt(1 - 0.09) * rng.standard_normal(draws)
        expected = np.exp(half * planning + 0.5 * 0.09 * 0.3)
        labour = (0.6 * expected / np.exp(wage)) ** 2.5
        labour *= np.exp(error_sd * rng.standard_normal(draws))
        value += kept * (np.exp(omega) * labour**0.6 - np.exp(wage) * labour).mean()
        kept *= 0.95 * 0.8
    found = _worth_of_capital(economy, np.array([today]), np.array([wage_today]))[0]
    assert HORIZON < 40
    assert found == pytest.approx(value, rel=0.01)


def test_measurement_error_changes_materials_alone():
    clean = generate_firms("DGP1", 400, 10, rng=5)
    blurred = generate_firms("DGP1", 400, 10, rng=5, measurement_error=0.5)
    for name in ("output", "capital", "labour", "investment"):
        np.testing.assert_array_equal(clean.observed[name], blurred.observed[name])
    error = logs(blurred)["materials"] - logs(clean)["materials"]
    within = logs(clean)["materials"].var(axis=1).mean()
    assert error.var() == pytest.approx(0.5 * within, rel=0.05)


def test_the_same_seed_gives_the_same_firms():
    first, again = (generate_firms("DGP3", 10, 4, rng=6) for _ in range(2))
    np.testing.assert_array_equal(first.frame, again.frame)
    assert not np.array_equal(first.frame, generate_firms("DGP3", 10, 4, rng=7).frame)


def test_frame_and_truth_have_the_same_rows():
    firms = generate_firms("DGP1", 3, 4, rng=8, first_year=2015)
    assert firms.frame[["firm", "year"]].equals(firms.truth[["firm", "year"]])
    assert firms.frame["year"].max() == 2018
    assert firms.elasticities == {"capital": 0.4, "labour": 0.6}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"design": "DGP9"}, "option-unknown"),
        ({"n_firms": 0}, "generator-option"),
        ({"persistence": 1.0}, "generator-option"),
        ({"measurement_error": float("nan")}, "generator-option"),
    ],
)
def test_options_outside_their_limits(options, code):
    with pytest.raises(tfp.MethodError) as error:
        generate_firms(**options, rng=1)
    assert error.value.code == code
