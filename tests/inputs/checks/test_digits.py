"""A decimal mark or two digits are put right only where that explains the figure."""

from __future__ import annotations

import pytest

from tfp.inputs.checks.digits import decimal_repair, swap_repair


@pytest.mark.parametrize(
    ("value", "expected", "meant", "power"),
    [
        (219658.0, 21743.7, 21965.8, 1),
        (96064.0, 7967.4, 9606.4, 1),
        (31484.0, 3547.5, 3148.4, 1),
        (21965.8, 2196580.0, 2196580.0, -2),
        (5.4, 5400.0, 5400.0, -3),
        (1234567.8, 1200.0, 1234.5678, 3),
    ],
)
def test_a_decimal_mark_is_put_back(value, expected, meant, power) -> None:
    assert decimal_repair(value, expected, 0.15) == (meant, power)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(100.0, 100.0), (300.0, 100.0), (54.0, 30377.8), (100.0, 30.0), (5e9, 1.0)],
)
def test_other_factors_are_no_decimal_mark(value, expected) -> None:
    assert decimal_repair(value, expected, 0.02) is None


def test_however_wild_a_series_three_times_as_much_is_no_decimal_mark() -> None:
    assert decimal_repair(320.0, 100.0, 10.0) is None


@pytest.mark.parametrize(
    ("value", "expected", "meant"),
    [
        (62126.1, 26500.0, 26126.1),
        (6128.5, 1631.0, 1628.5),
        (10984.5, 19050.0, 19084.5),
        (1401.5, 1040.0, 1041.5),
        (0.19, 0.9, 0.91),
        (52.3, 25.1, 25.3),
        (12.3, 21.5, 21.3),
    ],
)
def test_two_digits_are_put_back(value, expected, meant) -> None:
    assert swap_repair(value, expected, 0.05) == (meant, 0)


def test_digits_on_both_sides_of_the_mark_are_neighbours() -> None:
    assert swap_repair(12.5, 15.0, 0.02) == (15.2, 0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1111.0, 2000.0), (5000.0, 3000.0), (100.0, 1.0), (1e20, 1e19)],
)
def test_where_no_exchange_helps_none_is_made_up(value, expected) -> None:
    assert swap_repair(value, expected, 0.02) is None


def test_two_exchanges_that_both_help_are_no_answer() -> None:
    # 1234 could be 1324 or 1243 when all that is known is "about 1280".
    assert swap_repair(1234.0, 1280.0, 0.05) is None
