"""The decomposition of value added against R's dfvad: its data on mining, 1990 to 2017."""

from __future__ import annotations

import pandas as pd
import pytest

import tfp

COLUMNS = {
    "value": "value_added",
    "alpha": "output_price",
    "beta": "input_quantity",
    "gamma": "input_mix",
    "efficiency": "efficiency",
    "epsilon": "efficiency_change",
    "tau": "technical_progress",
    "TFPG": "tfp",
}
TOLERANCE = 2e-9  # the inputs are printed with nine decimals


@pytest.fixture(scope="module")
def mining(reference_data) -> tfp.ValueAddedAccounts:
    frame = pd.read_csv(reference_data("dfvad_mining_inputs.csv"))
    frame["wages"], frame["rent"] = frame["w2"] * frame["h2"], frame["u2"] * frame["x2"]
    panel = tfp.Panel(
        frame, time="year", area="mining", output="y2", output_price="p2", labour="h2",
        labour_income="wages", capital="x2", capital_income="rent",
    )  # fmt: skip
    return tfp.ValueAddedDecomposition().fit(panel)


@pytest.mark.parametrize("column", COLUMNS)
def test_mining(mining, reference_data, column) -> None:
    published = pd.read_csv(reference_data("dfvad_mining_published.csv"))
    found = mining.factors[COLUMNS[column]]
    assert found.index.tolist() == list(range(1991, 2018))
    assert found.to_numpy() == pytest.approx(published[column].to_numpy(), abs=TOLERANCE, rel=0)


def test_the_published_factors_multiply_and_ours_do(mining) -> None:
    assert mining.largest_gap <= 1e-12
