r"""The first stage of Gandhi, Navarro and Rivers: what a share says about an elasticity.

.. math::

    \ln s_{it} = \ln D(x_{it}) - \varepsilon_{it}, \quad E = E[e^{\varepsilon}], \quad
    \theta_m = D / E, \quad f(x) = \int \theta_m\, dm + C(k, l)

The integral is taken less a linear function of the other inputs, and the terms of
:math:`C` likewise, such that the coefficients of the other inputs in :math:`C` are their
mean elasticities.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.monomial_calculus import derivative, integral
from tfp.numerics.polynomial_basis import exponents, monomials
from tfp.numerics.records import Record
from tfp.numerics.share_equation import ShareEquation, share_equation

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False, kw_only=True)
class Expansion(Record):
    """A polynomial without constant in the other inputs, and the integral, row by row.

    Attributes
    ----------
    other_terms : (p, m) array
        Of C; the first are the other inputs, less their means.
    other_names : tuple of str
    other_slopes : (f, p, m) array
        Derivatives by the other inputs.
    integrals : (q, m) array
        Of the terms of the share equation, over the flexible input.
    integral_slopes : (f, q, m) array
    """

    other_terms: FloatArray
    other_names: tuple[str, ...]
    other_slopes: FloatArray
    integrals: FloatArray
    integral_slopes: FloatArray


@dataclass(frozen=True, eq=False, kw_only=True)
class ShareStage(Record):
    r"""A solved share equation.

    Attributes
    ----------
    equation : ShareEquation
    basis : (q, m) array
        Terms of D.
    names : tuple of str
        Of these terms.
    mean_shock : float
        :math:`E`, the mean of :math:`e^{\varepsilon}`.
    coefficients : (q,) array
        Of the elasticity, :math:`\hat\gamma / E`.
    """

    equation: ShareEquation
    basis: FloatArray
    names: tuple[str, ...]
    mean_shock: float
    coefficients: FloatArray

    def influence(self, entities: IntArray) -> tuple[FloatArray, FloatArray]:
        r"""Return what each firm contributes to the errors of gamma and of gamma / E.

        Returns
        -------
        of_share, of_elasticity : (firms, q) arrays
        """
        starts = np.flatnonzero(np.diff(entities, prepend=-1))
        scores = -(self.equation.gradient * self.equation.shock).T
        of_share = np.add.reduceat(scores, starts) @ self.equation.bread
        weight = np.exp(self.equation.shock)
        rows = len(weight)
        own = np.add.reduceat(weight - self.mean_shock, starts) / rows
        of_mean = own + of_share @ (self.equation.gradient @ weight / rows)
        of_elasticity = (of_share - np.outer(of_mean, self.coefficients)) / self.mean_shock
        return of_share, of_elasticity


def share_stage(
    log_share: FloatArray,
    scaled: FloatArray,
    names: tuple[str, ...],
    degree: int,
    weights: FloatArray | None = None,
) -> ShareStage:
    """Return the first stage.

    Parameters
    ----------
    log_share
        (m,).
    scaled
        Logs of the inputs, standardised, the flexible one last, (f + 1, m).
    names
        Of the inputs.
    degree
        Total degree of D.
    weights
        Of the rows, (m,); None for one each. Rows without weight need not have a share
        that the others' coefficients could fit.
    """
    terms = exponents(len(scaled), degree)
    basis = monomials(scaled, terms)
    if weights is None:
        equation = share_equation(log_share, basis)
        mean_shock = float(np.exp(equation.shock).mean())
    else:
        equation = _of_drawn_rows(log_share, basis, weights)
        mean_shock = float(np.average(np.exp(equation.shock), weights=weights))
    return ShareStage(
        equation=equation,
        basis=basis,
        names=tuple(f"share: {term_name(term, names)}" for term in terms),
        mean_shock=mean_shock,
        coefficients=equation.coefficients / mean_shock,
    )


def _of_drawn_rows(log_share: FloatArray, basis: FloatArray, weights: FloatArray) -> ShareEquation:
    drawn = weights > 0.0
    solved = share_equation(log_share[drawn], basis[:, drawn], weights[drawn])
    shock = np.zeros(len(log_share))
    shock[drawn] = solved.shock
    return replace(solved, fitted=solved.coefficients @ basis, shock=shock)


def expansion(
    log_inputs: FloatArray, scaled: FloatArray, names: tuple[str, ...], degree: int
) -> Expansion:
    """Return the terms of both parts of the function.

    Parameters
    ----------
    log_inputs
        The flexible one last, (f + 1, m).
    scaled
        The same, standardised.
    names
    degree
        Total degree of both polynomials.
    """
    others = len(log_inputs) - 1
    spread = np.sqrt(np.mean((log_inputs - log_inputs.mean(axis=1, keepdims=True)) ** 2, axis=1))
    terms = exponents(len(scaled), degree)
    basis = monomials(scaled, terms)
    integrals = integral(basis, terms, others, scaled[-1]) * spread[-1]
    slopes = np.stack(
        [
            integral(derivative(basis, terms, j), terms, others, scaled[-1])
            * (spread[-1] / spread[j])
            for j in range(others)
        ]
    )
    other = exponents(others, degree)
    other_basis = monomials(scaled[:others], other)
    other_slopes = np.stack([derivative(other_basis, other, j) / spread[j] for j in range(others)])
    centred = log_inputs[:others] - log_inputs[:others].mean(axis=1, keepdims=True)
    higher = slice(1 + others, None)
    plain_slopes = np.zeros((others, others, log_inputs.shape[1]))
    plain_slopes[np.arange(others), np.arange(others)] = 1.0
    left = _less_mean_slopes(integrals, slopes, centred)
    rest = _less_mean_slopes(other_basis[higher], other_slopes[:, higher], centred)
    return Expansion(
        other_terms=np.vstack([centred, rest[0]]),
        other_names=(*names[:others], *(term_name(term, names) for term in other[higher])),
        other_slopes=np.concatenate([plain_slopes, rest[1]], axis=1),
        integrals=left[0],
        integral_slopes=left[1],
    )


def term_name(term: tuple[int, ...], names: tuple[str, ...]) -> str:
    """Return what a monomial is called.

    Examples
    --------
    >>> term_name((2, 0, 1), ("capital", "labour", "materials"))
    'capital^2 × materials'
    """
    parts = [
        name if power == 1 else f"{name}^{power}"
        for name, power in zip(names, term, strict=False)
        if power
    ]
    return " × ".join(parts) or "constant"


def _less_mean_slopes(
    values: FloatArray, slopes: FloatArray, centred: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return terms less the linear function that has their mean slopes, and their slopes."""
    means = slopes.mean(axis=2)
    return values - means.T @ centred, slopes - means[:, :, None]
