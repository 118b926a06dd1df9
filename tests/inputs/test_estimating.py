"""The running year, from declared figures only."""

from __future__ import annotations

import numpy as np
import pytest

from tfp.errors import MethodError
from tfp.inputs.estimating import estimate_value
from tfp.inputs.filling import fill_values
from tfp.panel.panel import Panel

YEARS = [2022, 2023, 2024]


def panel(**options) -> Panel:
    columns = {
        "year": YEARS,
        "grdp": [100.0, 105.0, 112.0],
        "people": [50.0, 51.0, np.nan],
        "concept": ["new", "new", "new"],
    }
    roles = {"output": "grdp", "labour": "people"}
    return Panel(columns, time="year", area="Hòa An", **roles, **options)


def test_growth_an_index_and_a_value_give_the_same_figure() -> None:
    ways = ({"growth": 6.5}, {"index": 106.5}, {"value": 112.0 * 1.065})
    made = [estimate_value(panel(), "output", 2025, source="s", **way) for way in ways]
    for each in made:
        assert each.rows.times.tolist() == [2022, 2023, 2024, 2025]
        assert each.values("output")[-1] == pytest.approx(119.28, rel=1e-14)
        assert np.isnan(each.values("labour")[-1]), "nothing else is made up"
        assert each.column("output").status.tolist() == [0, 0, 0, 3]


def test_the_definition_goes_on_and_a_second_figure_takes_the_same_row() -> None:
    made = panel(definitions={"labour": "concept"})
    made = estimate_value(made, "labour", 2024, value=52.0, source="s")
    made = estimate_value(made, "labour", 2025, growth=1.0, source="s")
    made = estimate_value(made, "output", 2025, growth=8.0, source="s")
    assert len(made) == 4
    assert made.values("labour")[-1] == pytest.approx(52.52)
    assert made.column("labour").breaks_of_definition == ()
    assert [entry.detail("vi") for entry in made.ledger][1:] == [
        "tốc độ tăng 1% so với năm 2024",
        "tốc độ tăng 8% so với năm 2024",
    ]


def test_one_of_several_areas() -> None:
    two = Panel(
        {"area": ["A", "A", "B", "B"], "year": [2023, 2024] * 2, "y": [1.0, 2.0, 3.0, 4.0]},
        time="year",
        entity="area",
        output="y",
    )
    made = estimate_value(two, "output", 2025, growth=10.0, source="s", entity="A")
    assert made.rows.entities == ("A", "B")
    assert made.values("output").tolist() == pytest.approx([1.0, 2.0, 2.2, 3.0, 4.0])
    assert made.column("output").status.tolist() == [0, 0, 3, 0, 0]
    assert made.rows.starts.tolist() == [0, 3]


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("estimate-two-ways", {"value": 1.0, "growth": 2.0}),
        ("estimate-two-ways", {}),
        ("estimate-without-source", {"value": 1.0, "source": " "}),
        ("estimate-not-next", {"value": 1.0, "year": 2027}),
        ("estimate-impossible", {"growth": -100.0}),
        ("estimate-impossible", {"index": 0.0}),
        ("estimate-without-base", {"growth": 1.0, "role": "labour"}),
        ("value-present", {"value": 1.0, "year": 2024}),
        ("entity-unknown", {"value": 1.0, "entity": "Hòa Bình"}),
    ],
)
def test_what_is_not_declared_rightly_is_refused(code: str, options: dict) -> None:
    stated = {"role": "output", "year": 2025, "source": "s", **options}
    with pytest.raises(MethodError) as caught:
        estimate_value(panel(), stated.pop("role"), stated.pop("year"), **stated)
    assert caught.value.code == code
    for language in ("en", "vi"):
        assert caught.value.message(language)


def test_a_filled_estimate_marks_a_column_that_had_no_marks() -> None:
    filled = fill_values(panel(), "labour", {2024: 52.0}, reason="r", source="s", status="estimate")
    assert filled.column("labour").status.tolist() == [0, 0, 3]
