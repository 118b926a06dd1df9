"""Figures that were printed wrongly: ``[[correct]]``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.inputs.checks.correcting import correct_values
from tfp.workflow.plans.placing import placing

if TYPE_CHECKING:
    from tfp.panel.panel import Panel
    from tfp.workflow.plans.plan_keys import Keys


@dataclass(frozen=True, kw_only=True)
class Correction:
    """``[[correct]]``: one figure that is wrong, as it is printed and as it should be.

    Without `value` the cell is emptied: it is known only that the figure is wrong.
    """

    role: str
    year: int
    printed: float
    reason: str
    source: str
    value: float | None = None
    unknown: bool = False
    entity: str | None = None


def read_correction(keys: Keys) -> Correction:
    """Return one ``[[correct]]``."""
    way = keys.only_one("value", "unknown")
    if way == "unknown" and not keys.truth("unknown"):
        raise keys.error("plan-key-missing", "value", key=keys.key("value"))
    return Correction(
        role=keys.role("role"),
        year=keys.year("year"),
        printed=keys.number("printed"),
        value=keys.optional("value", keys.number),
        unknown=way == "unknown",
        reason=keys.text("reason"),
        source=keys.text("source"),
        entity=keys.optional("entity", keys.text),
    )


def corrected(panel: Panel, correction: Correction, key: str) -> Panel:
    """Return the panel with one figure corrected."""
    with placing(key):
        return correct_values(
            panel,
            correction.role,
            {correction.year: (correction.printed, correction.value)},
            reason=correction.reason,
            source=correction.source,
            entity=correction.entity,
        )
