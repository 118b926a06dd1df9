"""What is said of a sample whatever the estimator."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

ROLES = {"entity": "firm", "time": "year", "output": "output", "capital": "capital"}
METHODS = {
    "pooled": tfp.PooledLeastSquares,
    "within": tfp.FixedEffects,
    "differences": tfp.FirstDifferences,
    "translog": tfp.Translog,
    "ces": tfp.CES,
}


def codes(estimate):
    return [finding.code for finding in estimate.warnings]


@pytest.fixture(scope="module")
def firms():
    return tfp.datasets.generate_firms("DGP2", 60, 5, rng=1).frame


@pytest.mark.parametrize("name", METHODS)
def test_materials_in_a_function_of_value_added_are_pointed_out(firms, name):
    given = {**ROLES, "labour": "labour"}
    without = tfp.Panel(firms, **given)
    carried = tfp.Panel(firms, **given, further_inputs={"materials": "materials"})
    assert "inputs-of-value-added" not in codes(METHODS[name]().fit(without))
    estimate = METHODS[name]().fit(carried)
    found = {finding.code: finding for finding in estimate.warnings}["inputs-of-value-added"]
    assert found.fields["terms"] == ("materials",)
    assert found.severity == "warn"
    gross = METHODS[name](output_concept="gross_output").fit(carried)
    assert "inputs-of-value-added" not in codes(gross)


@pytest.mark.parametrize(
    "method", [tfp.AckerbergCavesFrazer(), tfp.LevinsohnPetrin(), tfp.Wooldridge()]
)
def test_a_proxy_is_no_input(firms, method):
    panel = tfp.Panel(firms, **ROLES, labour="labour", further_inputs={"materials": "materials"})
    assert "inputs-of-value-added" not in codes(method.fit(panel))


@pytest.mark.parametrize(
    "method", [tfp.PooledLeastSquares(), tfp.FirstDifferences(), tfp.CES(), tfp.Kmenta()]
)
def test_few_years_of_one_area_are_pointed_out_by_every_estimator(method):
    rng = np.random.default_rng(1)
    years = np.arange(2000, 2025)
    inputs = np.exp(np.cumsum(rng.normal(0.05, 0.03, (2, len(years))), axis=1))
    output = np.exp(rng.normal(0.0, 0.01, len(years))) * inputs[0] ** 0.4 * inputs[1] ** 0.6
    frame = {"year": years, "y": output, "k": inputs[0], "l": inputs[1]}
    for count, said in ((15, True), (25, False)):
        panel = tfp.Panel(
            {name: values[:count] for name, values in frame.items()},
            time="year", output="y", capital="k", labour="l",
        )  # fmt: skip
        assert ("few-years" in codes(method.fit(panel))) == said
