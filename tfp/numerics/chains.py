r"""Level indices from growth rates.

.. math:: I_t = \prod_{b < \tau \le t} (1 + g_\tau) \quad \text{or} \quad
          I_t = \exp \sum_{b < \tau \le t} g_\tau, \qquad I_b = 1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.blocks import block_lengths, rows_by_step

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.growth import Rates


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def level_index(
    growth: FloatArray,
    starts: IntArray,
    breaks: IntArray,
    *,
    rates: Rates,
    base_row: IntArray | None = None,
) -> FloatArray:
    """Chain the growth of each entity to an index that is 1 in its base row, (n,).

    A chain does not jump a gap: the index is NaN in every row that is parted from the
    base row by a break or by a growth that is missing.

    Parameters
    ----------
    growth
        Growth into each row, (n,), as a fraction; sorted rows.
    starts
        First row of each entity, (m,).
    breaks
        Sorted rows without a previous period, the starts among them.
    rates
        Whether `growth` holds ``"simple"`` or ``"log"`` rates.
    base_row
        Base row of each entity, (m,); its first row unless given.

    Returns
    -------
    ndarray
        The index, a number (1.05 is five per cent above the base).

    Examples
    --------
    >>> growth = np.array([np.nan, 0.5, 0.5, np.nan, 0.2])
    >>> breaks = np.array([0, 3])
    >>> level_index(growth, np.array([0]), breaks, rates="simple").tolist()
    [1.0, 1.5, 2.25, nan, nan]
    >>> base = np.array([4])
    >>> index = level_index(growth, np.array([0]), breaks, rates="simple", base_row=base)
    >>> index[2:].round(6).tolist()
    [nan, 0.833333, 1.0]
    """
    n = growth.size
    links = np.union1d(breaks, np.flatnonzero(np.isnan(growth)))
    lengths = block_lengths(links, n)
    is_log = rates == "log"
    chained = growth.copy() if is_log else 1.0 + growth
    chained[links] = 0.0 if is_log else 1.0
    _accumulate(chained, links, lengths, is_log=is_log)
    base = starts if base_row is None else base_row
    # One base for each unbroken piece of a chain; pieces without a base row stay NaN.
    base_level = np.full(links.size, np.nan)
    base_level[np.searchsorted(links, base, side="right") - 1] = chained[base]
    base_level = np.repeat(base_level, lengths)
    index: FloatArray = np.exp(chained - base_level) if is_log else chained / base_level
    return index


def _accumulate(chained: FloatArray, links: IntArray, lengths: IntArray, *, is_log: bool) -> None:
    """Run sums or products through each piece, in place, in the order of time."""
    operation = np.add if is_log else np.multiply
    if links.size < lengths.max(initial=0):
        for first, length in zip(links.tolist(), lengths.tolist(), strict=True):
            piece = chained[first : first + length]
            operation.accumulate(piece, out=piece)
    else:
        for rows in rows_by_step(links, lengths):
            chained[rows] = operation(chained[rows - 1], chained[rows])
