r"""Two-stage least squares, and how strong its instruments are.

.. math:: \hat X = Z(Z'Z)^{-1}Z'X, \qquad \hat\beta = (\hat X'\hat X)^{-1}\hat X'y
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.least_squares import LeastSquares, least_squares

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray


def two_stage_least_squares(
    target: FloatArray, regressors: FloatArray, instruments: FloatArray
) -> tuple[LeastSquares, FloatArray]:
    r"""Return the estimate and the projected regressors.

    Parameters
    ----------
    target
        (n,).
    regressors
        (n, k).
    instruments
        (n, l) of full rank, exogenous regressors among them.

    Returns
    -------
    regression : LeastSquares
        Residuals are those of the equation; the bread is :math:`(\hat X'\hat X)^{-1}`.
    projected : (n, k) array
        :math:`\hat X`.

    Examples
    --------
    >>> x, z = np.array([[1.0], [2.0], [4.0]]), np.array([[1.0], [1.0], [2.0]])
    >>> two_stage_least_squares(3.0 * x[:, 0], x, z)[0].coefficients.round(12).tolist()
    [3.0]
    """
    orthogonal = np.linalg.qr(instruments)[0]
    projected: FloatArray = orthogonal @ (orthogonal.T @ regressors)
    second = least_squares(target, projected)
    residuals = target - regressors @ second.coefficients
    return LeastSquares(second.coefficients, residuals, second.bread), projected


def partial_f(target: FloatArray, others: FloatArray, tested: FloatArray) -> float:
    """Return the F statistic that some columns add nothing to a regression on others.

    Parameters
    ----------
    target
        (n,).
    others
        (n, k); possibly none.
    tested
        (n, q).
    """
    whole = np.column_stack([others, tested])
    unexplained = least_squares(target, whole).residual_sum
    left = least_squares(target, others).residual_sum if others.shape[1] else float(target @ target)
    free = len(target) - whole.shape[1]
    if unexplained <= 0.0:
        return float(np.inf)
    return float((left - unexplained) / tested.shape[1] / (unexplained / free))
