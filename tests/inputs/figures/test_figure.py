"""The step of the last printed digit."""

from __future__ import annotations

import pytest

from tfp.inputs.figures.figure import Figure, printed_step


@pytest.mark.parametrize(
    ("values", "step"),
    [
        ([9.3, 61.32], 0.01),
        ([9.3], 0.1),
        ([27065153.0, 29604450.0], 1.0),
        ([34726000.0], 1000.0),
        # Zeros that would leave less than four digits are digits.
        ([722000.0], 100.0),
        ([57000000.0], 1000.0),
        ([500.0], 1.0),
        ([0.0, float("nan")], 1.0),
        ([0.001], 0.001),
    ],
)
def test_the_step_is_that_of_the_finest_figure_of_the_column(values, step):
    assert printed_step(values) == step


def test_amount_and_slack_are_in_the_measure_s_own_unit():
    figure = Figure(area="a", variable="v", year=2020, value=27.1, unit="trillion VND", step=0.1)
    assert figure.measure == "money"
    assert figure.amount == 27.1e12
    assert figure.slack == pytest.approx(0.05e12)


def test_a_place_names_area_year_and_variable():
    place = Figure(area="Huế", variable="grdp", year=2020, value=1.0).place
    assert (place.entity, place.time, place.column) == ("Huế", 2020, "grdp")
