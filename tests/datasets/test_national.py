"""The national series: every bundled figure, and what is known to hold among them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tfp.datasets import vietnam, vietnam_old_vintage

# Per cent, 2011-2024, as published.
OFFICIAL_GROWTH = [
    6.41,
    5.50,
    5.55,
    6.42,
    6.99,
    6.69,
    6.94,
    7.47,
    7.36,
    2.87,
    2.55,
    8.54,
    5.07,
    7.09,
]
SECTORS = ["agriculture", "industry", "services", "product_taxes"]
# Figures are published with one decimal, so that four rounded terms may be off by 0.25.
ROUNDING = 0.25

NEW_COLUMNS = {
    "year": "year",
    "gdp": "gdp_2010p_total",
    "agriculture": "gdp_2010p_agri",
    "industry": "gdp_2010p_ind",
    "services": "gdp_2010p_serv",
    "product_taxes": "gdp_2010p_tax",
    "gcf": "gcf_2010p",
    "gfcf": "gfcf_2010p",
    "gdp_current": "gdp_cur_total",
    "agriculture_current": "gdp_cur_agri",
    "industry_current": "gdp_cur_ind",
    "services_current": "gdp_cur_serv",
    "product_taxes_current": "gdp_cur_tax",
    "gcf_current": "gcf_cur",
    "gfcf_current": "gfcf_cur",
    "employed": "employed_thous",
    "employed_quarterly_mean": "employed_qmean_thous",
    "monthly_earnings": "wage_month_qmean_thous_vnd",
    "labour_definition": "labour_def",
    "status": "status",
}
OLD_COLUMNS = {
    "year": "year",
    "gdp": "gdp_2010p_total",
    "agriculture": "gdp_2010p_agri",
    "industry": "gdp_2010p_ind",
    "services": "gdp_2010p_serv",
    "product_taxes": "gdp_2010p_tax",
    "gcf": "gcf_2010p",
    "gfcf": "gfcf_2010p",
    "employed": "employed_thous",
    "employed_agriculture": "employed_agri_thous",
    "wage_workers": "wage_workers_thous",
    "employers": "employers_thous",
    "own_account_workers": "own_account_thous",
    "unpaid_family_workers": "unpaid_family_thous",
    "investment_percent_of_gdp": "investment_pct_gdp",
    "icor": "icor_2010p",
}


@pytest.mark.parametrize(
    ("dataset", "name", "columns", "ours_only"),
    [
        (vietnam, "gso_national_2010_2024.csv", NEW_COLUMNS, {"value_added_basic_prices"}),
        (vietnam_old_vintage, "gso_national_2005_2016.csv", OLD_COLUMNS, {"status"}),
    ],
)
def test_every_figure_is_that_of_the_reference_file(
    reference_data, dataset, name, columns, ours_only
):
    reference = pd.read_csv(reference_data(name), comment="#")
    frame = dataset().frame
    assert set(frame.columns) == {*columns, *ours_only}
    assert set(columns.values()) == set(reference.columns)
    for ours, theirs in columns.items():
        pd.testing.assert_series_equal(
            frame[ours],
            reference[theirs],
            check_names=False,
            check_dtype=False,
            check_exact=True,
        )


def test_growth_is_the_official_one():
    growth = 100 * vietnam().frame["gdp"].pct_change().iloc[1:]
    np.testing.assert_array_equal(growth.round(2), OFFICIAL_GROWTH)


@pytest.mark.parametrize("suffix", ["", "_current"])
def test_sectors_and_taxes_add_to_gdp(suffix):
    frame = vietnam().frame
    parts = frame[[name + suffix for name in SECTORS]].sum(axis=1)
    np.testing.assert_allclose(parts, frame["gdp" + suffix], rtol=0, atol=ROUNDING)


def test_value_added_at_basic_prices_is_gdp_less_product_taxes_to_the_last_digit():
    frame = vietnam().frame
    difference = frame["gdp"] - frame["product_taxes"]
    # The doubles of the file, not those of a subtraction: one decimal, as was published.
    assert frame["value_added_basic_prices"].tolist() == difference.round(1).tolist()
    sectors = frame[["agriculture", "industry", "services"]].sum(axis=1)
    np.testing.assert_allclose(frame["value_added_basic_prices"], sectors, rtol=0, atol=ROUNDING)


def test_constant_and_current_prices_meet_in_the_base_year():
    base = vietnam().frame.set_index("year").loc[2010]
    for name in ("gdp", *SECTORS, "gcf", "gfcf"):
        assert base[name] == base[name + "_current"]


def test_headline_figures():
    frame = vietnam().frame.set_index("year")
    assert frame.index.tolist() == list(range(2010, 2025))
    assert frame.loc[2010, "gdp"] == 2739843.2
    assert frame.loc[2024, "gdp"] == 6269210.0
    assert frame.loc[2010, "gfcf"] == 963320.3
    assert frame.loc[2024, "gfcf"] == 2143569.4
    assert frame.loc[2020, "employed"] == 53609.58
    assert frame.loc[2021, "employed"] == 49072.01


def test_employment_of_2017_is_missing_in_the_annual_table_only():
    frame = vietnam().frame.set_index("year")
    assert frame.index[frame["employed"].isna()].tolist() == [2017]
    assert frame.loc[2017, "employed_quarterly_mean"] == 53646.9


def test_the_definition_of_employment_changes_in_2021():
    frame = vietnam().frame
    changed = frame["labour_definition"] != frame["labour_definition"].shift()
    assert frame.loc[changed, ["year", "labour_definition"]].to_numpy().tolist() == [
        [2010, "ICLS-13"],
        [2021, "ICLS-19"],
    ]


def test_status_of_the_last_years():
    frame = vietnam().frame.set_index("year")
    assert set(frame.loc[:2021, "status"]) == {"final"}
    assert frame.loc[2022:, "status"].tolist() == ["revised", "preliminary", "preliminary"]
    old = vietnam_old_vintage().frame.set_index("year")
    assert old.index[old["status"] == "preliminary"].tolist() == [2016]


def test_old_vintage_headline_figures():
    frame = vietnam_old_vintage().frame.set_index("year")
    assert frame.index.tolist() == list(range(2005, 2017))
    assert frame.loc[2005, "gdp"] == 1588646.0
    assert frame.loc[2010, "gdp"] == 2157828.0
    assert frame.loc[2010, "gfcf"] == 704401.0
    assert frame.loc[2016, "employed"] == 53302.8
    assert frame.index[frame["employed"].isna()].tolist() == [2006]


def test_old_vintage_moves_product_taxes_out_of_the_sectors_in_2010():
    frame = vietnam_old_vintage().frame.set_index("year")
    assert frame.index[frame["product_taxes"].isna()].tolist() == list(range(2005, 2010))
    # Published as whole numbers: four rounded terms may be off by 2.
    np.testing.assert_allclose(frame[SECTORS].sum(axis=1), frame["gdp"], rtol=0, atol=2)


def test_derived_capital_output_ratio_of_the_new_vintage():
    """2.327427 in the old vintage becomes 2.506790 by GFCF and GDP of 2010 in both."""
    old = vietnam_old_vintage().frame.set_index("year")
    new = vietnam().frame.set_index("year")
    capital = 1.90 * old.loc[2005, "gdp"]
    for year in range(2006, 2011):
        capital = 0.95 * capital + old.loc[year, "gfcf"]
    old_ratio = capital / old.loc[2010, "gdp"]
    investment = new.loc[2010, "gfcf"] / old.loc[2010, "gfcf"]
    output = new.loc[2010, "gdp"] / old.loc[2010, "gdp"]
    assert old_ratio == pytest.approx(2.327427, abs=5e-7)
    assert old_ratio * investment / output == pytest.approx(2.5067903632755035, rel=1e-14)
