"""The Penn World Table's TFP at constant national prices, recomputed from its own columns.

Its recipe has two rules that stand in no document: a gap in hours is filled on a straight
line, and hours that a country does not have move as those of the United States.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

# rtfpna is published with seven digits: two levels of about one are rounded by 1.2e-7 each.
PRINTED = 2e-7
RECIPE = "replication of the Penn World Table"
USA = "United States of America"
WITHOUT_TFP = ["Bangladesh", "Cambodia", "Myanmar", "Nepal", "Pakistan", "Viet Nam"]
COLUMNS = {
    "output": "rgdpna",
    "capital": "rkna",
    "labour": "emp",
    "hours_per_worker": "avh",
    "human_capital": "hc",
    "labour_share": "labsh",
}


@pytest.fixture(scope="module")
def table(reference_data):
    return pd.read_csv(reference_data("pwt1001_asia_usa.csv"))


def panel_of(frame, columns=COLUMNS):
    return tfp.Panel(frame, entity="country", time="year", **columns)


def with_hours(panel):
    panel = tfp.interpolate(panel, "hours_per_worker", [2014], entity="Taiwan", reason=RECIPE)
    return tfp.borrow_growth(panel, "hours_per_worker", lender=USA, reason=RECIPE)


def published_changes(table):
    levels = table.set_index(["country", "year"])["rtfpna"].sort_index()
    return np.log(levels).groupby("country").diff()


@pytest.fixture(scope="module")
def covered(table):
    """Return the rows of the countries that have a published TFP."""
    has = table.groupby("country")["rtfpna"].transform("count") > 0
    return table[has]


def test_every_published_change_of_fifteen_countries(table, covered):
    accounts = tfp.preset("pwt").fit(with_hours(panel_of(covered)))
    ours = accounts.contributions["tfp"] / 100
    published = published_changes(covered).reindex(ours.index)
    assert ours.index.get_level_values("country").nunique() == 15
    # What the table gives we give, and no year besides.
    assert (ours.notna() == published.notna()).all()
    assert ours.notna().sum() == 715
    assert (ours - published).abs().max() <= PRINTED


def test_the_chained_level_is_the_published_one(covered):
    accounts = tfp.preset("pwt").fit(with_hours(panel_of(covered)))
    ours = accounts.tfp_index(2017)["tfp_index"]
    published = covered.set_index(["country", "year"])["rtfpna"].reindex(ours.index)
    # Forty years of changes, each off by its rounding; levels are about one.
    assert (ours - published).abs().max() <= 2e-6


@pytest.mark.parametrize("country", ["Lao People's DR", "Mongolia"])
def test_the_hours_of_countries_without_any_are_american(covered, country):
    panel = with_hours(panel_of(covered))
    hours = panel.frame["hours_per_worker"]
    assert (hours.loc[country] == hours.loc[USA]).all()
    accounts = tfp.preset("pwt").fit(panel)
    borrowed = accounts.ledger.query("action == 'borrowed'")
    assert set(borrowed["source"]) == {USA}
    assert country in set(borrowed["entity"])
    # Without them the published figure is missed by far.
    alone = covered[covered["country"] == country]
    without = {role: name for role, name in COLUMNS.items() if role != "hours_per_worker"}
    tfp_points = tfp.preset("pwt").fit(panel_of(alone, without)).contributions["tfp"] / 100
    gap = (tfp_points - published_changes(alone).reindex(tfp_points.index)).abs().max()
    assert gap > 1e-3


def test_a_gap_in_hours_is_refused_a_value_unless_one_is_declared(covered):
    accounts = tfp.preset("pwt").fit(panel_of(covered[covered["country"] == "Taiwan"]))
    points = accounts.contributions["tfp"].droplevel("country")
    assert points.index[points.isna()].tolist() == [2014, 2015]
    lost = accounts.ledger.query("action == 'lost'")
    assert lost["time"].tolist() == [2014, 2015]


@pytest.mark.parametrize("country", WITHOUT_TFP)
class TestSixCountriesWithoutPublishedTFP:
    """They lack the labour share and the capital services that the recipe needs."""

    def rows(self, table, country):
        return table[table["country"] == country]

    def test_they_are_those_without_labour_share_and_capital_services(self, table, country):
        counts = table.groupby("country")[["rtfpna", "labsh", "rkna", "rgdpna", "emp"]].count()
        assert sorted(counts.index[counts["rtfpna"] == 0]) == WITHOUT_TFP
        assert counts.loc[country].tolist()[:3] == [0, 0, 0]
        assert counts.loc[country, ["rgdpna", "emp"]].min() > 0

    def test_an_empty_capital_column_is_refused_by_name(self, table, country):
        with pytest.raises(tfp.PanelError) as error:
            tfp.preset("pwt").fit(panel_of(self.rows(table, country)))
        assert (error.value.code, error.value.fields["role"]) == ("column-empty", "capital")

    def test_without_that_column_the_missing_share_is_refused(self, table, country):
        # The capital stock rnna is there: what is still missing is the share.
        stock = {**COLUMNS, "capital": "rnna"}
        del stock["labour_share"], stock["hours_per_worker"]
        with pytest.raises(tfp.MethodError) as error:
            tfp.preset("pwt").fit(panel_of(self.rows(table, country), stock))
        assert error.value.code == "incomes-missing"
        with pytest.raises(tfp.PanelError) as error:
            tfp.preset("pwt").fit(
                panel_of(self.rows(table, country), stock | {"labour_share": "labsh"})
            )
        assert error.value.code == "entities-without-values"
        assert error.value.fields["role"] == "labour_share"
        assert error.value.fields["entities"] == [country]


@pytest.mark.parametrize(("capital", "role"), [("rkna", "capital"), ("rnna", "labour_share")])
def test_in_one_panel_the_six_are_refused_by_name(table, capital, role):
    panel = with_hours(panel_of(table, COLUMNS | {"capital": capital}))
    with pytest.raises(tfp.PanelError) as error:
        tfp.preset("pwt").fit(panel)
    assert error.value.code == "entities-without-values"
    assert error.value.fields["role"] == role
    assert error.value.fields["entities"] == WITHOUT_TFP
    for language in ("en", "vi"):
        message = error.value.message(language)
        assert all(country in message for country in WITHOUT_TFP)
