"""Figures and units that look like per cent where a fraction is asked for."""

from __future__ import annotations

import pytest

from tfp.errors import MethodError
from tfp.inputs.fractions import check_fraction, check_fractions, is_fraction, is_per_cent


@pytest.mark.parametrize(("value", "fraction"), [(8, "0.08"), (-2.0, "-0.02"), (1.0, "0.01")])
def test_a_rate_of_a_hundred_per_cent_is_refused_with_the_fraction(value, fraction) -> None:
    with pytest.raises(MethodError) as caught:
        check_fraction("growth", value)
    assert caught.value.code == "fraction-in-per-cent"
    # What is to be typed has a point in every language.
    assert caught.value.part("remedy") == f"Write {fraction}."
    assert caught.value.part("remedy", "vi") == f"Viết {fraction}."


@pytest.mark.parametrize("value", [0.0, 0.08, -0.5, 0.99])
def test_fractions_pass(value) -> None:
    check_fraction("growth", value)


def test_one_year_of_hyperinflation_is_no_slip_and_a_column_of_per_cents_is() -> None:
    check_fractions("inflation", {1985: 0.92, 1986: 4.53, 1987: 0.36})
    with pytest.raises(MethodError) as caught:
        check_fractions("inflation", {2020: 3.2, 2021: 1.8, 2022: 0.9})
    assert caught.value.fields["value"] == 3.2
    check_fractions("inflation", "output_price")
    check_fractions("inflation", None)
    check_fractions("inflation", {})


def test_units_in_both_languages() -> None:
    assert is_per_cent("Phần trăm (%)")
    assert is_per_cent("per cent")
    assert not is_per_cent(None)
    assert not is_per_cent("nghìn người")
    assert is_fraction("Fraction")
    assert not is_fraction("%")
