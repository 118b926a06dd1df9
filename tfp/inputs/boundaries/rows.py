"""Row indices for rows that are moved, added up or joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.numerics.ordering import plan_rows
from tfp.panel.rows import RowIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tfp.numerics.arrays import IntArray


def index_rows(
    codes: NDArray[Any], times: NDArray[Any], entities: Sequence[str], like: RowIndex
) -> tuple[RowIndex, IntArray, NDArray[np.intp]]:
    """Return the index of some rows, the order that sorts them, and pairs of equal keys.

    Parameters
    ----------
    codes, times : (n,) arrays
        Number of the entity, and calendar number of the period, of each row.
    entities : sequence of str
        Labels behind the codes, in the order in which they shall stand.
    like : RowIndex
        Whose frequency, key names and origin hold.
    """
    plan = plan_rows(codes.astype(np.int32), times.astype(np.int64), len(entities))
    order = np.arange(len(codes)) if plan.order is None else plan.order
    index = RowIndex(
        entities=tuple(entities),
        codes=codes.astype(np.int32)[order],
        times=times.astype(np.int64)[order],
        starts=plan.starts,
        breaks=plan.breaks,
        frequency=like.frequency,
        entity_name=like.entity_name if len(entities) == 1 else like.entity_name or "area",
        time_name=like.time_name,
        origin=like.origin,
    )
    return index, order, plan.duplicates
