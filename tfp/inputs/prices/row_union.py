"""The rows of two panels together, and columns of either spread over them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.ordering import plan_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.roles import Column
    from tfp.panel.rows import RowIndex

NO_DEFINITION = -1


@dataclass(frozen=True, eq=False)
class RowUnion:
    """Rows that at least one of two panels has.

    Attributes
    ----------
    rows : RowIndex
        Entities in the newer panel's order.
    of_older, of_newer : array of int
        For each row of the two panels, the number of the same row in the union.
    """

    rows: RowIndex
    of_older: IntArray
    of_newer: IntArray

    def spread(self, column: Column, position: IntArray) -> Column:
        """Return a column of one panel over all rows; NaN where that panel has no row."""
        n = len(self.rows)
        values = np.full(n, np.nan)
        values[position] = column.values
        definition = status = None
        if column.definition is not None:
            definition = np.full(n, NO_DEFINITION, dtype=np.int32)
            definition[position] = column.definition
        if column.status is not None:
            status = np.zeros(n, dtype=np.int8)
            status[position] = column.status
        accepted = tuple(int(position[row]) for row in column.accepted)
        return replace(
            column, values=values, definition=definition, status=status, accepted=accepted
        )

    def joined(
        self,
        newer: Column,
        older: Column,
        values: FloatArray,
        is_older: NDArray[np.bool_],
        link_rows: IntArray,
    ) -> Column:
        """Return the newer column with the older one's values, statuses and definitions.

        The link settles a change of definition between the two: growth into its row is
        the older series' own.
        """
        status = None
        if newer.status is not None or older.status is not None:
            none = np.zeros(len(self.rows), dtype=np.int8)
            before, after = (none if c.status is None else c.status for c in (older, newer))
            status = np.where(is_older, before, after)
        names = tuple(dict.fromkeys((*newer.definitions, *older.definitions)))
        definition = None
        if names:
            definition = np.where(is_older, _renamed(older, names), _renamed(newer, names))
        accepted = {row for row in older.accepted if is_older[row]}
        accepted |= {row for row in newer.accepted if not is_older[row]}
        if names:
            accepted |= set(link_rows.tolist())
        return replace(
            newer,
            values=values,
            status=status,
            definition=definition,
            definitions=names,
            accepted=tuple(sorted(accepted)),
        )


def _renamed(column: Column, names: tuple[str, ...]) -> NDArray[np.int32]:
    """Return a column's definitions as numbers in a common list of names."""
    if column.definition is None:
        return np.full(len(column.values), NO_DEFINITION, dtype=np.int32)
    # The last place serves the number -1 of rows without a definition.
    numbers = [*(names.index(name) for name in column.definitions), NO_DEFINITION]
    return np.array(numbers, dtype=np.int32)[column.definition]


def unite_rows(older: RowIndex, newer: RowIndex) -> RowUnion:
    """Return the union of the rows of two panels of the same entities."""
    code_of = {name: code for code, name in enumerate(newer.entities)}
    recoded = np.array([code_of[name] for name in older.entities], dtype=np.int32)[older.codes]
    keys = np.concatenate(
        [
            np.column_stack([codes.astype(np.int64), times])
            for codes, times in ((recoded, older.times), (newer.codes, newer.times))
        ]
    )
    distinct, position = np.unique(keys, axis=0, return_inverse=True)
    position = position.reshape(-1)
    codes = distinct[:, 0].astype(np.int32)
    plan = plan_rows(codes, distinct[:, 1], len(newer.entities))
    rows = replace(newer, codes=codes, times=distinct[:, 1], starts=plan.starts, breaks=plan.breaks)
    return RowUnion(rows=rows, of_older=position[: len(older)], of_newer=position[len(older) :])
