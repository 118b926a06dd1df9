"""Price indices that have to be made first: chained from changes, or borrowed from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.prices.columns import base_year_means, check_source, price_roles
from tfp.inputs.prices.deflating import check_one_base
from tfp.numerics.chains import level_index
from tfp.panel.deriving import marks_at, marks_of, weakest_between
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel
from tfp.panel.price_bases import base_year, of_previous_period
from tfp.panel.roles import Column

if TYPE_CHECKING:
    from tfp.numerics.arrays import IntArray
    from tfp.panel.panel import Panel

# An index with the previous period as 100 lies about 100: the middle one of a series that
# does not is a rate in per cent, or an index that has one base already.
PLAUSIBLE_MIDDLE = (70.0, 200.0)
# Prices that double every few years still change by less than this from year to year.
LARGEST_OF_ALL = 1_000.0


def chain_price_index(panel: Panel, role: str) -> Panel:
    r"""Return the panel with a price index of one base, from one with the previous period as 100.

    .. math:: P_t = P_{t-1}\, \frac{p_t}{100}

    The first period of each entity is 1; its own printed value refers to the period
    before and is not used. A chain does not jump a gap.

    Parameters
    ----------
    panel : Panel
    role : str
        ``"output"``, ``"investment"`` or ``"investment:x"``: whose price index.

    Raises
    ------
    MethodError
        ``price-of-one-base`` for an index that is declared to have one base already
        (``2010 = 100``), ``price-not-of-previous`` for values that are no indices with the
        previous period as 100, ``prices-role``.

    Examples
    --------
    >>> import tfp
    >>> panel = tfp.Panel({"year": [2010, 2011, 2012], "p": [109.0, 120.0, 110.0]},
    ...                   time="year", investment_price="p")
    >>> tfp.chain_price_index(panel, "investment").values("investment_price").tolist()
    [1.0, 1.2, 1.32]
    """
    require_panel(panel)
    column = panel.column(price_roles(role).price)
    for words in (column.unit, column.price_base):
        if base_year(words) is not None and not of_previous_period(words):
            raise MethodError("price-of-one-base", column=column.name, base=words)
    changes = column.values / 100.0
    known = column.values[~np.isnan(column.values)]
    low, high = PLAUSIBLE_MIDDLE
    middle = float(np.median(known)) if len(known) else np.nan
    if not low <= middle <= high or float(known.min()) <= 0.0 or known.max() > LARGEST_OF_ALL:
        raise MethodError(
            "price-not-of-previous", role=column.role, column=column.name, middle=middle
        )
    starts, breaks = panel.rows.starts, panel.rows.breaks
    values = level_index(changes - 1.0, starts, breaks, rates="simple")
    entry = LedgerEntry(
        action="derived",
        role=column.role,
        rows=panel.rows.keys(np.flatnonzero(~np.isnan(values))),
        cause="chained_prices",
        fields={"series": column.name},
    )
    status = column.status
    if status is not None:
        # The first index is 1 by convention; each later one rests on all changes up to it.
        status = weakest_between(status, panel.rows, starts)
    made = replace(column, values=values, unit=None, price_base=None, status=status)
    return panel.with_column(made, entry)


def borrow_price(
    panel: Panel,
    role: str,
    lender: Panel,
    *,
    source: str,
    reason: str,
    entity: str | None = None,
    base: int | None = None,
) -> Panel:
    r"""Return the panel with the price index of another area, such as the nation's.

    .. math:: P_{i,t} = P_{j,t}

    That prices move alike is an assumption, and not a small one: for Quảng Trị in 2020 and
    2021, the deflators of the province's and of the nation's investment lie 6 to 7 per cent
    apart. Growth of the volume is wrong by the difference in the growth of prices.

    Parameters
    ----------
    panel : Panel
    role : str
        ``"output"``, ``"investment"`` or ``"investment:x"``: whose price index.
    lender : Panel
        The panel that has the index.
    source, reason : str
        Where the index comes from, and why it is borrowed; both go into the ledger.
    entity : str, optional
        Whose index; needed where `lender` has several entities.
    base : int, optional
        A year of the lender in which the index is set to 1: :func:`tfp.deflate` takes it as
        its base year even where the panel begins later.

    Returns
    -------
    Panel
        With the index in all rows whose period the lender has.

    Raises
    ------
    MethodError
        ``column-present`` where the panel has its own index, ``frequencies-differ``,
        ``entity-needed``, ``entity-unknown``, ``reason-missing``,
        ``prices-without-source``, ``prices-role``; with a base, ``base-year-missing`` and
        ``price-not-chained``.

    Examples
    --------
    >>> import tfp
    >>> nation = tfp.Panel({"year": [2020, 2021], "p": [1.385, 1.457]}, time="year",
    ...                    area="Viet Nam", investment_price="p")
    >>> province = tfp.Panel({"year": [2020, 2021], "i": [19371.6, 28669.9]}, time="year",
    ...                      area="Quảng Trị", investment_current="i")
    >>> province = tfp.borrow_price(province, "investment", nation, source="national accounts",
    ...                             reason="the province publishes no price index")
    >>> province.values("investment_price").tolist()
    [1.385, 1.457]
    """
    require_panel(panel)
    require_panel(lender)
    check_source(source)
    if not reason.strip():
        raise MethodError("reason-missing")
    price = price_roles(role).price
    if panel.has(price):
        raise MethodError("column-present", role=price, column=panel.column(price).name)
    if panel.rows.frequency != lender.rows.frequency:
        found = [lender.rows.frequency, panel.rows.frequency]
        raise MethodError("frequencies-differ", found=found)
    column = lender.column(price)
    rows = _rows_of(lender, entity)
    lent, unit, price_base = column.values[rows], column.unit, column.price_base
    if base is not None:
        check_one_base(column)
        own = lender.rows.codes == lender.rows.codes[rows[0]]
        lent = (
            lent
            / base_year_means(lender, column.values, base, column, own)[lender.rows.codes[rows[0]]]
        )
        unit, price_base = f"{base} = 1", str(base)
    source_rows = _at_times(lender.rows.times[rows], rows, panel.rows.times)
    values = np.where(source_rows < 0, np.nan, lent[np.maximum(source_rows - rows[0], 0)])
    name = lender.rows.entity_label(int(rows[0])) or source
    entry = LedgerEntry(
        action="borrowed",
        role=price,
        rows=panel.rows.keys(np.flatnonzero(~np.isnan(values))),
        reason=reason,
        figure="borrowed_price" if base is None else "borrowed_price_based",
        fields={"lender": name, "series": column.name, "base": base},
        source=source,
    )
    # Vintage and boundary are the lender's: they say nothing of the borrower's other figures.
    return panel.with_column(
        Column(
            role=price,
            name=column.name,
            values=values,
            unit=unit,
            price_base=price_base,
            **marks_at(marks_of([column]), source_rows),
        ),
        entry,
    )


def _rows_of(lender: Panel, entity: str | None) -> IntArray:
    known = lender.rows.entities
    if entity is None and len(known) > 1:
        raise MethodError("entity-needed", count=len(known), known=list(known[:5]))
    if entity is not None and entity not in known:
        raise MethodError("entity-unknown", entity=entity, known=list(known[:5]))
    return np.flatnonzero(lender.rows.codes == (0 if entity is None else known.index(entity)))


def _at_times(known_times: IntArray, known: IntArray, times: IntArray) -> IntArray:
    """Return the rows that a series, sorted by time, has at some times; -1 at others."""
    place = np.minimum(np.searchsorted(known_times, times), len(known_times) - 1)
    return np.where(known_times[place] == times, known[place], -1)
