r"""Series in prices of different base years, linked by growth where they overlap.

.. math::

   x_t = \begin{cases}
   x^{old}_t\, \dfrac{x^{new}_a}{x^{old}_a} & t < a \\
   x^{new}_t & t \ge a
   \end{cases}

Growth up to the link year :math:`a` is the older series', growth after it the newer's.
Levels of two bases never stand beside each other, so that no growth is taken across.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError, Place, nearest
from tfp.inputs.prices.columns import check_source, parts_of
from tfp.inputs.prices.discrepancy import with_discrepancy
from tfp.inputs.prices.overlap import overlap_of
from tfp.inputs.prices.row_union import RowUnion, unite_rows
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel, require_panel
from tfp.panel.price_bases import price_base_meant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.roles import Column

SHOWN_PERIODS = 10
LINKED = ("output", "output_by_part", "investment", "output_price", "investment_price", "capital")


def link_bases(
    older: Panel,
    newer: Panel,
    role: str | Iterable[str] = "output",
    *,
    at: int | str,
    source: str,
    reason: str = "",
) -> Panel:
    """Return the newer panel with a series carried back by the growth of an older one.

    Several changes of base are linked one after the other: 1994 to 2010, the result to
    2020. The same link joins two vintages at prices of one year.

    Parameters
    ----------
    older, newer : Panel
        The same areas; each states the price base, or the vintage, of the series.
    role : str or iterable of str
        ``"output"``, ``"output_by_part"``, ``"investment"`` (with all assets), a price
        index or capital; ``["output", "output_by_part"]`` links the total and each part
        by its own growth, and what the parts then lack is the part
        ``statistical_discrepancy``.
    at : int or str
        The link year, which both series must have: usually the first of the newer one.
        Growth up to it is the older's, growth after it the newer's.
    source : str
        Where the two series come from; it goes into the ledger.
    reason : str
        Why, in the user's words.

    Returns
    -------
    Panel
        The rows of both. Other columns are the newer panel's; those that only the older
        has are kept. The ledger says by how much the two series disagree on growth in
        their overlap; :func:`tfp.compare_overlap` lists where.

    Raises
    ------
    MethodError
        ``link-value-missing`` and ``not-positive`` in the link year,
        ``link-loses-values`` where the newer series has values before the link year that
        the older lacks, or the older beyond the end of the newer: such values would go,
        ``link-without-difference`` where neither price bases nor vintages are stated or
        both are the same, ``link-entities-differ``, ``link-parts-differ``,
        ``link-role``, ``frequencies-differ``, ``prices-without-source``.

    Examples
    --------
    >>> import tfp
    >>> old = tfp.Panel({"year": [2008, 2009, 2010], "y": [1480.0, 1560.0, 1660.0]},
    ...                 time="year", output="y", price_bases={"output": "1994"})
    >>> new = tfp.Panel({"year": [2010, 2011], "y": [2740.0, 2915.0]},
    ...                 time="year", output="y", price_bases={"output": "2010"})
    >>> linked = tfp.link_bases(old, new, at=2010, source="yearbooks 2010 and 2012")
    >>> linked.frame["output"].round(1).tolist()
    [2442.9, 2574.9, 2740.0, 2915.0]
    """
    require_panel(older)
    require_panel(newer)
    check_source(source)
    asked = [role] if isinstance(role, str) else list(role)
    _check_entities(older, newer)
    union = unite_rows(older.rows, newer.rows)
    roles = [one for name in asked for one in _columns_meant(older, newer, name)]
    linked = _carried(older, newer, union)
    for one in roles:
        column, entries = _linked_column(older, newer, union, one, at)
        said = (replace(entry, source=source, reason=reason) for entry in entries)
        linked = linked.with_column(column, *said)
    if {"output", "output_by_part"} <= set(asked):
        linked = with_discrepancy(linked)
    return linked


def _columns_meant(older: Panel, newer: Panel, role: str) -> list[str]:
    base = role.partition(":")[0]
    if base not in LINKED:
        raise MethodError("link-role", role=role, known=list(LINKED), nearest=nearest(role, LINKED))
    names = [parts_of(panel, role) for panel in (older, newer)]
    if not any(names):
        return [role]
    if set(names[0]) != set(names[1]):
        raise MethodError(
            "link-parts-differ",
            role=role,
            older=sorted(set(names[0]) - set(names[1])),
            newer=sorted(set(names[1]) - set(names[0])),
        )
    return [f"{role}:{name}" for name in names[1]]


def _check_entities(older: Panel, newer: Panel) -> None:
    if older.rows.frequency != newer.rows.frequency:
        found = [older.rows.frequency, newer.rows.frequency]
        raise MethodError("frequencies-differ", found=found)
    before, after = set(older.rows.entities), set(newer.rows.entities)
    if before != after:
        raise MethodError(
            "link-entities-differ",
            older=sorted(before - after)[:5],
            newer=sorted(after - before)[:5],
        )


def _carried(older: Panel, newer: Panel, union: RowUnion) -> Panel:
    """Return a panel of all rows with the newer panel's columns, and the older's others."""
    kept: dict[str, Column] = {
        role: union.spread(column, union.of_newer) for role, column in newer.columns.items()
    }
    bases = {role.partition(":")[0] for role in kept}
    for role, column in older.columns.items():
        if role.partition(":")[0] not in bases:
            kept[role] = union.spread(column, union.of_older)
    return Panel.of(union.rows, kept, (*older.ledger, *newer.ledger))


@dataclass(frozen=True, eq=False)
class _Link:
    """The rows of a link, in the united rows, and the factor of each entity."""

    before: NDArray[np.bool_]
    at_rows: IntArray
    factors: FloatArray


def _linked_column(
    older: Panel, newer: Panel, union: RowUnion, role: str, at: int | str
) -> tuple[Column, list[LedgerEntry]]:
    first, second = older.column(role), newer.column(role)
    _check_differ(first, second)
    old, new = union.spread(first, union.of_older), union.spread(second, union.of_newer)
    link = _link(union, old, new, at)
    lost = _lost(union, old, new, link.before, at)
    values = np.where(link.before, old.values * link.factors[union.rows.codes], new.values)
    overlap = overlap_of(older, newer, role)
    worst = int(np.argmax(np.abs(overlap.difference))) if len(overlap.older_rows) else -1
    fields = {
        "before": _stated(first),
        "after": _stated(second),
        "at": at,
        "low": float(link.factors.min()),
        "high": float(link.factors.max()),
        "count": len(overlap.older_rows),
    }
    if worst >= 0:
        fields |= {
            "largest": float(abs(overlap.difference[worst])),
            "worst": older.rows.time_label(int(overlap.older_rows[worst])),
        }
    entry = LedgerEntry(
        action="derived",
        role=role,
        rows=union.rows.keys(np.flatnonzero(link.before & ~np.isnan(values))),
        cause="linked_bases",
        figure="linked_overlap" if worst >= 0 else "linked_once",
        fields=fields,
    )
    entries = [entry]
    if len(lost):
        entries.append(
            LedgerEntry(
                action="lost",
                role=role,
                rows=union.rows.keys(lost),
                cause="other_base",
                fields=fields,
            )
        )
    return union.joined(new, old, values, link.before, link.at_rows), entries


def _link(union: RowUnion, old: Column, new: Column, at: int | str) -> _Link:
    rows = union.rows
    at_rows = rows.rows_at(at)
    have = set(rows.codes[at_rows].tolist())
    absent = [name for code, name in enumerate(rows.entities) if code not in have]
    empty = at_rows[np.isnan(old.values[at_rows] + new.values[at_rows])]
    if absent or len(empty):
        places = [Place(entity=name or None, time=at, column=new.name) for name in absent]
        raise MethodError(
            "link-value-missing",
            places=[*places, *rows.places(empty, new.name)],
            role=new.role,
            at=at,
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = new.values[at_rows] / old.values[at_rows]
    wrong = np.flatnonzero(~(factors > 0.0) | np.isinf(factors))
    if len(wrong):
        row = int(at_rows[wrong[0]])
        raise MethodError(
            "not-positive",
            places=rows.places(at_rows[wrong], new.name),
            role=new.role,
            count=len(wrong),
            value=float(min(old.values[row], new.values[row])),
        )
    before = rows.times < rows.times[at_rows[0]]
    return _Link(before, at_rows, factors)


def _lost(
    union: RowUnion, old: Column, new: Column, before: NDArray[np.bool_], at: int | str
) -> IntArray:
    """Return the rows of the older series in a gap of the newer, after the link.

    Their levels are of another base and can stand nowhere. What the newer has before the
    link and the older has not, or the older beyond the newer's end, is refused: there the
    link year is another, or the two series are swapped.
    """
    has_old, has_new = ~np.isnan(old.values), ~np.isnan(new.values)
    ends = np.full(len(union.rows.entities), -1, dtype=np.intp)
    np.maximum.at(ends, union.rows.codes[has_new], np.flatnonzero(has_new))
    beyond = np.arange(len(has_new)) > ends[union.rows.codes]
    unmatched = ~before & has_old & ~has_new
    rows = np.flatnonzero((before & has_new & ~has_old) | (unmatched & beyond))
    if len(rows):
        periods = dict.fromkeys(union.rows.time_label(row) for row in rows.tolist())
        raise MethodError(
            "link-loses-values",
            places=union.rows.places(rows, new.name),
            role=new.role,
            at=at,
            count=len(rows),
            periods=list(periods)[:SHOWN_PERIODS],
        )
    return np.flatnonzero(unmatched)


def _check_differ(first: Column, second: Column) -> None:
    known = [
        (getattr(first, what), getattr(second, what))
        for what in ("price_base", "vintage")
        if None not in (getattr(first, what), getattr(second, what))
    ]
    meant = [(price_base_meant(before), price_base_meant(after)) for before, after in known]
    if not any(before != after for before, after in meant):
        raise MethodError(
            "link-without-difference",
            role=first.role,
            stated=[f"{before} = {after}" for before, after in known],
        )


def _stated(column: Column) -> str:
    return ", ".join(part for part in (column.price_base, column.vintage) if part)
