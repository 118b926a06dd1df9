r"""A volume restated at the prices of another year.

.. math:: x'_t = x_t\, \frac{V_b}{x_b}

with values :math:`V` at current prices and the new base year :math:`b`. The series is
multiplied by one number, so that its growth stays what it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.prices.columns import (
    DISCREPANCY_ROLE,
    base_year_means,
    parts_of,
    price_roles,
    roles_meant,
)
from tfp.inputs.prices.discrepancy import with_discrepancy
from tfp.panel.deriving import inherited
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.panel.panel import Panel

# Roles of which a ratio is taken: they must be at prices of one year.
AT_ONE_BASE = ("output", "investment")


def rebase(panel: Panel, role: str | Iterable[str], base: int) -> Panel:
    """Return the panel with a column at the prices of another year, its growth untouched.

    With ``"output"``, the parts of output are rebased too, each by its own ratio. They
    then add up in the base year only; what they lack of the total elsewhere is the part
    ``statistical_discrepancy``.

    Parameters
    ----------
    panel : Panel
        With the column, and its parts, at current prices in the base year as well.
    role : str or iterable of str
        ``"output"``, ``"investment"``, ``"investment:x"``, or several of them. Where
        investment is by asset, ``"investment"`` means all assets.
    base : int
        The year whose prices are taken.

    Raises
    ------
    MethodError
        ``base-year-missing``, ``rebase-not-positive`` where the value of the base year is
        zero or differs in sign at the two prices, ``price-base-unstated`` where output or
        investment stays behind at prices of nobody knows which year, ``prices-role``,
        ``mixed-vintages``, ``mixed-boundaries``.
    PanelError
        ``role-missing`` for a column that the panel has not, such as current prices.

    Examples
    --------
    >>> import tfp
    >>> frame = tfp.datasets.vietnam().frame.query("year >= 2019")
    >>> panel = tfp.Panel(frame, time="year", output="gdp", output_current="gdp_current",
    ...                   price_bases={"output": "2010"})
    >>> at_2020 = tfp.rebase(panel, "output", 2020)
    >>> at_2020.frame["output"].round(1).loc[[2019, 2020]].tolist()
    [7820301.7, 8044385.7]
    """
    require_panel(panel)
    asked = [role] if isinstance(role, str) else list(role)
    pairs = [pair for one in asked for pair in _pairs(panel, one)]
    _check_others_stated(panel, [constant for constant, _ in pairs])
    for constant, current in pairs:
        panel = _rebase_one(panel, constant, current, base)
    if "output" in asked and parts_of(panel):
        panel = with_discrepancy(panel)
    return panel


def _pairs(panel: Panel, role: str) -> list[tuple[str, str]]:
    """Return the columns that a role means, each with its column at current prices."""
    pairs = [(one, price_roles(one).current) for one in roles_meant(panel, role, role)]
    if role == "output":
        pairs += [
            (part.role, f"output_current_by_part:{name}") for name, part in parts_of(panel).items()
        ]
    return pairs


def _rebase_one(panel: Panel, role: str, current_role: str, base: int) -> Panel:
    column, current = panel.column(role), panel.column(current_role)
    both = ~np.isnan(column.values) & ~np.isnan(current.values)
    needed = ~np.isnan(column.values)
    at_constant, at_current = (
        base_year_means(panel, np.where(both, one.values, np.nan), base, current, needed)
        for one in (column, current)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = at_current / at_constant
    wrong = np.flatnonzero((factors <= 0.0) | np.isinf(factors) | (at_constant == 0.0))
    if len(wrong):
        raise MethodError(
            "rebase-not-positive",
            places=[panel.rows.place(int(panel.rows.starts[code]), column.name) for code in wrong],
            role=role,
            base=base,
            constant=float(at_constant[wrong[0]]),
            current=float(at_current[wrong[0]]),
        )
    described = inherited((column, current))
    entry = LedgerEntry(
        action="derived",
        role=role,
        rows=panel.rows.keys(np.flatnonzero(needed)),
        cause="rebased",
        figure="rebased",
        fields={
            "base": base,
            "before": column.price_base or "?",
            "low": float(np.nanmin(factors)) if needed.any() else 1.0,
            "high": float(np.nanmax(factors)) if needed.any() else 1.0,
        },
    )
    # Growth, and so its status, is that of the column: the current values only scale it.
    return panel.with_column(
        replace(
            column,
            values=column.values * factors[panel.rows.codes],
            price_base=str(base),
            unit=current.unit or column.unit,
            vintage=described["vintage"],
            boundary=described["boundary"],
        ),
        entry,
    )


def _check_others_stated(panel: Panel, rebased: list[str]) -> None:
    """Refuse to move one of output and investment away from another whose base nobody knows."""
    silent = [
        f"{role} ({column.name})"
        for role, column in panel.columns.items()
        if role.partition(":")[0] in AT_ONE_BASE
        and role not in (*rebased, DISCREPANCY_ROLE)
        and column.price_base is None
    ]
    if silent:
        raise MethodError("price-base-unstated", columns=silent)
