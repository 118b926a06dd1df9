"""Where two series of one thing overlap: by how much their growth differs there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import Place
from tfp.inputs.prices.rounding import growth_slack
from tfp.panel.findings import Finding, Findings
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.rows import RowIndex

# More than this many points apart, two vintages tell of another economy.
TOLERATED_POINTS = 0.05


@dataclass(frozen=True, eq=False)
class Overlap:
    """Growth of two series in the periods that both have.

    Attributes
    ----------
    older_rows, newer_rows : (k,) arrays of int
        Rows of the two panels into which both have a growth rate.
    older_growth, newer_growth : (k,) arrays
        In per cent.
    slack : (k,) array
        By how much two rates may differ by the rounding of the levels alone, in points.
    """

    older_rows: IntArray
    newer_rows: IntArray
    older_growth: FloatArray
    newer_growth: FloatArray
    slack: FloatArray

    @property
    def difference(self) -> FloatArray:
        """Newer less older growth, in points."""
        return self.newer_growth - self.older_growth


def overlap_of(older: Panel, newer: Panel, role: str) -> Overlap:
    """Return the growth of a role in the periods that two panels have in common."""
    position = {key: row for row, key in enumerate(_keys(newer.rows))}
    pairs = [(row, position[key]) for row, key in enumerate(_keys(older.rows)) if key in position]
    both = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    growth, slack = zip(
        *(_growth(panel, role, both[:, side]) for side, panel in enumerate((older, newer))),
        strict=True,
    )
    known = ~np.isnan(growth[0] + growth[1])
    return Overlap(
        older_rows=both[known, 0],
        newer_rows=both[known, 1],
        older_growth=growth[0][known],
        newer_growth=growth[1][known],
        slack=(slack[0] + slack[1])[known],
    )


def compare_overlap(
    older: Panel, newer: Panel, role: str = "output", *, tolerance: float = TOLERATED_POINTS
) -> Findings:
    """Return where two series of one thing tell of different growth, and by how much.

    Parameters
    ----------
    older, newer : Panel
        Two vintages, or two base years, of the same areas.
    role : str
        The column, by its role.
    tolerance : float
        Difference that is passed over, in points of growth, beside what the rounding of
        the printed levels can do.

    Returns
    -------
    Findings
        One for each area: the years, the largest difference and both rates of that year.

    Examples
    --------
    >>> import tfp
    >>> old, new = (
    ...     tfp.Panel({"year": [2012, 2013, 2014], "y": levels}, time="year", output="y")
    ...     for levels in ([30300.1, 32377.4, 34741.6], [31871.0, 33926.6, 36190.9])
    ... )
    >>> [place.time for place in tfp.compare_overlap(old, new)[0].places]
    [2013, 2014]
    """
    require_panel(older)
    require_panel(newer)
    column = newer.column(role)
    overlap = overlap_of(older, newer, role)
    apart = np.abs(overlap.difference) > tolerance + overlap.slack
    found = []
    codes = newer.rows.codes[overlap.newer_rows]
    for code in np.unique(codes[apart]).tolist():
        chosen = np.flatnonzero(apart & (codes == code))
        rows = overlap.newer_rows[chosen].tolist()
        worst = int(chosen[np.argmax(np.abs(overlap.difference[chosen]))])
        found.append(
            Finding(
                code="overlap-disagrees",
                severity="warn",
                places=tuple(
                    Place(
                        entity=newer.rows.entity_label(row) or None,
                        time=newer.rows.time_label(row),
                        column=column.name,
                    )
                    for row in rows
                ),
                fields={
                    "role": role,
                    "year": newer.rows.time_label(int(overlap.newer_rows[worst])),
                    "older": float(overlap.older_growth[worst]),
                    "newer": float(overlap.newer_growth[worst]),
                    "difference": float(abs(overlap.difference[worst])),
                    "count": len(rows),
                    "of": int(np.count_nonzero(codes == code)),
                },
            )
        )
    return Findings(found)


def _growth(panel: Panel, role: str, rows: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return growth into some rows in per cent, NaN where there is none, and its slack."""
    values = panel.values(role)
    before = np.maximum(rows - 1, 0)
    taken = ~np.isin(rows, panel.rows.breaks) & (values[rows] > 0.0) & (values[before] > 0.0)
    growth = np.full(len(rows), np.nan)
    np.divide(values[rows], values[before], out=growth, where=taken)
    return 100.0 * (growth - 1.0), growth_slack(values, rows)


def _keys(rows: RowIndex) -> list[tuple[str, int]]:
    return [
        (rows.entities[code], time)
        for code, time in zip(rows.codes.tolist(), rows.times.tolist(), strict=True)
    ]
