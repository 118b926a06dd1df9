r"""The estimate of a year that no book has yet, from declared figures only.

A value as it was announced, or growth on the year before,

.. math:: X_t = X_{t-1} (1 + g_t / 100),

g being a rate in per cent, or an index with the previous year as 100 less 100. The row of
the year is added where the data end before it. Whatever is computed from such a value is an
estimate.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError, Place
from tfp.numerics.ordering import plan_rows
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel
from tfp.panel.roles import STATUSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import IntArray
    from tfp.panel.roles import Column
    from tfp.panel.rows import RowIndex

ESTIMATE = STATUSES.index("estimate")
PER_CENT = 100.0


def estimate_value(
    panel: Panel,
    role: str,
    year: int,
    *,
    source: str,
    value: float | None = None,
    growth: float | None = None,
    index: float | None = None,
    reason: str = "",
    entity: str | None = None,
) -> Panel:
    """Return the panel with the estimate of one figure of a year.

    Parameters
    ----------
    panel : Panel
    role : str
        The column, by its role.
    year : int
        A year inside the data, or the one after them.
    source : str
        Who announced the estimate, and when; it goes into the ledger.
    value : float, optional
        The figure, in the unit of the column.
    growth : float, optional
        Growth on the year before, in per cent (6.5).
    index : float, optional
        The same as an index with the previous year as 100 (106.5).
    reason : str
        Anything worth adding.
    entity : str, optional
        Whose figure; needed where the panel has several entities.

    Returns
    -------
    Panel
        With one row more where the data ended before `year`; the value has the status
        ``"estimate"``.

    Raises
    ------
    MethodError
        ``estimate-two-ways``, ``estimate-not-next``, ``estimate-without-base``,
        ``estimate-impossible``, ``value-present``, ``estimate-without-source``,
        ``entity-needed``, ``entity-unknown``.

    Examples
    --------
    >>> panel = Panel({"year": [2023, 2024], "grdp": [119482.4, 127925.4]},
    ...               time="year", area="Hoa An", output="grdp")
    >>> panel = estimate_value(panel, "output", 2025, growth=8.0, source="report, November 2025")
    >>> panel.frame["output"].round(1).tolist(), panel.status.tolist()
    ([119482.4, 127925.4, 138159.4], [0, 0, 3])
    """
    require_panel(panel)
    ways = [way for way in (value, growth, index) if way is not None]
    if len(ways) != 1:
        raise MethodError("estimate-two-ways", role=role, year=year, count=len(ways))
    if not source.strip():
        raise MethodError("estimate-without-source", role=role, year=year)
    area = _entity(panel, entity)
    panel.column(role)
    panel = _with_year(panel, year, area)
    column = panel.column(role)
    row = int(panel.rows.rows_at(year, [area])[0])
    if not np.isnan(column.values[row]):
        raise MethodError("value-present", places=[panel.rows.place(row, column.name)], role=role)
    figure = ways[0] if value is not None else _grown(panel, column, row, growth, index)
    values = column.values.copy()
    values[row] = figure
    status = np.zeros(len(panel), np.int8) if column.status is None else column.status.copy()
    status[row] = ESTIMATE
    entry = LedgerEntry(
        action="filled",
        role=role,
        rows=panel.rows.keys([row]),
        reason=reason,
        cause="" if reason else "running_year",
        figure="figures" if value is not None else "estimated_growth",
        fields=_said(year, value, growth, index),
        source=source,
    )
    return panel.with_column(replace(column, values=values, status=status), entry)


def _said(
    year: int, value: float | None, growth: float | None, index: float | None
) -> dict[str, object]:
    if value is not None:
        return {"figures": {str(year): float(value)}}
    rate = float(growth) if growth is not None else float(index or 0.0) - PER_CENT
    return {"growth": rate, "before": year - 1}


def _grown(
    panel: Panel, column: Column, row: int, growth: float | None, index: float | None
) -> float:
    """Return the value of the year before, grown by a rate or an index."""
    factor = 1.0 + growth / PER_CENT if growth is not None else (index or 0.0) / PER_CENT
    year = int(panel.rows.times[row])
    if not factor > 0.0:
        stated = growth if growth is not None else index or 0.0
        raise MethodError("estimate-impossible", role=column.role, year=year, value=stated)
    follows = row not in panel.rows.breaks
    before = float(column.values[row - 1]) if follows else float("nan")
    if np.isnan(before):
        raise MethodError(
            "estimate-without-base",
            places=[Place(entity=panel.rows.entity_label(row) or None, time=year - 1)],
            role=column.role,
            year=year,
            before=year - 1,
        )
    return before * factor


def _entity(panel: Panel, entity: str | None) -> str:
    known = panel.rows.entities
    if entity is None:
        if len(known) > 1:
            raise MethodError("entity-needed", count=len(known), known=list(known[:5]))
        return known[0]
    if entity not in known:
        raise MethodError("entity-unknown", entity=entity, known=list(known[:5]))
    return entity


def _with_year(panel: Panel, year: int, entity: str) -> Panel:
    """Return the panel with a row for a year of an entity, at the end of its data."""
    rows = panel.rows
    code = rows.entities.index(entity)
    own = rows.times[rows.codes == code]
    if year in own:
        return panel
    if year != int(own.max()) + 1:
        raise MethodError("estimate-not-next", year=year, last=int(own.max()))
    codes = np.append(rows.codes, np.int32(code)).astype(np.int32)
    times = np.append(rows.times, year)
    order = np.lexsort((times, codes))
    plan = plan_rows(codes[order], times[order], len(rows.entities))
    index = replace(
        rows, codes=codes[order], times=times[order], starts=plan.starts, breaks=plan.breaks
    )
    columns = {role: _longer(column, order, rows) for role, column in panel.columns.items()}
    return Panel.of(index, columns, panel.ledger)


def _longer(column: Column, order: IntArray, rows: RowIndex) -> Column:
    """Return a column with one value more, missing yet, of the definition before it."""
    new = int(np.flatnonzero(order == len(rows))[0])

    def spread(values: NDArray[np.int8] | NDArray[np.int32], last: int) -> NDArray[np.int32]:
        return np.append(values, last)[order].astype(np.int32)

    definition = status = None
    if column.definition is not None:
        definition = spread(column.definition, int(column.definition[new - 1]))
    if column.status is not None:
        status = spread(column.status, 0).astype(np.int8)
    return replace(
        column,
        values=np.append(column.values, np.nan)[order],
        definition=definition,
        status=status,
        accepted=tuple(row + (row >= new) for row in column.accepted),
    )
