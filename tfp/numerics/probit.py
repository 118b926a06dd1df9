r"""Probit: the probability of a yes is the normal distribution of a linear index.

.. math:: \Pr(S = 1 \mid c) = \Phi(c'\pi)

The likelihood is concave in :math:`\pi`; Newton's method from zero finds its top.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

STEPS = 50
ZERO = 1e-10  # change of the index that no longer counts


@dataclass(frozen=True, eq=False, kw_only=True)
class Probit(Record):
    """A probit.

    Attributes
    ----------
    coefficients : (k,) array
    scores : (k, n) array
        Of each row, without its weight.
    bread : (k, k) array
        Inverse of minus the second derivatives of the likelihood.
    converged : bool
        False where some index separates yes from no: then there is no top.
    """

    coefficients: FloatArray
    scores: FloatArray
    bread: FloatArray
    converged: bool


def probit(
    answers: FloatArray, regressors: FloatArray, weights: FloatArray | None = None
) -> Probit:
    """Return the probit of answers on regressors.

    Parameters
    ----------
    answers
        Zeros and ones, (n,).
    regressors
        (k, n), of full rank.
    weights
        Of the rows, (n,); None for one each.

    Examples
    --------
    >>> fitted = probit(np.array([1.0, 1.0, 1.0, 0.0]), np.ones((1, 4)))
    >>> round(float(probability(fitted.coefficients @ np.ones((1, 4)))[0]), 9)
    0.75
    """
    each = np.ones(len(answers)) if weights is None else weights
    coefficients = np.zeros(len(regressors))
    side = 2.0 * answers - 1.0
    converged = False
    for _ in range(STEPS):
        ratio, curvature = _derivatives(side, coefficients @ regressors)
        second = (regressors * (each * curvature)) @ regressors.T
        step = np.linalg.solve(second, regressors @ (each * ratio))
        coefficients = coefficients + step
        if float(np.abs(step @ regressors).max()) < ZERO:
            converged = True
            break
    ratio, curvature = _derivatives(side, coefficients @ regressors)
    second = (regressors * (each * curvature)) @ regressors.T
    return Probit(
        coefficients=coefficients,
        scores=regressors * ratio,
        bread=np.asarray(np.linalg.inv(second), dtype=np.float64),
        converged=converged,
    )


def probability(index: FloatArray) -> FloatArray:
    """Return the normal distribution function of an index."""
    from scipy.special import ndtr

    return np.asarray(ndtr(index))


def density(index: FloatArray) -> FloatArray:
    """Return the normal density of an index."""
    return np.asarray(np.exp(-0.5 * index**2) / np.sqrt(2.0 * np.pi))


def _derivatives(side: FloatArray, index: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return first derivatives of the rows' log-likelihood by the index, minus the second."""
    from scipy.special import log_ndtr

    signed = side * index
    # In logarithms: far out in a tail both density and probability vanish, their ratio not.
    mills = np.exp(-0.5 * signed**2 - 0.5 * np.log(2.0 * np.pi) - log_ndtr(signed))
    return side * mills, mills * (mills + signed)
