"""Numbers as readers see them, held against decimal arithmetic."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.language.catalogue import LANGUAGES
from tfp.language.numbers import round_half_away, rounded_sum_differs, show_number

FINITE = st.floats(allow_nan=False, allow_infinity=False)
DIGITS = st.integers(0, 8)
WIDE = Context(prec=800)


def as_decimal(shown: str, language: str) -> Decimal:
    """Read a number back as a reader of the language would."""
    group, point = {"en": (",", "."), "vi": (".", ",")}[language]
    return Decimal(shown.replace(group, "").replace(point, "."))


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=FINITE, digits=DIGITS, grouping=st.booleans(), sign=st.booleans())
def test_what_is_shown_is_the_rounded_number(language, value, digits, grouping, sign) -> None:
    shown = show_number(value, digits, language, grouping=grouping, sign=sign)

    read = as_decimal(shown, language)
    assert read == Decimal(repr(value)).quantize(
        Decimal(1).scaleb(-digits), ROUND_HALF_UP, context=WIDE
    )
    point = {"en": ".", "vi": ","}[language]
    assert len(shown.partition(point)[2]) == digits
    assert shown.startswith("-") == (read < 0)
    assert shown.startswith("+") == (sign and read > 0)


@given(value=FINITE, digits=DIGITS)
def test_rounding_is_odd_and_monotone(value, digits) -> None:
    rounded = round_half_away(value, digits)

    # Decimal's own minus sign would round to 28 digits.
    assert round_half_away(-value, digits) == WIDE.minus(rounded)
    above = math.nextafter(value, math.inf)
    assert math.isinf(above) or round_half_away(above, digits) >= rounded
    half_a_unit = Decimal(1).scaleb(-digits) / 2
    assert WIDE.abs(WIDE.subtract(rounded, Decimal(repr(value)))) <= half_a_unit


@given(unit=st.integers(-10_000, 10_000), digits=st.integers(0, 3))
def test_halves_go_away_from_zero(unit, digits) -> None:
    exact = (Decimal(unit) + Decimal("0.5") * (1 if unit >= 0 else -1)).scaleb(-digits)

    rounded = round_half_away(float(exact), digits)

    assert abs(rounded) > abs(exact)


@pytest.mark.parametrize(
    ("value", "digits", "english", "vietnamese"),
    [
        (0.125, 2, "0.13", "0,13"),
        (2.675, 2, "2.68", "2,68"),  # below the half in binary, at it as printed
        (-0.004, 2, "0.00", "0,00"),
        (-0.0, 1, "0.0", "0,0"),
        (1234567.5, 0, "1,234,568", "1.234.568"),
        (-1234.5, 1, "-1,234.5", "-1.234,5"),
        (999.995, 2, "1,000.00", "1.000,00"),
        (1e21, 0, "1,000,000,000,000,000,000,000", "1.000.000.000.000.000.000.000"),
        (5e-324, 3, "0.000", "0,000"),
        (12, 1, "12.0", "12,0"),
    ],
)
def test_examples(value, digits, english, vietnamese) -> None:
    assert show_number(value, digits) == english
    assert show_number(value, digits, "vi") == vietnamese


def test_thousands_can_stay_together() -> None:
    assert show_number(2024.0, 0, "vi", grouping=False) == "2024"


@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf])
def test_a_missing_number_is_shown_as_told(value) -> None:
    assert show_number(value) == ""
    assert show_number(value, missing="–") == "–"


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int64])
def test_numpy_numbers_are_numbers(kind) -> None:
    assert show_number(kind(1500), 0, "vi") == "1.500"


def test_parts_that_do_not_add_as_shown_are_noticed() -> None:
    assert rounded_sum_differs([1 / 3] * 3, 1.0, 1)
    assert not rounded_sum_differs([0.25, 0.75], 1.0, 2)
    # As binary numbers these do not add; as shown they do.
    assert not rounded_sum_differs([0.1, 0.2], 0.3, 1)
