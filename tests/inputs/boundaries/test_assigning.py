"""Labels of a panel become units of a declared boundary."""

from __future__ import annotations

import numpy as np
import pytest

import tfp


def panel_of(labels, years, values=None, **options):
    frame = {"p": labels, "year": years, "y": values or list(map(float, range(len(labels)))),
             "l": [1.0] * len(labels)}  # fmt: skip
    return tfp.Panel(frame, entity="p", time="year", output="y", labour="l", **options)


def refusal(*arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        tfp.assign_areas(*arguments, **options)
    assert error.value.message("en") != error.value.message("vi")
    return error.value


def test_the_same_codes_are_other_units_under_the_other_boundary():
    panel = panel_of(["15", "24"], [2020, 2020])
    old, new = tfp.assign_areas(panel, "63 provinces"), tfp.assign_areas(panel, "34 units")
    assert old.rows.entities == ("Yên Bái", "Bắc Giang")
    assert new.rows.entities == ("Lào Cai", "Bắc Ninh")
    assert {column.boundary for column in new.columns.values()} == {"34 units (from 1 July 2025)"}


def test_numbers_from_a_sheet_are_codes():
    assert tfp.assign_areas(panel_of([1, 79], [2020] * 2), 2020).rows.entities == (
        "Hà Nội", "Thành phố Hồ Chí Minh")  # fmt: skip


def test_renamings_are_in_the_ledger_and_earlier_entries_follow():
    panel = tfp.fill_values(
        panel_of(["TP.HCM", "TP.HCM", "Hà Nội"], [2020, 2021, 2020], [1.0, np.nan, 2.0]),
        "output", {2021: 3.0}, entity="TP.HCM", reason="not in the table",
    )  # fmt: skip
    filled, renamed = tfp.assign_areas(panel, "63 provinces").ledger
    assert filled.rows == (("Thành phố Hồ Chí Minh", 2021),)
    assert renamed.rows == (("Thành phố Hồ Chí Minh", 2020), ("Thành phố Hồ Chí Minh", 2021))
    assert renamed.detail() == "TP.HCM"


def test_two_labels_of_one_unit_become_one_series():
    labels = ["Huế", "Thừa Thiên Huế", "Hà Nội", "Thừa Thiên Huế", "Huế"]
    panel = panel_of(labels, [2025, 2023, 2023, 2024, 2026][:5], [3.0, 1.0, 9.0, 2.0, 4.0])
    assigned = tfp.assign_areas(panel, "34 units")
    assert assigned.rows.entities == ("Huế", "Hà Nội")
    assert assigned.frame.loc["Huế", "output"].to_dict() == {
        2023: 1.0, 2024: 2.0, 2025: 3.0, 2026: 4.0}  # fmt: skip
    assert assigned.rows.breaks.tolist() == [0, 4]


def test_status_definitions_and_settled_breaks_move_with_their_rows():
    frame = {"p": ["Huế", "Huế", "TT-Huế", "TT-Huế"], "year": [2023, 2024, 2021, 2022],
             "y": [1.0] * 4, "l": [4.0, 5.0, 2.0, 3.0], "d": ["b", "b", "a", "b"],
             "s": ["estimate", "estimate", "final", "final"]}  # fmt: skip
    panel = tfp.Panel(frame, entity="p", time="year", output="y", labour="l",
                      definitions={"labour": "d"}, status="s")  # fmt: skip
    panel = tfp.accept_break(panel, "labour", 2022, entity="TT-Huế", reason="small")
    labour = tfp.assign_areas(panel, "63 provinces").column("labour")
    assert labour.values.tolist() == [2.0, 3.0, 4.0, 5.0]
    assert [labour.definition_of(row) for row in range(4)] == ["a", "b", "b", "b"]
    assert labour.accepted == (1,)
    assert labour.status.tolist() == [0, 0, 3, 3]


def test_two_labels_of_one_unit_in_one_year_are_refused():
    error = refusal(panel_of(["HCMC", "Sài Gòn"], [2020, 2020]), "63 provinces")
    assert (error.code, error.fields["area"]) == ("area-named-twice", "Thành phố Hồ Chí Minh")
    assert [place.entity for place in error.places] == ["HCMC", "Sài Gòn"]


@pytest.mark.parametrize("year", [2026, 2029])
def test_provinces_have_no_figures_after_their_end(year):
    error = refusal(panel_of(["Hưng Yên"] * 2, [2025, year]), "63 provinces")
    assert error.code == "boundary-ended"
    assert [(place.entity, place.time) for place in error.places] == [("Hưng Yên", year)]


def test_2025_is_a_year_of_both_and_earlier_years_may_be_back_cast():
    panel = panel_of(["Hưng Yên"] * 2, [2024, 2025])
    for boundary in ("63 provinces", "34 units"):
        assert tfp.assign_areas(panel, boundary).rows.entities == ("Hưng Yên",)
    assert refusal(panel, 2025).code == "year-of-both-boundaries"


@pytest.mark.parametrize(("quarter", "ended"), [("2025Q2", False), ("2025Q3", True)])
def test_quarters_end_with_june(quarter, ended):
    panel = tfp.Panel({"p": ["Hưng Yên"], "t": [quarter], "y": [1.0]}, entity="p", time="t",
                      frequency="quarter", output="y")  # fmt: skip
    if ended:
        assert refusal(panel, "63 provinces").code == "boundary-ended"
    else:
        assert tfp.assign_areas(panel, "63 provinces").column("output").boundary


def test_another_declared_boundary_contradicts():
    panel = panel_of(["Hưng Yên"], [2020], boundaries={"output": "34 units"})
    assert refusal(panel, "63 provinces").code == "boundary-contradicts"
    assert tfp.assign_areas(panel, "34 units").column("labour").boundary is not None


def test_one_area_without_entities():
    panel = tfp.Panel({"year": [2020], "y": [1.0]}, time="year", area="tp hcm", output="y")
    assert tfp.assign_areas(panel, 2020).rows.entities == ("Thành phố Hồ Chí Minh",)
    unnamed = tfp.Panel({"year": [2020], "y": [1.0]}, time="year", output="y")
    assert refusal(unnamed, 2020).code == "area-unknown"


def test_totals_must_be_taken_out():
    error = refusal(panel_of(["Hà Nội", "Cả nước"], [2020, 2020]), 2020)
    assert (error.code, error.places[0].entity) == ("area-unknown", "Cả nước")
    assert refusal({"p": ["Hà Nội"]}, 2020).code == "panel-expected"
