"""Frames for the caller, keyed by entity and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from tfp.numerics.arrays import IntArray
    from tfp.panel.rows import RowIndex


def keyed_frame(
    rows: RowIndex, columns: dict[str, Any], keep: IntArray | None = None
) -> pd.DataFrame:
    """Return columns in row order as a new frame, entity and period as its index.

    Parameters
    ----------
    rows : RowIndex
    columns : dict of (n,) arrays
    keep : array of int, optional
        Rows to keep; all if None.
    """
    import pandas as pd

    kept = slice(None) if keep is None else keep
    numbers = np.arange(len(rows)) if keep is None else keep
    labels = pd.Index(rows.time_labels(numbers), name=rows.time_name)
    index: pd.Index[Any] = labels
    if rows.entity_name is not None:
        entities = np.array(rows.entities, dtype=object)[rows.codes[kept]]
        index = pd.MultiIndex.from_arrays(
            [entities, labels], names=[rows.entity_name, rows.time_name]
        )
    return pd.DataFrame(
        {name: np.array(values[kept], copy=True) for name, values in columns.items()}, index=index
    )
