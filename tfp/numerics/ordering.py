"""Where the rows of a panel belong: order, blocks of entities, gaps and duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.numerics.blocks import block_lengths

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import IntArray

    Codes = NDArray[np.int32]
    Times = NDArray[np.int64]
    Flags = NDArray[np.bool_]

# Placing rows in a table of entities by periods is linear in its cells: worth it while
# the table is not much larger than the panel.
CELLS_PER_ROW = 8
# Up to here a search among the first rows of the runs costs nothing worth saving.
FEW_RUNS = 65_536
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, eq=False)
class RowPlan:
    """How to sort n rows by entity and time, and where growth is defined then.

    All row numbers except those in `order` and `duplicates` count sorted rows. A plan
    with duplicates is only good for reporting them: their rows stand among the gaps.

    Attributes
    ----------
    order : (n,) or None
        The original number of each sorted row; None if the rows came sorted.
    starts : (m,)
        First row of each entity that has rows.
    lengths : (m,)
        Number of rows of each entity that has rows.
    breaks : (b,)
        Rows without a previous period: the starts and the gaps, sorted.
    gaps : (b - m,)
        Rows whose entity has an earlier row, but not of the period just before.
    duplicates : (d, 2)
        Original numbers of two rows of the same entity and time. A key that occurs
        three times gives two pairs: first and second, second and third.
    """

    order: IntArray | None
    starts: IntArray
    lengths: IntArray
    breaks: IntArray
    gaps: IntArray
    duplicates: IntArray


def plan_rows(codes: Codes, times: Times, n_entities: int) -> RowPlan:
    """Return the plan that sorts rows by entity code and time.

    Sorted rows are recognised in one reading. Others are placed in a table of entities
    by periods, O(n), while that has at most eight cells a row; beyond that one key made
    of code and time is sorted, and if it does not fit 64 bits, code and time by turns.

    Parameters
    ----------
    codes
        Entity of each row, (n,), from 0 to `n_entities` - 1.
    times
        Period of each row, (n,), as an ordinal (year, or number of the quarter), so
        that the period after t is t + 1.
    n_entities
        Number of entities; entities without rows are allowed.

    Returns
    -------
    RowPlan
        Nothing is raised: duplicate keys are returned in the plan.

    Examples
    --------
    >>> codes = np.array([1, 0, 0, 1], dtype=np.int32)
    >>> plan = plan_rows(codes, np.array([2020, 2021, 2020, 2018]), 2)
    >>> plan.order.tolist(), plan.starts.tolist(), plan.gaps.tolist()
    ([2, 1, 3, 0], [0, 2], [3])
    """
    if codes.size == 0:
        nothing = np.empty(0, dtype=np.intp)
        return RowPlan(None, nothing, nothing, nothing, nothing, nothing.reshape(0, 2))
    if _is_sorted(codes, times):
        return _plan_sorted(codes, times, None)
    first = int(times.min())
    span = int(times.max()) - first + 1
    if n_entities * span <= CELLS_PER_ROW * codes.size:
        plan = _plan_by_placement(_keys(codes, times - first, span), codes, n_entities, span)
        if plan is not None:
            return plan
    if n_entities * span <= LARGEST_KEY:
        order = np.argsort(_keys(codes, times - first, span))
        plan = _plan_sorted(codes[order], times[order], order)
        if plan.duplicates.size == 0:
            return plan
    # Slower, but equal keys keep the order in which they came, as their report should.
    order = np.lexsort((times, codes))
    return _plan_sorted(codes[order], times[order], order)


def encode_runs(values: NDArray[Any]) -> tuple[Codes, NDArray[Any]] | None:
    """Return codes and labels of entity names that stand in one run each, if they do.

    Comparing neighbours is several times faster than hashing every row. It settles the
    matter when each name fills one unbroken run of rows, as in any sorted panel.

    Parameters
    ----------
    values
        Names, (n,), strings or objects, none missing.

    Returns
    -------
    codes, labels
        Codes (n,) in the order of first appearance, not of the alphabet, and the label
        of each code; None if names come back after others, or if the runs are so many
        that the rows cannot be sorted by name, so that the caller factorises.

    Examples
    --------
    >>> codes, labels = encode_runs(np.array(["Huế", "Huế", "An Giang"]))
    >>> codes.tolist(), labels.tolist()
    ([0, 0, 1], ['Huế', 'An Giang'])
    >>> encode_runs(np.array(["Huế", "An Giang", "Huế"])) is None
    True
    """
    n = len(values)
    try:
        changes = np.asarray(values[1:] != values[:-1], dtype=np.bool_)
        starts = np.concatenate(([0] if n else [], np.flatnonzero(changes) + 1)).astype(np.intp)
        labels = values[starts]
        if starts.size > max(n // 2, FEW_RUNS) or len(set(labels.tolist())) < starts.size:
            return None
    except TypeError:  # names that cannot be compared or hashed: not for us to judge
        return None
    codes = np.repeat(np.arange(starts.size, dtype=np.int32), block_lengths(starts, n))
    return codes, labels


def _is_sorted(codes: Codes, times: Times) -> bool:
    same = codes[1:] == codes[:-1]
    # Equal neighbours count as sorted: a duplicate is found as such, not as disorder.
    in_order = times[1:] >= times[:-1]
    in_order &= same
    in_order |= codes[1:] > codes[:-1]
    return bool(in_order.all())


def _keys(codes: Codes, periods: Times, span: int) -> Times:
    keys = codes.astype(np.int64)
    keys *= span
    keys += periods
    return keys


def _plan_sorted(codes: Codes, times: Times, order: IntArray | None) -> RowPlan:
    same = codes[1:] == codes[:-1]
    follows = times[1:] == times[:-1] + 1
    follows &= same
    starts = _after_first_row(~same)
    breaks = _after_first_row(~follows)
    later = breaks[1:]
    gaps = later[same[later - 1]]
    repeated = gaps[times[gaps] == times[gaps - 1]]
    pairs = np.stack((repeated - 1, repeated), axis=1)
    duplicates = pairs if order is None else order[pairs]
    return RowPlan(order, starts, block_lengths(starts, codes.size), breaks, gaps, duplicates)


def _plan_by_placement(keys: Times, codes: Codes, n_entities: int, span: int) -> RowPlan | None:
    cells = np.full(n_entities * span, -1, dtype=np.intp)
    cells[keys] = np.arange(keys.size)
    filled = cells >= 0
    order = cells[filled]
    if order.size < keys.size:
        return None
    table = filled.reshape(n_entities, span)
    alone = np.ones_like(table)
    np.logical_not(table[:, :-1], out=alone[:, 1:])
    is_break = alone.ravel()[filled]
    lengths = np.bincount(codes, minlength=n_entities)
    lengths = lengths[lengths > 0]
    starts = np.cumsum(lengths) - lengths
    breaks = np.flatnonzero(is_break)
    is_break[starts] = False
    nothing = np.empty((0, 2), dtype=np.intp)
    return RowPlan(order, starts, lengths, breaks, np.flatnonzero(is_break), nothing)


def _after_first_row(flags: Flags) -> IntArray:
    """Return row 0 and the rows flagged by their pair with the row before."""
    return np.concatenate((np.zeros(1, dtype=np.intp), np.flatnonzero(flags) + 1))
