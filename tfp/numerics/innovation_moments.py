r"""Moments that make the innovation of productivity unrelated to instruments.

.. math::

    \omega(\beta) = \phi - X\beta, \quad v(\beta) = \phi_{-1} - X_{-1}\beta, \quad
    \omega = g(v, s) + \xi, \quad
    m(\beta) = \frac1n \sum Z \xi(\beta)

where :math:`g` is a polynomial of total degree *d* in *v* and in what else moves
productivity, *s*, fitted by least squares at each :math:`\beta`. With *P* its terms,

.. math::

    A &= (P'P)^{-1} P' [\omega, Z], \quad \xi = \omega - P A_\omega, \quad \tilde Z = Z - P A_Z \\
    m &= \tilde Z' \xi / n \\
    J &= [\tilde Z' (-X + g'(v) X_{-1}) + ((P_v A_Z) \circ \xi)' X_{-1}] / n

with :math:`P_v` the derivative of the terms by *v*: the Jacobian is exact, the changes of
the fitted :math:`g` included. Derivatives by the coefficients of a first stage,
:math:`\phi = B\gamma`, are :math:`-J` with *B* for *X*.

References
----------
Ackerberg, D. A., Caves, K. and Frazer, G. (2015). Identification properties of recent
production function estimators. *Econometrica* 83(6), 2411-2451.
https://doi.org/10.3982/ECTA13408
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.polynomial_basis import largest_powers, monomials, standardised
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False, kw_only=True)
class InnovationRows(Record):
    """Rows that have a previous period: one column each, variables are rows.

    Attributes
    ----------
    proxied, past_proxied : (n,) array
        Output free of the transitory shock, and that of the period before.
    inputs, past_inputs : (p, n) array
    instruments : (z, n) array
    shifters : (s, n) array
        What moves productivity beside its own past.
    """

    proxied: FloatArray
    past_proxied: FloatArray
    inputs: FloatArray
    past_inputs: FloatArray
    instruments: FloatArray
    shifters: FloatArray


@dataclass(frozen=True, eq=False)
class InnovationMoments(Record):
    """The moments at some elasticities, and what they are made of.

    Attributes
    ----------
    vector : (z,) array
    jacobian : (z, p) array
    innovation : (n,) array
    cleaned : (z, n) array
        Instruments less what the law of motion explains of them.
    slope : (n,) array
        Derivative of the law by past productivity.
    change : (z, n) array
        What a change of past productivity changes through the cleaned instruments.
    """

    vector: FloatArray
    jacobian: FloatArray
    innovation: FloatArray
    cleaned: FloatArray
    slope: FloatArray
    change: FloatArray

    @property
    def norm(self) -> float:
        """Largest correlation of the innovation with an instrument: without units."""
        lengths = np.sqrt(np.einsum("zn,zn->z", self.cleaned, self.cleaned))
        own = np.sqrt(self.innovation @ self.innovation)
        return float(np.abs(self.vector * len(self.innovation) / (lengths * own)).max())

    def derivative(self, present: FloatArray, past: FloatArray) -> FloatArray:
        r"""Return :math:`\partial m / \partial \gamma'` for :math:`\phi = B\gamma`, (z, q).

        Parameters
        ----------
        present, past
            *B* of the rows and of the period before, (q, n).
        """
        n = len(self.innovation)
        return np.asarray((self.cleaned @ present.T - self._of_past() @ past.T) / n)

    def derivative_on(self, basis: FloatArray, now: IntArray) -> FloatArray:
        """Return the same from *B* of all rows, (q, m), of which `now` are these, (z, q)."""
        each = np.zeros((len(self.vector), basis.shape[1]))
        each[:, now] = self.cleaned
        each[:, now - 1] -= self._of_past()
        return np.asarray(each @ basis.T / len(self.innovation))

    def _of_past(self) -> FloatArray:
        return self.cleaned * self.slope + self.change


def law_terms(shifters: FloatArray, degree: int) -> tuple[tuple[int, ...], ...]:
    """Return the exponents of the law of motion: of past productivity, then of each shifter."""
    caps = largest_powers(shifters, degree).tolist()
    every = [
        term
        for term in product(range(degree + 1), *(range(cap + 1) for cap in caps))
        if sum(term) <= degree
    ]
    return tuple(sorted(every, key=lambda term: (sum(term), [-power for power in term])))


def law_basis(past: FloatArray, shifters: FloatArray, degree: int) -> tuple[FloatArray, FloatArray]:
    """Return the terms of the law of motion and their derivatives by past productivity.

    Parameters
    ----------
    past
        (n,).
    shifters
        (s, n), standardised.
    degree
        Largest total degree.

    Returns
    -------
    terms, derivatives : (k, n) arrays
    """
    centred = past - past.mean()
    spread = float(np.sqrt(centred @ centred / len(centred)))
    terms = law_terms(shifters, degree)
    basis = monomials(np.vstack([centred / spread, shifters]), terms)
    place = {term: number for number, term in enumerate(terms)}
    derivative = np.zeros_like(basis)
    for number, (power, *others) in enumerate(terms):
        if power:
            derivative[number] = (power / spread) * basis[place[power - 1, *others]]
    return basis, derivative


def innovation_moments(
    rows: InnovationRows, elasticities: FloatArray, degree: int
) -> InnovationMoments:
    """Return moments and exact Jacobian at some elasticities.

    Parameters
    ----------
    rows
    elasticities
        (p,).
    degree
        Of the law of motion; 1 is an autoregression.
    """
    n = len(rows.proxied)
    present = rows.proxied - elasticities @ rows.inputs
    past = rows.past_proxied - elasticities @ rows.past_inputs
    basis, derivative = law_basis(past, standardised(rows.shifters), degree)
    targets = np.vstack([present, rows.instruments])
    fitted = np.linalg.solve(basis @ basis.T, basis @ targets.T)
    residuals = targets - fitted.T @ basis
    innovation, cleaned = residuals[0], residuals[1:]
    slope = fitted[:, 0] @ derivative
    change = (fitted[:, 1:].T @ derivative) * innovation
    moved = cleaned @ (slope * rows.past_inputs - rows.inputs).T
    return InnovationMoments(
        vector=cleaned @ innovation / n,
        jacobian=(moved + change @ rows.past_inputs.T) / n,
        innovation=innovation,
        cleaned=cleaned,
        slope=slope,
        change=change,
    )
