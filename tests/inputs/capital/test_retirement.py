"""Service lives: against scipy's distributions, their means, and where they are cut."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import tfp
from tfp.inputs.capital.retirement import WINFREY_EXPONENTS

ROUNDING = 1e-12
MEAN, VARIATION = 14.0, 0.3


def winfrey_by_hand(exponent):
    """Return the distribution function by adding up the density in small steps."""
    ages = np.linspace(0, 2 * MEAN, 200_001)
    density = (1 - (ages / MEAN - 1) ** 2) ** exponent
    whole = np.concatenate(([0.0], np.cumsum((density[1:] + density[:-1]) / 2)))
    return lambda age: np.interp(age, ages, whole / whole[-1])


SIGMA = math.sqrt(math.log(1 + VARIATION**2))
CASES = {
    "normal": (
        tfp.NormalLife(MEAN, VARIATION),
        stats.norm(MEAN, MEAN * VARIATION).cdf,
        ROUNDING,
    ),
    "lognormal": (
        tfp.LogNormalLife(MEAN, VARIATION),
        stats.lognorm(SIGMA, scale=MEAN * math.exp(-(SIGMA**2) / 2)).cdf,
        ROUNDING,
    ),
    "gamma": (
        tfp.GammaLife(MEAN, VARIATION),
        stats.gamma(1 / VARIATION**2, scale=MEAN * VARIATION**2).cdf,
        ROUNDING,
    ),
    "Weibull": (
        tfp.WeibullLife(MEAN, 2.5),
        stats.weibull_min(2.5, scale=MEAN / math.gamma(1.4)).cdf,
        ROUNDING,
    ),
    "Winfrey S2": (tfp.WinfreyLife(MEAN, "S2"), winfrey_by_hand(3.700), 1e-8),
    "Winfrey S3": (tfp.WinfreyLife(MEAN, "S3"), winfrey_by_hand(6.902), 1e-8),
    "Winfrey, stated": (tfp.WinfreyLife(MEAN, 1.5), winfrey_by_hand(1.5), 1e-8),
}


@pytest.mark.parametrize("name", CASES)
def test_shares_of_whole_years_against_the_distribution(name):
    life, below, tolerance = CASES[name]
    years, shares = life.lives()
    edges = np.append(years - 0.5, years[-1] + 0.5)
    edges[0], edges[-1] = 0.0, np.inf
    expected = np.diff(below(np.minimum(edges, 1e6)))
    np.testing.assert_allclose(shares, expected / (1 - below(0.0)), rtol=0, atol=tolerance)
    assert shares.sum() == pytest.approx(1.0, abs=ROUNDING)
    assert (shares >= 0).all()
    assert years[0] >= 1


@pytest.mark.parametrize("name", CASES)
def test_the_nearest_year_keeps_the_mean_life_and_the_next_adds_half_a_year(name):
    life, below, _ = CASES[name]
    cut = MEAN * below(0.0)  # a normal life below nothing is none
    years, shares = life.lives()
    assert years @ shares == pytest.approx(MEAN, abs=0.02 + cut)
    later = type(life)(**{**vars(life), "rounding": "up"})
    years, shares = later.lives()
    assert years @ shares == pytest.approx(MEAN + 0.5, abs=0.02 + cut)


@pytest.mark.parametrize(("curve", "peak"), [("S2", 11.911), ("S3", 15.610)])
def test_winfrey_s_printed_peaks(curve, peak):
    """The manual prints the density at the mean, in per cent for each tenth of the mean life."""
    exponent = WINFREY_EXPONENTS[curve]
    width = 1e-4
    life = tfp.WinfreyLife(10.0, exponent)
    around = np.diff(life._below(np.array([10.0 - width / 2, 10.0 + width / 2])))[0]
    assert 100 * around / width == pytest.approx(peak, abs=1e-3)


@given(
    shortest=st.floats(0, 12),
    more=st.floats(8, 30),
    beyond=st.sampled_from(["last_year", "dropped"]),
    rounding=st.sampled_from(["nearest", "up"]),
    offset=st.integers(0, 2),
)
def test_cut_shares_are_those_of_the_part_that_is_left(shortest, more, beyond, rounding, offset):
    longest = shortest + more
    life = tfp.LogNormalLife(
        MEAN, VARIATION, shortest=shortest, longest=longest, beyond=beyond, rounding=rounding,
        offset=offset,
    )  # fmt: skip
    below = CASES["lognormal"][1]
    years, shares = life.lives()
    half = 0.5 if rounding == "nearest" else 0.0
    assert years[0] - offset >= max(1, shortest - 0.5)
    assert years[-1] - offset <= max(longest + 1, 1)
    assert shares.sum() == pytest.approx(1.0, abs=ROUNDING)
    # Up to a year inside the cuts: what is retired until then over all that may be.
    inside = years - offset + half
    known = (inside > shortest) & (inside < longest)
    top = 1.0 if beyond == "last_year" else below(longest)
    expected = (below(inside) - below(shortest)) / (top - below(shortest))
    reached = np.cumsum(shares)
    np.testing.assert_allclose(reached[:-1][known[:-1]], expected[:-1][known[:-1]], atol=1e-9)


def test_survivors_of_a_stated_table():
    life = tfp.StatedSurvival([1, 1, 0.8, 0.8, 0.1, 0])
    years, shares = life.lives()
    assert years.tolist() == [2, 4, 5]
    assert shares.tolist() == pytest.approx([0.2, 0.7, 0.1])
    assert tfp.StatedSurvival([1, 1, 0.8, 0.8, 0.1, 0], offset=2).lives()[0].tolist() == [4, 6, 7]


def refusal(make):
    with pytest.raises(tfp.MethodError) as error:
        make()
    assert error.value.message("en") != error.value.message("vi")
    return error.value.code


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: tfp.FixedLife(0), "service-life-not-positive"),
        (lambda: tfp.FixedLife(float("inf")), "service-life-not-positive"),
        (lambda: tfp.NormalLife(-3, 0.3), "service-life-not-positive"),
        (lambda: tfp.NormalLife(10, 0), "service-life-not-positive"),
        (lambda: tfp.GammaLife(float("nan"), 0.3), "service-life-not-positive"),
        (lambda: tfp.WeibullLife(10, -1), "service-life-not-positive"),
        (lambda: tfp.NormalLife(1900, 0.3).lives(), "service-life-not-positive"),
        (lambda: tfp.WinfreyLife(10, "S7"), "option-unknown"),
        (lambda: tfp.WinfreyLife(10, "L2"), "option-unknown"),
        (lambda: tfp.NormalLife(10, 0.3, rounding="down"), "option-unknown"),
        (lambda: tfp.NormalLife(10, 0.3, beyond="none"), "option-unknown"),
        (lambda: tfp.NormalLife(10, 0.3, shortest=9, longest=9), "lives-none-left"),
        (lambda: tfp.NormalLife(10, 0.3, shortest=-1), "lives-none-left"),
        (lambda: tfp.NormalLife(10, 0.1, shortest=60, longest=70).lives(), "lives-none-left"),
        (lambda: tfp.StatedSurvival([0.9, 0.5, 0]), "survival-not-declining"),
        (lambda: tfp.StatedSurvival([1, 0.5, 0.6, 0]), "survival-not-declining"),
        (lambda: tfp.StatedSurvival([1, 0.5, 0.1]), "survival-not-declining"),
        (lambda: tfp.StatedSurvival([1]), "survival-not-declining"),
        (lambda: tfp.StatedSurvival([1, float("nan"), 0]), "survival-not-declining"),
    ],
)
def test_what_is_no_distribution_of_lives_is_refused(make, code):
    assert refusal(make) == code


@pytest.mark.parametrize("kind", [tfp.NormalLife, tfp.LogNormalLife, tfp.GammaLife])
def test_a_standard_deviation_in_years_is_refused_with_the_coefficient(kind):
    with pytest.raises(tfp.MethodError) as error:
        kind(15, 4)
    assert error.value.code == "life-variation-in-years"
    assert "0.2667" in error.value.part("remedy")


def test_a_life_between_two_years_is_refused():
    assert refusal(lambda: tfp.FixedLife(7.5)) == "service-life-not-whole"
    assert tfp.FixedLife(7.0) == tfp.FixedLife(7)
