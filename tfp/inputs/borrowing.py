"""A series lengthened with the growth of another entity's: a replication recipe.

The Penn World Table does this without saying so: where a country has no hours worked,
its TFP rests on the growth of hours in the United States.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel

# Levels that can be those of another entity; output or workers cannot.
COMPARABLE = ("hours_per_worker", "human_capital", "output_price", "investment_price")


def borrow_growth(panel: Panel, role: str, *, lender: str, reason: str) -> Panel:
    r"""Return the panel with missing ends of a series moved as another entity's series.

    .. math:: x_{i,t} = x_{i,s}\, \frac{x_{j,t}}{x_{j,s}}

    for periods :math:`t` before the first or after the last known period :math:`s` of
    entity :math:`i`. An entity that has no value at all takes the lender's own level where
    that means something: hours per worker, human capital, prices; never its output or its
    workers.
    Gaps between known values are left: they are interpolated, not borrowed.

    Parameters
    ----------
    panel : Panel
    role : str
        The column, by its role.
    lender : str
        The entity :math:`j`, whose series must be complete where it is used.
    reason : str
        Why; it goes into the ledger.

    Raises
    ------
    MethodError
        ``reason-missing``, ``entity-unknown``, ``lender-incomplete``; ``not-positive``
        where a value has no growth; ``level-not-borrowed`` for an entity without any value
        of a level.
    """
    if not reason.strip():
        raise MethodError("reason-missing")
    require_panel(panel)
    rows = panel.rows
    if lender not in rows.entities:
        raise MethodError("entity-unknown", entity=lender, known=list(rows.entities[:5]))
    column = panel.column(role)
    if column.smallest <= 0.0:
        worst = int(np.nanargmin(column.values))
        raise MethodError(
            "not-positive",
            places=[rows.place(worst, column.name)],
            role=role,
            count=int((column.values <= 0.0).sum()),
            value=column.smallest,
        )
    lent = _lender_series(column.values, panel, lender)
    values = column.values.copy()
    borrowed: list[IntArray] = []
    for start, length in zip(rows.starts.tolist(), rows.lengths.tolist(), strict=True):
        block = np.arange(start, start + length)
        known = block[~np.isnan(values[block])]
        if len(known) == 0:
            if role.partition(":")[0] not in COMPARABLE:
                raise MethodError(
                    "level-not-borrowed",
                    places=rows.places(block[:6].tolist(), column.name),
                    role=role,
                    lender=lender,
                )
            values[block] = lent[block]
            borrowed.append(block)
            continue
        for ends, anchor in ((block < known[0], known[0]), (block > known[-1], known[-1])):
            missing = block[ends]
            values[missing] = values[anchor] * lent[missing] / lent[anchor]
            borrowed.append(missing)
    taken = np.concatenate(borrowed)
    lacking = taken[np.isnan(values[taken])]
    if len(lacking):
        raise MethodError(
            "lender-incomplete", places=rows.places(lacking[:6], column.name), lender=lender
        )
    entry = LedgerEntry(
        action="borrowed",
        role=role,
        rows=rows.keys(taken),
        reason=reason,
        source=lender,
        figure="borrowed",
        fields={"lender": lender},
    )
    return panel.with_column(replace(column, values=values), entry)


def _lender_series(values: FloatArray, panel: Panel, lender: str) -> FloatArray:
    """Return, for each row of the panel, the lender's value of that period."""
    rows = panel.rows
    own = np.flatnonzero(rows.codes == rows.entities.index(lender))
    first, last = int(rows.times.min()), int(rows.times.max())
    by_time = np.full(last - first + 1, np.nan)
    by_time[rows.times[own] - first] = values[own]
    return by_time[rows.times - first]
