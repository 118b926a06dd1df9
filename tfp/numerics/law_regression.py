r"""The second stage of Olley-Pakes and Levinsohn-Petrin: one elasticity, searched safely.

With :math:`t = y - \hat\beta_l l - \ldots`, :math:`\omega(b) = \hat\phi - b k` and
:math:`v(b) = \hat\phi_{-1} - b k_{-1}`,

.. math:: Q(b) = \sum \bigl(t - b k - g(v(b))\bigr)^2

where the polynomial *g* is fitted by least squares at each *b*, to :math:`t - bk`
(``"output"``: nonlinear least squares, as Olley and Pakes define it) or to
:math:`\omega(b)` (``"productivity"``, as R's prodest does, which minimises what it claims
only in the first case). *Q* is evaluated over a grid; between points where its exact
derivative turns from negative to positive the minimum is solved for, and the lowest of
these minima is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.numerics.innovation_moments import law_basis
from tfp.numerics.polynomial_basis import standardised
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

FittedTo = Literal["output", "productivity"]

LOW, HIGH, POINTS = -1.0, 2.0, 61


@dataclass(frozen=True, eq=False, kw_only=True)
class LawRows(Record):
    """Rows that have a previous period.

    Attributes
    ----------
    net_output : (n,) array
        Output less what the first stage settled.
    proxied, past_proxied : (n,) arrays
    state, past_state : (n,) arrays
    shifters : (s, n) array
    weights : (n,) array
    degree : int
    fitted_to : {"output", "productivity"}
    """

    net_output: FloatArray
    proxied: FloatArray
    past_proxied: FloatArray
    state: FloatArray
    past_state: FloatArray
    shifters: FloatArray
    weights: FloatArray
    degree: int
    fitted_to: FittedTo


@dataclass(frozen=True, eq=False, kw_only=True)
class LawFit(Record):
    """The criterion at one elasticity.

    Attributes
    ----------
    criterion, derivative : float
        Q, and half its derivative.
    residuals : (n,) array
    cleaned : (n,) array
        Derivative of the residuals by the elasticity, less what the law explains of it.
    slope : (n,) array
        Derivative of the law by past productivity.
    fitted : (k,) array
        Coefficients of the law.
    """

    criterion: float
    derivative: float
    residuals: FloatArray
    cleaned: FloatArray
    slope: FloatArray
    fitted: FloatArray


def law_fit(rows: LawRows, elasticity: float) -> LawFit:
    """Return criterion and exact derivative at an elasticity."""
    past = rows.past_proxied - elasticity * rows.past_state
    basis, by_past = law_basis(past, standardised(rows.shifters), rows.degree)
    net = rows.net_output - elasticity * rows.state
    known = rows.proxied - elasticity * rows.state
    weighted = basis * rows.weights
    products = weighted @ basis.T
    fitted = np.linalg.solve(products, weighted @ (net if rows.fitted_to == "output" else known))
    residuals = net - fitted @ basis
    slope = fitted @ by_past
    moved = slope * rows.past_state - rows.state
    cleaned = moved - np.linalg.solve(products, weighted @ moved) @ basis
    derivative = float((rows.weights * residuals) @ moved)
    if rows.fitted_to == "productivity":
        # The law is not fitted to what is minimised: that it changes with b counts too.
        gap = known - fitted @ basis
        change = np.linalg.solve(
            products, weighted @ moved - (by_past * (rows.weights * rows.past_state)) @ gap
        )
        derivative -= float((rows.weights * residuals) @ (change @ basis))
    return LawFit(
        criterion=float((rows.weights * residuals) @ residuals),
        derivative=derivative,
        residuals=residuals,
        cleaned=cleaned,
        slope=slope,
        fitted=np.asarray(fitted, dtype=np.float64),
    )


def lowest_minimum(rows: LawRows, low: float = LOW, high: float = HIGH) -> tuple[float, bool]:
    """Return the elasticity at which the criterion is smallest.

    Returns
    -------
    elasticity : float
    inside : bool
        False where the criterion has no minimum inside the range: then it is the border at
        which the criterion is smaller.
    """
    from scipy.optimize import brentq

    grid = np.linspace(low, high, POINTS)
    values = [law_fit(rows, float(b)) for b in grid]
    derivatives = np.array([value.derivative for value in values])
    turns = np.flatnonzero((derivatives[:-1] < 0.0) & (derivatives[1:] >= 0.0))
    minima = [
        float(brentq(lambda b: law_fit(rows, b).derivative, grid[i], grid[i + 1], xtol=1e-15))
        for i in turns
    ]
    if not minima:
        return (low if values[0].criterion < values[-1].criterion else high), False
    return min(minima, key=lambda b: law_fit(rows, b).criterion), True
