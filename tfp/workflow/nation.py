"""``[[nation]]``: figures of the nation that the plan names, beside the area's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.report.quantities import QUANTITIES, Quantity, quantity_value
from tfp.report.tables.b11_targets import NationalFigure
from tfp.workflow.reported import read_period

if TYPE_CHECKING:
    from tfp.results.decomposition import PeriodAverage
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.workflow.plans.plan import Plan
    from tfp.workflow.plans.plan_keys import Keys


@dataclass(frozen=True, kw_only=True)
class Nation:
    """One ``[[nation]]``: a figure, the years it is of, and where it was published."""

    quantity: Quantity
    period: str
    value: float
    source: str


def read_nation(keys: Keys) -> Nation:
    """Return one ``[[nation]]``."""
    return Nation(
        quantity=keys.choice("quantity", QUANTITIES),
        period=read_period(keys),
        value=keys.number("value"),
        source=keys.text("source"),
    )


def beside_nation(
    plan: Plan, accounts: GrowthAccounts, average: PeriodAverage
) -> tuple[NationalFigure, ...]:
    """Return the figures of the nation with the area's own; none where there are several areas."""
    if len(accounts.rows.entities) > 1:
        return ()
    found = []
    for item in plan.nation:
        own, status = quantity_value(accounts, item.quantity, item.period, average=average)
        found.append(
            NationalFigure(
                quantity=item.quantity,
                period=item.period,
                value=item.value,
                source=item.source,
                own=own,
                status=status,
            )
        )
    return tuple(found)
