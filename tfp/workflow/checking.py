"""What is looked at before growth accounts are computed: ``[checks]``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.inputs.checks.checking import check_inputs
from tfp.inputs.prices.base_checks import base_changes
from tfp.inputs.prices.published_growth import contradicting_growth
from tfp.panel.checks import sorted_findings
from tfp.workflow.placing import placing

if TYPE_CHECKING:
    from tfp.panel.findings import Findings
    from tfp.panel.panel import Panel
    from tfp.workflow.plan_keys import Keys


@dataclass(frozen=True, kw_only=True)
class Checks:
    """``[checks]``: how closely figures are held against each other.

    Attributes
    ----------
    growth_tolerance : float or None
        Points by which the level of output may contradict its published growth; half of
        the last printed digit if None.
    """

    growth_tolerance: float | None = None


def read_checks(keys: Keys) -> Checks:
    """Return ``[checks]``."""
    return Checks(
        growth_tolerance=keys.optional(
            "growth_tolerance", lambda name: keys.number(name, 0.0, 100.0)
        )
    )


def data_findings(panel: Panel, checks: Checks) -> Findings:
    """Return what looks wrong in the figures that the accounts would rest on."""
    found = [*check_inputs(panel), *base_changes(panel)]
    if panel.has("output") and panel.has("output_growth"):
        with placing("checks"):
            found += contradicting_growth(panel, tolerance=checks.growth_tolerance)
    return sorted_findings(found)
