"""What parts at prices of a reference year lack of their total: a line with a name.

Parts that are each rebased, linked or chained by their own growth no longer add up to
the total that is so by its own. The difference is neither hidden in a part nor spread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.inputs.prices.columns import DISCREPANCY, DISCREPANCY_ROLE, check_one_unit, parts_of
from tfp.panel.deriving import marks_of
from tfp.panel.ledger import LedgerEntry
from tfp.panel.roles import Column

if TYPE_CHECKING:
    from tfp.panel.panel import Panel


def with_discrepancy(panel: Panel) -> Panel:
    r"""Return the panel with the part ``statistical_discrepancy``: total less all other parts.

    .. math:: d_t = x_t - \sum_i x_{i,t}

    A discrepancy that the panel has already is replaced. It is missing where the total or
    a part is.

    Raises
    ------
    MethodError
        ``parts-in-other-units``.
    """
    total = panel.column("output")
    parts = parts_of(panel)
    check_one_unit([total, *parts.values()])
    values = total.values - np.sum([part.values for part in parts.values()], axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        largest = np.abs(values / total.values)
    worst = int(np.nanargmax(largest)) if not np.isnan(largest).all() else -1
    column = Column(
        role=DISCREPANCY_ROLE,
        name=DISCREPANCY,
        values=values,
        unit=total.unit,
        price_base=total.price_base,
        vintage=total.vintage,
        boundary=total.boundary,
        status=marks_of([total, *parts.values()])["status"],
    )
    if worst < 0:
        return panel.with_column(column)
    entry = LedgerEntry(
        action="derived",
        role=DISCREPANCY_ROLE,
        rows=panel.rows.keys(np.flatnonzero(~np.isnan(values))),
        cause="discrepancy",
        figure="discrepancy",
        fields={
            "largest": 100.0 * float(values[worst] / total.values[worst]),
            "worst": panel.rows.time_label(worst),
            "parts": list(parts),
        },
    )
    return panel.with_column(column, entry)
