r"""Shares with multiplicative errors, by nonlinear least squares.

.. math:: \ln s_i = \ln(P_i'\gamma) - \varepsilon_i, \qquad
    \min_\gamma \sum_i \{\ln s_i - \ln(P_i'\gamma)\}^2
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

MOST_STEPS, HALVINGS = 200, 40
# Largest step, in standard deviations of the fitted logarithm, that ends the search.
SMALL_STEP, NEAR = 1e-13, 1e-5


@dataclass(frozen=True, eq=False)
class ShareEquation(Record):
    r"""A solved share equation.

    Attributes
    ----------
    coefficients : (q,) array
    fitted : (n,) array
        :math:`P'\hat\gamma`, positive everywhere.
    shock : (n,) array
        :math:`\hat\varepsilon`.
    gradient : (q, n) array
        Of the fitted logarithm.
    bread : (q, q) array
        Inverse of the gradient's weighted cross-products.
    converged : bool
    """

    coefficients: FloatArray
    fitted: FloatArray
    shock: FloatArray
    gradient: FloatArray
    bread: FloatArray
    converged: bool


def share_equation(
    log_share: FloatArray, basis: FloatArray, weights: FloatArray | None = None
) -> ShareEquation:
    """Return the least-squares fit, from the geometric mean of the shares as start.

    Parameters
    ----------
    log_share
        (n,).
    basis
        (q, n), its first row constant.
    weights
        Positive, (n,); None for one each.
    """
    if weights is None:
        weights = np.ones(len(log_share))
    roots = np.sqrt(weights)
    gamma = np.zeros(len(basis))
    gamma[0] = float(np.exp(np.average(log_share, weights=weights))) / basis[0, 0]
    fitted = gamma @ basis
    loss = float(weights @ (log_share - np.log(fitted)) ** 2)
    converged, before = False, np.inf
    for _ in range(MOST_STEPS):
        gradient = basis * (roots / fitted)
        gap = roots * (log_share - np.log(fitted))
        step = np.linalg.lstsq(gradient.T, gap, rcond=None)[0]
        size = float(np.sqrt((step @ gradient) @ (step @ gradient) / weights.sum()))
        if size < SMALL_STEP or NEAR > before <= size:
            converged = True
            break
        before = size
        length = 1.0
        for _ in range(HALVINGS):
            tried = (gamma + length * step) @ basis
            if float(tried.min()) > 0.0:
                there = float(weights @ (log_share - np.log(tried)) ** 2)
                # Near the bottom the sum no longer tells steps apart; their length does.
                if there < loss or size < NEAR:
                    break
            length /= 2.0
        else:
            break
        gamma, fitted, loss = gamma + length * step, tried, there
    gradient = basis / fitted
    return ShareEquation(
        gamma,
        fitted,
        np.log(fitted) - log_share,
        gradient,
        np.asarray(np.linalg.inv((gradient * weights) @ gradient.T), dtype=np.float64),
        converged,
    )
