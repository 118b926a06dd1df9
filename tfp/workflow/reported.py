"""``[[reported]]``: figures already reported, held against those of this run.

A report that was signed cannot be taken back silently: its figure stands beside the one
that the same years give now, with the difference and every cause known so far. What a
plan knows of the old figure (status of its data, hash of its options, vintage) is what
causes can be told from; the difference is not divided among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from tfp.errors import Place, PlanError
from tfp.panel.roles import Status
from tfp.panel.spans import parse_span
from tfp.panel.time import label
from tfp.report.quantities import QUANTITIES, Quantity, quantity_value
from tfp.report.reconciled import Cause, CauseKind, Reconciled
from tfp.report.settled_breaks import settled_breaks
from tfp.workflow.plans.plan_file import PLAN_NAME

if TYPE_CHECKING:
    from datetime import date

    from tfp.results.decomposition import PeriodAverage
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.workflow.plans.plan import Plan
    from tfp.workflow.plans.plan_keys import Keys

SHOWN_HASH = 12


@dataclass(frozen=True, kw_only=True)
class Reported:
    """One ``[[reported]]``.

    Attributes
    ----------
    quantity : str
        What was reported: ``"tfp_share"``, ``"tfp_points"``, ``"output_growth"``...
    period : str
        ``"2024"`` or ``"2016-2020"``.
    value : float
        In per cent or points, as printed.
    document : str
    date : date
    entity : str or None
        Of which area, where the run holds several.
    status : str or None
        Weakest status of the data it rested on.
    options : str or None
        Hash of the options it was computed with, whole or its beginning.
    vintage : str or None
        Vintage of the output it rested on.
    """

    quantity: Quantity
    period: str
    value: float
    document: str
    date: date
    entity: str | None = None
    status: Status | None = None
    options: str | None = None
    vintage: str | None = None


def read_reported(keys: Keys) -> Reported:
    """Return one ``[[reported]]``."""
    return Reported(
        quantity=keys.choice("quantity", QUANTITIES),
        period=read_period(keys),
        value=keys.number("value"),
        document=keys.text("document"),
        date=keys.date("date"),
        entity=keys.optional("entity", keys.text),
        status=keys.optional("status", lambda name: keys.choice(name, get_args(Status))),
        options=keys.optional("options", keys.text),
        vintage=keys.optional("vintage", keys.text),
    )


def read_period(keys: Keys) -> str:
    """Return a year, written as a number or in quotes, or a span of years."""
    if type(keys.value("period")) is int:
        return str(keys.year("period"))
    return keys.period("period")


def reconcile(
    plan: Plan, accounts: GrowthAccounts, average: PeriodAverage, options: str
) -> tuple[Reconciled, ...]:
    """Return each figure already reported beside what this run gives.

    Parameters
    ----------
    plan : Plan
    accounts : GrowthAccounts
    average : {"increments", "sum_of_rates", "log"}
        How the run averages over periods.
    options : str
        Hash of the options of this run.

    Raises
    ------
    PlanError
        ``plan-reported-entity`` for an area that the run does not hold, or for none where
        it holds several.
    """
    now = _Now(accounts, average, options, plan.data.vintages.get("output"))
    return tuple(
        _reconciled(item, now, f"reported[{number}].entity")
        for number, item in enumerate(plan.reported, start=1)
    )


@dataclass(frozen=True)
class _Now:
    """What this run is: its accounts, how it averages, its options and vintage."""

    accounts: GrowthAccounts
    average: PeriodAverage
    options: str
    vintage: str | None


def _reconciled(item: Reported, now: _Now, key: str) -> Reconciled:
    entities = now.accounts.rows.entities
    entity = item.entity or (entities[0] if len(entities) == 1 else "")
    if entity not in entities:
        places = [Place(file=PLAN_NAME, key=key)]
        raise PlanError("plan-reported-entity", places=places, key=key, known=list(entities[:5]))
    value, status = quantity_value(
        now.accounts, item.quantity, item.period, entity=entity, average=now.average
    )
    difference = None if value is None else value - item.value
    return Reconciled(
        quantity=item.quantity,
        period=item.period,
        value=item.value,
        document=item.document,
        date=item.date,
        entity=item.entity or "",
        recomputed=value,
        difference=difference,
        causes=_causes(item, now, difference, status),
        status=status,
    )


def _causes(item: Reported, now: _Now, difference: float | None, status: str) -> tuple[Cause, ...]:
    if difference is None:
        return (Cause(kind="not_computed"),)
    if abs(difference) <= half_a_digit(item.value):
        return (Cause(kind="none"),)
    known = (
        *_changed("status", item.status, status),
        *_changed("vintage", item.vintage, now.vintage),
        *_other_options(item, now.options),
        *_breaks(item, now.accounts),
    )
    return known or (Cause(kind="unknown"),)


def half_a_digit(value: float) -> float:
    """Return half of the last digit that a figure was printed with.

    Examples
    --------
    >>> half_a_digit(45.2), half_a_digit(33.58)
    (0.05, 0.005)
    """
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** min(int(exponent), 0)


def _changed(kind: CauseKind, before: str | None, after: str | None) -> list[Cause]:
    if not before or not after or before == after:
        return []
    return [Cause(kind=kind, fields={"before": before, "after": after})]


def _other_options(item: Reported, options: str) -> list[Cause]:
    if not item.options or options.startswith(item.options.lower()):
        return []
    fields = {"before": item.options[:SHOWN_HASH], "after": options[:SHOWN_HASH]}
    return [Cause(kind="options", fields=fields)]


def _breaks(item: Reported, accounts: GrowthAccounts) -> list[Cause]:
    """Return the breaks inside the period that this run has settled."""
    frequency = accounts.rows.frequency
    first, last = parse_span(item.period, frequency)
    years = {label(time, frequency) for time in range(first, last + 1)}
    return [
        Cause(kind="break", fields={"role": found.role, "year": str(found.at)})
        for found in settled_breaks(accounts.panel_ledger, item.entity or "")
        if found.at in years
    ]
