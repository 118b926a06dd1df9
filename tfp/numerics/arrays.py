"""Names of the arrays that the kernels take, and the door that makes them read-only."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
Scalar = TypeVar("Scalar", bound=np.generic)


def read_only(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """Return a view of `array` that nobody can write through."""
    view = array.view()
    view.flags.writeable = False
    return view
