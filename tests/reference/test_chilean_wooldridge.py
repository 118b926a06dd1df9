"""Wooldridge's second equation on Chilean plants, as prodest 1.0.1 prints it (ROB)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

ROB = {
    "skilled": 0.254801330086161,
    "unskilled": 0.218014067574603,
    "capital": 0.160103368965825,
}
# Its standard errors are those of two-stage least squares with equal, independent errors.
PRINTED_ERRORS = {
    "skilled": 0.0200906085828049,
    "unskilled": 0.0180201196211679,
    "capital": 0.0250377851797509,
}


@pytest.fixture(scope="module")
def plants(reference_data):
    frame = pd.read_csv(reference_data("chilean_prodest.csv"))
    names = {"Y": "output", "sX": "capital", "fX1": "skilled", "fX2": "unskilled", "pX": "power"}
    levels = frame[["idvar", "timevar"]].assign(
        **{new: np.exp(frame[old]) for old, new in names.items()}
    )
    return tfp.Panel(
        levels,
        entity="idvar",
        time="timevar",
        output="output",
        capital="capital",
        further_inputs={name: name for name in ("skilled", "unskilled", "power")},
    )


def test_the_second_equation_as_printed(plants):
    method = tfp.Wooldridge(
        equations="second", proxy="power", flexible=("skilled", "unskilled"), degree=2
    )
    estimate = method.fit(plants)
    assert estimate.diagnostics["rows"] == 1944
    errors = dict(zip(estimate.terms, estimate.std_errors, strict=True))
    for name, printed in ROB.items():
        assert estimate.elasticities[name] == pytest.approx(printed, abs=1e-10)
        # Plants last: what a plant does not explain in one year it does not in the next.
        assert errors[name] > 1.5 * PRINTED_ERRORS[name]


def test_zeros_among_logarithms_are_said_aloud(plants):
    estimate = tfp.Wooldridge(proxy="power", flexible=("skilled", "unskilled")).fit(plants)
    said = {name for finding in estimate.warnings for name in finding.fields.get("terms", ())}
    assert said >= {"skilled", "unskilled"}
