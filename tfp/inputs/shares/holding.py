"""One year's share kept for all years, and shares carried to another panel of the same areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.panel.deriving import marks_at

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.deriving import Marks
    from tfp.panel.panel import Panel


def held_share(panel: Panel, share: FloatArray, hold: int | str) -> FloatArray:
    """Return each entity's share of one year, or its mean, in all of its rows.

    Raises
    ------
    MethodError
        ``labour-share-year-missing`` where an entity has no share to hold.
    """
    rows = panel.rows
    held = np.full(len(rows.entities), np.nan)
    if hold == "mean":
        known = ~np.isnan(share)
        count = np.bincount(rows.codes[known], minlength=len(held))
        total = np.bincount(rows.codes[known], weights=share[known], minlength=len(held))
        np.divide(total, count, out=held, where=count > 0)
    else:
        at = rows.rows_at(hold)
        held[rows.codes[at]] = share[at]
    absent = [name for name, value in zip(rows.entities, held, strict=True) if np.isnan(value)]
    if absent:
        raise MethodError(
            "labour-share-year-missing", hold=str(hold), count=len(absent), entities=absent[:5]
        )
    return held[rows.codes]


def carried_share(share: FloatArray, origin: Panel, panel: Panel, *, constant: bool) -> FloatArray:
    """Return the shares of one panel's rows in the rows of another, by entity and period.

    Parameters
    ----------
    share : (n,) array
        Shares in the rows of `origin`.
    origin, panel : Panel
    constant : bool
        Whether each entity has one share for all years, which then holds in every year of
        `panel`, too; otherwise a year that `origin` does not have gets none.

    Raises
    ------
    MethodError
        ``labour-share-other-area``: no area takes the share of another.
    """
    strange = [name for name in panel.rows.entities if name not in origin.rows.entities]
    if strange:
        raise MethodError(
            "labour-share-other-area", entities=strange[:5], known=list(origin.rows.entities[:5])
        )
    if constant:
        firsts = share[origin.rows.starts]
        by_area = dict(zip(origin.rows.entities, firsts.tolist(), strict=True))
        return np.array([by_area[name] for name in panel.rows.entities])[panel.rows.codes]
    keys = origin.rows.keys(range(len(origin)))
    by_key = dict(zip(keys, share.tolist(), strict=True))
    return np.array([by_key.get(key, np.nan) for key in panel.rows.keys(range(len(panel)))])


def carried_marks(marks: Marks, origin: Panel, panel: Panel) -> Marks:
    """Return the marks of one panel's rows in the rows of another, by entity and period."""
    row_of = {key: row for row, key in enumerate(origin.rows.keys(range(len(origin))))}
    source = np.array([row_of.get(key, -1) for key in panel.rows.keys(range(len(panel)))])
    return marks_at(marks, source)
