r"""What takes the effect of an entity out of its rows, as sparse matrices on a grid.

The cells of a grid of m entities and T periods are numbered entity by entity. A transform
has one row for each equation and one column for each cell, so that the transformed
variables are a product, and the variance of the transformed errors is :math:`MM'`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Transform:
    """A matrix on the cells of a grid.

    Attributes
    ----------
    matrix : (r, m T) sparse array
    cells : (r,) array of int
        The cell by whose date instruments of a row are chosen: its latest error but, with
        forward deviations, its second, so that a lag means the same with either.
    """

    matrix: Any
    cells: IntArray

    def of(self, values: FloatArray) -> FloatArray:
        """Return transformed values, those of the cells being (m T, ...)."""
        transformed: FloatArray = self.matrix @ values
        return transformed


def levels(present: NDArray[np.bool_]) -> Transform:
    """Return the rows that are there, as they are; `present` is (m, T)."""
    cells = np.flatnonzero(present)
    return _sparse(np.ones(len(cells)), np.arange(len(cells)), cells, cells, present.size)


def differences(present: NDArray[np.bool_]) -> Transform:
    r"""Return :math:`e_t - e_{t-1}` wherever both are there; never across a gap.

    Examples
    --------
    >>> differences(np.array([[True, True, False, True, True]])).matrix.toarray().tolist()
    [[-1.0, 1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, -1.0, 1.0]]
    """
    both = np.zeros_like(present)
    both[:, 1:] = present[:, 1:] & present[:, :-1]
    cells = np.flatnonzero(both)
    rows = np.arange(len(cells))
    values = np.repeat([1.0, -1.0], len(cells))
    return _sparse(
        values, np.tile(rows, 2), np.concatenate([cells, cells - 1]), cells, present.size
    )


def forward_deviations(present: NDArray[np.bool_]) -> Transform:
    r"""Return deviations from the mean of all later rows, scaled to keep the variance.

    .. math:: \sqrt{n/(n+1)}\,\Big(e_t - \frac1n \sum_{s>t} e_s\Big)

    with n the number of later rows. A gap costs no row.

    References
    ----------
    Arellano, M. and Bover, O. (1995). Another look at the instrumental variable estimation
    of error-components models. *Journal of Econometrics* 68(1), 29-51.
    https://doi.org/10.1016/0304-4076(94)01642-D

    Examples
    --------
    >>> forward_deviations(np.array([[True, False, True]])).matrix.toarray().round(4).tolist()
    [[0.7071, 0.0, -0.7071]]
    """
    periods = present.shape[1]
    later = present[:, ::-1].cumsum(axis=1)[:, ::-1] - present
    usable = present & (later > 0)
    cells = np.flatnonzero(usable)
    entity, period = np.divmod(cells, periods)
    count = later[entity, period]
    scale = np.sqrt(count / (count + 1.0))
    after = present[entity] & (np.arange(periods) > period[:, None])
    row, column = np.nonzero(after)
    return _sparse(
        np.concatenate([scale, -(scale / count)[row]]),
        np.concatenate([np.arange(len(cells)), row]),
        np.concatenate([cells, entity[row] * periods + column]),
        cells + 1,
        present.size,
    )


def stacked(first: Transform, second: Transform) -> Transform:
    """Return the rows of one transform above those of another."""
    from scipy.sparse import vstack

    return Transform(
        vstack([first.matrix, second.matrix], format="csr"),
        np.concatenate([first.cells, second.cells]),
    )


def _sparse(
    values: FloatArray, rows: IntArray, columns: IntArray, cells: IntArray, size: int
) -> Transform:
    from scipy.sparse import csr_array

    return Transform(csr_array((values, (rows, columns)), shape=(len(cells), size)), cells)
