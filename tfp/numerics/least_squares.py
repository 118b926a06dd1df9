r"""Least squares by an orthogonal decomposition.

.. math:: \hat\beta = (X'X)^{-1} X'y = R^{-1} Q'y, \qquad X = QR

References
----------
Golub, G. H. and Van Loan, C. F. (2013). *Matrix Computations*, fourth edition, section 5.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

# Of the largest column, both scaled to length one: what is left of a column that the
# others explain is rounding below this.
RANK_TOLERANCE = 1e-10


@dataclass(frozen=True, eq=False)
class LeastSquares(Record):
    """What a regression leaves.

    Attributes
    ----------
    coefficients : (k,) array
    residuals : (n,) array
    bread : (k, k) array
        :math:`(X'X)^{-1}`.
    """

    coefficients: FloatArray
    residuals: FloatArray
    bread: FloatArray

    @property
    def residual_sum(self) -> float:
        """Sum of squared residuals."""
        return float(self.residuals @ self.residuals)


def dependent_columns(regressors: FloatArray) -> IntArray:
    """Return the columns that those to their left explain, to rounding.

    Parameters
    ----------
    regressors
        (n, k), n at least k.

    Examples
    --------
    >>> dependent_columns(np.array([[1.0, 2.0, 0.0], [1.0, 2.0, 1.0], [1.0, 2.0, 5.0]])).tolist()
    [1]
    """
    length = np.sqrt(np.einsum("ij,ij->j", regressors, regressors))
    scaled = regressors / np.where(length > 0.0, length, 1.0)
    triangle = np.linalg.qr(scaled, mode="r")
    return np.flatnonzero(np.abs(np.diag(triangle)) < RANK_TOLERANCE)


def least_squares(target: FloatArray, regressors: FloatArray) -> LeastSquares:
    """Return the regression of a target, (n,), on regressors, (n, k) of full rank.

    Examples
    --------
    >>> line = np.column_stack([np.ones(3), np.arange(3.0)])
    >>> least_squares(np.array([1.0, 3.0, 5.0]), line).coefficients.round(12).tolist()
    [1.0, 2.0]
    """
    orthogonal, triangle = np.linalg.qr(regressors)
    inverse = np.linalg.inv(triangle)
    coefficients = inverse @ (orthogonal.T @ target)
    residuals = target - regressors @ coefficients
    return LeastSquares(coefficients, residuals, inverse @ inverse.T)
