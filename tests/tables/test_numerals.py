from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tfp.language.numbers import show_number
from tfp.tables.numerals import is_code, parse_number

NO_BREAK, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("36,63", ",", 36.63),
        ("27.065.153", ",", 27065153),
        ("27.065.153,5", ",", 27065153.5),
        ("1,234.5", ".", 1234.5),
        (f"27{NO_BREAK}065{NO_BREAK}153", ",", 27065153),
        (f"1{NARROW}234,5", ",", 1234.5),
        ("1 234", ".", 1234),
        ("-0,4", ",", -0.4),
        ("−2.5", ".", -2.5),
        ("+7", ".", 7),
        (".5", ".", 0.5),
        ("1.5E-3", ".", 0.0015),
        ("2e3", ".", 2000.0),
        ("0.1", ".", 0.1),
        ("2.5067903632755035", ".", 2.5067903632755035),
        ("12345678901234567890", ".", 1.2345678901234567e19),
    ],
)
def test_a_number_is_read_by_its_declared_sign(text, decimal, number):
    parsed = parse_number(text, decimal)
    assert parsed == number
    assert type(parsed) is type(number)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        ("36,63", "."),  # the other decimal sign
        ("27.065.15", ","),  # a group of two
        ("27.065,153.2", ","),  # a separator after the decimal sign
        ("1.234 567", ","),  # two separators
        ("0.400", ","),  # no number begins its groups with a zero
        ("1234.567", ","),  # a group of four first
        ("27.065.153", "."),
        ("36,63%", ","),
        ("(1,234)", "."),
        ("-", "."),
        (".", "."),
        ("e5", "."),
        ("nan", "."),
        ("inf", "."),
        ("1_000", "."),
        ("1e999", "."),
        ("٣", "."),  # digits of another script
        ("2024 (p)", "."),
        ("", "."),
    ],
)
def test_what_is_not_certainly_a_number_is_none(text, decimal):
    assert parse_number(text, decimal) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_survives_being_written(number):
    assert parse_number(repr(number)) == number


@given(st.integers(-(10**12), 10**12))
def test_what_vietnamese_pages_print_is_read_back(number):
    assert parse_number(show_number(number, 0, "vi"), ",") == number
    assert parse_number(show_number(number, 2, "vi"), ",") == number


def test_digits_after_a_leading_zero_are_a_code():
    assert is_code("01")
    assert not is_code("0")
    assert not is_code("0.5")
    assert not is_code("10")
