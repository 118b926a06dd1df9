"""The checks of a panel: what looks wrong before anything is computed.

Each check reads the panel and yields findings. Thresholds are wide: a finding is worth a
look, and says what the error, if it is one, would do to TFP growth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import Place
from tfp.numerics.growth import growth_rates
from tfp.numerics.medians import NORMAL, median_of, row_medians
from tfp.panel.beside import is_beside
from tfp.panel.column_checks import (
    agreement,
    current_prices,
    education_twice,
    hours_twice,
    negative_investment,
    ratios,
    shares,
    units,
)
from tfp.panel.findings import MOST_PLACES, Finding, Findings, Severity, finding_at
from tfp.panel.keys import similar_labels
from tfp.panel.roles import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

# A change of unit by thousand or million: within a factor of two of a power of 1,000.
UNIT_STEP, UNIT_MARGIN = 3.0, 0.30
# A jump: more than a quarter in a year and far outside the column's own spread.
JUMP_LOG, JUMP_SPREADS = 0.25, 6.0
# What accounts are made of does not change by more than a factor e in a year: a decimal
# lost, or another series. Investment may.
GRAVE_JUMP_LOG, GRAVE_JUMP_ROLES = 1.0, ("output", "capital", "labour")
# Employment that falls by more than four per cent while output grows; it must be settled
# where it is farther from the entity's other years than this. Histories are short: with
# six spreads, five good years would hide a fall of seventeen per cent.
LABOUR_FALL, LABOUR_SPREADS = -0.04, 4.0
SHORT_HISTORY = 4  # fewer growth rates cannot tell what is usual
CELLS_AT_ONCE = 1 << 20  # of a table of growth rates; eight megabytes
ORDER: tuple[Severity, ...] = ("block", "warn", "note")


def check_panel(panel: Panel) -> Findings:
    """Return all findings, the gravest first.

    Parameters
    ----------
    panel : Panel

    Returns
    -------
    Findings
        Gaps, missing and repeated values, values without growth, jumps, changes of unit,
        changes of definition, suspected breaks of labour, columns given twice, vintages,
        price bases, boundaries and units that do not match, current prices, shares outside
        (0, 1), implausible ratios, negative investment, hours counted twice, names spelled in
        two ways, data that are not final.
    """
    return sorted_findings(finding for check in CHECKS for finding in check(panel))


def sorted_findings(found: Iterable[Finding]) -> Findings:
    """Return findings with the gravest first, otherwise in their order."""
    return Findings(sorted(found, key=lambda finding: ORDER.index(finding.severity)))


def gaps(panel: Panel) -> Iterator[Finding]:
    """Periods that are missing inside an entity."""
    rows = panel.rows.gaps
    if len(rows):
        times = panel.rows.times
        count = int(np.sum(times[rows] - times[rows - 1] - 1))
        places = panel.rows.missing_before(rows[:MOST_PLACES])[:MOST_PLACES]
        yield Finding(
            code="gap",
            severity="warn",
            places=places,
            fields={"count": count},
            more_places=count - len(places),
        )


def missing_values(panel: Panel) -> Iterator[Finding]:
    """Empty cells, and columns that hold nothing else."""
    for column in panel.columns.values():
        blank = np.isnan(column.values)
        if column.role == "output_growth" and not blank.all():
            # The first period has none to grow from.
            blank[panel.rows.starts] = False
        rows = np.flatnonzero(blank)
        if len(rows) == len(panel):
            yield Finding(
                code="column-empty",
                severity="block",
                places=(Place(column=column.name),),
                fields={"column": column.name, "role": column.role},
            )
        elif len(rows) and is_beside(panel, column):
            yield finding_at("missing-beside", "note", panel, rows, column, count=len(rows))
        elif len(rows):
            yield finding_at("missing-values", "warn", panel, rows, column, count=len(rows))


def not_positive(panel: Panel) -> Iterator[Finding]:
    """Quantities at or below zero, which have no growth."""
    for column in _quantities(panel):
        rows = np.flatnonzero(column.values <= 0.0)
        if len(rows):
            value = float(column.values[rows[0]])
            yield finding_at(
                "not-positive", "block", panel, rows, column, count=len(rows), value=value
            )


def columns_twice(panel: Panel) -> Iterator[Finding]:
    """One column of the frame under two roles."""
    roles: dict[str, list[str]] = {}
    for column in panel.columns.values():
        roles.setdefault(column.name, []).append(column.role)
    for name, given in roles.items():
        if len(given) > 1:
            yield Finding(
                code="column-in-two-roles",
                severity="block",
                places=(Place(column=name),),
                fields={"column": name, "roles": given},
            )


def repeated_values(panel: Panel) -> Iterator[Finding]:
    """Exactly the same figure in two neighbouring periods."""
    for column in _quantities(panel):
        growth = growth_rates(column.values, panel.rows.breaks, "simple")
        # Where a break was linked, the growth is the link's, and may be none by assumption.
        rows = np.setdiff1d(np.flatnonzero(growth == 0.0), column.accepted)
        # An index that is constant by intention repeats everywhere: that is no finding.
        if 0 < len(rows) <= np.count_nonzero(~np.isnan(growth)) / 2:
            yield finding_at("repeated-value", "warn", panel, rows, column, count=len(rows))


def names_alike(panel: Panel) -> Iterator[Finding]:
    """Entities whose names differ only in spelling."""
    for group in similar_labels(panel.rows.entities):
        yield Finding(
            code="entity-names-alike",
            severity="warn",
            places=tuple(Place(entity=name) for name in group),
            fields={"names": list(group)},
        )


def jumps_and_units(panel: Panel) -> Iterator[Finding]:
    """Find steps by a power of a thousand, and jumps outside the column's own spread."""
    for column in (*_quantities(panel), *panel.in_role("investment")):
        change = _log_change(panel, column)
        size = np.abs(change) / np.log(10.0)
        steps = np.round(size / UNIT_STEP)
        unit = (steps >= 1) & (np.abs(size - UNIT_STEP * steps) < UNIT_MARGIN)
        rows = np.flatnonzero(unit)
        if len(rows):
            ratio = float(np.exp(change[rows[0]]))
            factor = ratio if ratio >= 1.0 else 1.0 / ratio
            yield finding_at("unit-change", "block", panel, rows, column, factor=factor)
        usual = change[~unit & ~np.isnan(change)]
        if len(usual) == 0:
            continue
        middle = median_of(usual)
        spread = NORMAL * median_of(np.abs(usual - middle))
        limit = max(JUMP_LOG, JUMP_SPREADS * spread)
        large = ~unit & (np.abs(change) > JUMP_LOG)
        jumps = large & (np.abs(change - middle) > limit)
        grave = _is_grave(column, change) & ~unit
        severities: tuple[Severity, Severity] = ("block", "warn")
        for severity, chosen in zip(severities, (grave, jumps & ~grave), strict=True):
            rows = np.flatnonzero(chosen)
            if len(rows):
                jump = float(100.0 * np.expm1(change[rows[0]]))
                yield finding_at(
                    "jump", severity, panel, rows, column, change=jump, count=len(rows)
                )


