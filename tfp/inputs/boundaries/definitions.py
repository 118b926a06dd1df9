"""Definitions of a merged series: those of its parts, settled where theirs are settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.inputs.boundaries.parts import Parts
    from tfp.numerics.arrays import IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

Merged = tuple["NDArray[np.int32] | None", tuple[str, ...], tuple[int, ...]]


def merge_definitions(panel: Panel, column: Column, parts: Parts) -> Merged:
    """Return definition of each new row, the definitions' names, and the settled rows.

    A change of definition of the whole is settled where each part's change in that period
    is. Parts that follow two definitions in one period make a third, named after both, if
    every change of theirs is settled: spliced parts are on one footing whenever they
    changed.

    Raises
    ------
    MethodError
        ``definitions-of-parts-differ`` where that is not so.
    """
    changes = _changes(panel, column)
    settled = np.zeros(len(panel), dtype=bool)
    settled[list(column.accepted)] = True
    open_changes = parts.largest((changes & ~settled).astype(np.intp)).astype(bool)
    accepted = parts.largest(settled.astype(np.intp)).astype(bool) & ~open_changes
    rows = tuple(int(row) for row in np.flatnonzero(accepted))
    if column.definition is None:
        return None, column.definitions, rows
    codes = column.definition.astype(np.intp)
    low, high = parts.smallest(codes), parts.largest(codes)
    mixed = np.flatnonzero(low != high)
    if len(mixed) == 0:
        return low.astype(np.int32), column.definitions, rows
    unsettled = np.zeros(len(parts.units), dtype=bool)
    unsettled[parts.rows.codes[open_changes]] = True
    # Parts are linked to their last definition: where these differ, so does their footing.
    last = np.append(parts.rows.starts[1:], len(parts.rows)) - 1
    unsettled[parts.rows.codes[np.intersect1d(mixed, last)]] = True
    wrong = mixed[unsettled[parts.rows.codes[mixed]]]
    if len(wrong):
        row = int(wrong[0])
        raise MethodError(
            "definitions-of-parts-differ",
            places=parts.rows.places(wrong[:6].tolist(), column.name),
            count=len(wrong),
            role=column.role,
            definitions=list(_names(column, codes, parts, row)),
        )
    names = list(column.definitions)
    merged = low.astype(np.int32)
    for row in mixed.tolist():
        name = " + ".join(_names(column, codes, parts, row))
        if name not in names:
            names.append(name)
        merged[row] = names.index(name)
    return merged, tuple(names), rows


def _changes(panel: Panel, column: Column) -> NDArray[np.bool_]:
    """Tell at which rows the definition differs from that of the row before."""
    changes = np.zeros(len(panel), dtype=bool)
    changes[list(column.breaks_of_definition)] = True
    changes[panel.rows.starts] = False
    return changes


def _names(column: Column, codes: IntArray, parts: Parts, row: int) -> tuple[str, ...]:
    rows = parts.sources[parts.target[parts.sources] == row]
    return tuple(
        dict.fromkeys(column.definitions[code] if code >= 0 else "–" for code in codes[rows])
    )
