"""Faults of other programs that ours could share: each has a test, here or where it belongs.

Numbers are those of the list of faults that the methods were written from. Two of its
sixteen cannot be ours: a search bounded by its own start, and a program that breaks under
a new numpy.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import tfp

TESTS = Path(__file__).parents[1]
OF_OTHERS_ALONE = {4, 16}


def test_every_pitfall_has_a_test_that_names_it():
    named = {
        int(number)
        for file in TESTS.rglob("test_*.py")
        for number in re.findall(r"[Pp]itfall[ _]?(\d+)", file.read_text(encoding="utf-8"))
    }
    assert set(range(1, 17)) - OF_OTHERS_ALONE <= named


def log_materials(error):
    firms = tfp.datasets.generate_firms("DGP1", 400, 8, rng=3, measurement_error=error)
    return np.log(firms.frame["materials"].to_numpy()).reshape(400, 8)


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_pitfall_7_errors_of_measurement_are_a_share_of_the_variation_within_firms(share):
    """Around the grand mean it would be that between firms, too, and several times as much."""
    clean = log_materials(0.0)
    error = log_materials(share) - clean
    within = clean.var(axis=1).mean()
    assert error.var() == pytest.approx(share * within, rel=0.1)
    assert clean.var() > 2.0 * within


def test_pitfall_7_deviations_are_from_each_firms_own_mean():
    frame = tfp.datasets.generate_firms("DGP1", 60, 6, rng=4).frame
    roles = {"entity": "firm", "time": "year", "output": "output", "labour": "labour"}
    moved = np.exp(np.random.default_rng(1).normal(0.0, 2.0, 60))[frame["firm"] - 1]
    levels = [
        tfp.FixedEffects().fit(tfp.Panel(each, **roles, capital="capital")).estimates
        for each in (frame, frame.assign(capital=frame["capital"] * moved))
    ]
    np.testing.assert_allclose(levels[0], levels[1], rtol=0, atol=1e-10)


def test_pitfall_15_an_input_that_has_left_the_function_is_said_aloud():
    """A weight of nothing fits well with any substitution: it identifies none."""
    rng = np.random.default_rng(5)
    labour, capital = rng.normal(1.0, 0.5, 40), rng.normal(3.0, 0.5, 40)
    panel = tfp.Panel(
        {
            "year": np.arange(1980, 2020),
            "y": np.exp(labour + rng.normal(0.0, 0.05, 40)),
            "k": np.exp(capital),
            "l": np.exp(labour),
        },
        time="year",
        output="y",
        capital="k",
        labour="l",
    )
    estimate = tfp.CES().fit(panel)
    assert not estimate.identified
    codes = {finding.code for finding in estimate.warnings}
    assert codes & {"substitution-open", "nest-degenerate"}
    ends = [estimate.diagnostics[name] for name in estimate.diagnostics if "substitution_" in name]
    assert max(ends) > 10.0 * min(ends)
