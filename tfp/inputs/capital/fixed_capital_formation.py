r"""From social investment to gross fixed capital formation.

Provinces publish total social investment (vốn đầu tư thực hiện): outlays of projects, fixed
assets bought, repairs, working capital, others. Only a part of it is gross fixed capital
formation, the :math:`I` of the perpetual inventory:

.. math:: I_t = \rho_t\, V_t \qquad \text{or} \qquad I_t = \sum_j \phi_j V_{j,t}

with a ratio to the whole :math:`V`, or with the fraction :math:`\phi_j` of each item that
counts.

A ratio that is constant over the years cancels from the growth of capital where the initial
stock is proportional to investment (a steady state): :math:`K` is then :math:`\rho` times
what it would be. It does not cancel where the stock is given or a multiple of output.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import MethodError, TFPError, check_choice, nearest
from tfp.panel.deriving import marks_of
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel
from tfp.panel.spans import parse_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.roles import Column

Role = Literal["investment", "investment_current"]
ROLES: tuple[Role, ...] = ("investment", "investment_current")
LARGEST_RATIO = 1.5  # capital formation above social investment occurs; 79.9 is 79.9 per cent


def fixed_capital_formation(
    panel: Panel,
    *,
    ratio: float | Mapping[int | str, float] | None = None,
    items: Mapping[str, float] | None = None,
    role: Role = "investment",
    source: str,
    reason: str = "",
) -> Panel:
    """Return the panel with social investment turned into gross fixed capital formation.

    Parameters
    ----------
    panel : Panel
        With social investment in `role`: one column for a ratio, one for each item for
        `items`.
    ratio : float or mapping, optional
        Capital formation over social investment, a fraction: one for all, by year
        (``{2016: 0.80, ...}``), by period (``{"2016-2020": 0.80}``) or by area.
    items : mapping, optional
        Fraction of each item that is capital formation, 1 or 0 where there is no doubt
        (``{"outlays": 1, "assets bought": 1, "repairs": 0, "working capital": 0}``); every
        item of the panel must be named. Exactly one of `ratio` and `items` is given.
    role : {"investment", "investment_current"}
    source, reason : str
        Where the figures come from, and why they hold here; both go into the ledger.

    Raises
    ------
    MethodError
        ``ratio-or-items``, ``ratio-source-missing``, ``ratio-out-of-range``,
        ``ratio-missing`` for rows without one, ``ratios-overlap`` for rows with several,
        ``ratio-key-unknown`` for a name that is no area, ``items-missing`` where the panel has no
        items, ``items-undeclared``, ``fraction-out-of-range``,
        ``investment-already-converted``.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2015, 2016], "v": [1000.0, 1145.0], "y": [3000.0, 3200.0]},
    ...                   time="year", output="y", investment="v")
    >>> tfp.fixed_capital_formation(panel, ratio=0.8, source="national, 2016"
    ...     ).values("investment").tolist()
    [800.0, 916.0]
    """
    require_panel(panel)
    check_choice("role", role, ROLES)
    if (ratio is None) == (items is None):
        raise MethodError("ratio-or-items")
    if not source.strip():
        raise MethodError("ratio-source-missing")
    if any(entry.role == role and entry.cause.startswith("gfcf_") for entry in panel.ledger):
        raise MethodError("investment-already-converted", role=role)
    if items is not None:
        return _from_items(panel, items, role, source, reason)
    given = ratio if isinstance(ratio, Mapping) else float(ratio or 0.0)
    column = panel.column(role)
    ratios = _ratios(panel, column, given)
    entries = [
        _entry(panel, rows, role, "gfcf_ratio", source, reason, each)
        for each, rows in _rows_by_ratio(ratios, column.values)
    ]
    return panel.with_values(role, ratios * column.values, *entries)


def _rows_by_ratio(ratios: FloatArray, values: FloatArray) -> Iterator[tuple[float, IntArray]]:
    """Give each ratio with the rows that it turned, in the order of the rows."""
    touched = np.flatnonzero(~np.isnan(values))
    for ratio in dict.fromkeys(ratios[touched].tolist()):
        yield ratio, touched[ratios[touched] == ratio]


def _ratios(panel: Panel, column: Column, given: float | Mapping[int | str, float]) -> FloatArray:
    """Return the ratio of each row."""
    rows = panel.rows
    if not isinstance(given, Mapping):
        _check_ratio(given)
        return np.full(len(panel), given)
    ratios = np.full(len(panel), np.nan)
    for key, value in given.items():
        _check_ratio(float(value))
        chosen = _rows_of(panel, key)
        twice = np.flatnonzero(chosen & ~np.isnan(ratios))
        if len(twice):
            raise MethodError(
                "ratios-overlap", places=rows.places(twice[:6], column.name), key=str(key)
            )
        ratios[chosen] = value
    absent = np.flatnonzero(np.isnan(ratios) & ~np.isnan(column.values))
    if len(absent):
        raise MethodError(
            "ratio-missing", places=rows.places(absent[:6], column.name), count=len(absent)
        )
    return ratios


def _rows_of(panel: Panel, key: int | str) -> NDArray[np.bool_]:
    """Tell which rows an area, a year or a period means."""
    rows = panel.rows
    if str(key) in rows.entities:
        of_area: NDArray[np.bool_] = rows.codes == rows.entities.index(str(key))
        return of_area
    try:
        first, last = parse_span(key, rows.frequency)
    except TFPError as error:
        known = [name for name in rows.entities if name]
        raise MethodError(
            "ratio-key-unknown", key=str(key), known=known[:5], nearest=nearest(str(key), known)
        ) from error
    return (rows.times >= first) & (rows.times <= last)


def _check_ratio(ratio: float) -> None:
    if not 0.0 < ratio <= LARGEST_RATIO:
        raise MethodError("ratio-out-of-range", ratio=ratio, largest=LARGEST_RATIO)


def _from_items(
    panel: Panel, items: Mapping[str, float], role: Role, source: str, reason: str
) -> Panel:
    """Return the panel with the counted fractions of items as one column."""
    columns = panel.several(role)
    if not columns:
        raise MethodError("items-missing", role=role, present=sorted(panel.columns))
    undeclared = sorted(set(columns) ^ set(items))
    if undeclared:
        raise MethodError("items-undeclared", items=undeclared, present=list(columns))
    for name, fraction in items.items():
        if not 0.0 <= fraction <= 1.0:
            raise MethodError("fraction-out-of-range", item=name, fraction=float(fraction))
    # An item that does not count may be missing where it is not published.
    counted = [float(f) * columns[name].values for name, f in items.items() if f > 0.0]
    values = np.sum(counted, axis=0) if counted else np.zeros(len(panel))
    kept = {r: c for r, c in panel.columns.items() if r.partition(":")[0] != role}
    fractions = {str(name): float(fraction) for name, fraction in items.items()}
    touched = np.flatnonzero(~np.isnan(values))
    entry = _entry(panel, touched, role, "gfcf_items", source, reason, fractions)
    parents = list(columns.values())
    model = replace(parents[0], **marks_of(columns[name] for name, f in items.items() if f > 0.0))
    column = replace(model, role=role, name="gross_fixed_capital_formation", values=values)
    return Panel.of(panel.rows, kept, panel.ledger).with_column(column, entry)


def _entry(  # noqa: PLR0917  (the parts of an entry, in its order)
    panel: Panel,
    touched: IntArray,
    role: str,
    cause: str,
    source: str,
    reason: str,
    figure: float | dict[str, float],
) -> LedgerEntry:
    return LedgerEntry(
        action="derived",
        role=role,
        rows=panel.rows.keys(touched),
        cause=cause,
        figure="gfcf",
        fields={"figure": figure, "reason": f": {reason}" if reason else ""},
        source=source,
    )
