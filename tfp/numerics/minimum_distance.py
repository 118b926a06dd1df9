r"""Common factors by minimum distance.

.. math::

    \min_{\rho, \theta, \gamma}\; (\hat\pi - \pi)' \hat V^{-1} (\hat\pi - \pi), \qquad
    \pi = (\rho,\ \theta,\ -\rho\theta,\ \gamma)

Given :math:`\rho` the rest is linear, so that the distance is a function of one number. It
is looked at over a whole range before its lowest point is sharpened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

# Of the unrestricted persistence, in standard errors: how far around it, and how densely.
REACH, POINTS = 20.0, 201
MOST_STEPS, SMALL_STEP = 200, 1e-13


@dataclass(frozen=True, eq=False)
class CommonFactors(Record):
    r"""The restricted coefficients.

    Attributes
    ----------
    estimates : (1 + p + c,) array
        :math:`\rho, \theta, \gamma`.
    covariance : (1 + p + c, 1 + p + c) array
        :math:`(G'V^{-1}G)^{-1}`.
    distance : float
        The minimum: :math:`\chi^2(p)` if the restrictions hold.
    """

    estimates: FloatArray
    covariance: FloatArray
    distance: float


def common_factors(unrestricted: FloatArray, covariance: FloatArray, inputs: int) -> CommonFactors:
    r"""Return the point of the restricted set that is nearest to free coefficients.

    Parameters
    ----------
    unrestricted
        :math:`(\rho, b_1, \ldots, b_p, b_{1,-1}, \ldots, b_{p,-1}, \gamma)`, (1 + 2 p + c,).
    covariance
        Of them.
    inputs
        p.

    References
    ----------
    Blundell, R. and Bond, S. (2000). GMM estimation with persistent panel data: an
    application to production functions. *Econometric Reviews* 19(3), 321-340.
    https://doi.org/10.1080/07474930008800475

    Examples
    --------
    >>> free = np.array([0.5, 0.6, -0.3])
    >>> near = common_factors(free, np.eye(3), 1)
    >>> near.estimates.round(9).tolist(), round(near.distance, 12)
    ([0.5, 0.6], 0.0)
    """
    root = np.asarray(np.linalg.cholesky(covariance), dtype=np.float64)
    width = REACH * float(np.sqrt(covariance[0, 0]))
    grid = unrestricted[0] + np.linspace(-width, width, POINTS)
    distances = [_nearest(rho, unrestricted, root, inputs)[1] for rho in grid]
    rho = float(grid[int(np.argmin(distances))])
    estimates = np.concatenate([[rho], _nearest(rho, unrestricted, root, inputs)[0]])
    for _ in range(MOST_STEPS):
        slope, gap = _scaled(estimates, unrestricted, root, inputs)
        step = np.linalg.lstsq(slope, gap, rcond=None)[0]
        estimates = estimates + step
        if float(np.abs(step).max()) < SMALL_STEP * (1.0 + float(np.abs(estimates).max())):
            break
    slope, gap = _scaled(estimates, unrestricted, root, inputs)
    spread = np.asarray(np.linalg.inv(slope.T @ slope), dtype=np.float64)
    return CommonFactors(estimates, spread, float(gap @ gap))


def _scaled(
    estimates: FloatArray, unrestricted: FloatArray, root: FloatArray, inputs: int
) -> tuple[FloatArray, FloatArray]:
    """Return the derivative, and what is left of the free coefficients, both standardised."""
    rho, rest = float(estimates[0]), estimates[1:]
    implied = np.concatenate(
        [[rho], rest[:inputs], -rho * rest[:inputs], rest[inputs:]],
    )
    slope = np.asarray(np.linalg.solve(root, _slope(rho, rest, inputs)), dtype=np.float64)
    gap: FloatArray = np.linalg.solve(root, unrestricted - implied)
    return slope, gap


def _nearest(
    rho: float, unrestricted: FloatArray, root: FloatArray, inputs: int
) -> tuple[FloatArray, float]:
    """Return the other coefficients at a persistence, and the distance left."""
    others = len(unrestricted) - 1 - 2 * inputs
    design = _slope(rho, np.zeros(inputs + others), inputs)[:, 1:]
    left = unrestricted.copy()
    left[0] -= rho
    scaled, target = np.linalg.solve(root, design), np.linalg.solve(root, left)
    rest = np.linalg.lstsq(scaled, target, rcond=None)[0]
    gap = target - scaled @ rest
    return rest, float(gap @ gap)


def _slope(rho: float, rest: FloatArray, inputs: int) -> FloatArray:
    """Return the derivative of the free coefficients in the restricted ones."""
    others = len(rest) - inputs
    slope = np.zeros((1 + 2 * inputs + others, 1 + inputs + others))
    slope[0, 0] = 1.0
    slope[1 : 1 + inputs, 1 : 1 + inputs] = np.eye(inputs)
    slope[1 + inputs : 1 + 2 * inputs, 1 : 1 + inputs] = -rho * np.eye(inputs)
    slope[1 + inputs : 1 + 2 * inputs, 0] = -rest[:inputs]
    slope[1 + 2 * inputs :, 1 + inputs :] = np.eye(others)
    return slope
