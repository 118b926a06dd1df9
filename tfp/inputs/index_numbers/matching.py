"""Items that are not in both of two periods: refused, or left out and told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.index_numbers import matched
from tfp.panel.findings import MOST_PLACES, Finding

if TYPE_CHECKING:
    from tfp.inputs.index_numbers.items import Items
    from tfp.numerics.arrays import FloatArray, IntArray

Missing = Literal["refuse", "matched"]
MISSING: tuple[Missing, ...] = ("refuse", "matched")


def refuse_missing(items: Items) -> None:
    """Refuse items that an aggregate has in some periods and lacks in others.

    Raises
    ------
    MethodError
        ``index-items-missing``.
    """
    lacking = np.argwhere(items.belongs & ~items.present)
    if len(lacking):
        raise MethodError("index-items-missing", places=items.places(lacking), count=len(lacking))


def coverage(items: Items, earlier: IntArray, later: IntArray) -> FloatArray:
    """Return the share of value that the matched items have, the lower of two periods, (m,).

    Raises
    ------
    MethodError
        ``index-no-overlap`` where two periods that are to be compared share no item.
    """
    both = matched(
        items.price[earlier], items.quantity[earlier], items.price[later], items.quantity[later]
    )
    alone = np.flatnonzero(~both.any(axis=1))
    if len(alone):
        first, second = int(earlier[alone[0]]), int(later[alone[0]])
        present = items.present
        cells = [
            (row, item) for row in (first, second) for item in np.flatnonzero(present[row]).tolist()
        ]
        raise MethodError(
            "index-no-overlap",
            places=items.places(cells) or [items.rows.place(second)],
            before=items.rows.time_label(first),
            period=items.rows.time_label(second),
        )
    value = np.where(items.present, items.price * items.quantity, 0.0)
    shares = [
        np.where(both, value[rows], 0.0).sum(axis=1) / value[rows].sum(axis=1)
        for rows in (earlier, later)
    ]
    covered: FloatArray = np.minimum(*shares)
    return covered


def left_out(items: Items, earlier: IntArray, later: IntArray, lowest: float) -> list[Finding]:
    """Return the finding that items were left out of comparisons; none if none were.

    Its places are where a figure is lacking that the other period of a comparison has.

    Parameters
    ----------
    items
    earlier, later
        Rows that were compared, (m,).
    lowest
        The lowest share of value that was matched, a fraction.
    """
    present = items.present
    one_sided = present[earlier] != present[later]
    pair, item = np.nonzero(one_sided)
    if not len(pair):
        return []
    row = np.where(present[later[pair], item], earlier[pair], later[pair])
    cells = np.unique(np.column_stack([row, item]), axis=0)
    return [
        Finding(
            code="items-unmatched",
            severity="warn",
            places=tuple(items.places(cells[:MOST_PLACES])),
            fields={
                "count": len(cells),
                "items": sorted({items.names[number] for number in cells[:, 1].tolist()})[:5],
                "lowest": 100.0 * lowest,
            },
            more_places=max(0, len(cells) - MOST_PLACES),
        )
    ]
