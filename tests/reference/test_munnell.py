"""Munnell's 48 states, 1970-1986, as linearmodels ships them.

No TFP was published for them. The averages below were computed once from the data by
another program; what is shown is that a panel of many entities goes through unchanged.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from linearmodels.datasets import munnell

import tfp

pytestmark = pytest.mark.reference

PRINTED = 0.5e-6  # log changes, six decimals
CAPITAL_SHARE = 0.3
MEANS = {"output": 0.029379, "capital": 0.031444, "labour": 0.024775}
MEAN_TFP = 0.002603
PUBLIC_CAPITAL = 0.019177
ROLES = {"entity": "STATE", "time": "YR", "output": "GSP", "capital": "PC", "labour": "EMP"}


@pytest.fixture(scope="module")
def states():
    frame = munnell.load()
    assert frame.shape[0] == 48 * 17
    return frame


@pytest.fixture(scope="module")
def accounts(states):
    shares = tfp.FixedShares(capital=CAPITAL_SHARE)
    return tfp.GrowthAccounting(factor_weights=shares, rates="log").fit(tfp.Panel(states, **ROLES))


def test_mean_growth_and_mean_tfp(accounts):
    growth = accounts.factor_growth / 100
    assert len(growth) == 768
    for name, mean in MEANS.items():
        assert growth[name].mean() == pytest.approx(mean, abs=PRINTED)
    assert growth["tfp"].mean() == pytest.approx(MEAN_TFP, abs=PRINTED)


def test_public_capital_is_a_further_input(states, accounts):
    shares = tfp.FixedShares(capital=CAPITAL_SHARE, further={"public_capital": 0.1})
    panel = tfp.Panel(states, **ROLES, further_inputs={"public_capital": "P_CAP"})
    wider = tfp.GrowthAccounting(factor_weights=shares, rates="log").fit(panel)
    growth = wider.factor_growth / 100
    assert growth["public_capital"].mean() == pytest.approx(PUBLIC_CAPITAL, abs=PRINTED)
    # A tenth of the weight moves from labour to public capital, term by term.
    moved = 0.1 * (growth["labour"] - growth["public_capital"])
    gap = growth["tfp"] - accounts.factor_growth["tfp"] / 100 - moved
    assert gap.abs().max() < 1e-15


def test_the_state_s_average_is_that_of_its_years(accounts):
    periods = accounts.periods(["1971-1986"], average="log").contributions["tfp"]
    by_state = accounts.contributions["tfp"].groupby("STATE", sort=False).mean()
    np.testing.assert_allclose(periods.droplevel("period"), by_state, rtol=0, atol=1e-13)


def test_linearmodels_ships_the_figures_of_the_reference_file(states, reference_data):
    reference = pd.read_csv(reference_data("munnell_states.csv"))
    for ours, theirs in {"GSP": "gsp", "PC": "pc", "EMP": "emp", "P_CAP": "pcap"}.items():
        assert states[ours].tolist() == reference[theirs].tolist()
