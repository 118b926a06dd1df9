"""World KLEMS, United States: capital services of the total from those of its industries.

The published total was put together from 70 industries and asset by asset; the file has 31.
Industries stand for assets here, and their capital income for rental cost.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

AGGREGATES = {"23t25", "D", "G", "I", "JtK", "K", "LtQ", "TOT", "Q"}
# Log points a year: what 31 industries in place of 70 leave on the mean, and at worst.
MEAN_GAP, LARGEST_GAP = 0.0013, 0.026


@pytest.fixture(scope="module")
def table(reference_data):
    return pd.read_csv(reference_data("worldklems_usa_2013.csv"))


@pytest.fixture(scope="module")
def services(table):
    base = table[~table["code"].isin(AGGREGATES)]
    wide = base.pivot_table(index="year", columns="code", values=["CAP_QI", "CAP"])
    wide.columns = [f"{what}_{code}" for what, code in wide.columns]
    codes = sorted(base["code"].unique())
    assert len(codes) == 31
    panel = tfp.Panel(
        wide.reset_index(),
        time="year",
        capital={code: f"CAP_QI_{code}" for code in codes},
        capital_income={code: f"CAP_{code}" for code in codes},
    )
    return tfp.CapitalServices(user_cost=None).fit(panel)


def test_the_published_total_is_the_tornqvist_index_of_its_industries(table, services) -> None:
    total = table[table["code"] == "TOT"].set_index("year")["CAP_QI"]
    published = 100.0 * np.log(total / total.shift()).dropna()
    gap = (services.growth["services"].dropna() - published).abs()
    assert len(gap) == 63
    assert gap.mean() <= MEAN_GAP
    assert gap.max() <= LARGEST_GAP


def test_costs_are_the_published_capital_income(table, services) -> None:
    total = table[table["code"] == "TOT"].set_index("year")["CAP"]
    assert services.costs.sum(axis=1).to_numpy() == pytest.approx(total.to_numpy(), rel=1e-12)
