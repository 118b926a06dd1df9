"""Figures that were mistyped, corrected one by one: the old one must be stated."""

from __future__ import annotations

from dataclasses import replace
from math import isclose
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.breaks.splicing import check_level_unspliced
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

# A figure read from a file differs from the same one typed by hand in the last bit at most.
SAME_FIGURE = 1e-12


def correct_values(
    panel: Panel,
    role: str,
    values: Mapping[int | str, tuple[float, float | None]],
    *,
    reason: str,
    source: str,
    entity: str | None = None,
) -> Panel:
    """Return the panel with wrong figures replaced, each stated beside the new one.

    Because the old figure is stated, a correction does not outlive the error: once the
    publisher has corrected the table, it fails instead of changing a figure that is right.

    Parameters
    ----------
    panel : Panel
    role : str
        The column, by its role.
    values : mapping
        By period, the figure as it stands and the right one, in the unit of the column;
        None in place of the right one leaves the cell empty, where it is only known that the
        figure is wrong.
    reason, source : str
        What was wrong, and where the right figure stands; both are required and go into
        the ledger.
    entity : str, optional
        Whose values; needed where the panel has several entities.

    Returns
    -------
    Panel

    Raises
    ------
    MethodError
        ``correction-mismatch`` where another figure, or none, stands in the panel;
        ``correction-without-change``; ``correction-not-a-number``; ``reason-missing``,
        ``correction-without-source``; ``year-missing``, ``entity-needed``,
        ``entity-unknown``; ``level-spliced`` where a splice has rescaled the series:
        correct it before.

    Examples
    --------
    >>> from tfp.panel.panel import Panel
    >>> panel = Panel({"year": [2017, 2018], "state": [18533.2, 219658.0]}, time="year",
    ...               investment="state")
    >>> right = correct_values(panel, "investment", {2018: (219658, 21965.8)},
    ...                        reason="decimal comma lost", source="yearbook 2019, table 95")
    >>> right.values("investment").tolist()
    [18533.2, 21965.8]
    """
    require_panel(panel)
    column = panel.column(role)
    if not reason.strip():
        raise MethodError("reason-missing")
    if not source.strip():
        raise MethodError("correction-without-source")
    name = _entity(panel, entity)
    corrected = column.values.copy()
    rows = []
    for time, pair in values.items():
        row = _row(panel, time, name)
        old, new = _figures(panel, column, row, pair)
        _check_pair(panel, column, row, old, new)
        corrected[row] = new
        rows.append(row)
    check_level_unspliced(panel, column, rows)
    entry = LedgerEntry(
        action="corrected",
        role=role,
        rows=panel.rows.keys(rows),
        reason=reason,
        source=source,
        figure="correction",
        fields={"figures": _written(values)},
    )
    return panel.with_column(replace(column, values=corrected), entry)


def _entity(panel: Panel, entity: str | None) -> str:
    known = panel.rows.entities
    if entity is None and len(known) > 1:
        raise MethodError("entity-needed", count=len(known), known=list(known[:5]))
    name = known[0] if entity is None else entity
    if name not in known:
        raise MethodError("entity-unknown", entity=name, known=list(known[:5]))
    return name


def _row(panel: Panel, time: int | str, entity: str) -> int:
    rows = panel.rows.rows_at(time, [entity])
    if len(rows) == 0:
        raise panel.rows.row_missing(time, [entity])
    return int(rows[0])


def _figures(
    panel: Panel, column: Column, row: int, pair: tuple[float, float | None]
) -> tuple[float, float]:
    try:
        old, new = pair
        figures = float(old), np.nan if new is None else float(new)
    except (TypeError, ValueError):
        figures = np.inf, np.inf
    if not np.isfinite(figures[0]) or np.isinf(figures[1]):
        raise MethodError(
            "correction-not-a-number", places=[panel.rows.place(row, column.name)], role=column.role
        )
    return figures


def _check_pair(panel: Panel, column: Column, row: int, old: float, new: float) -> None:
    places = [panel.rows.place(row, column.name)]
    stands = float(column.values[row])
    if not isclose(stands, old, rel_tol=SAME_FIGURE):
        raise MethodError(
            "correction-mismatch", places=places, role=column.role, stated=old, stands=stands
        )
    if isclose(new, old, rel_tol=SAME_FIGURE):
        raise MethodError("correction-without-change", places=places, role=column.role, stated=old)


def _written(
    values: Mapping[int | str, tuple[float, float | None]],
) -> dict[str, tuple[float, float | None]]:
    return {
        str(time): (float(old), None if new is None else float(new))
        for time, (old, new) in values.items()
    }
