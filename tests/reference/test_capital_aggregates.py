"""Capital of larger wholes from their parts: World KLEMS by industry, Penn World Table by year.

World KLEMS publishes capital services and incomes by industry, no stocks by asset: what
can be rebuilt are its aggregates. The Penn World Table publishes stocks and average rates
of depreciation, but neither investment at constant national prices nor assets: the
investment that its stocks imply is the only one that rebuilds them, and the share of
investment at current purchasing power parities, which the file does have, does not.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

# Points. Printed to the last digit of a double; sums of ten products differ in order.
EXACT = 1e-12
# Each aggregate from the parts next below it: two levels of a Törnqvist index are not one.
PARTS = {
    "23t25": ["23", "24", "25"],
    "D": ["15t16", "17t19", "20", "21t22", "23t25", "26", "27t28", "29", "30t33", "34t35", "36t37"],
    "G": ["50", "51", "52"],
    "I": ["60t63", "64"],
    "K": ["70", "71t74"],
    "JtK": ["J", "K"],
    "LtQ": ["L", "M", "N", "O", "P"],
    "TOT": ["AtB", "C", "D", "E", "F", "G", "H", "I", "JtK", "LtQ"],
}
WITHIN = {"D", "G", "I", "K", "JtK", "LtQ", "23t25"}


@pytest.fixture(scope="module")
def industries(reference_data):
    table = pd.read_csv(reference_data("worldklems_usa_2013.csv"))
    return {
        name: table.pivot_table(index="year", columns="code", values=name)
        for name in ("CAP_QI", "CAP", "VA", "VAConK")
    }


def tornqvist_gap(industries, whole, parts):
    """Return growth of the whole's capital less that of its parts by their income, points."""
    volumes, incomes = industries["CAP_QI"], industries["CAP"]
    frame = volumes[parts].add_prefix("volume ").join(incomes[parts].add_prefix("income "))
    panel = tfp.Panel(
        frame.assign(whole=volumes[whole]).reset_index(),
        time="year",
        output="whole",
        capital={part: f"volume {part}" for part in parts},
        capital_income={part: f"income {part}" for part in parts},
    )
    return tfp.preset("klems").fit(panel).contributions["tfp"]


@pytest.mark.parametrize("whole", PARTS)
def test_capital_services_of_every_aggregate(industries, whole):
    gap = tornqvist_gap(industries, whole, PARTS[whole])
    assert gap.notna().sum() == 63
    assert gap.abs().max() <= EXACT


@pytest.mark.parametrize("whole", PARTS)
def test_capital_contribution_of_every_aggregate(industries, whole):
    value_added = industries["VA"][PARTS[whole]]
    weights = value_added.div(value_added.sum(axis=1), axis=0)
    mean = (weights + weights.shift()) / 2
    ours = (mean * industries["VAConK"][PARTS[whole]]).sum(axis=1, min_count=1)
    assert (ours - industries["VAConK"][whole]).abs().max() <= EXACT


def test_one_step_from_the_industries_misses_the_total(industries):
    base = [code for code in industries["CAP"] if code not in {*WITHIN, "TOT", "Q"}]
    assert len(base) == 31
    gap = tornqvist_gap(industries, "TOT", base).abs()
    assert 0.02 < gap.max() < 0.03
    assert gap.median() < 0.001


@pytest.fixture(scope="module")
def stocks(reference_data):
    table = pd.read_csv(reference_data("pwt1001_asia_usa.csv")).sort_values(["country", "year"])
    before = table.groupby("country")["rnna"].shift()
    return table.assign(implied=table["rnna"] - (1 - table["delta"]) * before)


def initial(stocks):
    first = stocks[stocks["year"] == 1970].set_index("country")["rnna"]
    return tfp.GivenStock(first.to_dict(), year=1970, source="Penn World Table 10.01")


def fit(stocks, investment):
    frame = stocks.assign(i=investment.fillna(0.0))
    panel = tfp.Panel(
        frame, entity="country", time="year", investment="i", depreciation_rate="delta"
    )
    method = tfp.PerpetualInventory(depreciation=tfp.Geometric(), initial_stock=initial(stocks))
    ours = method.fit(panel).stock["end_of_year"]
    return ours / stocks.set_index(["country", "year"])["rnna"].reindex(ours.index) - 1


def test_implied_investment_rebuilds_every_stock_of_twenty_one_countries(stocks):
    # Circular in levels; what it shows is rates by row over 49 years of 21 entities.
    gap = fit(stocks, stocks["implied"])
    assert len(gap) == 21 * 50
    assert gap.abs().max() <= 1e-12
    assert (stocks["implied"].dropna() > 0).all()


def test_the_share_of_investment_in_the_file_does_not(stocks):
    gap = fit(stocks, stocks["csh_i"] * stocks["rgdpna"])
    last = gap.xs(2019, level="year")
    assert last["Viet Nam"] == pytest.approx(-0.21, abs=0.005)
    assert np.abs(last).median() > 0.1
