"""Labour shares of real provinces from what households told the survey of 2016.

GRDP at current prices is a secondary compilation; the two provinces whose residents earn more
than the province produces are refused rather than given a share above one.
"""

from __future__ import annotations

import pandas as pd
import pytest

import tfp

SURVEY = tfp.HouseholdSurvey(
    wages="wages", self_employment={"farm": 1.0, "shop": 1.0}, unit_factor=0.001
)
WAY = tfp.LabourShare(
    treatment="household_survey", production_taxes="in", survey=SURVEY, source="VHLSS 2016"
)
ABOVE_ONE = ["Nam Dinh", "An Giang"]


@pytest.fixture(scope="module")
def table(reference_data):
    told, people, product = (
        pd.read_csv(reference_data(name), comment="#", dtype={"code": str}).query("year == 2016")
        for name in (
            "gso_vhlss_income_by_source_province.csv",
            "gso_province_labour_1995_2016.csv",
            "province_panel_2016_2022.csv",
        )
    )
    table = told.merge(people[["code", "population_thous"]], on="code")
    return table.merge(product[["code", "grdp_current_bn"]], on="code")


def panel_of(table):
    return tfp.Panel(
        table,
        entity="name_en",
        time="year",
        income="grdp_current_bn",
        population="population_thous",
        labour_income_by_group={
            "wages": "income_wage",
            "farm": "income_agri_self",
            "shop": "income_nonagri_self",
        },
    )


def test_provinces_that_earn_more_than_they_produce_are_named(table):
    assert len(table) == 63
    with pytest.raises(tfp.MethodError) as error:
        WAY.shares(panel_of(table))
    assert error.value.code == "labour-share-impossible"
    assert [place.entity for place in error.value.places] == ABOVE_ONE


def test_the_others_have_shares_of_their_own(table):
    panel = WAY.add_to(panel_of(table[~table["name_en"].isin(ABOVE_ONE)]))
    shares = panel.frame["labour_share"].droplevel("year")
    assert len(shares) == 61
    assert shares.idxmin() == "Ba Ria - Vung Tau"  # oil
    assert shares.min() == pytest.approx(0.2017, abs=5e-5)
    assert shares.median() == pytest.approx(0.6355, abs=5e-5)


def test_one_province_by_hand(table):
    """Quảng Ninh: (wages + farm + shop) x 12 x inhabitants / GRDP, from the printed figures."""
    row = table.set_index("name_en").loc["Quang Ninh"]
    earned = row["income_wage"] + row["income_agri_self"] + row["income_nonagri_self"]
    expected = earned * 12 * row["population_thous"] / 1000 / row["grdp_current_bn"]
    shares = WAY.shares(panel_of(table[table["name_en"] == "Quang Ninh"]))
    assert shares.item() == pytest.approx(expected, rel=1e-15)
    assert expected == pytest.approx(0.42595, abs=5e-6)
