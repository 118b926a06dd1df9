"""The checks of columns beside each other: vintages, units, shares and ratios.

They are part of :func:`tfp.panel.checks.check_panel`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import Place
from tfp.numerics.medians import median_of
from tfp.panel.agreement import stated_differently
from tfp.panel.findings import Finding, finding_at
from tfp.panel.price_bases import at_current_prices
from tfp.panel.units import counts_hours, units_differ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Severity
    from tfp.panel.panel import Panel

ACCOUNT_ROLES = ("output", "capital", "investment")
CAPITAL_OUTPUT = (0.5, 8.0)
INVESTMENT_OUTPUT = (0.02, 1.0)
# No economy invests so little or so much: one of the two is in another unit.
INVESTMENT_IMPOSSIBLE = (0.02, 2.0)
PER_CENT_SUSPECTED = 1.5


def agreement(panel: Panel) -> Iterator[Finding]:
    """Vintages, price bases and boundaries that do not match between columns."""
    account = [
        column for role, column in panel.columns.items() if role.partition(":")[0] in ACCOUNT_ROLES
    ]
    everything = list(panel.columns.values())
    for code, what, columns in (
        ("vintages-mixed", "vintage", account),
        ("price-bases-mixed", "price_base", account),
        ("boundaries-mixed", "boundary", everything),
    ):
        stated = stated_differently(columns, what)
        if stated:
            yield Finding(
                code=code,
                severity="block",
                places=tuple(Place(column=panel.column(role).name) for role in stated),
                fields={"stated": [f"{role}: {value}" for role, value in stated.items()]},
            )


def current_prices(panel: Panel) -> Iterator[Finding]:
    """Find output, capital or investment at the prices of each year: growth has prices in it."""
    for role, column in panel.columns.items():
        if role.partition(":")[0] in ACCOUNT_ROLES and at_current_prices(column.price_base):
            yield Finding(
                code="account-at-current-prices",
                severity="block",
                places=(Place(column=column.name),),
                fields={"role": role, "column": column.name, "base": column.price_base},
            )


def units(panel: Panel) -> Iterator[Finding]:
    """Find output and investment in different units: their ratio starts capital.

    Capital that is given may be in any unit; only its growth is used.
    """
    columns = [panel.columns[role] for role in ("output", "investment") if role in panel.columns]
    if len(columns) == 2 and units_differ(*columns):
        yield Finding(
            code="units-mixed",
            severity="block",
            places=tuple(Place(column=column.name) for column in columns),
            fields={"stated": [f"{column.role}: {column.unit}" for column in columns]},
        )


def shares(panel: Panel) -> Iterator[Finding]:
    """Income shares and rates outside the unit interval, or written in per cent."""
    for column in panel.columns.values():
        if column.kind != "share":
            continue
        per_cent = np.flatnonzero(column.values > PER_CENT_SUSPECTED)
        if len(per_cent):
            share = float(column.values[per_cent[0]])
            yield finding_at("share-in-per-cent", "block", panel, per_cent, column, share=share)
            continue
        outside = (column.values <= 0.0) | (column.values >= 1.0)
        if column.role == "depreciation_rate":
            outside &= column.values != 0.0
        rows = np.flatnonzero(outside)
        if len(rows):
            share = float(column.values[rows[0]])
            yield finding_at("share-outside", "warn", panel, rows, column, share=share)


def ratios(panel: Panel) -> Iterator[Finding]:
    """Capital and investment that are implausible beside output of the same unit."""
    if "output" not in panel.columns:
        return
    output = panel.column("output")
    for role, (low, high), code in (
        ("capital", CAPITAL_OUTPUT, "capital-output-ratio"),
        ("investment", INVESTMENT_OUTPUT, "investment-ratio"),
    ):
        for column in panel.in_role(role):
            if units_differ(column, output):
                continue
            # Output or capital at or below zero is a finding of its own, negative investment too.
            sound = output.values > 0.0
            sound &= column.values > 0.0 if column.kind == "quantity" else column.values >= 0.0
            ratio = np.full(len(panel), np.nan)
            np.divide(column.values, output.values, out=ratio, where=sound)
            rows = np.flatnonzero((ratio < low) | (ratio > high))
            if len(rows):
                first = float(ratio[rows[0]])
                grave = column.role == "investment" and _mostly_outside(
                    ratio, *INVESTMENT_IMPOSSIBLE
                )
                severity: Severity = "block" if grave else "warn"
                yield finding_at(
                    code, severity, panel, rows, column, ratio=first, low=low, high=high
                )


def _mostly_outside(ratio: FloatArray, low: float, high: float) -> bool:
    """Tell whether the middle of some ratios, not a year alone, is impossible."""
    known = ratio[~np.isnan(ratio)]
    middle = median_of(known) if len(known) else 1.0
    return not low <= middle <= high


def negative_investment(panel: Panel) -> Iterator[Finding]:
    """Investment below zero."""
    for column in panel.in_role("investment"):
        rows = np.flatnonzero(column.values < 0.0)
        if len(rows):
            value = float(column.values[rows[0]])
            yield finding_at(
                "investment-negative", "warn", panel, rows, column, count=len(rows), value=value
            )


def education_twice(panel: Panel) -> Iterator[Finding]:
    """Human capital beside labour composition, unless it was said that they are two things."""
    if "human_capital" not in panel.columns or "labour_composition" not in panel.columns:
        return
    said = (entry.fields.get("beside_human_capital") for entry in panel.ledger)
    if any(said):
        return
    schooling, groups = (panel.columns[role] for role in ("human_capital", "labour_composition"))
    yield Finding(
        code="education-twice",
        severity="block",
        places=(Place(column=schooling.name), Place(column=groups.name)),
        fields={"schooling": schooling.name, "composition": groups.name},
    )


def hours_twice(panel: Panel) -> Iterator[Finding]:
    """Labour in hours beside hours per worker."""
    for column in panel.in_role("labour"):
        if "hours_per_worker" in panel.columns and counts_hours(column.unit):
            hours = panel.column("hours_per_worker").name
            yield Finding(
                code="hours-twice",
                severity="block",
                places=(Place(column=column.name), Place(column=hours)),
                fields={
                    "role": column.role,
                    "column": column.name,
                    "unit": column.unit,
                    "hours": hours,
                },
            )