def _is_grave(column: Column, change: FloatArray) -> NDArray[np.bool_]:
    """Tell which jumps must be settled: by more than a factor e, without a word on them."""
    grave = np.abs(change) > GRAVE_JUMP_LOG
    grave[list(column.accepted)] = False
    return grave & (column.role.partition(":")[0] in GRAVE_JUMP_ROLES)


def definitions(panel: Panel) -> Iterator[Finding]:
    """Find declared changes of definition that were neither spliced nor accepted."""
    for column in panel.columns.values():
        if not column.breaks_of_definition:
            continue
        changes = np.array(column.breaks_of_definition, dtype=np.intp)
        settled = np.union1d(panel.rows.breaks, np.array(column.accepted, dtype=np.intp))
        pending = np.setdiff1d(changes, settled)
        # Beside a missing value no growth is taken, and there is nothing to settle.
        taken = ~(np.isnan(column.values[pending]) | np.isnan(column.values[pending - 1]))
        pending = pending[taken]
        blank = column.blanks_beside(pending)
        if len(blank):
            known = list(column.definitions)
            yield finding_at(
                "definition-blank", "block", panel, blank, column, count=len(blank), known=known
            )
            pending = np.setdiff1d(pending, np.append(blank, blank + 1))
        if len(pending):
            row = int(pending[0])
            # No growth is taken of a share: a change there is remarked and does not block.
            is_share = column.kind == "share"
            yield finding_at(
                "share-definition-change" if is_share else "definition-change",
                "warn" if is_share else "block",
                panel,
                pending,
                column,
                before=column.definition_of(row - 1),
                after=column.definition_of(row),
                change=_per_cent(column, row),
            )


