"""Every registered estimator keeps the public contract, and the contract notices who does not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

import tfp
from tfp.panel.roles import Column
from tfp.testing import CHECKS, check_estimator, firms

PRIORS = {"capital": tfp.Prior(0.4, 0.2), "labour": tfp.Prior(0.6, 0.2)}
PANEL = firms()


def value_added():
    """Return the firms without their materials."""
    columns = {r: c for r, c in PANEL.columns.items() if not r.startswith("further_inputs")}
    return tfp.Panel.of(rows=PANEL.rows, columns=columns, ledger=PANEL.ledger)


def one_area():
    """Return twenty years of one area."""
    frame = tfp.datasets.generate_provinces(1, 2001, 2020, rng=6).frame
    return tfp.Panel(
        frame, time="year", area="one", output="grdp", capital="capital", labour="labour"
    )


def with_costs():
    """Return the firms with what their materials cost, at prices of one."""
    draws = np.random.default_rng(2).normal(0.0, 0.1, len(PANEL))
    roles = {
        "output_current": PANEL.values("output"),
        "further_incomes:materials": 0.5 * PANEL.values("output") * np.exp(draws),
    }
    panel = PANEL
    for role, values in roles.items():
        panel = panel.with_column(Column(role=role, name=role, values=values))
    return panel


# What an estimator cannot do without, and the panel that it is for; else firms and defaults.
OPTIONS = {
    # With more instruments than firms the weight has no inverse, and units matter by nature.
    "arellano_bond": {"collapse": True},
    "blundell_bond": {"collapse": True},
    "bayesian": {"elasticities": PRIORS, "signs": "positive", "draws": 500},
    # Variances that a flat likelihood finds are found to three digits: they are stated.
    "time_varying": {
        "elasticities": PRIORS,
        "trend": tfp.Prior(0.02, 0.02),
        "elasticity_step": 0.02,
        "tfp_step": 0.01,
        "noise": 0.01,
    },
}
PANELS = {
    "gnr": with_costs,
    "bayesian": value_added,
    # Eight years hold a regression of its own for each firm, also where one is missing.
    "cce": value_added,
    "ces": value_added,
    "kmenta": value_added,
    "time_varying": one_area,
    "translog": value_added,
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", tfp.estimator_names())
def test_it_keeps_the_contract(name, check):
    method = tfp.estimator(name, **OPTIONS.get(name, {}))
    check(method, PANELS[name]() if name in PANELS else PANEL, 1)


@dataclass(frozen=True, eq=False, kw_only=True)
class Broken:
    """Fixed effects with one fault.

    Assumptions
    -----------
    None that holds.

    References
    ----------
    None.
    """

    fault: str
    output_concept: str = "value_added"

    name = "broken"
    requires = ("output",)

    def fit(self, panel, *, rng=None):
        found = tfp.FixedEffects().fit(panel, rng=rng)
        if self.fault == "order":
            found = replace(found, estimates=found.estimates + 1e-3 * panel.values("labour")[0])
        if self.fault == "units":
            found = replace(found, estimates=found.estimates + panel.values("labour").max())
        if self.fault == "seed":
            noise = np.random.default_rng().normal(size=len(found.estimates))
            found = replace(found, estimates=found.estimates + noise)
        if self.fault == "ledger":
            found = replace(found, lost=())
        if self.fault == "shape":
            found = replace(found, log_tfp=found.log_tfp[:-1])
        if self.fault == "concept":
            found = replace(found, output_concept="gross_output")
        return found


@pytest.mark.parametrize(
    ("fault", "promise"),
    [
        ("order", "order of rows"),
        ("units", "unit of"),
        ("seed", "same seed"),
        ("ledger", "in the ledger"),
        ("shape", "log_tfp has the shape"),
        ("concept", "what output is"),
    ],
)
def test_a_fault_is_found(fault, promise):
    with pytest.raises(AssertionError, match=promise):
        check_estimator(Broken(fault=fault), PANEL)


def test_options_that_can_be_changed_are_found():
    @dataclass
    class Loose:
        output_concept: str = "value_added"
        name = "loose"
        requires = ("output",)

        def fit(self, panel, *, rng=None):
            return tfp.FixedEffects().fit(panel, rng=rng)

    with pytest.raises(AssertionError, match="freeze the dataclass"):
        check_estimator(Loose())


def test_a_bare_docstring_is_found():
    with pytest.raises(AssertionError, match="section Assumptions"):
        check_estimator(Bare())


@dataclass(frozen=True)
class Bare:
    """Nothing said."""

    output_concept: str = "value_added"

    name = "bare"
    requires = ("output",)

    def fit(self, panel, *, rng=None):
        return tfp.FixedEffects().fit(panel, rng=rng)


def test_without_a_panel_it_takes_generated_firms():
    check_estimator(tfp.PooledLeastSquares(output_concept="gross_output"))
