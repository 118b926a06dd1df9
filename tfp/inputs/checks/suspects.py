"""What stands out in the columns of a panel, cell by cell, with a guess of what happened.

The arithmetic is in :mod:`tfp.numerics.screening`; here its tables become places in a panel,
and what the user has settled (a break that was accepted, spliced or declared) is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.inputs.checks.digits import Repair, decimal_repair, swap_repair
from tfp.numerics.medians import median_of
from tfp.numerics.records import Record
from tfp.numerics.row_shifts import shifted_rows
from tfp.numerics.screening import SUSPECT_SPREADS, Screening, screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

Nature = Literal[
    "misaligned", "common", "decimal", "swapped", "spike", "unit", "first", "last", "break"
]

SCREENED = ("quantity", "price", "value")
# A change by a factor e in what accounts are made of is no economics, however wild the series.
GRAVE_LOG, GRAVE_ROLES = 1.0, ("output", "capital", "labour")
# A change of unit that lasts: within a factor of two of a power of a thousand.
UNIT_POWER, UNIT_MARGIN = 3, 0.7


@dataclass(frozen=True, eq=False, kw_only=True)
class Suspect(Record):
    """Something that stands out in one column.

    Attributes
    ----------
    nature : str
        ``"misaligned"``: a period whose figures stand in the wrong rows; ``"common"``: most
        entities moved the same way; ``"decimal"``, ``"swapped"``, ``"spike"``: a figure that
        leaves and comes back, by a power of ten, by two digits exchanged, or otherwise;
        ``"unit"``: a lasting change by a power of a thousand; ``"first"``, ``"last"``: the
        first or last figure alone is off; ``"break"``: a lasting change of level.
    role : str
    rows : (k,) array of int
        Rows of the panel that stand out.
    size : float
        Logarithm of the figure over what was expected; the median one of several.
    expected : float
        What was expected in the first row; NaN where there are several.
    repair : Repair or None
        The figure that may have been meant.
    shift : int
        How many rows further down the figures of a misaligned period belong; 0 if unknown.
    """

    nature: Nature
    role: str
    rows: IntArray
    size: float
    expected: float = float("nan")
    repair: Repair | None = None
    shift: int = 0


@dataclass(frozen=True, eq=False)
class _Table(Record):
    """A column as a table, (entities, periods), and the row of each of its cells, -1 if none."""

    values: FloatArray
    rows: IntArray


def find_suspects(panel: Panel) -> list[Suspect]:
    """Return what stands out in all columns of levels.

    Parameters
    ----------
    panel : Panel

    Returns
    -------
    list of Suspect
        Column by column; one for a misaligned or common period, one for each other cell.
    """
    return [
        suspect
        for column in panel.columns.values()
        if column.kind in SCREENED
        for suspect in _of_column(panel, column)
    ]


def _of_column(panel: Panel, column: Column) -> Iterator[Suspect]:
    table = _table(panel, column)
    if min(table.values.shape) == 0:
        return
    found = screen(table.values)
    settled = _settled(panel, column)
    for period in np.flatnonzero(found.misaligned).tolist():
        yield _misaligned(table, found, column.role, period)
    for period in np.flatnonzero(found.common.any(axis=0)).tolist():
        cells = np.flatnonzero(found.common[:, period])
        rows = np.setdiff1d(table.rows[cells, period], settled)
        # Once a user has settled most of them, the others are no common move any more.
        if 2 * len(rows) > len(cells):
            levels = table.values[np.isin(table.rows[:, period], rows)]
            size = median_of(np.log(levels[:, period] / levels[:, period - 1]))
            yield Suspect(nature="common", role=column.role, rows=rows, size=size)
    for entity, period in np.argwhere(found.spikes).tolist():
        yield _spike(table, found, column.role, entity, period)
    for entity, period in np.argwhere(found.steps | _grave(table, found, column)).tolist():
        if int(table.rows[entity, period]) not in settled:
            yield _step(table, found, column.role, entity, period)


def _table(panel: Panel, column: Column) -> _Table:
    """Return a column as a table of the periods in which any entity has a figure."""
    known = np.flatnonzero(column.values > 0.0)
    times, period = np.unique(panel.rows.times[known], return_inverse=True)
    shape = (len(panel.rows.entities), len(times))
    values, rows = np.full(shape, np.nan), np.full(shape, -1, dtype=np.intp)
    cells = (panel.rows.codes[known], period)
    values[cells], rows[cells] = column.values[known], known
    return _Table(values, rows)


def _settled(panel: Panel, column: Column) -> IntArray:
    """Return the rows at which a change of level is known: declared, spliced or accepted."""
    declared = np.array([*column.breaks_of_definition, *column.accepted], dtype=np.intp)
    return np.setdiff1d(declared, panel.rows.starts)


def _grave(table: _Table, found: Screening, column: Column) -> np.ndarray:
    """Return the changes that are too large for what they are of, whatever is usual there."""
    grave = np.zeros(table.values.shape, dtype=np.bool_)
    if column.role.partition(":")[0] in GRAVE_ROLES and table.values.shape[1] > 1:
        grave[:, 1:] = np.abs(np.log(table.values[:, 1:] / table.values[:, :-1])) > GRAVE_LOG
        grave[:, found.misaligned] = False
        grave[:, 1:] &= ~found.misaligned[:-1]
        grave &= ~(found.spikes | found.common)
        grave[:, 1:] &= ~found.spikes[:, :-1]
    return grave


def _misaligned(table: _Table, found: Screening, role: str, period: int) -> Suspect:
    values, expected = np.log(table.values[:, period]), np.log(found.expected[:, period])
    off = np.abs(found.residual[:, period])
    limit = SUSPECT_SPREADS * found.spread[:, period]
    out = np.flatnonzero(off > limit)
    shift, cells = shifted_rows(values, expected, limit, out)
    return Suspect(
        nature="misaligned",
        role=role,
        rows=table.rows[cells, period],
        size=median_of(off[cells]),
        shift=shift,
    )


def _spike(table: _Table, found: Screening, role: str, entity: int, period: int) -> Suspect:
    value, expected = float(table.values[entity, period]), float(found.expected[entity, period])
    repair = _repair(value, expected, float(found.spread[entity, period]))
    nature: Nature = "spike"
    if repair is not None:
        nature = "decimal" if repair.power else "swapped"
    return Suspect(
        nature=nature,
        role=role,
        rows=table.rows[entity, [period]],
        size=float(np.log(value / expected)),
        expected=expected,
        repair=repair,
    )


def _step(table: _Table, found: Screening, role: str, entity: int, period: int) -> Suspect:
    """Return a change of level, and which side of it is off where one side is a single figure."""
    known = np.flatnonzero(~np.isnan(table.values[entity]))
    size = float(found.residual[entity, period])
    spread = float(found.spread[entity, period])
    nature: Nature = "break"
    if len(known) > 2 and period in (known[1], known[-1]):
        nature = "first" if period == known[1] else "last"
    at = known[0] if nature == "first" else period
    value = float(table.values[entity, at])
    size = -size if nature == "first" else size
    expected = value / float(np.exp(size))
    repair = None if nature == "break" else _repair(value, expected, spread)
    if repair is not None:
        nature = "decimal" if repair.power else "swapped"
    elif nature == "break":
        power = round(size / (UNIT_POWER * np.log(10.0)))
        if power and abs(size - power * UNIT_POWER * np.log(10.0)) < UNIT_MARGIN:
            nature = "unit"
    return Suspect(
        nature=nature,
        role=role,
        rows=table.rows[entity, [at]],
        size=size,
        expected=expected,
        repair=repair,
    )


def _repair(value: float, expected: float, spread: float) -> Repair | None:
    return decimal_repair(value, expected, spread) or swap_repair(value, expected, spread)