def accepted_breaks(panel: Panel) -> Iterator[Finding]:
    """Find breaks that were left by an explicit word, and links that are assumed."""
    for entry in panel.ledger:
        if entry.action in ("break accepted", "assumed"):
            entity, time = entry.rows[-1] if entry.rows else ("", "")
            time = entry.fields.get("period", time)
            yield Finding(
                code="break-accepted" if entry.action == "break accepted" else "link-assumed",
                severity="warn",
                places=(Place(entity=entity or None, time=time),),
                fields={"role": entry.role, "reason": entry.reason, **entry.fields},
            )


def mixed_income(panel: Panel) -> Iterator[Finding]:
    """Find a labour share that leaves out the self-employed."""
    for entry in panel.ledger:
        if entry.cause == "share_compensation_only" and entry.role == "labour_share":
            yield Finding(
                code="mixed-income-as-capital",
                severity="warn",
                places=tuple(Place(entity=name or None, time=time) for name, time in entry.rows),
            )


def labour_breaks(panel: Panel) -> Iterator[Finding]:
    """Employment that falls sharply while output grows, without a declared reason.

    It must be settled where the fall lies far outside the entity's own history, as a new
    definition does; where employment swings anyway, as in single industries, it is worth
    a look.
    """
    if not {"labour", "output"} <= set(panel.columns):
        return
    labour, output = panel.column("labour"), panel.column("output")
    fall, growth = _log_change(panel, labour), _log_change(panel, output)
    known = np.array([*labour.accepted, *labour.breaks_of_definition], dtype=np.intp)
    rows = np.setdiff1d(np.flatnonzero((fall < LABOUR_FALL) & (growth > 0.0)), known)
    outside = _is_outside_history(panel, fall, rows)
    severities: tuple[Severity, Severity] = ("block", "warn")
    for severity, chosen in zip(severities, (rows[outside], rows[~outside]), strict=True):
        if len(chosen):
            change = -_per_cent(labour, int(chosen[0]))
            yield finding_at(
                "labour-break-suspected",
                severity,
                panel,
                chosen,
                labour,
                change=change,
                effect=change,
            )


def _is_outside_history(panel: Panel, change: FloatArray, rows: IntArray) -> NDArray[np.bool_]:
    """Tell which of some falls are far below the other changes of their own entity."""
    outside = np.empty(len(rows), dtype=np.bool_)
    lengths = panel.rows.lengths
    at_once = max(1, CELLS_AT_ONCE // int(lengths.max()))
    for first in range(0, len(rows), at_once):
        chosen = rows[first : first + at_once]
        codes = panel.rows.codes[chosen]
        columns = np.arange(int(lengths[codes].max()))
        cells = panel.rows.starts[codes][:, None] + columns
        inside = (columns < lengths[codes][:, None]) & (cells != chosen[:, None])
        others = np.where(inside, change[np.minimum(cells, len(change) - 1)], np.nan)
        middle, count = row_medians(others)
        spread, _ = row_medians(np.abs(others - middle[:, None]))
        far = middle - change[chosen] > LABOUR_SPREADS * NORMAL * spread
        outside[first : first + at_once] = far | (count < SHORT_HISTORY)
    return outside


def unsettled(panel: Panel) -> Iterator[Finding]:
    """Find data that will still be revised."""
    status = panel.status
    if status is None:
        return
    for word in ("estimate", "preliminary"):
        rows = np.flatnonzero(status == STATUSES.index(word))
        if len(rows):
            yield finding_at(f"data-{word}", "note", panel, rows, count=len(rows))


def seasons(panel: Panel) -> Iterator[Finding]:
    """Say of quarters and months that growth between neighbours carries the season."""
    if panel.rows.frequency != "year":
        yield Finding(code="season-in-growth", severity="note")


CHECKS = (
    gaps,
    missing_values,
    not_positive,
    columns_twice,
    repeated_values,
    names_alike,
    jumps_and_units,
    definitions,
    accepted_breaks,
    mixed_income,
    labour_breaks,
    agreement,
    current_prices,
    units,
    shares,
    ratios,
    negative_investment,
    hours_twice,
    education_twice,
    unsettled,
    seasons,
)


def _quantities(panel: Panel) -> list[Column]:
    return [column for column in panel.columns.values() if column.kind in ("quantity", "price")]


def _log_change(panel: Panel, column: Column) -> FloatArray:
    positive = np.where(column.values > 0.0, column.values, np.nan)
    return growth_rates(positive, panel.rows.breaks, "log")


def _per_cent(column: Column, row: int) -> float:
    return float(100.0 * (column.values[row] / column.values[row - 1] - 1.0))
