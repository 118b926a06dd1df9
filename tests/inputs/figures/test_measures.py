"""Units that are known, and those that are not."""

from __future__ import annotations

import pytest

from tfp.inputs.figures.measures import factor_between, is_known, measure_of


@pytest.mark.parametrize(
    ("unit", "target", "factor"),
    [
        ("million VND", "billion VND", 1e-3),
        ("Triệu đồng", "tỷ đồng", 1e-3),
        ("nghìn tỷ đồng", "million VND", 1e6),
        ("persons", "nghìn người", 1e-3),
        ("%", "ratio", 1e-2),
        ("million VND per worker", "thousand VND / person", 1e3),
        ("thousand", "thousand", 1.0),
    ],
)
def test_known_units_have_a_factor(unit, target, factor):
    assert factor_between(unit, target) == pytest.approx(factor, rel=1e-15)


@pytest.mark.parametrize(
    ("unit", "target"),
    [("thousand", "persons"), ("million VND", "persons"), ("tonnes", "kg"), ("%", "million VND")],
)
def test_others_have_none(unit, target):
    assert factor_between(unit, target) is None


def test_an_unknown_unit_is_a_measure_of_its_own():
    assert not is_known("tonnes")
    assert measure_of("tonnes") != measure_of("kg")
    assert measure_of("VND per hectare")[1] == 1.0
