"""Profiles of efficiency: their limits, their order, and figures that are refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfp

ROUNDING = 1e-14
AGES = np.linspace(0.0, 9.75, 40)
LIFE = np.array(10.0)
PROFILES = [
    tfp.StraightLine(),
    tfp.Hyperbolic(0.5),
    tfp.Hyperbolic(-1.0),
    tfp.OneHossShay(),
    tfp.DelayedLinear(4),
    tfp.DecliningBalance(2.0),
    tfp.GeometricEfficiency(0.1),
]


@pytest.mark.parametrize("profile", PROFILES, ids=repr)
def test_all_begin_at_one_and_never_rise(profile):
    values = profile.at(AGES, LIFE)
    assert values[0] == 1.0
    assert (np.diff(values) <= 0).all()
    assert (values >= 0).all()
    assert profile.options()["profile"]


def test_the_hyperbola_goes_from_the_straight_line_to_the_one_hoss_shay():
    straight, shay = tfp.StraightLine().at(AGES, LIFE), tfp.OneHossShay().at(AGES, LIFE)
    np.testing.assert_allclose(tfp.Hyperbolic(0.0).at(AGES, LIFE), straight, rtol=ROUNDING)
    np.testing.assert_array_equal(tfp.Hyperbolic(1.0).at(AGES, LIFE), shay)
    gaps = [np.abs(tfp.Hyperbolic(b).at(AGES, LIFE) - shay).max() for b in (0.9, 0.99, 0.9999)]
    assert gaps[0] > gaps[1] > gaps[2]
    assert gaps[2] < 0.01


@given(b=st.floats(-5, 1), age=st.floats(0, 9.9))
def test_a_larger_b_loses_later(b, age):
    less, more = (tfp.Hyperbolic(x).at(np.array(age), LIFE) for x in (b - 0.5, b))
    assert less <= more + ROUNDING


def test_a_delay_of_nothing_is_the_straight_line_and_of_a_life_the_one_hoss_shay():
    np.testing.assert_allclose(
        tfp.DelayedLinear(0).at(AGES, LIFE), tfp.StraightLine().at(AGES, LIFE), rtol=ROUNDING
    )
    for delay in (10, 12):
        assert (tfp.DelayedLinear(delay).at(AGES, LIFE) == 1.0).all()
    assert tfp.DelayedLinear(4).at(np.array([4.0, 7.0, 9.0]), LIFE).tolist() == pytest.approx(
        [1.0, 0.5, 1 / 6]
    )


def test_declining_balance_by_hand():
    ages, lives = np.array([[1.0], [2.0]]), np.array([1.0, 2.0, 4.0])
    assert tfp.DecliningBalance(2).at(ages, lives).tolist() == [[0, 0, 0.5], [0, 0, 0.25]]


@pytest.mark.parametrize("profile", PROFILES, ids=repr)
def test_ages_and_lives_are_broadcast(profile):
    table = profile.at(AGES[:, np.newaxis], np.array([10.0, 20.0]))
    assert table.shape == (40, 2)
    np.testing.assert_array_equal(table[:, 0], profile.at(AGES, LIFE))


@pytest.mark.parametrize(
    "make",
    [
        lambda: tfp.Hyperbolic(1.01),
        lambda: tfp.Hyperbolic(float("nan")),
        lambda: tfp.Hyperbolic(float("-inf")),
        lambda: tfp.DelayedLinear(-1),
        lambda: tfp.DelayedLinear(float("inf")),
        lambda: tfp.DecliningBalance(0),
        lambda: tfp.DecliningBalance(-2),
        lambda: tfp.GeometricEfficiency(1.0),
        lambda: tfp.GeometricEfficiency(5),
        lambda: tfp.GeometricEfficiency(-0.1),
    ],
)
def test_figures_outside_their_range_are_refused(make):
    with pytest.raises(tfp.MethodError) as error:
        make()
    assert error.value.code == "efficiency-out-of-range"
    assert error.value.message("en") != error.value.message("vi")
