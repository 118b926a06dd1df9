"""The year that no book has yet: ``[[estimate]]``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.errors import MethodError, Place
from tfp.inputs.estimating import estimate_value
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan_file import PLAN_NAME

if TYPE_CHECKING:
    from tfp.panel.panel import Panel
    from tfp.workflow.plans.plan_keys import Keys

MOST_OFF = 100.0  # no figure of an area grows so in a year
WAYS = ("value", "growth", "index")


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """``[[estimate]]``: a figure of the running year, as it was announced."""

    role: str
    year: int
    source: str
    value: float | None = None
    growth: float | None = None
    index: float | None = None
    reason: str = ""
    entity: str | None = None


def read_estimate(keys: Keys) -> Estimate:
    """Return one ``[[estimate]]``."""
    keys.only_one(*WAYS)
    return Estimate(
        role=keys.role("role"),
        year=keys.year("year"),
        source=keys.text("source"),
        value=keys.optional("value", keys.number),
        growth=keys.optional("growth", lambda name: keys.number(name, -100.0, 1000.0)),
        index=keys.optional("index", keys.positive),
        reason=keys.text_or_empty("reason"),
        entity=keys.optional("entity", keys.text),
    )


def estimated(panel: Panel, estimate: Estimate, key: str) -> Panel:
    """Return the panel with one estimate."""
    with placing(key):
        made = estimate_value(
            panel,
            estimate.role,
            estimate.year,
            source=estimate.source,
            value=estimate.value,
            growth=estimate.growth,
            index=estimate.index,
            reason=estimate.reason,
            entity=estimate.entity,
        )
        _check_unit(made, estimate, key)
        return made


def _check_unit(panel: Panel, estimate: Estimate, key: str) -> None:
    """Refuse a figure that is a hundred times off the year before: it has another unit."""
    column, areas = panel.column(estimate.role), None
    if estimate.entity is not None:
        areas = [estimate.entity]
    before = column.values[panel.rows.rows_at(estimate.year - 1, areas)]
    if estimate.value is None or len(before) != 1 or not before[0] > 0.0:
        return
    if not 1.0 / MOST_OFF < estimate.value / before[0] < MOST_OFF:
        raise MethodError(
            "estimate-in-another-unit",
            places=[Place(file=PLAN_NAME, key=f"{key}.value")],
            role=estimate.role,
            year=estimate.year,
            value=estimate.value,
            before=float(before[0]),
            unit=column.unit or "?",
        )
