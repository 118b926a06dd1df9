r"""From current prices to constant prices, and the price index that lies between them.

.. math:: x_t = \frac{V_t}{P_t / \bar P_b}

with values :math:`V_t` at current prices and a price index :math:`P_t` in any base, whose
mean over the base year :math:`b` is set to 1.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.prices.columns import (
    base_year_means,
    check_source,
    price_roles,
    refuse_not_positive,
    roles_meant,
)
from tfp.panel.deriving import inherited
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel
from tfp.panel.price_bases import at_current_prices, base_year, of_previous_period
from tfp.panel.roles import Column
from tfp.panel.units import units_differ

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel

# Printed price indices have two decimals: a constant-price figure and its deflated current
# one differ by that rounding, not by a tenth of a per cent.
SAME_FIGURE = 1e-3
# "2010 = 100", "2010=1": what an index is in the year that it names.
_LEVEL_IN_BASE = re.compile(r"=\s*(\d+)\s*$")


def deflate(
    panel: Panel, role: str, by: str | None = None, *, base: int, source: str, reason: str = ""
) -> Panel:
    """Return the panel with a column at constant prices, from current prices and a price index.

    ``output`` is made of ``output_current`` and ``output_price``, ``investment`` of
    ``investment_current`` and ``investment_price``; where these are by asset, so is the
    result. Where the panel has the column at constant prices already, its empty cells are
    filled, and the figures that both ways give must agree to a tenth of a per cent.

    Parameters
    ----------
    panel : Panel
    role : str
        ``"output"``, ``"investment"`` or ``"investment:x"``.
    by : str, optional
        Role of another price index than the column's own, such as ``"output_price"`` for
        investment: an assumption, which needs a `reason`.
    base : int
        The year whose prices are taken; of quarters or months the mean of that year. The
        data need not have it where the price index is declared in it (``2010 = 100``).
    source : str
        Where the price index comes from; it goes into the ledger.
    reason : str
        Why this index; needed with `by`.

    Returns
    -------
    Panel
        The column takes the unit of the current values, and of its parents the vintage,
        the boundary and, in each row, the weakest status; its price base is the year.

    Raises
    ------
    MethodError
        ``base-year-missing``, ``price-missing`` where there is a value but no price,
        ``not-positive`` for a price at or below zero, ``price-not-chained`` for an index
        of which every value has another base, ``constant-prices-contradict``,
        ``deflate-constant-prices`` for values declared at the prices of one year,
        ``mixed-units``, ``mixed-price-bases``, ``mixed-vintages``, ``mixed-boundaries``,
        ``prices-role``, ``prices-without-source``, ``reason-missing``.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2010, 2011], "i": [830.0, 924.0], "p": [125.0, 150.0]},
    ...                   time="year", investment_current="i", investment_price="p")
    >>> panel = tfp.deflate(panel, "investment", base=2010, source="yearbook 2012, table 40")
    >>> panel.values("investment").tolist()
    [830.0, 770.0]
    """
    require_panel(panel)
    check_source(source)
    if by is not None and not reason.strip():
        raise MethodError("reason-missing")
    for one in roles_meant(panel, role, price_roles(role).current):
        panel = _deflate_one(panel, one, by, base=base, source=source, reason=reason)
    return panel


def _deflate_one(
    panel: Panel, role: str, by: str | None, *, base: int, source: str, reason: str
) -> Panel:
    roles = price_roles(role)
    current, price = panel.column(roles.current), panel.column(by or roles.price)
    known = ~np.isnan(current.values)
    _check_price(panel, price, known)
    _check_current(current)
    means = _levels_in_base(panel, price, base, known)
    values = current.values / (price.values / means[panel.rows.codes])
    column = Column(
        role=role,
        name=role,
        values=values,
        unit=current.unit,
        price_base=str(base),
        **inherited((current, price)),
    )
    made = known
    if panel.has(role):
        published = panel.column(role)
        _check_units(published, current)
        _check_same(panel, published, column, base)
        made = known & np.isnan(published.values)
        column = replace(
            published,
            values=np.where(made, values, published.values),
            status=_joined_status(published, column, made),
        )
    entry = LedgerEntry(
        action="derived",
        role=role,
        rows=panel.rows.keys(np.flatnonzero(made)),
        reason=reason,
        cause="" if reason else "deflated",
        figure="deflated",
        fields={"current": current.name, "price": price.name, "base": base},
        source=source,
    )
    return panel.with_column(column, entry)


def implicit_price(panel: Panel, role: str) -> Panel:
    r"""Return the panel with the price index implied by current and constant prices.

    .. math:: P_t = \frac{V_t}{x_t}

    It is 1 in the year whose prices the constant ones are.

    Parameters
    ----------
    panel : Panel
    role : str
        ``"output"``, ``"investment"`` or ``"investment:x"``; with assets, for each.

    Raises
    ------
    MethodError
        ``column-present`` where the panel has the price index, ``not-positive`` where
        prices would be, ``mixed-units``, ``mixed-vintages``, ``mixed-boundaries``,
        ``prices-role``.

    Examples
    --------
    >>> import tfp
    >>> frame = tfp.datasets.vietnam().frame
    >>> panel = tfp.Panel(frame, time="year", investment="gfcf", investment_current="gfcf_current")
    >>> panel = tfp.implicit_price(panel, "investment")
    >>> panel.frame["investment_price"].round(3).loc[[2010, 2020, 2021]].tolist()
    [1.0, 1.385, 1.457]
    """
    require_panel(panel)
    for one in roles_meant(panel, role, price_roles(role).current):
        panel = _implicit_one(panel, one)
    return panel


def _implicit_one(panel: Panel, role: str) -> Panel:
    roles = price_roles(role)
    constant, current = panel.column(role), panel.column(roles.current)
    if panel.has(roles.price):
        raise MethodError("column-present", role=roles.price, column=panel.column(roles.price).name)
    _check_units(constant, current)
    both = ~np.isnan(constant.values) & ~np.isnan(current.values)
    # An asset nobody bought that year has no price; what it has is no error.
    both &= (constant.values != 0.0) | (current.values != 0.0)
    values = np.full(len(panel), np.nan)
    np.divide(current.values, constant.values, out=values, where=both & (constant.values != 0.0))
    column = Column(
        role=roles.price, name=roles.price, values=values, **inherited((constant, current))
    )
    refuse_not_positive(panel, replace(column, values=np.where(both, values, 1.0)), both)
    refuse_not_positive(panel, constant, both & (constant.values == 0.0))
    entry = LedgerEntry(
        action="derived",
        role=roles.price,
        rows=panel.rows.keys(np.flatnonzero(both)),
        cause="implicit_price",
        fields={"current": current.name, "constant": constant.name},
    )
    return panel.with_column(column, entry)


def check_one_base(price: Column) -> None:
    """Refuse a price index of which every value has the period before as its base."""
    for words in (price.unit, price.price_base):
        if of_previous_period(words):
            raise MethodError("price-not-chained", column=price.name, unit=words)


def _check_current(current: Column) -> None:
    """Refuse to take prices out of values that have none in them any more."""
    if current.price_base is not None and not at_current_prices(current.price_base):
        raise MethodError(
            "deflate-constant-prices",
            role=current.role,
            column=current.name,
            base=current.price_base,
        )


def _check_units(constant: Column, current: Column) -> None:
    if units_differ(constant, current):
        raise MethodError(
            "mixed-units", stated=[f"{c.role}: {c.unit}" for c in (constant, current)]
        )


def _levels_in_base(
    panel: Panel, price: Column, base: int, needed: NDArray[np.bool_]
) -> FloatArray:
    """Return the price index in the base year, (m,): as found there, or else as declared."""
    try:
        return base_year_means(panel, price.values, base, price, needed)
    except MethodError as error:
        level = _LEVEL_IN_BASE.search(price.unit or "")
        declared = base_year(price.price_base or price.unit) == base
        if error.code != "base-year-missing" or level is None or not declared:
            raise
        return np.full(len(panel.rows.entities), float(level[1]))


def _check_price(panel: Panel, price: Column, needed: NDArray[np.bool_]) -> None:
    check_one_base(price)
    refuse_not_positive(panel, price, np.ones(len(panel), dtype=np.bool_))
    lacking = np.flatnonzero(needed & np.isnan(price.values))
    if len(lacking):
        raise MethodError(
            "price-missing",
            places=panel.rows.places(lacking, price.name),
            role=price.role,
            count=len(lacking),
        )


def _check_same(panel: Panel, published: Column, deflated: Column, base: int) -> None:
    """Refuse to fill a published column with figures that contradict it."""
    if published.price_base is not None and base_year(published.price_base) != base:
        stated = [f"{published.role}: {published.price_base}", f"base: {base}"]
        raise MethodError("mixed-price-bases", stated=stated)
    apart = np.abs(deflated.values - published.values) > SAME_FIGURE * np.abs(published.values)
    wrong = np.flatnonzero(apart)
    if len(wrong):
        row = int(wrong[0])
        raise MethodError(
            "constant-prices-contradict",
            places=panel.rows.places(wrong, published.name),
            role=published.role,
            count=len(wrong),
            published=float(published.values[row]),
            deflated=float(deflated.values[row]),
        )


def _joined_status(
    published: Column, deflated: Column, made: NDArray[np.bool_]
) -> NDArray[np.int8] | None:
    if published.status is None and deflated.status is None:
        return None
    final = np.zeros(len(made), dtype=np.int8)
    before = final if published.status is None else published.status
    after = final if deflated.status is None else deflated.status
    joined: NDArray[np.int8] = np.where(made, after, before)
    return joined
