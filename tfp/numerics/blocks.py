"""Walking through blocks of rows, one period at a time for all blocks together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.arrays import IntArray


def block_lengths(starts: IntArray, n: int) -> IntArray:
    """Return the number of rows of each block of n rows that begins at `starts`."""
    return np.diff(starts, append=n)


def rows_by_step(starts: IntArray, lengths: IntArray) -> Iterator[IntArray]:
    """Yield the second row of every block, then the third of those that have one, ...

    A recursion over time is run so for all entities at once: each row that is yielded
    finds the row before it, ``row - 1``, already done.

    Parameters
    ----------
    starts
        First row of each block, (m,).
    lengths
        Rows of each block, (m,); blocks of length 0 or 1 yield nothing.

    Examples
    --------
    >>> [rows.tolist() for rows in rows_by_step(np.array([0, 2]), np.array([2, 3]))]
    [[3, 1], [4]]
    """
    longest_first = np.argsort(-lengths, kind="stable")
    first_rows = starts[longest_first]
    descending = -lengths[longest_first]
    longest = -int(descending[0]) if descending.size else 0
    for step in range(1, longest):
        yield first_rows[: np.searchsorted(descending, -step)] + step
