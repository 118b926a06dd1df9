"""A stock that an inventory computes was typed by nobody: what is off is its start."""

from __future__ import annotations

import pytest

import tfp

YEARS = list(range(2016, 2025))
INVESTMENT = [24310.2, 26228.2, 27928.3, 30066.1, 32424.2, 33886.1, 35721.0, 37372.2, 40457.8]
OUTPUT = [81234.5, 86445.7, 92158.1, 98832.7, 100854.2, 103395.4, 110999.5, 119482.4, 127925.4]


def panel_of(investment=INVESTMENT):
    frame = {"year": YEARS, "i": investment, "y": OUTPUT}
    return tfp.Panel(frame, time="year", area="Hoa An", investment="i", output="y")


def stocks(initial, investment=INVESTMENT):
    start = tfp.GivenStock(initial, year=2016, source="s")
    inventory = tfp.PerpetualInventory(depreciation=0.05, initial_stock=start, timing="end")
    return inventory.fit(panel_of(investment)).panel


def test_a_start_in_another_unit_is_what_is_said_and_not_a_typing_error() -> None:
    found = tfp.check_inputs(stocks(178.0))
    on_capital = {f.code for f in found if f.fields.get("role") == "capital"}
    assert "stock-from-wrong-start" in on_capital
    assert not on_capital & {"decimal-misplaced", "digits-exchanged", "outlier", "first-value-off"}
    (finding,) = (f for f in found if f.code == "stock-from-wrong-start")
    assert finding.severity == "block"
    assert "capital.initial" in finding.remedy("vi", in_plan=True)


def test_a_sound_start_gives_nothing() -> None:
    assert not [f for f in tfp.check_inputs(stocks(178000.0)) if f.severity == "block"]


@pytest.mark.parametrize("role", ["investment", "investment_current", "output_current"])
def test_a_lost_decimal_mark_must_be_settled(role) -> None:
    mistyped = [*INVESTMENT[:2], 279283.0, *INVESTMENT[3:]]
    panel = tfp.Panel({"year": YEARS, "i": mistyped}, time="year", area="a", **{role: "i"})
    (finding,) = (f for f in tfp.check_inputs(panel) if f.code == "decimal-misplaced")
    assert (finding.severity, finding.fields["repair"]) == ("block", 27928.3)
