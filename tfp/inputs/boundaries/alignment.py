"""Two panels of the same areas laid side by side, row by row, and joined into one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.inputs.boundaries.rows import index_rows
from tfp.panel.units import units_differ

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column
    from tfp.panel.rows import RowIndex


@dataclass(frozen=True, eq=False)
class Aligned:
    """Sums of parts and published figures over the rows that either has.

    Attributes
    ----------
    sums, published : Panel
        Of the same areas and roles, both on the new boundary.
    rows : RowIndex
        The rows of either, m of them.
    in_sums, in_published : (m,) arrays of int
        The row of each panel; -1 where it has none.
    """

    sums: Panel
    published: Panel
    rows: RowIndex
    in_sums: IntArray
    in_published: IntArray

    def summed(self, role: str) -> FloatArray:
        """Return the sums of parts in a role, (m,); NaN where there is none."""
        return _laid(self.sums.values(role), self.in_sums)

    def figures(self, role: str) -> FloatArray:
        """Return the published figures in a role, (m,); NaN where there is none."""
        return _laid(self.published.values(role), self.in_published)

    def in_both(self, role: str) -> IntArray:
        """Return the rows that have a sum and a published figure."""
        both: FloatArray = self.summed(role) + self.figures(role)
        return np.flatnonzero(~np.isnan(both))

    def first_published(self, role: str) -> IntArray:
        """Return the first row of each area with a published figure; m where it has none."""
        rows = np.flatnonzero(~np.isnan(self.figures(role)))
        first = np.full(len(self.rows.entities), len(self.rows), dtype=np.intp)
        np.minimum.at(first, self.rows.codes[rows], rows)
        return first


def align(sums: Panel, published: Panel) -> Aligned:
    """Return two panels side by side.

    Raises
    ------
    MethodError
        ``series-roles-differ``, ``series-areas-differ``, ``series-descriptions-differ``.
    """
    _check_agreement(sums, published)
    entities = published.rows.entities
    numbers = np.array([entities.index(name) for name in sums.rows.entities])
    codes = np.concatenate((numbers[sums.rows.codes], published.rows.codes))
    times = np.concatenate((sums.rows.times, published.rows.times))
    keys, inverse = np.unique(np.stack((codes, times)), axis=1, return_inverse=True)
    rows, _, _ = index_rows(keys[0], keys[1], entities, published.rows)
    laid = [np.full(len(rows), -1, dtype=np.intp) for _ in range(2)]
    places = np.asarray(inverse).reshape(-1)
    laid[0][places[: len(sums)]] = np.arange(len(sums))
    laid[1][places[len(sums) :]] = np.arange(len(published))
    return Aligned(sums, published, rows, *laid)


def joined_column(
    aligned: Aligned, role: str, later: NDArray[np.bool_], values: FloatArray
) -> Column:
    """Return a column whose later rows are the published one's, the others the sums'.

    A value whose column declares no status counts as final, as it does in growth accounts.
    """
    first, second = aligned.sums.column(role), aligned.published.column(role)
    definition, definitions = _definitions(aligned, first, second, later)
    settled = np.where(
        later,
        np.isin(aligned.in_published, second.accepted),
        np.isin(aligned.in_sums, first.accepted),
    )
    settled[aligned.rows.breaks] = False
    return replace(
        second,
        values=values,
        unit=second.unit or first.unit,
        price_base=second.price_base or first.price_base,
        vintage="; ".join(dict.fromkeys(filter(None, (first.vintage, second.vintage)))) or None,
        definition=definition,
        definitions=definitions,
        accepted=tuple(int(row) for row in np.flatnonzero(settled)),
        status=_statuses(aligned, first, second, later),
    )


def _laid(values: FloatArray, rows: IntArray) -> FloatArray:
    return np.where(rows < 0, np.nan, values[rows])


def _check_agreement(first: Panel, second: Panel) -> None:
    odd = sorted(set(first.columns) ^ set(second.columns))
    if odd:
        common = sorted(set(first.columns) & set(second.columns))
        raise MethodError("series-roles-differ", roles=odd, common=common)
    areas = sorted(set(first.rows.entities) ^ set(second.rows.entities))
    if areas:
        raise MethodError("series-areas-differ", areas=areas[:5], count=len(areas))
    if first.rows.frequency != second.rows.frequency:
        stated = [first.rows.frequency, second.rows.frequency]
        raise MethodError("series-descriptions-differ", role="time", stated=stated)
    for role, column in first.columns.items():
        other = second.column(role)
        bases = (column.price_base, other.price_base)
        if units_differ(column, other):
            raise MethodError(
                "series-descriptions-differ", role=role, stated=[str(column.unit), str(other.unit)]
            )
        if None not in bases and bases[0] != bases[1]:
            raise MethodError(
                "series-descriptions-differ", role=role, stated=[str(base) for base in bases]
            )


def _definitions(
    aligned: Aligned, first: Column, second: Column, later: NDArray[np.bool_]
) -> tuple[NDArray[np.int32] | None, tuple[str, ...]]:
    if first.definition is None and second.definition is None:
        return None, ()
    names = list(dict.fromkeys((*first.definitions, *second.definitions)))
    both = []
    for column, rows in ((first, aligned.in_sums), (second, aligned.in_published)):
        numbers = np.array([*map(names.index, column.definitions), -1], dtype=np.int32)
        blank = np.full(len(column.values), -1, dtype=np.int32)
        codes = numbers[blank if column.definition is None else column.definition]
        both.append(np.where(rows < 0, -1, codes[rows]).astype(np.int32))
    return np.where(later, both[1], both[0]), tuple(names)


def _statuses(
    aligned: Aligned, first: Column, second: Column, later: NDArray[np.bool_]
) -> NDArray[np.int8] | None:
    if first.status is None and second.status is None:
        return None
    both = []
    for column, rows in ((first, aligned.in_sums), (second, aligned.in_published)):
        final = np.zeros(len(column.values), dtype=np.int8)
        status = final if column.status is None else column.status
        both.append(np.where(rows < 0, 0, status[rows]).astype(np.int8))
    return np.where(later, both[1], both[0])
