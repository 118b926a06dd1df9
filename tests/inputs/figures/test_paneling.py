"""From figures to a panel: one book for each column, never mixed silently."""

from __future__ import annotations

import numpy as np
import pytest

import tfp


def test_two_vintages_are_refused_by_name(yearbooks):
    of_province = yearbooks.select(areas=["Hưng Yên"])
    with pytest.raises(tfp.MethodError) as error:
        of_province.panel(output="grdp_2010p")
    assert error.value.code == "vintages-to-choose"
    assert error.value.fields["vintages"] == [
        "yearbook 2015 (2010–2015)",
        "yearbook 2022 (2010–2014)",
    ]
    assert "MixedVintages" in error.value.message("vi")


def test_a_column_is_one_book_with_all_that_is_known_of_it(yearbooks):
    panel = yearbooks.select(areas=["Hưng Yên"]).panel(
        output="grdp_2010p",
        labour="employed_15plus",
        vintages={"output": "yearbook 2022", "labour": "tables of 2016-2017"},
        units={"output": "billion VND"},
        price_bases={"output": "2010"},
        years=range(2010, 2015),
    )
    output = panel.column("output")
    assert output.values.tolist() == [27065.153, 29604.453, 31871.009, 33927.875, 36190.549]
    assert (output.unit, output.vintage, output.price_base) == (
        "billion VND",
        "yearbook 2022",
        "2010",
    )
    assert panel.rows.entities == ("Hưng Yên",)
    actions = [(entry.action, entry.role) for entry in panel.ledger]
    assert actions == [
        ("chosen", "output"),
        ("converted", "output"),
        ("chosen", "labour"),
        ("derived", "labour"),
    ]
    assert "page97.html" in panel.ledger[0].source
    # Employment is arithmetic on published figures: an estimate.
    assert panel.column("labour").status.tolist() == [3] * 5


def test_preliminary_figures_stay_preliminary(yearbooks):
    panel = yearbooks.select(areas=["Quảng Trị"]).panel(
        investment="social_investment_2010p", labour="employed_15plus"
    )
    assert panel.column("labour").status.tolist() == [0, 0, 0, 0, 0, 0, 2]
    # 2016 and 2017 have labour and no investment.
    assert np.isnan(panel.values("investment")).tolist() == [False, True, True] + [False] * 4


def test_growth_from_one_book_to_the_next_is_refused_until_it_is_settled(make):
    figures = make(
        ("grdp", 2010, 100.0, "old"), ("grdp", 2011, 106.0, "old"),
        ("grdp", 2012, 120.0, "new"), ("grdp", 2013, 126.0, "new"),
        *[("stock", year, 300.0 * 1.05 ** (year - 2010), "s") for year in range(2010, 2014)],
        *[("workers", year, 50.0, "s") for year in range(2010, 2014)],
    )  # fmt: skip
    mixed = tfp.MixedVintages(("old", "new"), reason="the old book ends in 2011")
    panel = figures.panel(
        output="grdp", capital="stock", labour="workers", vintages={"output": mixed}
    )
    assert panel.column("output").vintage is None
    assert panel.column("output").definition_of(1) == "old"
    with pytest.raises(tfp.TFPError) as error:
        tfp.growth_accounts(panel, capital_share=0.4)
    assert error.value.code == "unspliced-break"
    spliced = tfp.splice(
        panel, "output", at=2012, link=tfp.AssumedGrowth(0.06, name="as in 2011", source="office")
    )
    growth = tfp.growth_accounts(spliced, capital_share=0.4).factor_growth["output"]
    assert growth.round(10).tolist() == [6.0, 6.0, 5.0]


def test_the_ledger_holds_corrections_made_before(yearbooks):
    corrected = yearbooks.correct(
        "social_investment_cur_nonstate",
        2021,
        printed=10894.78,
        corrected=10849.78,
        reason="only so do the parts add and does the printed share agree",
        source="yearbook 2021",
    )
    panel = corrected.select(areas=["Hòa Bình"]).panel(
        investment_current={"nonstate": "social_investment_cur_nonstate"}
    )
    assert panel.values("investment_current:nonstate").tolist() == [10849.78]
    entry = panel.ledger[0]
    assert (entry.action, entry.role) == ("corrected", "investment_current:nonstate")


def test_several_areas_make_a_panel_of_entities(make):
    figures = make(("grdp", 2010, 1.0), ("grdp", 2011, 1.1), area=["Huế", "Hà Nội"])
    panel = figures.panel(output="grdp")
    assert panel.rows.entities == ("Huế", "Hà Nội")
    assert panel.rows.entity_name == "area"


def test_one_variable_in_two_roles_keeps_two_columns(make):
    figures = make(("grdp", 2010, 1.0, "old"), ("grdp", 2010, 2.0, "new"))
    panel = figures.panel(output="grdp", income="grdp", vintages={"output": "old", "income": "new"})
    assert panel.values("output").tolist() == [1.0]
    assert panel.values("income").tolist() == [2.0]


@pytest.mark.parametrize(("units", "code"), [(["million VND", "billion VND"], "units-to-choose")])
def test_units_are_not_mixed_either(make, units, code):
    figures = make(("grdp", 2010, 1000.0), ("grdp", 2011, 1.1), unit=units)
    with pytest.raises(tfp.MethodError) as error:
        figures.panel(output="grdp")
    assert error.value.code == code
    panel = figures.panel(output="grdp", units={"output": "billion VND"})
    assert panel.values("output").tolist() == [1.0, 1.1]


def test_a_role_that_is_none_is_refused_by_the_panel(make):
    with pytest.raises(TypeError):
        make(("grdp", 2010, 1.0)).panel(outptu="grdp")
