"""Dated tables of shares become fixed shares by period of validity, for one area."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

import tfp

TABLE = {
    "area": ["Viet Nam", "Viet Nam", "Huế"],
    "first_year": [2011, 2016, 2011],
    "last_year": [2015, 2020, 2020],
    "share": [0.40, 0.42, 0.35],
    "source": ["table of 2012", "table of 2016", "own survey"],
}


def shares(table=TABLE, **options):
    given = {"share": "share", "of": "capital", "area": "Viet Nam", "areas": "area", **options}
    return tfp.input_output_shares(table, **given)


def refusal(code, **options):
    with pytest.raises(tfp.TFPError) as error:
        shares(**options)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")
    return error.value


@pytest.mark.parametrize("library", [dict, pd.DataFrame, pl.DataFrame])
def test_rows_of_the_area_become_periods(library):
    found = shares(library(TABLE))
    assert isinstance(found, tfp.FixedShares)
    assert found.by_period == {"2011-2015": {"capital": 0.40}, "2016-2020": {"capital": 0.42}}
    assert found.source == "table of 2012; table of 2016"


def test_accounts_take_each_share_in_its_period():
    years = range(2010, 2021)
    panel = tfp.Panel(
        {"year": years, "y": [1.06**t for t in years], "k": [1.08**t for t in years],
         "l": [1.01**t for t in years]},
        time="year", output="y", capital="k", labour="l",
    )  # fmt: skip
    accounts = tfp.GrowthAccounting(factor_weights=shares()).fit(panel)
    weights = accounts.factor_weights["capital"]
    assert weights.loc[2011:2015].tolist() == [0.40] * 5
    assert weights.loc[2017:2020].tolist() == [0.42] * 4


def test_labours_share_says_so():
    table = {**TABLE, "share": [0.60, 0.58, 0.65]}
    assert shares(table, of="labour", area="Huế").by_period == {"2011-2020": {"labour": 0.65}}


def test_one_areas_share_is_not_anothers():
    assert refusal("share-table-area", area="Đà Nẵng").fields["known"] == ["Viet Nam", "Huế"]
    refusal("share-table-area", area=None)
    refusal("share-table-area", areas=None)


@pytest.mark.parametrize("column", ["first_year", "last_year", "share", "source"])
def test_no_row_without_years_share_and_source(column):
    table = {**TABLE, column: [None, *TABLE[column][1:]]}
    refusal("share-table-incomplete", table=table)


def test_one_period_has_one_share():
    refusal("shares-overlap", table={**TABLE, "area": ["Viet Nam"] * 3, "first_year": [2011] * 3,
                                     "last_year": [2015] * 3})  # fmt: skip


def test_other_refusals_are_those_of_fixed_shares():
    refusal("share-outside-unit-interval", table={**TABLE, "share": [40.0, 42.0, 35.0]})
    refusal("option-unknown", of="energy")
    refusal("unknown-column", share="anteil")
