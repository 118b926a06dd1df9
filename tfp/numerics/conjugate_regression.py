r"""Regression with a normal-inverse-gamma prior: the posterior in closed form.

.. math::

    y = X\beta + e, \quad e \sim N(0, \sigma^2 I), \qquad
    \beta \mid \sigma^2 \sim N(m_0, \sigma^2 (A'A)^{-1}), \quad
    \sigma^2 \sim IG(\nu_0 / 2,\ \nu_0 s_0^2 / 2)

The prior is a set of statements :math:`r_j'\beta \approx c_j \pm d_j`, each a row
:math:`r_j s_0 / d_j` of *A*, as if it were an observation. The posterior has the same form:

.. math::

    m_n = (A'A + X'X)^{-1}(A'c + X'y), \qquad
    \nu_n s_n^2 = \nu_0 s_0^2 + Q(y, c) - Q(c)

with *Q* the residual sums of the stacked regression and of the prior alone, and
:math:`\beta \sim t_{\nu_n}(m_n, s_n^2 (A'A + X'X)^{-1})`.

References
----------
Koop, G. (2003). *Bayesian Econometrics*, chapter 3.
Theil, H. and Goldberger, A. S. (1961). On pure and mixed statistical estimation in
economics. *International Economic Review* 2(1), 65-78. https://doi.org/10.2307/2525589
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.least_squares import least_squares
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tfp.numerics.arrays import FloatArray

BATCH = 4_096  # draws at a time; the number is part of what a seed means
LEAST_ACCEPTED = 1e-4  # of the draws: below it the region and the posterior contradict


@dataclass(frozen=True, eq=False, kw_only=True)
class Statements(Record):
    r"""What a prior says: :math:`R\beta = c`, give or take.

    Attributes
    ----------
    rows : (p, k) array
    values, stds : (p,) arrays
        The standard deviation of each at the prior's own :math:`s_0`; infinite says nothing.
    """

    rows: FloatArray
    values: FloatArray
    stds: FloatArray


@dataclass(frozen=True, eq=False, kw_only=True)
class ConjugatePosterior(Record):
    """Student's t of the coefficients, and the scale of the errors.

    Attributes
    ----------
    mean : (k,) array
    bread : (k, k) array
        Inverse of the posterior precision, before it is multiplied by the variance.
    prior_precision : (k, k) array
    variance : float
        The scale of the errors, squared.
    degrees : float
    """

    mean: FloatArray
    bread: FloatArray
    prior_precision: FloatArray
    variance: float
    degrees: float

    @property
    def scale(self) -> FloatArray:
        """The squared scale of the t distribution, (k, k)."""
        return self.variance * self.bread


def conjugate_posterior(
    target: FloatArray,
    regressors: FloatArray,
    prior: Statements,
    *,
    error_std: float,
    error_degrees: float,
    lost_degrees: int,
) -> ConjugatePosterior:
    """Return the posterior of a regression.

    Parameters
    ----------
    target
        (n,).
    regressors
        (n, k).
    prior
        Statements on the k coefficients.
    error_std, error_degrees
        The prior's guess of the standard deviation of the errors, and how many
        observations it is worth.
    lost_degrees
        Parameters without a prior: means taken out before and coefficients that no
        statement holds.
    """
    weights = error_std / prior.stds
    rows, values = prior.rows * weights[:, None], prior.values * weights
    stacked = least_squares(np.concatenate([target, values]), np.concatenate([regressors, rows]))
    alone = np.linalg.lstsq(rows, values, rcond=None)[0]
    left = values - rows @ alone
    degrees = error_degrees + len(target) - lost_degrees
    total = error_degrees * error_std**2 + stacked.residual_sum - float(left @ left)
    return ConjugatePosterior(
        mean=stacked.coefficients,
        bread=stacked.bread,
        prior_precision=rows.T @ rows,
        variance=total / degrees,
        degrees=degrees,
    )


def positive_draws(
    posterior: ConjugatePosterior, positive: NDArray[np.bool_], count: int, rng: np.random.Generator
) -> tuple[FloatArray, float]:
    """Return independent draws whose chosen coefficients are positive, and their probability.

    Draws with a wrong sign are thrown away, so that the others follow the truncated
    posterior exactly.

    Parameters
    ----------
    posterior
    positive
        (k,) of truth values: which coefficients have to be positive.
    count
        How many draws, (count, k).
    rng

    Returns
    -------
    draws : (count, k) array
        Without rows where the probability is below ``LEAST_ACCEPTED``.
    probability : float
        Share of all draws that had the right signs.
    """
    root = np.linalg.cholesky(posterior.scale)
    size = len(posterior.mean)
    kept: list[FloatArray] = []
    drawn = found = 0
    while found < count:
        chi = rng.chisquare(posterior.degrees, BATCH) / posterior.degrees
        normal = rng.standard_normal((BATCH, size)) @ root.T
        draws = posterior.mean + normal / np.sqrt(chi)[:, None]
        draws = draws[(draws[:, positive] > 0.0).all(axis=1)]
        kept.append(draws)
        drawn, found = drawn + BATCH, found + len(draws)
        if drawn * LEAST_ACCEPTED > max(found, 16):
            return np.empty((0, size)), found / drawn
    return np.concatenate(kept)[:count], found / drawn
