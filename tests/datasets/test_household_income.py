"""Household income per head: the provinces' figures, weighted by their population."""

from __future__ import annotations

import pandas as pd
import pytest

from tfp.datasets import vietnam_household_income

PRINTED = 0.5e-2  # two decimals
SOURCES = {
    "wages": "income_wage",
    "farm_self_employment": "income_agri_self",
    "other_self_employment": "income_nonagri_self",
    "other_income": "income_other",
}


def test_parts_make_up_what_the_survey_calls_income():
    frame = vietnam_household_income().frame.set_index("year")
    # The office says 3,098 for 2016, weighted as its survey is.
    total = frame[list(SOURCES)].sum(axis=1)
    assert total.round(1).tolist() == [1398.2, 2023.1, 2672.5, 3206.1]


@pytest.mark.reference
def test_the_table_is_the_weighted_mean_of_the_provinces(reference_data):
    keys = ["code", "year"]
    told, people = (
        pd.read_csv(reference_data(name), comment="#", dtype={"code": str})
        for name in (
            "gso_vhlss_income_by_source_province.csv",
            "gso_province_labour_1995_2016.csv",
        )
    )
    table = told.merge(people[[*keys, "population_thous"]], on=keys)
    frame = vietnam_household_income().frame.set_index("year")
    assert len(table) == 63 * len(frame)
    for year, provinces in table.groupby("year"):
        people_of = provinces["population_thous"]
        assert frame.loc[year, "population"] == pytest.approx(people_of.sum(), abs=0.05)
        for ours, theirs in SOURCES.items():
            mean = (provinces[theirs] * people_of).sum() / people_of.sum()
            assert frame.loc[year, ours] == pytest.approx(mean, abs=PRINTED)
