"""What a row and the one before it have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import IntArray


def larger_of_two(values: NDArray[np.int8], breaks: IntArray) -> NDArray[np.int8]:
    """Return the larger of each value and the one before; at breaks the value itself.

    Parameters
    ----------
    values : (n,) array of int
    breaks : array of int
        Rows without a previous one.

    Examples
    --------
    >>> larger_of_two(np.array([2, 0, 0, 1], dtype=np.int8), np.array([0])).tolist()
    [2, 2, 0, 1]
    """
    larger = values.copy()
    np.maximum(values[1:], values[:-1], out=larger[1:])
    larger[breaks] = values[breaks]
    return larger
