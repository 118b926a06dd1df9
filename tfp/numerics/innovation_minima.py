r"""More moments than elasticities: every local minimum that a root leads to.

.. math:: Q(\beta) = m(\beta)' W m(\beta), \qquad
    \beta \leftarrow \beta - \lambda (J'WJ)^{-1} J'W m

With more instruments than elasticities the moments of
:mod:`tfp.numerics.innovation_moments` vanish nowhere, and no polynomial has the minima for
its roots. What is exact is the system of as many instruments as elasticities: from each of
its roots the criterion is followed downhill, by Gauss-Newton steps with the exact Jacobian.
A minimum that no root leads to is not found; that is said wherever minima are reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.innovation_moments import innovation_moments
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.innovation_moments import InnovationMoments, InnovationRows
    from tfp.numerics.innovation_products import InnovationProducts

STEPS, HALVINGS, LAST_STEPS = 100, 30, 12
# Lengths of a Gauss-Newton step, relative to the elasticities: where steps end, and up to
# where it is a minimum that they end at. Relative to the moments nothing could be said, as
# they may nearly vanish at a minimum.
SHORT, NEAR = 1e-11, 1e-5
WIDTH = 1e-5  # of differences of the gradient
EXACT = 1e-15  # nothing to settle


@dataclass(frozen=True, eq=False, kw_only=True)
class Descent(Record):
    """Where Gauss-Newton steps ended.

    Attributes
    ----------
    elasticities : (p,) array
    step : float
        Length of the next step, relative to the elasticities.
    jacobian : (z, p) array
        Of the moments, instruments divided by their standard deviations.
    """

    elasticities: FloatArray
    step: float
    jacobian: FloatArray

    @property
    def reached(self) -> bool:
        """Whether it is a minimum."""
        return self.step <= NEAR


def descend(
    products: InnovationProducts, start: FloatArray, degree: int, root_weight: FloatArray
) -> Descent:
    """Return where damped Gauss-Newton steps on cross-products end.

    Parameters
    ----------
    products
    start
        (p,).
    degree
        Of the law of motion.
    root_weight
        *R* with :math:`R'R = W`, (z, z), for instruments divided by their standard
        deviations.
    """
    place = start
    vector, jacobian, _ = products.moments(place, degree)
    weighted = root_weight @ vector
    for _ in range(STEPS):
        step = gauss_newton(root_weight @ jacobian, weighted)
        if relative(step, place) <= SHORT:
            break
        length, criterion = 1.0, float(weighted @ weighted)
        for _ in range(HALVINGS):
            tried = products.moments(place - length * step, degree)
            there = root_weight @ tried[0]
            if float(there @ there) < criterion:
                break
            length /= 2.0
        else:
            break
        place = place - length * step
        vector, jacobian, weighted = tried[0], tried[1], there
    step = gauss_newton(root_weight @ jacobian, weighted)
    return Descent(elasticities=place, step=relative(step, place), jacobian=jacobian)


def gauss_newton(jacobian: FloatArray, moments: FloatArray) -> FloatArray:
    """Return the step that would solve the linearised problem, (p,)."""
    return np.asarray(np.linalg.lstsq(jacobian, moments, rcond=None)[0], dtype=np.float64)


def relative(step: FloatArray, place: FloatArray) -> float:
    """Return the length of a step relative to the place it is made from."""
    return float(np.abs(step).max() / (1.0 + np.abs(place).max()))


def settled(
    rows: InnovationRows, place: FloatArray, degree: int, root_weight: FloatArray
) -> tuple[FloatArray, InnovationMoments] | None:
    r"""Return the minimum near a place to the last digits of the rows, and its moments.

    Steps solve with the Hessian of the criterion, differences of its exact gradient
    :math:`J'Wm`: where moments are far from zero Gauss-Newton steps shorten too slowly.

    Parameters
    ----------
    rows
    place
        (p,).
    degree
    root_weight
        For the moments of the rows as they are, (z, z).

    Returns
    -------
    (place, moments) or None
        None where the Hessian is not positive definite: then it is no minimum.
    """
    moments, gradient = _gradient(rows, place, degree, root_weight)
    ends = [
        [_gradient(rows, place + sign * each, degree, root_weight)[1] for sign in (1.0, -1.0)]
        for each in WIDTH * np.eye(len(place))
    ]
    hessian = np.array([(above - below) / (2.0 * WIDTH) for above, below in ends])
    hessian = (hessian + hessian.T) / 2.0
    if np.linalg.eigvalsh(hessian)[0] <= 0.0:
        return None
    step = np.linalg.solve(hessian, gradient)
    for _ in range(LAST_STEPS):
        there, gradient = _gradient(rows, place - step, degree, root_weight)
        following = np.linalg.solve(hessian, gradient)
        if not np.abs(following).max() < np.abs(step).max():
            break
        place, moments, step = place - step, there, following
        if relative(step, place) <= EXACT:
            break
    return place, moments


def _gradient(
    rows: InnovationRows, place: FloatArray, degree: int, root_weight: FloatArray
) -> tuple[InnovationMoments, FloatArray]:
    moments = innovation_moments(rows, place, degree)
    moved = root_weight @ moments.jacobian
    return moments, moved.T @ (root_weight @ moments.vector)


def inverse_factor(variance: FloatArray) -> FloatArray:
    """Return *R* with :math:`R'R` the inverse of a covariance matrix, (z, z).

    Raises
    ------
    numpy.linalg.LinAlgError
        Where the matrix is not positive definite.
    """
    scale = np.sqrt(np.diag(variance))
    lower = np.linalg.cholesky(variance / np.outer(scale, scale))
    factor: FloatArray = np.linalg.inv(lower) / scale
    return factor
