"""Prices and quantities of items by period, from either shape of a panel.

A *long* panel has a row for each item and period: its entities are the items, and there is
one aggregate. A *wide* one has a column for each item, and an aggregate for each entity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError, Place
from tfp.panel.panel import require_panel
from tfp.panel.rows import RowIndex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel

ROLES = ("price", "quantity", "value")


@dataclass(frozen=True, eq=False, kw_only=True)
class Items:
    """Prices and quantities of items in the periods of one or several aggregates.

    Attributes
    ----------
    rows : RowIndex
        Aggregate and period of each row.
    names : tuple of str
        The items.
    price, quantity : (n, k) arrays
        NaN where not known.
    long : bool
        Whether the items were the entities of the panel.
    """

    rows: RowIndex
    names: tuple[str, ...]
    price: FloatArray
    quantity: FloatArray
    long: bool

    @property
    def present(self) -> NDArray[np.bool_]:
        """Which items are there, (n, k): with a price and a quantity above zero."""
        present: NDArray[np.bool_] = (self.price > 0.0) & (self.quantity > 0.0)
        return present

    @property
    def belongs(self) -> NDArray[np.bool_]:
        """Which items an aggregate has in any period, (n, k), repeated over its periods."""
        ever = np.logical_or.reduceat(self.present, self.rows.starts, axis=0)
        return np.repeat(ever, self.rows.lengths, axis=0)

    def places(self, cells: Iterable[tuple[int, int]]) -> list[Place]:
        """Return where some cells (row, item) are: by entity, or by column of an area."""
        return [self._place(int(row), self.names[int(item)]) for row, item in cells]

    def _place(self, row: int, item: str) -> Place:
        if self.long:
            return Place(entity=item, time=self.rows.time_label(row))
        return self.rows.place(row, item)


def items_of(panel: Panel) -> Items:
    """Return the items of a panel, the third of price, quantity and value from the other two.

    Raises
    ------
    PanelError
        ``panel-expected``.
    MethodError
        ``index-needs-two``, ``index-two-shapes``, ``index-items-differ``,
        ``index-below-zero``.
    """
    require_panel(panel)
    single = [role for role in ROLES if role in panel.columns]
    several = [role for role in ROLES if panel.several(role)]
    if single and several:
        raise MethodError("index-two-shapes", single=single, several=several)
    given = single or several
    if len(given) != len(ROLES) - 1:
        raise MethodError("index-needs-two", given=given)
    return _long(panel, given) if single else _wide(panel, given)


def _long(panel: Panel, given: list[str]) -> Items:
    own = panel.rows
    times, position = np.unique(own.times, return_inverse=True)
    tables = {}
    for role in given:
        table = np.full((len(times), len(own.entities)), np.nan)
        table[position, own.codes] = panel.values(role)
        tables[role] = table
    first = np.zeros(1, dtype=np.intp)
    rows = RowIndex(
        entities=("",),
        codes=np.zeros(len(times), dtype=np.int32),
        times=times,
        starts=first,
        breaks=np.append(first, np.flatnonzero(np.diff(times) > 1) + 1),
        frequency=own.frequency,
        time_name=own.time_name,
        origin=own.origin,
    )
    return _items(rows, own.entities, tables, long=True)


def _wide(panel: Panel, given: list[str]) -> Items:
    columns = {role: panel.several(role) for role in given}
    one, other = (set(names) for names in columns.values())
    if one != other:
        raise MethodError("index-items-differ", roles=given, only_in_one=sorted(one ^ other))
    names = tuple(columns[given[0]])
    tables = {
        role: np.column_stack([columns[role][name].values for name in names]) for role in given
    }
    return _items(panel.rows, names, tables, long=False)


def _items(
    rows: RowIndex, names: tuple[str, ...], tables: dict[str, FloatArray], *, long: bool
) -> Items:
    first, second = tables.values()
    given = Items(rows=rows, names=names, price=first, quantity=second, long=long)
    for role, table in tables.items():
        below = np.argwhere(table < 0.0)
        if len(below):
            raise MethodError(
                "index-below-zero",
                places=given.places(below),
                role=role,
                value=float(table[tuple(below[0])]),
                count=len(below),
            )
    with np.errstate(divide="ignore", invalid="ignore"):
        price = tables["price"] if "price" in tables else tables["value"] / tables["quantity"]
        quantity = tables["quantity"] if "quantity" in tables else tables["value"] / price
    return Items(rows=rows, names=names, price=price, quantity=quantity, long=long)
