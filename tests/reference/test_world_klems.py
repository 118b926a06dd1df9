"""World KLEMS, United States 1947-2010: value-added accounts of 31 industries.

The release of April 2013 by Jorgenson, Ho and Samuels: indices of value added,
capital and labour services, hours, and the incomes of capital and labour.
"""

from __future__ import annotations

import pandas as pd
import pytest

import tfp

# Points. The release is printed to the last digit of a double; only the order of a few
# multiplications differs from its authors'.
PRINTED = 1e-11
AGGREGATES = {"23t25", "D", "G", "I", "JtK", "K", "LtQ", "TOT", "Q"}
YEARS = (1948, 2010)

ROLES = {
    "output": "VA_QI",
    "capital": "CAP_QI",
    "labour": "H_EMP",
    "labour_composition": "composition",
    "labour_income": "LAB",
    "capital_income": "CAP",
}
PUBLISHED = {
    "output": "VA_Q",
    "capital": "VAConK",
    "labour": "VAConH",
    "labour_composition": "VAConLC",
    "tfp": "VAConTFP",
}


@pytest.fixture(scope="module")
def table(reference_data):
    frame = pd.read_csv(reference_data("worldklems_usa_2013.csv"))
    # Labour services over hours: what an hour is worth beyond its length.
    return frame.assign(composition=frame["LAB_QI"] / frame["H_EMP"])


@pytest.fixture(scope="module")
def industries(table):
    base = table[~table["code"].isin(AGGREGATES)]
    assert base["code"].nunique() == 31
    return base


def fit(frame, **changes):
    panel = tfp.Panel(frame, entity="code", time="year", **(ROLES | changes))
    return tfp.preset("klems").fit(panel)


def published(frame, accounts):
    return frame.set_index(["code", "year"]).reindex(accounts.contributions.index)


@pytest.mark.parametrize("term", PUBLISHED)
def test_every_published_term_of_every_industry(industries, term):
    accounts = fit(industries)
    expected = published(industries, accounts)[PUBLISHED[term]]
    assert expected.notna().sum() == 31 * (YEARS[1] - YEARS[0] + 1)
    assert (accounts.contributions[term] - expected).abs().max() <= PRINTED


def test_labour_services_are_hours_and_composition_together(industries):
    accounts = fit(industries)
    together = accounts.contributions[["labour", "labour_composition"]].sum(axis=1)
    expected = published(industries, accounts)["VAConL"]
    assert (together - expected).abs().max() <= PRINTED
    services = fit(industries, labour="LAB_QI", labour_composition=None)
    assert (services.contributions["labour"] - expected).abs().max() <= PRINTED
    residual = published(industries, accounts)["VAConTFP"]
    assert (services.contributions["tfp"] - residual).abs().max() <= PRINTED


def test_labour_productivity_is_growth_per_hour(industries):
    accounts = fit(industries)
    form = accounts.productivity_form(unit="log_points")
    ours = form.contributions
    expected = published(industries, accounts)
    hours = accounts.factor_growth["labour"]
    gap = ours["labour_productivity"] - (expected["VA_Q"] - hours)
    assert gap.abs().max() <= PRINTED
    assert (ours["labour_composition"] - expected["VAConLC"]).abs().max() <= PRINTED
    assert (ours["tfp"] - expected["VAConTFP"]).abs().max() <= PRINTED
    assert form.largest_gap <= 1e-12


def test_bad_years_of_single_industries_are_kept_and_remarked(industries):
    accounts = fit(industries)
    assert [finding.code for finding in accounts.warnings] == ["shares-outside-unit-interval"]
    weights = accounts.factor_weights
    assert (weights["labour"] >= 1).any()
    assert (weights["capital"] + weights["labour"] - 1).abs().max() < 1e-15


def test_hours_of_the_total_are_not_the_sum_of_contributions(table):
    """The published total weighs industries; one share times total hours misses it."""
    total = fit(table[table["code"] == "TOT"], labour_composition=None)
    gap = total.contributions["labour"] - published(table, total)["VAConH"]
    assert 0.5 < gap.abs().max() < 0.8
