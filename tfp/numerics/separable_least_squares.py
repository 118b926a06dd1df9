r"""Least squares with coefficients that enter linearly, which are concentrated out.

.. math:: \min_{\theta} \| y - h(\theta) - \Phi(\theta) c(\theta) \|^2, \qquad
    c(\theta) = \Phi(\theta)^+ (y - h(\theta))

For every :math:`\theta` the linear coefficients are those of a regression, so that the
search is over the others only. Its Jacobian is Kaufman's, :math:`-P\,
\partial\Phi\, c` with *P* the projection off :math:`\Phi`: exact where the residual is zero
and at every solution of the first-order conditions.

References
----------
Golub, G. H. and Pereyra, V. (2003). Separable nonlinear least squares: the variable
projection method and its applications. *Inverse Problems* 19(2), R1-R26.
https://doi.org/10.1088/0266-5611/19/2/201
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray

# Of step, sum of squares and gradient: as far as doubles go, and enough to compare.
PRECISION, ROUGH = 1e-15, 1e-9
HUGE = 1e100  # what stands for a residual that does not exist


class SeparableModel(Protocol):
    """What is minimised: target, linear regressors and their derivatives."""

    @property
    def target(self) -> FloatArray:
        """(n,)."""

    def offset(self, parameters: FloatArray) -> FloatArray:
        """Return what is taken from the target before, h, (n,)."""

    def regressors(self, parameters: FloatArray) -> FloatArray:
        """Return the linear regressors, (n, q)."""

    def derivatives(self, parameters: FloatArray, coefficients: FloatArray) -> FloatArray:
        """Return the derivatives of the fit at given coefficients, (n, p)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class SeparableFit(Record):
    """Where the search ended.

    Attributes
    ----------
    parameters : (p,) array
    coefficients : (q,) array
    residual_sum : float
    converged : bool
    """

    parameters: FloatArray
    coefficients: FloatArray
    residual_sum: float
    converged: bool


def separable_least_squares(
    model: SeparableModel,
    starts: Sequence[FloatArray],
    *,
    steps: int = 2_000,
    polished: bool = True,
) -> SeparableFit:
    """Return the best of the solutions from several starts; those that do not exist are skipped.

    Parameters
    ----------
    model
    starts
        (p,) each; at least one at which the regressors are finite.
    steps
        Most evaluations from each start.
    polished
        Whether the best is followed as far as doubles go.
    """
    sound = [start for start in starts if _exists(model, start)]
    best = min((_one(model, start, steps, ROUGH) for start in sound), key=_size)
    return (
        min(best, _one(model, best.parameters, steps, PRECISION), key=_size) if polished else best
    )


def _size(fit: SeparableFit) -> float:
    return fit.residual_sum


def residual_sum(model: SeparableModel, parameters: FloatArray) -> float:
    """Return the sum of squared residuals with the linear coefficients concentrated out."""
    return float(np.square(_residuals(model, parameters)).sum())


def _one(model: SeparableModel, start: FloatArray, steps: int, precision: float) -> SeparableFit:
    from scipy.optimize import least_squares

    def residuals(theta: FloatArray) -> FloatArray:
        return _residuals(model, theta)

    def jacobian(theta: FloatArray) -> FloatArray:
        return _jacobian(model, theta)

    # Where parameters are not identified, steps of no length are divided by.
    with np.errstate(all="ignore"):
        found = least_squares(
            residuals,
            start,
            jac=jacobian,
            method="trf",
            x_scale="jac",
            ftol=precision,
            xtol=precision,
            gtol=precision,
            max_nfev=steps,
        )
    parameters = np.asarray(found.x, dtype=np.float64)
    return SeparableFit(
        parameters=parameters,
        coefficients=_linear(model, parameters)[0],
        residual_sum=2.0 * float(found.cost),
        converged=bool(found.success),
    )


def _exists(model: SeparableModel, parameters: FloatArray) -> bool:
    regressors, offset = model.regressors(parameters), model.offset(parameters)
    return bool(np.isfinite(regressors).all() and np.isfinite(offset).all())


def _linear(
    model: SeparableModel, parameters: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return coefficients, residuals and an orthonormal basis of the regressors."""
    regressors = model.regressors(parameters)
    basis, triangle = np.linalg.qr(regressors)
    target = model.target - model.offset(parameters)
    coefficients = np.linalg.lstsq(triangle, basis.T @ target, rcond=None)[0]
    return coefficients, target - regressors @ coefficients, basis


def _residuals(model: SeparableModel, parameters: FloatArray) -> FloatArray:
    if not _exists(model, parameters):
        return np.full(len(model.target), np.sqrt(HUGE / len(model.target)))
    return _linear(model, parameters)[1]


def _jacobian(model: SeparableModel, parameters: FloatArray) -> FloatArray:
    coefficients, _, basis = _linear(model, parameters)
    moved = model.derivatives(parameters, coefficients)
    jacobian: FloatArray = basis @ (basis.T @ moved) - moved
    return np.where(np.isfinite(jacobian), jacobian, 0.0)
