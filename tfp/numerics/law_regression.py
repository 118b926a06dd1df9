r"""The second stage of Olley-Pakes and Levinsohn-Petrin: one elasticity, searched safely.

With :math:`t = y - \hat\beta_l l - \ldots`, :math:`\omega(b) = \hat\phi - b k` and
:math:`v(b) = \hat\phi_{-1} - b k_{-1}`,

.. math:: Q(b) = \sum \bigl(t - b k - g(v(b))\bigr)^2

where the polynomial *g* is fitted by least squares at each *b*, to :math:`t - bk`
(``"output"``: nonlinear least squares, as Olley and Pakes define it) or to
:math:`\omega(b)` (``"productivity"``, as R's prodest does, which minimises what it claims
only in the first case). *Q* is evaluated over a grid, from cross-products; between points
where its exact derivative turns from negative to positive the minimum is solved for, and
the lowest of these minima is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.numerics.innovation_moments import law_basis
from tfp.numerics.law_products import law_products
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


def lowest_minimum(
    rows: LawRows, low: float = LOW, high: float = HIGH, *, settle: bool = True
) -> tuple[float, bool]:
    """Return the elasticity at which the criterion is smallest.

    Parameters
    ----------
    rows
    low, high
        The range that is searched.
    settle
        Whether to the last digits that the rows give, rather than their cross-products.

    Returns
    -------
    elasticity : float
    inside : bool
        False where the criterion has no minimum inside the range: then it is the border at
        which the criterion is smaller.
    """
    from scipy.optimize import brentq

    products = law_products(rows)
    grid = np.linspace(low, high, POINTS)
    values, derivatives = products.criterion(grid)
    turns = np.flatnonzero((derivatives[:-1] < 0.0) & (derivatives[1:] >= 0.0))
    if not len(turns):
        return (low if values[0] < values[-1] else high), False

    def steepness(elasticity: float) -> float:
        return float(products.criterion(np.array([elasticity]))[1][0])

    minima = np.array([brentq(steepness, grid[i], grid[i + 1], xtol=1e-14) for i in turns])
    lowest = float(minima[np.argmin(products.criterion(minima)[0])])
    return _settled(rows, lowest) if settle else lowest, True


def _settled(rows: LawRows, near: float) -> float:
    """Return the minimum near a place, from the derivative on the rows themselves."""
    from scipy.optimize import brentq

    def steepness(elasticity: float) -> float:
        return law_fit(rows, elasticity).derivative

    for reach in (1e-7, 1e-5, 1e-3):
        ends = (near - reach, near + reach)
        if steepness(ends[0]) < 0.0 <= steepness(ends[1]):
            return float(brentq(steepness, *ends, xtol=1e-15))
    return near
