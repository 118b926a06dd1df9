r"""One regression for each entity, all solved together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.blocks import block_lengths
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

RANK_TOLERANCE = 1e-10  # of the largest diagonal element, columns scaled to length one


@dataclass(frozen=True, eq=False)
class StackedLeastSquares(Record):
    """What the regressions leave.

    Attributes
    ----------
    coefficients : (m, k) array
        NaN for an entity whose regressors are collinear or longer than its series.
    residuals : (n,) array
    """

    coefficients: FloatArray
    residuals: FloatArray


def stack(values: FloatArray, starts: IntArray) -> FloatArray:
    """Return blocks of rows as one array, short blocks filled up with zeros, (m, t, k).

    Rows of zeros change no sum of products, and so no regression.

    Examples
    --------
    >>> stack(np.array([[1.0], [2.0], [3.0]]), np.array([0, 2]))[:, :, 0].tolist()
    [[1.0, 2.0], [3.0, 0.0]]
    """
    counts = block_lengths(starts, len(values))
    stacked = np.zeros((len(starts), int(counts.max()), values.shape[1]))
    block = np.repeat(np.arange(len(starts)), counts)
    stacked[block, np.arange(len(values)) - starts[block]] = values
    return stacked


def stacked_least_squares(
    target: FloatArray, regressors: FloatArray, starts: IntArray
) -> StackedLeastSquares:
    """Return the regression of each block of rows.

    Parameters
    ----------
    target
        (n,).
    regressors
        (n, k), a constant among them where there is to be one.
    starts
        First row of each block, (m,).
    """
    counts = block_lengths(starts, len(target))
    columns = regressors.shape[1]
    coefficients = np.full((len(starts), columns), np.nan)
    length = np.sqrt(np.add.reduceat(regressors**2, starts, axis=0))
    scale = np.where(length > 0.0, length, 1.0)
    scaled = regressors / np.repeat(scale, counts, axis=0)
    orthogonal, triangle = np.linalg.qr(stack(scaled, starts))
    diagonal = np.abs(np.diagonal(triangle, axis1=1, axis2=2))
    sound = (counts >= columns) & (diagonal.shape[1] == columns)
    sound &= diagonal.min(axis=1, initial=np.inf) > RANK_TOLERANCE
    projected = np.einsum("mtk,mt->mk", orthogonal, stack(target[:, None], starts)[:, :, 0])
    if bool(sound.any()):
        solved = np.linalg.solve(triangle[sound], projected[sound][:, :, None])[:, :, 0]
        coefficients[sound] = solved / scale[sound]
    fitted = np.einsum("nk,nk->n", regressors, np.repeat(coefficients, counts, axis=0))
    return StackedLeastSquares(coefficients, target - fitted)
