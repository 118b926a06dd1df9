"""Values that the user declares: from another source, or between two known ones.

Nothing is ever filled by itself. Each value that is, is named here and written in the
ledger with its reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.breaks.splicing import check_level_unspliced
from tfp.numerics.interpolation import fill_geometric, fill_linear
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel
from tfp.panel.roles import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column, Status


def fill_values(
    panel: Panel,
    role: str,
    values: Mapping[int | str, float],
    *,
    reason: str,
    source: str = "",
    entity: str | None = None,
    status: Status | None = None,
) -> Panel:
    """Return the panel with missing values replaced by figures from another source.

    Parameters
    ----------
    panel : Panel
    role : str
        The column, by its role.
    values : mapping
        Figure by period, in the unit of the column.
    reason, source : str
        Why, and from where; both go into the ledger.
    entity : str, optional
        Whose values; needed where the panel has several entities.
    status : {"final", "revised", "preliminary", "estimate"}, optional
        Status of the figures, where it differs from the column's.

    Raises
    ------
    MethodError
        ``reason-missing``; ``value-present`` where the panel has a value already;
        ``year-missing`` where it has no such row; ``fill-not-a-number``;
        ``level-spliced`` where a splice has rescaled the series: fill it before.
    """
    require_panel(panel)
    column = panel.column(role)
    _check_reason(reason)
    entities = _entities(panel, entity)
    filled = column.values.copy()
    _check_status(status)
    rows = _rows(panel, entities, values)
    figures = _figures(role, values)
    _check_missing(panel, column, rows)
    check_level_unspliced(panel, column, rows.tolist())
    filled[rows] = figures
    entry = LedgerEntry(
        action="filled",
        role=role,
        rows=panel.rows.keys(rows),
        reason=reason,
        source=source,
        figure="figures",
        fields={"figures": _written(values)},
    )
    return panel.with_column(_with_status(column, filled, rows, status), entry)


def interpolate(
    panel: Panel,
    role: str,
    times: int | str | Iterable[int | str],
    *,
    reason: str,
    method: Literal["linear", "geometric"] = "linear",
    entity: str | None = None,
) -> Panel:
    """Return the panel with declared gaps filled between the known values around them.

    Parameters
    ----------
    panel : Panel
    role : str
        The column, by its role.
    times : int, str or iterable
        The period or periods to fill, each missing, each between two known ones.
    reason : str
        Why; it goes into the ledger.
    method : {"linear", "geometric"}
        Along a straight line, or at a constant rate of growth.
    entity : str, optional
        Whose values; all entities if None.

    Raises
    ------
    MethodError
        ``value-present``, ``year-missing``, ``interpolation-at-the-edge`` where no known
        value lies on one side, ``interpolation-across-definitions`` where the two known
        values follow different definitions and the change between them is not settled,
        ``reason-missing``, ``not-positive`` for geometric.
    """
    require_panel(panel)
    check_choice("method", method, ("linear", "geometric"))
    _check_reason(reason)
    column = panel.column(role)
    chosen = panel.rows.entities if entity is None else _entities(panel, entity)
    periods = [times] if isinstance(times, (int, str, np.integer)) else times
    rows = np.unique(_rows(panel, chosen, periods))
    _check_missing(panel, column, rows)
    left, right = _neighbours(panel, column, rows)
    _check_one_definition(panel, column, rows, left, right)
    times_of = panel.rows.times
    positions = (times_of[rows] - times_of[left]) / (times_of[right] - times_of[left])
    if method == "geometric" and not column.smallest > 0.0:
        raise MethodError("not-positive", role=role, count=1, value=column.smallest)
    fill = fill_linear if method == "linear" else fill_geometric
    filled = fill(column.values, rows, left, right, positions)
    entry = LedgerEntry(
        action="interpolated",
        role=role,
        rows=panel.rows.keys(rows),
        reason=reason,
        figure=method,
    )
    return panel.with_column(_with_status(column, filled, rows, "estimate"), entry)


def _neighbours(panel: Panel, column: Column, rows: IntArray) -> tuple[IntArray, IntArray]:
    known = np.flatnonzero(~np.isnan(column.values))
    place = np.searchsorted(known, rows)
    codes = panel.rows.codes
    inside = (place > 0) & (place < len(known))
    if bool(inside.all()):
        left, right = known[place - 1], known[place]
        inside = (codes[left] == codes[rows]) & (codes[right] == codes[rows])
        if bool(inside.all()):
            return left, right
    raise MethodError(
        "interpolation-at-the-edge", places=panel.rows.places(rows[~inside], column.name)
    )


def _check_one_definition(
    panel: Panel, column: Column, rows: IntArray, left: IntArray, right: IntArray
) -> None:
    """Refuse a line between values of two definitions: it is on neither of them."""
    if column.definition is None:
        return
    settled = np.zeros(len(panel), dtype=np.intp)
    settled[list(column.accepted)] = 1
    so_far = np.cumsum(settled)
    differ = column.definition[left] != column.definition[right]
    wrong = np.flatnonzero(differ & (so_far[right] == so_far[left]))
    if len(wrong):
        first = wrong[0]
        raise MethodError(
            "interpolation-across-definitions",
            places=panel.rows.places(rows[wrong], column.name),
            role=column.role,
            before=column.definition_of(int(left[first])),
            after=column.definition_of(int(right[first])),
        )


def _check_missing(panel: Panel, column: Column, rows: IntArray) -> None:
    present = rows[~np.isnan(column.values[rows])]
    if len(present):
        places = panel.rows.places(present, column.name)
        raise MethodError("value-present", places=places, role=column.role)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise MethodError("reason-missing")


def _entities(panel: Panel, entity: str | None) -> tuple[str, ...]:
    known = panel.rows.entities
    if entity is None:
        if len(known) > 1:
            raise MethodError("entity-needed", count=len(known), known=list(known[:5]))
        return known
    if entity not in known:
        raise MethodError("entity-unknown", entity=entity, known=list(known[:5]))
    return (entity,)


def _rows(panel: Panel, entities: tuple[str, ...], times: Iterable[int | str]) -> IntArray:
    """Return the rows of each period, in turn, of all the entities."""
    chosen = None if len(entities) == len(panel.rows.entities) else entities
    found = [np.empty(0, dtype=np.intp)]
    for time in times:
        rows = panel.rows.rows_at(time, chosen)
        if len(rows) < len(entities):
            have = {panel.rows.entity_label(row) for row in rows.tolist()}
            absent = [entity for entity in entities if entity not in have]
            raise panel.rows.row_missing(time, absent)
        found.append(rows)
    return np.concatenate(found)


def _figures(role: str, values: Mapping[int | str, float]) -> FloatArray:
    try:
        figures = np.array([float(value) for value in values.values()])
    except (TypeError, ValueError):
        figures = np.array([np.nan])
    if not bool(np.isfinite(figures).all()):
        raise MethodError("fill-not-a-number", role=role)
    return figures


def _check_status(status: Status | None) -> None:
    if status is not None:
        check_choice("status", status, STATUSES)


def _written(values: Mapping[int | str, float]) -> dict[str, float]:
    return {str(time): float(value) for time, value in values.items()}


def _with_status(
    column: Column, filled: FloatArray, rows: IntArray, status: Status | None
) -> Column:
    if status is None or (column.status is None and status == "final"):
        return replace(column, values=filled)
    # Beside values that are marked, those that are not are final.
    marks = np.zeros(len(filled), np.int8) if column.status is None else column.status.copy()
    marks[rows] = np.maximum(marks[rows], STATUSES.index(status))
    return replace(column, values=filled, status=marks)
