"""Parts against totals: sectors and product taxes, groups of workers, workers and inhabitants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.inputs.checks.cells import touched_by
from tfp.panel.findings import Finding, finding_at
from tfp.panel.units import units_differ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.arrays import IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

# Parts of published totals differ by rounding: with eight parts in whole units of a total of
# four digits, by 0.04 per cent. More is a discrepancy that needs a name.
PARTS_TOLERANCE = 0.001
PARTS = {
    "output": "output_by_part",
    "output_current": "output_current_by_part",
    "labour": "labour_by_group",
    "labour_income": "labour_income_by_group",
}
WITHIN = (("labour", "population"), ("employees", "labour"))


def parts_and_totals(panel: Panel) -> Iterator[Finding]:
    """Yield a finding for parts that do not add up to their total."""
    for total, role in PARTS.items():
        parts = list(panel.several(role).values())
        if not parts or not panel.has(total):
            continue
        whole = panel.column(total)
        if any(units_differ(part, whole) for part in parts):
            continue
        table = np.stack([part.values for part in parts])
        known = ~np.isnan(table).all(axis=0) & (whole.values > 0.0)
        gap = np.full(len(panel), np.nan)
        added = np.nansum(table, axis=0)
        gap[known] = added[known] / whole.values[known] - 1.0
        rows = np.flatnonzero(np.abs(gap) > PARTS_TOLERANCE)
        if len(rows):
            worst = int(rows[np.argmax(np.abs(gap[rows]))])
            yield finding_at(
                "parts-do-not-add",
                "warn",
                panel,
                rows,
                whole,
                count=len(rows),
                gap=float(100.0 * gap[worst]),
                time=panel.rows.time_label(worst),
                tolerance=100.0 * PARTS_TOLERANCE,
            )


def parts_that_begin(panel: Panel) -> Iterator[Finding]:
    """Yield a finding for each part that begins after the others: they held it before."""
    for part, rows in late_parts(panel):
        yield finding_at(
            "part-begins",
            "warn",
            panel,
            rows,
            part,
            part=part.role.partition(":")[2],
            time=panel.rows.time_label(int(rows[0])),
        )


def late_parts(panel: Panel) -> Iterator[tuple[Column, IntArray]]:
    """Yield each part that begins after other parts of its total, and the first rows with it."""
    for role in PARTS.values():
        parts = list(panel.several(role).values())
        if len(parts) < 2:
            continue
        known = np.stack([~np.isnan(part.values) for part in parts])
        firsts = np.stack([_first_known(panel, of_part) for of_part in known])
        for n, part in enumerate(parts):
            others = np.delete(firsts, n, axis=0).min(axis=0)
            late = (firsts[n] > others) & (firsts[n] < len(panel))
            if late.any():
                yield part, np.sort(firsts[n][late])


def explained_by_parts(panel: Panel) -> set[tuple[str, int]]:
    """Return the changes of level that a part explains which begins there."""
    return {
        (other, int(row))
        for part, rows in late_parts(panel)
        for other in panel.columns
        if other.partition(":")[0] == part.role.partition(":")[0]
        for row in rows
    }


def _first_known(panel: Panel, known: np.ndarray) -> IntArray:
    """Return the first row of each entity with a value; the length of the panel if none."""
    places = np.where(known, np.arange(len(panel)), len(panel))
    return np.minimum.reduceat(places, panel.rows.starts)


def parts_within_wholes(panel: Panel) -> Iterator[Finding]:
    """Yield a finding for workers beyond the inhabitants, and wage workers beyond the workers."""
    for part_role, whole_role in WITHIN:
        if not {part_role, whole_role} <= set(panel.columns):
            continue
        part, whole = panel.column(part_role), panel.column(whole_role)
        sound = whole.values > 0.0
        ratio = np.full(len(panel), np.nan)
        ratio[sound] = part.values[sound] / whole.values[sound]
        if units_differ(part, whole):
            continue
        rows = np.flatnonzero(ratio > 1.0)
        if len(rows):
            yield finding_at(
                "part-beyond-whole",
                "warn",
                panel,
                rows,
                part,
                whole=whole.name,
                ratio=float(ratio[rows[0]]),
                count=len(rows),
                touches=touched_by(part_role),
                size=float(100.0 * np.log(ratio[rows[0]])),
            )
