r"""Regression whose coefficients and constant walk at random: all periods solved at once.

.. math::

    y_t = a_t + z_t'\gamma + x_t'\theta_t + e_t, \qquad
    \theta_t = \theta_{t-1} + \eta_t, \quad a_t = a_{t-1} + u_t

With normal errors and beginnings everything is jointly normal, so that the smoothed
coefficients are one projection on *y*; a Kalman filter and smoother give the same numbers
step by step. The first constant is diffuse, exactly: it is projected out,

.. math:: P = V^{-1} - V^{-1}\iota(\iota'V^{-1}\iota)^{-1}\iota'V^{-1},

and the likelihood is that of what is left of *y*.

References
----------
Durbin, J. and Koopman, S. J. (2012). *Time Series Analysis by State Space Methods*, second
edition, chapters 4 and 5. https://doi.org/10.1093/acprof:oso/9780199641178.001.0001
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray


@dataclass(frozen=True, eq=False, kw_only=True)
class RandomWalkModel(Record):
    """What is observed and how the beginnings are spread.

    Attributes
    ----------
    target : (n,) array
    times : (n,) array
        Ascending; a step over two periods is twice as wide, squared.
    inputs : (n, f) array
        Whose coefficients walk.
    fixed : (n, q) array
        Whose coefficients do not.
    input_mean, input_covariance : (f,), (f, f) arrays
        Of the coefficients of the first period.
    fixed_mean, fixed_variance : (q,) arrays
    """

    target: FloatArray
    times: FloatArray
    inputs: FloatArray
    fixed: FloatArray
    input_mean: FloatArray
    input_covariance: FloatArray
    fixed_mean: FloatArray
    fixed_variance: FloatArray

    @property
    def elapsed(self) -> FloatArray:
        """Periods that two observations have behind them together, (n, n)."""
        since = self.times - self.times[0]
        elapsed: FloatArray = np.minimum(since[:, None], since)
        return elapsed


@dataclass(frozen=True, eq=False, kw_only=True)
class RandomWalkPath(Record):
    """The smoothed coefficients.

    Attributes
    ----------
    coefficients : (n, f) array
    covariance : (n * f, n * f) array
        Of all coefficients, those of one input together.
    fixed : (q,) array
    fixed_covariance : (q, q) array
    cross_covariance : (n * f, q) array
    noise : (n,) array
        The smoothed errors.
    log_likelihood : float
    """

    coefficients: FloatArray
    covariance: FloatArray
    fixed: FloatArray
    fixed_covariance: FloatArray
    cross_covariance: FloatArray
    noise: FloatArray
    log_likelihood: float


def log_likelihood(
    model: RandomWalkModel, input_step: float, constant_step: float, noise: float
) -> float:
    """Return the logarithm of the density of all but the first observation's level."""
    return _projected(model, input_step, constant_step, noise)[2]


def smoothed(
    model: RandomWalkModel, input_step: float, constant_step: float, noise: float
) -> RandomWalkPath:
    """Return the coefficients of every period given all observations.

    Parameters
    ----------
    model
    input_step, constant_step
        Standard deviation of one period's step of each coefficient and of the constant.
    noise
        Standard deviation of the errors.
    """
    projector, left, likelihood = _projected(model, input_step, constant_step, noise)
    count, factors = model.inputs.shape
    prior = np.kron(model.input_covariance, np.ones((count, count)))
    prior += np.kron(np.eye(factors), input_step**2 * model.elapsed)
    # Coefficients against observations: each observation holds those of its own period.
    with_target = np.einsum(
        "itks,sk->its", prior.reshape(factors, count, factors, count), model.inputs
    ).reshape(factors * count, count)
    fixed_with_target = (model.fixed * model.fixed_variance).T
    walked = np.repeat(model.input_mean, count) + with_target @ left
    return RandomWalkPath(
        coefficients=walked.reshape(factors, count).T,
        covariance=prior - with_target @ projector @ with_target.T,
        fixed=model.fixed_mean + fixed_with_target @ left,
        fixed_covariance=np.diag(model.fixed_variance)
        - fixed_with_target @ projector @ fixed_with_target.T,
        cross_covariance=-with_target @ projector @ fixed_with_target.T,
        noise=noise**2 * left,
        log_likelihood=likelihood,
    )


def _projected(
    model: RandomWalkModel, input_step: float, constant_step: float, noise: float
) -> tuple[FloatArray, FloatArray, float]:
    """Return P, P times what the means leave of y, and the log likelihood."""
    inputs = model.inputs
    products = inputs @ inputs.T
    variance = inputs @ model.input_covariance @ inputs.T
    variance = variance + (input_step**2 * products + constant_step**2) * model.elapsed
    variance += (model.fixed * model.fixed_variance) @ model.fixed.T
    variance[np.diag_indices_from(variance)] += noise**2
    inverse = np.linalg.inv(variance)
    sums = inverse.sum(axis=0)
    total = float(sums.sum())
    projector: FloatArray = inverse - np.outer(sums, sums) / total
    rest = model.target - inputs @ model.input_mean - model.fixed @ model.fixed_mean
    left = projector @ rest
    _, size = np.linalg.slogdet(variance)
    constant = (len(rest) - 1) * np.log(2.0 * np.pi)
    return projector, left, -0.5 * float(constant + size + np.log(total) + rest @ left)
