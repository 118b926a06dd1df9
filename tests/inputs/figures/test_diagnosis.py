"""The single misprint that explains a gap."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tfp.inputs.figures.diagnosis import repairs
from tfp.inputs.figures.figure import Figure


def figure(value, name="part"):
    return Figure(area="a", variable=name, year=2021, value=value)


@pytest.mark.parametrize(
    ("printed", "right", "how"),
    [
        (10894.78, 10849.78, "swap"),
        (219658.0, 21965.8, "factor"),
        (96064.0, 9606.4, "factor"),
        (3988856.0, 5988856.0, "digit"),
        (12.0, 12000.0, "factor"),
    ],
)
def test_known_misprints(printed, right, how):
    (repair,) = repairs([(figure(printed), right, 1e-9 * right)])
    assert (repair.value, repair.how) == (pytest.approx(right, rel=1e-12), how)


def test_no_misprint_explains_an_arbitrary_gap():
    assert repairs([(figure(10894.78), 10812.34, 0.01)]) == []


def test_a_gap_that_is_hardly_more_than_rounding_is_explained_by_nothing():
    assert repairs([(figure(33.37), 23.01, 0.5)]) == []


def test_the_likelier_kind_is_given_alone():
    # The first would need one digit changed, the second two exchanged.
    one, two = figure(1500.0, "one"), figure(2716.0, "two")
    found = repairs([(one, 1000.0, 0.1), (two, 2176.0, 0.1)])
    assert [(r.figure.variable, r.how) for r in found] == [("two", "swap")]


@given(st.integers(10_000, 99_999_999), st.data())
def test_any_two_exchanged_digits_are_found(right, data):
    digits = list(str(right))
    one = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.integers(0, len(digits) - 1))
    assume(digits[one] != digits[other])
    digits[one], digits[other] = digits[other], digits[one]
    assume(digits[0] != "0")
    printed = float("".join(digits))
    (repair,) = repairs([(figure(printed), float(right), 0.01)])
    assert (repair.value, repair.how) == (right, "swap")


@given(st.floats(1.0, 1e6), st.sampled_from([1, 2, 3]), st.booleans())
def test_any_shift_of_the_decimal_sign_is_found(right, power, up):
    printed = right * 10.0**power if up else right / 10.0**power
    (repair,) = repairs([(figure(printed), right, 1e-6 * right)])
    assert repair.how == "factor"
    assert repair.value == pytest.approx(right, rel=1e-12)
