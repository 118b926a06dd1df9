r"""Linear generalised method of moments with entities as clusters.

.. math::

    \hat\beta = P Z'y, \qquad P = (X'Z A Z'X)^{-1} X'Z A

with a first weight :math:`A_1` that the caller states, and a second one
:math:`A_2 = (\sum_i Z_i'\hat e_i \hat e_i' Z_i)^{-1}` from the residuals of the first step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray

# Of the largest eigenvalue, instruments scaled to length one: what is smaller is rounding,
# and the direction has no weight.
RANK_TOLERANCE = 1e-12


@dataclass(frozen=True, eq=False)
class MomentStep(Record):
    r"""One step of the method.

    Attributes
    ----------
    coefficients : (k,) array
    residuals : (n,) array
    weight : (l, l) array
        :math:`A`.
    projection : (k, l) array
        :math:`P`.
    bread : (k, k) array
        :math:`(X'ZAZ'X)^{-1}`.
    moments : (m, l) array
        :math:`Z_i'\hat e_i` of each entity, with the residuals of this step.
    rank : int
        Of the matrix whose inverse the weight is.
    """

    coefficients: FloatArray
    residuals: FloatArray
    weight: FloatArray
    projection: FloatArray
    bread: FloatArray
    moments: FloatArray
    rank: int

    @property
    def robust_covariance(self) -> FloatArray:
        r"""Return :math:`P (\sum_i Z_i'\hat e_i \hat e_i' Z_i) P'`, (k, k)."""
        influence = self.moments @ self.projection.T
        covariance: FloatArray = influence.T @ influence
        return covariance

    @property
    def criterion(self) -> float:
        r"""Return :math:`\hat e'Z A Z'\hat e`."""
        total = self.moments.sum(axis=0)
        return float(total @ self.weight @ total)


def moment_step(
    target: FloatArray,
    regressors: FloatArray,
    instruments: FloatArray,
    starts: IntArray,
    variance: FloatArray,
) -> MomentStep:
    """Return the estimate whose weight is the inverse of a variance of the moments.

    Parameters
    ----------
    target
        (n,).
    regressors
        (n, k).
    instruments
        (n, l), l at least k.
    starts
        First row of each entity, (m,).
    variance
        (l, l), positive semi-definite; where it is singular the generalised inverse is
        taken, and the rank says so.
    """
    weight, rank = inverse_of(variance)
    cross = regressors.T @ instruments
    weighted = cross @ weight
    bread = np.linalg.inv(weighted @ cross.T)
    bread = 0.5 * (bread + bread.T)
    projection = bread @ weighted
    coefficients = projection @ (instruments.T @ target)
    residuals = target - regressors @ coefficients
    moments = entity_sums(instruments * residuals[:, None], starts)
    return MomentStep(coefficients, residuals, weight, projection, bread, moments, rank)


def second_step(
    first: MomentStep,
    target: FloatArray,
    regressors: FloatArray,
    instruments: FloatArray,
    starts: IntArray,
) -> MomentStep:
    """Return the step whose weight comes of the residuals of the first."""
    variance = first.moments.T @ first.moments
    return moment_step(target, regressors, instruments, starts, variance)


def corrected_covariance(
    first: MomentStep,
    second: MomentStep,
    regressors: FloatArray,
    instruments: FloatArray,
    starts: IntArray,
) -> FloatArray:
    r"""Return the covariance of the second step with the error of its weight in it.

    .. math:: \hat V = V_2 + D V_2 + V_2 D' + D V_1 D', \qquad
        D_j = P_2 \Big\{\sum_i Z_i'(x_{ij}\hat e_{1i}' + \hat e_{1i}x_{ij}')Z_i\Big\}
        A_2 Z'\hat e_2

    with :math:`V_2` the bread of the second step and :math:`V_1` the robust covariance of
    the first.

    References
    ----------
    Windmeijer, F. (2005). A finite sample correction for the variance of linear efficient
    two-step GMM estimators. *Journal of Econometrics* 126(1), 25-51.
    https://doi.org/10.1016/j.jeconom.2004.02.005
    """
    pull = second.weight @ second.moments.sum(axis=0)
    pulled = first.moments @ pull
    columns = []
    for column in regressors.T:
        sums = entity_sums(instruments * column[:, None], starts)
        columns.append(sums.T @ pulled + first.moments.T @ (sums @ pull))
    drift = second.projection @ np.column_stack(columns)
    plain = second.bread
    covariance: FloatArray = (
        plain + drift @ plain + plain @ drift.T + drift @ first.robust_covariance @ drift.T
    )
    return covariance


def entity_sums(values: FloatArray, starts: IntArray) -> FloatArray:
    """Return the sums over the rows of each entity, (m, l)."""
    sums: FloatArray = np.add.reduceat(values, starts, axis=0)
    return sums


def inverse_of(variance: FloatArray) -> tuple[FloatArray, int]:
    """Return the (generalised) inverse of a positive semi-definite matrix, and its rank.

    Examples
    --------
    >>> inverse, rank = inverse_of(np.diag([4.0, 0.0]))
    >>> inverse.tolist(), rank
    ([[0.25, 0.0], [0.0, 0.0]], 1)
    """
    length = np.sqrt(np.diag(variance))
    scale = np.where(length > 0.0, length, 1.0)
    values, vectors = np.linalg.eigh(variance / np.outer(scale, scale))
    kept = values > RANK_TOLERANCE * values[-1]
    root = vectors[:, kept] / np.sqrt(values[kept]) / scale[:, None]
    inverse: FloatArray = root @ root.T
    return inverse, int(kept.sum())
