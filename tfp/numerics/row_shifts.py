"""Figures of one period that stand in the rows of their neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.medians import median_of

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

# A row left out or entered twice moves the others by one; pasted blocks may be off by more.
SHIFTS = (1, -1, 2, -2, 3, -3)
# The shift must bring the figures four times as close to what was expected.
GAIN = 4.0


def shifted_rows(
    values: FloatArray, expected: FloatArray, limit: FloatArray, out: IntArray
) -> tuple[int, IntArray]:
    """Return by how many rows figures are shifted, and the run of rows that is.

    Row *i* of the run holds the figure of row *i* + shift.

    Parameters
    ----------
    values, expected
        Logarithms, (N,), in the order of the source.
    limit
        How far from what is expected a figure still belongs to its row, (N,).
    out
        Rows whose figure stands out.

    Returns
    -------
    shift : int
        0 where the figures are in no such order.
    rows : (k,) array of int
        Those of the run, also where a neighbour's figure happens to fit; `out` without one.

    Examples
    --------
    The second of six rows was left out, the last entered twice:

    >>> truth = np.log([10.0, 80.0, 20.0, 22.0, 55.0, 30.0])
    >>> typed = np.log([10.0, 20.0, 22.0, 55.0, 30.0, 30.0])
    >>> out = np.flatnonzero(np.abs(typed - truth) > 0.2)
    >>> shifted_rows(typed, truth, np.full(6, 0.05), out)
    (1, array([1, 2, 3, 4]))
    """
    shift = _shift(values, expected, out)
    if shift == 0:
        return 0, out
    places = np.arange(len(values))
    source = np.clip(places + shift, 0, len(values) - 1)
    own, other = np.abs(values - expected), np.abs(values - expected[source])
    fits = (places + shift == source) & (other <= limit[source])
    starts = np.flatnonzero(fits & ~np.append(False, fits[:-1]))
    ends = np.flatnonzero(fits & ~np.append(fits[1:], False)) + 1
    caught = [np.count_nonzero((out >= a) & (out < b)) for a, b in zip(starts, ends, strict=True)]
    if 2 * max(caught, default=0) < len(out):
        return 0, out
    longest = int(np.argmax(caught))
    run = np.arange(starts[longest], ends[longest])
    # At its ends the run may hold rows that fit their own place better.
    better = np.flatnonzero(other[run] < own[run])
    return shift, run[better[0] : better[-1] + 1]


def _shift(values: FloatArray, expected: FloatArray, out: IntArray) -> int:
    best, shift = median_of(np.abs(values - expected)[out]) / GAIN, 0
    for k in SHIFTS:
        inside = out[(out + k >= 0) & (out + k < len(values))]
        if 2 * len(inside) <= len(out):
            continue
        gap = median_of(np.abs(values[inside] - expected[inside + k]))
        if gap < best:
            best, shift = gap, k
    return shift
