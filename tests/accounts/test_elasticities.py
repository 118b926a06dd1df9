"""Accounts of value added by estimates, on panels that carry the proxy of the estimate too."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import tfp

ROLES = {
    "entity": "firm", "time": "year", "output": "output", "capital": "capital", "labour": "labour",
}  # fmt: skip
PROXY = {"further_inputs": {"materials": "materials"}}


@pytest.fixture(scope="module")
def frame():
    return tfp.datasets.generate_firms("DGP2", 120, 5, rng=1).frame


@pytest.fixture(scope="module")
def estimate(frame):
    return tfp.Wooldridge().fit(tfp.Panel(frame, **ROLES, **PROXY))


def accounts_of(panel, estimate, **options):
    weights = tfp.OutputElasticities(estimate)
    return tfp.GrowthAccounting(factor_weights=weights, **options).fit(panel)


def codes(accounts):
    return [(finding.code, finding.severity) for finding in accounts.warnings]


def test_the_proxy_is_no_factor_of_value_added(frame, estimate):
    with_proxy = accounts_of(tfp.Panel(frame, **ROLES, **PROXY), estimate)
    without = accounts_of(tfp.Panel(frame, **ROLES), estimate)

    assert with_proxy.factor_names == ("capital", "labour")
    np.testing.assert_array_equal(with_proxy.term("tfp"), without.term("tfp"))
    assert codes(with_proxy) == [("input-not-of-value-added", "note")]
    assert codes(without) == []


def test_an_estimate_from_elsewhere_does_not_know_what_the_other_input_is(frame):
    stated = tfp.StatedElasticities({"capital": 0.4, "labour": 0.6}, "value_added", "aggregate")
    accounts = accounts_of(tfp.Panel(frame, **ROLES, **PROXY), stated)
    assert accounts.factor_names == ("capital", "labour")
    assert codes(accounts) == [("input-without-elasticity", "warn")]
    assert accounts.warnings[0].fields == {"name": "materials"}


def test_gross_output_needs_them_all(frame):
    stated = tfp.StatedElasticities({"capital": 0.2, "labour": 0.3}, "gross_output", "firm")
    with pytest.raises(tfp.MethodError) as error:
        accounts_of(tfp.Panel(frame, **ROLES, **PROXY), stated, output_concept="gross_output")
    assert error.value.code == "elasticities-missing"


def test_capital_and_labour_are_never_left_out(frame):
    stated = tfp.StatedElasticities({"capital": 0.4}, "value_added", "firm")
    with pytest.raises(tfp.MethodError) as error:
        accounts_of(tfp.Panel(frame, **ROLES, **PROXY), stated)
    assert error.value.code == "elasticities-missing"


def test_elasticities_of_these_firms_are_of_no_aggregate(frame, estimate):
    """Only elsewhere is it remarked that they were estimated on firms."""
    sector = frame.groupby("year", as_index=False)[["output", "capital", "labour"]].sum()
    aggregate = tfp.Panel(sector, time="year", output="output", capital="capital", labour="labour")
    assert codes(accounts_of(aggregate, estimate)) == [("firm-elasticities-on-aggregate", "warn")]


def test_both_stand_side_by_side_with_bands(frame, estimate):
    panel = tfp.Panel(frame, **ROLES, **PROXY)
    comparison = tfp.compare_estimates(
        {
            "Wooldridge": estimate,
            "fixed effects": tfp.FixedEffects().fit(tfp.Panel(frame, **ROLES)),
        },
        panel=panel,
        periods=["2002-2005"],
    )
    tidy = comparison.tidy()
    assert (tidy["tfp_growth_low"] < tidy["tfp_growth"]).all()
    assert (tidy["tfp_growth"] < tidy["tfp_growth_high"]).all()


def test_accounts_say_that_the_estimate_behind_them_is_not_identified(frame):
    panel = tfp.Panel(frame, **ROLES, **PROXY)
    estimate = tfp.AckerbergCavesFrazer(proxy="materials").fit(panel)
    unsure = dataclasses.replace(estimate, identified=False)
    sure = dataclasses.replace(estimate, identified=True)

    assert ("elasticities-not-identified", "warn") in codes(accounts_of(panel, unsure))
    assert "elasticities-not-identified" not in dict(codes(accounts_of(panel, sure)))
