r"""What a link leaves at a break, held against what the series can do.

A link is one figure, and one figure can be mistyped like any other: persons for thousands,
94 per cent for 0.94, old and new the wrong way round. The growth it leaves at the break shows
it,

.. math:: g = \log x_t - \log x'_{t-1},

because the levels before and after are those of one series.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.checks.suspects import GRAVE_LOG, GRAVE_ROLES
from tfp.numerics.growth import growth_rates
from tfp.numerics.medians import median_of
from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.errors import Place
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.ledger import LedgerEntry
    from tfp.panel.panel import Panel

# Single investments come and go; even of them no link may leave a change of unit.
WILD_LOG = float(np.log(100.0))
# A link that moves growth farther from what is usual than the break itself did, by this much.
WIDENED = 0.03
# With fewer other years nothing is usual; then no growth is.
SHORTEST = 3


def check_growth(
    role: str, value: float, linked: float, *, stated: float, factor: float, place: Place
) -> None:
    """Refuse a link whose growth at the break is none of an economy.

    Parameters
    ----------
    role : str
    value, linked : float
        The value after the break, and that before it as linked.
    stated : float
        The figure that the user gave; NaN where there are several.
    factor : float
        By which the values before the break are multiplied.
    place : Place

    Raises
    ------
    MethodError
        ``link-implausible``, with the figure that may have been meant.
    """
    change = float(np.log(value / linked))
    limit = GRAVE_LOG if role.partition(":")[0] in GRAVE_ROLES else WILD_LOG
    if not abs(change) > limit:
        return
    power = round(change / float(np.log(10.0)))
    near = power != 0 and abs(change - power * float(np.log(10.0))) < GRAVE_LOG / 2.0
    meant: float | str = stated * 10.0**power if near and not np.isnan(stated) else ""
    raise MethodError(
        "link-implausible",
        places=[place],
        role=role,
        growth=100.0 * (value / linked - 1.0),
        factor=factor,
        meant=meant,
    )


def doubtful_links(panel: Panel) -> Iterator[Finding]:
    """Find links that make a break larger instead of closing it.

    That is what old and new figures the wrong way round do, or a link put where there is no
    break: without it, growth was closer to that of the other years.
    """
    for entry in panel.ledger:
        if entry.action in {"spliced", "assumed"} and "factor" in entry.fields:
            finding = _doubt(panel, entry)
            if finding is not None:
                yield finding


def _doubt(panel: Panel, entry: LedgerEntry) -> Finding | None:
    entity, _ = entry.rows[-1]
    if entry.role not in panel.columns or entity not in panel.rows.entities:
        return None
    rows = panel.rows.rows_at(entry.fields["period"], [entity])
    if len(rows) == 0:
        return None
    column, row = panel.column(entry.role), int(rows[0])
    usual = _usual_growth(panel, column.values, column.accepted, row)
    after = float(np.log1p(entry.fields["growth"] / 100.0))
    before = after + float(np.log(entry.fields["factor"]))
    if not abs(after - usual) > abs(before - usual) + WIDENED:
        return None
    return Finding(
        code="link-widens-break",
        # A published figure may be right against all appearance; an assumption must be apt.
        severity="block" if entry.action == "assumed" else "warn",
        places=(panel.rows.place(row, column.name),),
        fields={
            "role": entry.role,
            "column": column.name,
            "time": panel.rows.time_label(row),
            "factor": float(entry.fields["factor"]),
            "growth": float(entry.fields["growth"]),
            "unlinked": float(100.0 * np.expm1(before)),
            "usual": float(100.0 * np.expm1(usual)),
        },
    )


def _usual_growth(panel: Panel, values: FloatArray, accepted: tuple[int, ...], row: int) -> float:
    """Return the median growth of the entity's other years, breaks left out."""
    positive = np.where(values > 0.0, values, np.nan)
    growth = growth_rates(positive, panel.rows.breaks, "log")
    mine = np.flatnonzero((panel.rows.codes == panel.rows.codes[row]) & ~np.isnan(growth))
    others = np.setdiff1d(mine, np.array([*accepted, row], dtype=np.intp))
    return median_of(growth[others]) if len(others) >= SHORTEST else 0.0
