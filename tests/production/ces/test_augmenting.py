"""Progress that augments single factors, on data whose function is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import least_squares

import tfp

YEARS = np.arange(60)
SIGMA, SHARE, RATES = 0.5, 0.35, {"capital": 0.004, "labour": 0.020}


def economy(sigma=SIGMA, rates=RATES, *, noise=0.002, seed=1, units=1.0):
    """Return sixty years of one area, capital deepening in waves, normalised at the means."""
    rng = np.random.default_rng(seed)
    capital = 0.035 * YEARS + 0.25 * np.sin(YEARS / 6.0) + rng.normal(0.0, 0.05, len(YEARS))
    labour = 0.010 * YEARS + 0.10 * np.cos(YEARS / 9.0) + rng.normal(0.0, 0.03, len(YEARS))
    rho = (1.0 - sigma) / sigma
    parts = (
        SHARE * np.exp(-rho * (capital - capital.mean() + rates["capital"] * YEARS))
        + (1.0 - SHARE) * np.exp(-rho * (labour - labour.mean() + rates["labour"] * YEARS))
    )  # fmt: skip
    output = -np.log(parts) / rho + rng.normal(0.0, noise, len(YEARS))
    frame = {
        "year": 1960 + YEARS,
        "y": np.exp(output),
        "k": units * np.exp(capital),
        "l": np.exp(labour),
    }
    return tfp.Panel(frame, time="year", output="y", capital="k", labour="l")


def codes(estimate):
    return [finding.code for finding in estimate.warnings]


@pytest.fixture(scope="module")
def found():
    return tfp.CES(augmenting=("capital", "labour")).fit(economy())


def test_the_truth_is_found_where_substitution_is_far_from_one(found):
    for name, truth in (
        ("rho of capital+labour", 1.0 / SIGMA - 1.0),
        ("weight of capital in capital+labour", SHARE),
        ("progress of capital", RATES["capital"]),
        ("progress of labour", RATES["labour"]),
    ):
        place = found.terms.index(name)
        error = found.std_errors[place]
        assert abs(found.estimates[place] - truth) < 3.0 * error
        assert error < 0.1 * max(abs(truth), 0.02)
    assert found.identified
    assert codes(found) == ["progress-assumed"]


def test_no_other_search_finds_a_smaller_sum(found):
    panel = economy()
    log_output, log_capital, log_labour = (
        np.log(panel.values(role)) for role in ("output", "capital", "labour")
    )
    centred = [values - values.mean() for values in (log_capital, log_labour)]

    def residuals(at):
        level, share, rho, one, other = at
        parts = share * np.exp(-rho * (centred[0] + one * YEARS))
        parts = parts + (1.0 - share) * np.exp(-rho * (centred[1] + other * YEARS))
        return log_output - level + np.log(parts) / rho

    start = [0.0, SHARE, 1.0 / SIGMA - 1.0, *RATES.values()]
    theirs = least_squares(residuals, start, xtol=1e-15, ftol=1e-15, gtol=1e-15)
    assert found.diagnostics["residual_sum"] == pytest.approx(2.0 * theirs.cost, rel=1e-9)
    named = dict(zip(found.terms, found.estimates, strict=True))
    assert named["progress of labour"] == pytest.approx(theirs.x[4], abs=1e-6)


def test_neutral_progress_on_biased_data_moves_the_substitution(found):
    neutral = tfp.CES(trend=True).fit(economy())
    name = "substitution_elasticity_capital+labour"
    assert found.diagnostics[name] == pytest.approx(SIGMA, abs=0.03)
    assert abs(neutral.diagnostics[name] - SIGMA) > 0.1


def test_near_cobb_douglas_the_rates_are_one_and_it_is_said(found):
    estimate = tfp.CES(augmenting=("capital", "labour")).fit(economy(sigma=0.97, noise=0.01))
    assert codes(estimate)[-2:] == ["progress-assumed", "progress-not-identified"]
    assert not estimate.identified
    alone = tfp.CES(augmenting=("labour",)).fit(economy(sigma=0.97, noise=0.01))
    assert "progress-not-identified" not in codes(alone)
    assert all(f.part("found", "vi") for f in estimate.warnings)


def test_tfp_is_output_over_what_the_first_technology_makes_of_the_inputs(found):
    panel = economy()
    named = dict(zip(found.terms, found.estimates, strict=True))
    share, rho = named["weight of capital in capital+labour"], named["rho of capital+labour"]
    logs = [np.log(panel.values(role)) for role in ("capital", "labour")]
    parts = [
        weight * np.exp(-rho * (values - values.mean()))
        for weight, values in zip((share, 1.0 - share), logs, strict=True)
    ]
    first = -np.log(parts[0] + parts[1]) / rho
    expected = np.log(panel.values("output")) - first
    np.testing.assert_allclose(np.diff(found.log_tfp), np.diff(expected), atol=1e-12)
    # Elasticities are those of the year, and of a function with constant returns.
    np.testing.assert_allclose(np.sum(found.row_elasticities, axis=0), 1.0, atol=1e-12)


def test_units_do_not_matter_and_additive_errors_do_little():
    found = tfp.CES(augmenting=("labour",)).fit(economy())
    larger = tfp.CES(augmenting=("labour",)).fit(economy(units=1e6))
    np.testing.assert_allclose(
        larger.elasticities["capital"], found.elasticities["capital"], atol=1e-8
    )
    additive = tfp.CES(augmenting=("labour",), error="additive").fit(economy())
    at = found.terms.index("progress of labour")
    assert additive.terms[at] == "progress of labour"
    assert additive.estimates[at] == pytest.approx(found.estimates[at], abs=2e-3)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"augmenting": ("labor",)}, "option-unknown"),
        ({"augmenting": ("capital", "labour"), "trend": True}, "progress-twice"),
    ],
)
def test_what_is_refused(options, code):
    with pytest.raises(tfp.MethodError) as error:
        tfp.CES(**options).fit(economy())
    assert error.value.code == code
