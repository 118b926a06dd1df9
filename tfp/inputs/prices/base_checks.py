r"""Prices of another year inside a series, seen from its implicit price index.

With values :math:`V_t` at current prices and volumes :math:`x_t`, the implicit price
:math:`P_t = V_t / x_t` is 1 in the base year and moves as prices do. Where a base changes
inside the series, it falls back to 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.inputs.prices.columns import PRICED, price_roles
from tfp.panel.findings import Finding, Findings, finding_at
from tfp.panel.panel import require_panel
from tfp.panel.price_bases import base_year
from tfp.panel.time import PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

# The implicit price of a base year is 1 but for the rounding of printed levels.
BASE_YEAR_ERROR = 1e-3
# Prices that fall by a seventh within a year, or rise by two fifths: GDP's rose by 21 per
# cent in 2011, the most since 2005, and never fell.
FALL, RISE = -0.15, 0.35


def base_changes(panel: Panel) -> Findings:
    """Return where output or investment seems to be at prices of another year than it says.

    Parameters
    ----------
    panel : Panel
        With ``output`` and ``output_current``, or ``investment`` and
        ``investment_current``; other panels give no finding.

    Returns
    -------
    Findings
        ``base-year-contradicted`` where the figures at constant and at current prices
        differ in the year that the price base names; ``base-change-suspected`` where the
        implicit price jumps as if the base changed.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel(
    ...     {"year": [2008, 2009, 2010], "y": [480.0, 507.0, 1980.0],
    ...      "v": [1480.0, 1658.0, 1980.0]}, time="year", output="y", output_current="v")
    >>> [(finding.code, finding.places[0].time) for finding in tfp.base_changes(panel)]
    [('base-change-suspected', 2010)]
    """
    require_panel(panel)
    found: list[Finding] = []
    for role, column in panel.columns.items():
        if role.partition(":")[0] not in PRICED:
            continue
        current = panel.columns.get(price_roles(role).current)
        if current is None:
            continue
        sound = (column.values > 0.0) & (current.values > 0.0)
        price = np.full(len(panel), np.nan)
        np.divide(current.values, column.values, out=price, where=sound)
        # A part of the values has no implicit price: the ratio is that of two different things.
        if _is_converted(panel, role) == _is_converted(panel, current.role):
            found += _contradicted(panel, column, price)
        elif _is_deflated(panel, role):
            continue
        found += _jumps(panel, column, price)
    return Findings(found)


def _is_converted(panel: Panel, role: str) -> bool:
    """Tell whether social investment was turned into capital formation in a column."""
    return any(e.role == role and e.cause.startswith("gfcf_") for e in panel.ledger)


def _is_deflated(panel: Panel, role: str) -> bool:
    return any(e.role == role and e.figure == "deflated" for e in panel.ledger)


def _contradicted(panel: Panel, column: Column, price: FloatArray) -> Iterator[Finding]:
    """Yield the base year that is none: of years, where a single period can tell."""
    base = base_year(column.price_base)
    if base is None or PER_YEAR[panel.rows.frequency] != 1:
        return
    rows = np.flatnonzero((panel.rows.times == base) & (np.abs(price - 1.0) > BASE_YEAR_ERROR))
    if len(rows):
        yield finding_at(
            "base-year-contradicted",
            "block",
            panel,
            rows,
            column,
            base=str(base),
            ratio=float(price[rows[0]]),
            count=len(rows),
        )


def _jumps(panel: Panel, column: Column, price: FloatArray) -> Iterator[Finding]:
    rows = np.setdiff1d(panel.rows.growth_rows, panel.rows.breaks)
    rows = np.setdiff1d(rows, np.array(column.breaks_of_definition, dtype=np.intp))
    change = np.log(price[rows] / price[rows - 1])
    for row, moved in zip(rows.tolist(), change.tolist(), strict=True):
        if moved < FALL or moved > RISE:
            yield finding_at(
                "base-change-suspected",
                "block",
                panel,
                np.array([row]),
                column,
                year=panel.rows.time_label(row),
                before=panel.rows.time_label(row - 1),
                price_before=float(price[row - 1]),
                price=float(price[row]),
                growth=float(100.0 * (column.values[row] / column.values[row - 1] - 1.0)),
            )
