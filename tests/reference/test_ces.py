"""CES functions against micEconCES 1.0-2 as printed; see the notes of the data.

Residual sums are compared where parameters are hardly identified: a smaller one than
printed is a better fit of the same function.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

KEMFERT = {
    ("K", "E", "A"): 3263.17588638,
    ("K", "A", "E"): 3646.48482575,
    ("E", "A", "K"): 3356.83898255,
}
MISHRA = {
    "plain_scale": 62.995879822390,
    "plain_weight_X1_in_X1+X2": 0.599992904431,
    "plain_weight_X3_in_X3+X4": 0.300001643150,
    "plain_weight_X1+X2_in_X1+X2+X3+X4": 0.499997804847,
}


def reference(data, name):
    return pd.read_csv(data(name))


def test_mishra(reference_data):
    frame = reference(reference_data, "mishra_ces.csv").assign(year=lambda d: 1900 + d["No"])
    panel = tfp.Panel(
        frame, time="year", output="Y", further_inputs={f"X{i}": f"X{i}" for i in range(1, 5)}
    )
    estimate = tfp.CES(nests=(("X1", "X2"), ("X3", "X4")), error="additive").fit(panel)
    for name, value in MISHRA.items():
        assert estimate.diagnostics[name] == pytest.approx(value, abs=1e-5)
    found = dict(zip(estimate.terms, estimate.estimates, strict=True))
    assert found["rho of X1+X2"] == pytest.approx(0.499968905052, abs=1e-5)
    assert found["rho of X3+X4"] == pytest.approx(-0.170017505873, abs=1e-5)
    assert found["rho of X1+X2+X3+X4"] == pytest.approx(0.599978380031, abs=1e-5)
    assert estimate.diagnostics["residual_sum"] <= 0.0925658997102
    assert estimate.identified
    errors = dict(zip(estimate.terms, estimate.std_errors, strict=True))
    # Theirs divide by the number of rows, ours by degrees of freedom.
    theirs = 3.41567037480e-05 * np.sqrt(50 / 43)
    assert errors["rho of X1+X2"] == pytest.approx(theirs, rel=1e-4)


def growth_dj(data):
    frame = reference(data, "growthdj.csv")
    frame = frame[frame["oil"] == "no"].assign(
        country=lambda d: [f"country {i}" for i in range(len(d))],
        year=1985,
        one=1.0,
        ratio=lambda d: (d["popgrowth"] + 5) / d["invest"],
    )
    return tfp.Panel(
        frame, entity="country", time="year", output="gdp85",
        further_inputs={"x1": "one", "x2": "ratio"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("error", "residual_sum"), [("additive", 1076130798.01), ("multiplicative", 44.1932971736)]
)
def test_growth_of_countries(reference_data, error, residual_sum):
    """One weight is negative: no production function, and said so."""
    method = tfp.CES(error=error, region="free", covariance=tfp.Conventional())
    estimate = method.fit(growth_dj(reference_data))
    assert estimate.diagnostics["residual_sum"] == pytest.approx(residual_sum, rel=1e-8)
    assert not estimate.identified
    assert [finding.code for finding in estimate.warnings] == ["nest-degenerate"]


def kemfert(data):
    frame = reference(data, "german_industry_kemfert.csv")
    frame = frame[~frame["year"].isin([1973, 1974, 1975])]
    return tfp.Panel(frame, time="year", output="Y", further_inputs={n: n for n in "KEA"})


@pytest.mark.parametrize("order", KEMFERT)
def test_kemfert_fits_no_worse_than_printed(reference_data, order):
    method = tfp.CES(nests=(order[:2], order[2]), error="additive", trend=True, region="free")
    estimate = method.fit(kemfert(reference_data))
    assert estimate.diagnostics["residual_sum"] <= KEMFERT[order]


def test_pitfall_15_a_degenerate_nest_is_said_aloud(reference_data):
    """Capital with energy: the smallest residual sum of all stands where capital has left."""
    estimate = tfp.CES(nests=(("K", "E"), "A"), error="additive", trend=True).fit(
        kemfert(reference_data)
    )
    assert not estimate.identified
    found = {f.fields["nest"]: f for f in estimate.warnings if f.code == "nest-degenerate"}
    assert found["K+E"].fields["weight"] < 1e-4
    assert "no weights" in found["K+E"].part("effect")
    # The range of substitution of the nest without capital is open.
    assert estimate.diagnostics["substitution_high_K+E+A"] == np.inf
