"""Where the rows of a panel belong: order, blocks of entities, gaps and duplicates."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
# Temporaries of this size stay in the processor's cache.
CHUNK_ROWS = 32_768
EMPTY = -1

NO_ROWS: IntArray = np.empty(0, dtype=np.intp)
NO_PAIRS: IntArray = np.empty((0, 2), dtype=np.intp)
FIRST_ROW: IntArray = np.zeros(1, dtype=np.intp)


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
    n = codes.size
    if n == 0:
        return RowPlan(None, NO_ROWS, NO_ROWS, NO_ROWS, NO_ROWS, NO_PAIRS)
    plan = _plan_if_sorted(codes, times)
    if plan is not None:
        return plan
    first = int(times.min())
    span = int(times.max()) - first + 1
    if n_entities * span <= CELLS_PER_ROW * n:
        plan = _plan_by_placement(codes, times, n_entities, first, span)
        if plan is not None:
            return plan
    if n_entities * span <= LARGEST_KEY:
        plan = _plan_in_order(codes, times, np.argsort(_keys(codes, times, first, span)))
        if plan.duplicates.size == 0:
            return plan
    # Slower, but equal keys keep the order in which they came, as their report should.
    return _plan_in_order(codes, times, np.lexsort((times, codes)))


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


def _plan_if_sorted(codes: Codes, times: Times) -> RowPlan | None:
    """Return the plan of rows that came in order, None at the first that did not."""
    n = codes.size
    starts, breaks = [FIRST_ROW], [FIRST_ROW]
    for first in range(1, n, CHUNK_ROWS):
        now, before = slice(first, first + CHUNK_ROWS), slice(first - 1, n - 1)
        code, time = codes[now], times[now]
        earlier_code, earlier_time = codes[before][: code.size], times[before][: code.size]
        same = code == earlier_code
        follows = time - earlier_time == 1
        follows &= same
        in_order = code > earlier_code
        in_order |= follows
        if not in_order.all():
            # A duplicate is in order: it is to be found as such, not as disorder.
            in_order |= same & (time >= earlier_time)
            if not in_order.all():
                return None
        starts.append(np.flatnonzero(~same) + first)
        has_gaps = not np.array_equal(same, follows)
        breaks.append(np.flatnonzero(~follows) + first if has_gaps else starts[-1])
    return _plan_with_duplicates(times, np.concatenate(starts), np.concatenate(breaks))


def _plan_in_order(codes: Codes, times: Times, order: IntArray) -> RowPlan:
    plan = _plan_if_sorted(codes[order], times[order])
    if plan is None:
        msg = "sorting by code and time left rows out of order"
        raise AssertionError(msg)
    return replace(plan, order=order, duplicates=order[plan.duplicates])


def _plan_with_duplicates(times: Times, starts: IntArray, breaks: IntArray) -> RowPlan:
    gaps = np.setdiff1d(breaks, starts, assume_unique=True)
    repeated = gaps[times[gaps] == times[gaps - 1]]
    duplicates = np.stack((repeated - 1, repeated), axis=1)
    return RowPlan(None, starts, block_lengths(starts, times.size), breaks, gaps, duplicates)


def _keys(codes: Codes, times: Times, first_time: int, span: int) -> Times:
    keys = codes.astype(np.int64)
    keys *= span
    keys += times
    keys -= first_time
    return keys


def _plan_by_placement(
    codes: Codes, times: Times, n_entities: int, first_time: int, span: int
) -> RowPlan | None:
    """Return the plan of rows put in their cells, None if two rows want one cell."""
    n = codes.size
    # The table is written to at random: half as wide, it misses the cache less often.
    width = np.int32 if n <= np.iinfo(np.int32).max else np.int64
    cells = np.full(n_entities * span, EMPTY, dtype=width)
    for first in range(0, n, CHUNK_ROWS):
        rows = slice(first, min(first + CHUNK_ROWS, n))
        cells[_keys(codes[rows], times[rows], first_time, span)] = np.arange(first, rows.stop)
    if n == cells.size and cells.min() != EMPTY:
        starts = np.arange(0, n, span)
        lengths = np.full(n_entities, span)
        return RowPlan(cells.astype(np.intp), starts, lengths, starts, NO_ROWS, NO_PAIRS)
    filled = cells != EMPTY
    if np.count_nonzero(filled) < n:
        return None
    table = filled.reshape(n_entities, span)
    lengths = np.count_nonzero(table, axis=1)
    lengths = lengths[lengths > 0]
    starts = np.cumsum(lengths) - lengths
    alone = np.ones_like(table)
    np.logical_not(table[:, :-1], out=alone[:, 1:])
    is_break = alone.ravel()[filled]
    breaks = np.flatnonzero(is_break)
    is_break[starts] = False
    order = cells[filled].astype(np.intp)
    return RowPlan(order, starts, lengths, breaks, np.flatnonzero(is_break), NO_PAIRS)
