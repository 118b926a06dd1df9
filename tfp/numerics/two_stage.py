r"""Two-stage least squares.

.. math:: \hat\beta = (X'P_Z X)^{-1} X'P_Z y, \qquad P_Z = Z(Z'Z)^{-1}Z' = QQ', \quad Z = QR

References
----------
Wooldridge, J. M. (2010). *Econometric Analysis of Cross Section and Panel Data*, second
edition, chapter 5.
Cragg, J. G. and Donald, S. G. (1993). Testing identifiability and specification in
instrumental variable models. *Econometric Theory* 9(2), 222-240.
https://doi.org/10.1017/S0266466600007519
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.least_squares import LeastSquares, least_squares
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class TwoStage(Record):
    r"""What two-stage least squares leave.

    Attributes
    ----------
    regression : LeastSquares
        Coefficients; residuals :math:`y - X\hat\beta`, of the regressors as they are; and
        bread :math:`(X'P_Z X)^{-1}`.
    projected : (n, k) array
        :math:`P_Z X`: with them the sums of robust covariances are those of least squares.
    explained : float
        :math:`\hat e'P_Z\hat e`, what the instruments explain of the residuals.
    """

    regression: LeastSquares
    projected: FloatArray
    explained: float


def two_stage(target: FloatArray, regressors: FloatArray, instruments: FloatArray) -> TwoStage:
    """Return the estimate of a target, (n,), on regressors, (n, k).

    Parameters
    ----------
    target
    regressors
    instruments
        (n, l) of full rank, those regressors among them that are their own.

    Examples
    --------
    >>> z = np.array([[-1.0], [0.0], [1.0], [2.0]])
    >>> x = z + np.array([[0.5], [-0.5], [-0.5], [0.5]])
    >>> two_stage(2.0 * x[:, 0], x, z).regression.coefficients.round(12).tolist()
    [2.0]
    """
    orthogonal = np.linalg.qr(instruments)[0]
    projected = orthogonal @ (orthogonal.T @ regressors)
    second = least_squares(target, projected)
    residuals = target - regressors @ second.coefficients
    inside = orthogonal.T @ residuals
    return TwoStage(
        LeastSquares(second.coefficients, residuals, second.bread),
        projected,
        float(inside @ inside),
    )


def cragg_donald(
    endogenous: FloatArray, included: FloatArray, excluded: FloatArray, absorbed: int = 0
) -> float:
    r"""Return Cragg and Donald's statistic of weak instruments, in the units of F.

    .. math::

        g = \frac{1}{q}\,\lambda_{\min}\Big\{\hat\Sigma^{-1/2}
        \tilde X'P_{\tilde Z}\tilde X\,\hat\Sigma^{-1/2}\Big\}

    with :math:`\tilde X` and :math:`\tilde Z` cleaned of the included exogenous variables
    and :math:`\hat\Sigma` the covariance of the first stages' residuals. With one
    endogenous variable it is the conventional F of its first stage.

    Parameters
    ----------
    endogenous
        (n, g).
    included
        Exogenous regressors, (n, c).
    excluded
        Instruments that are no regressors, (n, q).
    absorbed
        Parameters taken out of all of them before.
    """
    basis = np.linalg.qr(included)[0]
    inputs, tools = (x - basis @ (basis.T @ x) for x in (endogenous, excluded))
    orthogonal = np.linalg.qr(tools)[0]
    loadings = orthogonal.T @ inputs
    left = inputs - orthogonal @ loadings
    free = len(inputs) - included.shape[1] - excluded.shape[1] - absorbed
    root = np.linalg.inv(np.linalg.qr(left, mode="r")) * np.sqrt(free)
    smallest = np.linalg.svd(loadings @ root, compute_uv=False)[-1]
    return float(smallest**2 / excluded.shape[1])
