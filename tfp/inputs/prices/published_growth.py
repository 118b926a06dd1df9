r"""Levels of output that contradict its published growth: mixed vintages, bases, mistypings.

A level and the one before say :math:`100 (Y_t / Y_{t-1} - 1)`; the office says
:math:`g_t`. What parts them by more than rounding tells its cause by where it stands:

- at one period, all others agreeing: what is before is of another vintage, or, where the
  step is large, at prices of another year;
- at two neighbours, whose product agrees: the one figure between them is wrong;
- at most periods: level and growth are of two vintages throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.prices.growth_levels import LOOKS_LIKE_INDEX
from tfp.inputs.prices.rounding import growth_slack, half_last_digit
from tfp.panel.findings import Finding, Findings, Severity
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel

# Beyond this factor no revision of a vintage goes: the re-evaluation of 2019, the largest
# in Viet Nam, raised levels by a quarter.
BASE_FACTOR = 1.4
# Half a point of growth: of the size of the revisions that change a TFP share by tenths.
GRAVE_POINTS = 0.5
MANY = 3  # so many contradictions, of most rates, are no single event


@dataclass(frozen=True, eq=False)
class _Compared:
    """Growth of the levels beside published growth, in the rows that have both.

    Attributes
    ----------
    rows : (k,) array of int
    level, published : (k,) arrays
        Growth in per cent.
    tolerance : (k,) array
        In points.
    """

    rows: IntArray
    level: FloatArray
    published: FloatArray
    tolerance: FloatArray

    @property
    def differs(self) -> IntArray:
        """Positions at which the two contradict each other."""
        return np.flatnonzero(np.abs(self.level - self.published) > self.tolerance)

    def factor(self, at: int) -> float:
        """Return by how much the step of the levels is larger than the published one."""
        return float((100.0 + self.level[at]) / (100.0 + self.published[at]))


def contradicting_growth(panel: Panel, *, tolerance: float | None = None) -> Findings:
    """Return where the level of output contradicts its published growth, and why it may.

    Parameters
    ----------
    panel : Panel
        With the roles ``output`` and ``output_growth`` (per cent).
    tolerance : float, optional
        Difference in points that is passed over, beside what the rounding of the printed
        levels can do; half of the last printed digit of the rates if None, and 0.005 at
        least.

    Returns
    -------
    Findings
        Each says which area and periods, the two rates, what the difference does to TFP
        growth (one for one), the probable cause and a remedy. The codes are
        ``level-of-another-vintage``, ``level-at-another-base``, ``level-alone-off``,
        ``level-and-growth-apart``.

    Raises
    ------
    MethodError
        ``growth-looks-like-index`` for rates that are indices with the previous period
        as 100, ``tolerance-negative``.
    PanelError
        ``role-missing``.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2019, 2020, 2021], "grdp": [29956.2, 29351.7, 30132.5],
    ...                    "growth": [None, 3.70, 2.66]}, time="year", area="Hòa Bình",
    ...                   output="grdp", output_growth="growth")
    >>> [(finding.code, finding.places[0].time) for finding in tfp.contradicting_growth(panel)]
    [('level-of-another-vintage', 2020)]
    """
    require_panel(panel)
    if tolerance is not None and not tolerance >= 0.0:
        raise MethodError("tolerance-negative", tolerance=float(tolerance))
    compared = _compare(panel, tolerance)
    codes = panel.rows.codes[compared.rows]
    found = [
        finding
        for code in np.unique(codes[compared.differs]).tolist()
        for finding in _explain(panel, compared, np.flatnonzero(codes == code))
    ]
    return Findings(sorted(found, key=lambda finding: finding.severity != "block"))


def _compare(panel: Panel, tolerance: float | None) -> _Compared:
    output, growth = panel.column("output"), panel.column("output_growth")
    known = growth.values[~np.isnan(growth.values)]
    if len(known) and float(np.median(np.abs(known))) > LOOKS_LIKE_INDEX:
        middle = float(np.median(known))
        raise MethodError("growth-looks-like-index", column=growth.name, middle=middle)
    rows = np.setdiff1d(panel.rows.growth_rows, panel.rows.breaks)
    # A declared change of definition, such as of the base, is known already.
    rows = np.setdiff1d(rows, np.array(output.breaks_of_definition, dtype=np.intp))
    now, before = output.values[rows], output.values[rows - 1]
    sound = (now > 0.0) & (before > 0.0) & ~np.isnan(growth.values[rows])
    rows = rows[sound]
    allowed = max(half_last_digit(growth.values), 0.005) if tolerance is None else tolerance
    level = 100.0 * (output.values[rows] / output.values[rows - 1] - 1.0)
    slack = growth_slack(output.values, rows)
    # Nobody prints more digits than a float holds; without this, equal rates would differ.
    return _Compared(rows, level, growth.values[rows], allowed + slack + 1e-9)


def _explain(panel: Panel, compared: _Compared, own: IntArray) -> Iterator[Finding]:
    """Yield the contradictions of one entity, given all its positions in order."""
    differs = np.intersect1d(own, compared.differs).tolist()
    steps: list[int] = []
    alone: list[int] = []
    while differs:
        at = differs.pop(0)
        if differs and _cancel(compared, at, differs[0]):
            differs.pop(0)
            alone.append(at)
        else:
            steps.append(at)
    for at in alone:
        yield _finding(panel, compared, "level-alone-off", [at])
    agree = len(own) - len(steps) - 2 * len(alone)
    if len(steps) >= MANY or (len(steps) > 1 and 2 * len(steps) > len(own)):
        yield _finding(panel, compared, "level-and-growth-apart", steps, of=len(own))
        return
    for at in steps:
        factor = compared.factor(at)
        is_base = max(factor, 1.0 / factor) > BASE_FACTOR
        code = "level-at-another-base" if is_base else "level-of-another-vintage"
        yield _finding(panel, compared, code, [at], agree=agree)


def _cancel(compared: _Compared, at: int, following: int) -> bool:
    """Tell whether two neighbouring contradictions make each other good."""
    if compared.rows[following] != compared.rows[at] + 1:
        return False
    both = compared.factor(at) * compared.factor(following)
    allowed = compared.tolerance[at] + compared.tolerance[following]
    return bool(100.0 * abs(both - 1.0) <= 2.0 * allowed)


def _finding(
    panel: Panel, compared: _Compared, code: str, positions: list[int], **fields: object
) -> Finding:
    apart = np.abs(compared.level - compared.published)[positions]
    worst = positions[int(np.argmax(apart))]
    row = int(compared.rows[worst])
    output = panel.column("output")
    severity: Severity = "block" if float(apart.max()) > GRAVE_POINTS else "warn"
    # What the figure would be if the published growth is right: of the period itself where
    # it alone is wrong, else of the one before, on the level of the later ones.
    if code == "level-alone-off":
        stands = float(output.values[row])
        implied = float(output.values[row - 1] * (1.0 + compared.published[worst] / 100.0))
    else:
        stands = float(output.values[row - 1])
        implied = float(output.values[row] / (1.0 + compared.published[worst] / 100.0))
    return Finding(
        code=code,
        severity=severity,
        places=tuple(panel.rows.place(int(compared.rows[at]), output.name) for at in positions),
        fields={
            "role": output.role,
            "column": output.name,
            "year": panel.rows.time_label(row),
            "before": panel.rows.time_label(row - 1),
            "level": float(compared.level[worst]),
            "published": float(compared.published[worst]),
            "difference": float(abs(compared.level[worst] - compared.published[worst])),
            "factor": compared.factor(worst),
            "stands": stands,
            "implied": implied,
            "tolerance": float(compared.tolerance[worst]),
            "count": len(positions),
            **fields,
        },
    )
