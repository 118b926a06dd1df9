r"""The second stage of Ackerberg, Caves and Frazer as a problem that can be solved again.

What the estimate solves once, every replication of a bootstrap solves with other weights,
the first stage included: no row is copied, lags stay what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.innovation_moments import InnovationRows
from tfp.numerics.innovation_products import innovation_products
from tfp.numerics.innovation_roots import ZERO_OF_PRODUCTS, newton
from tfp.numerics.records import Record
from tfp.production.control_function.first_stage import first_stage

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.innovation_moments import InnovationMoments
    from tfp.production.control_function.first_stage import FirstStage


@dataclass(frozen=True, eq=False, kw_only=True)
class InnovationProblem(Record):
    """Both stages, ready to be solved.

    Attributes
    ----------
    target : (m,) array
        Log output.
    linear, polynomial : (c, m), (q, m) arrays
        Design of the first stage.
    linear_names : tuple of str
    terms : (p, m) array
        Of the production function.
    instruments : (p, n) array
    shifters : (s, n) array
    now : (n,) array of int
        Rows whose previous period is the row before.
    entities : (m,) array of int
    degree : int
        Of the law of motion.
    """

    target: FloatArray
    linear: FloatArray
    linear_names: tuple[str, ...]
    polynomial: FloatArray
    terms: FloatArray
    instruments: FloatArray
    shifters: FloatArray
    now: IntArray
    entities: IntArray
    degree: int

    def first_stage(self, weights: FloatArray | None = None) -> FirstStage:
        """Return the first stage."""
        return first_stage(self.target, self.linear, self.linear_names, self.polynomial, weights)

    def rows(self, stage: FirstStage) -> InnovationRows:
        """Return the rows of the second stage."""
        proxied, past = stage.proxied, self.now - 1
        return InnovationRows(
            proxied=proxied[self.now],
            past_proxied=proxied[past],
            inputs=self.terms[:, self.now],
            past_inputs=self.terms[:, past],
            instruments=self.instruments,
            shifters=self.shifters,
        )

    def influence(self, stage: FirstStage, moments: InnovationMoments) -> FloatArray:
        r"""Return what each firm contributes to the error of the estimates, (firms, p + c).

        .. math:: \psi_i = -J^{-1} \Bigl[ \tfrac1n \sum_t \tilde Z_{it} \xi_{it} + G \psi^1_i \Bigr]

        with :math:`\psi^1_i` the contributions to the first stage and :math:`G` the
        derivative of the moments by its coefficients; then the first stage's own for what
        is linear in it.
        """
        first = stage.influence(self.entities)
        scores = np.zeros((len(self.target), len(moments.vector)))
        scores[self.now] = (moments.cleaned * moments.innovation).T / len(self.now)
        sums = np.add.reduceat(scores, np.flatnonzero(np.diff(self.entities, prepend=-1)))
        polynomial = stage.polynomial
        through = moments.derivative(polynomial[:, self.now], polynomial[:, self.now - 1])
        second = -np.linalg.solve(
            moments.jacobian, (sums + first[:, len(stage.names) :] @ through.T).T
        ).T
        return np.column_stack([second, first[:, : len(stage.names)]])

    def again(self, weights: FloatArray, start: FloatArray) -> tuple[FloatArray, FloatArray, float]:
        """Solve with other weights of the firms, from a root of the sample.

        Parameters
        ----------
        weights
            (firms,).
        start
            (p,).

        Returns
        -------
        estimates : (p + c,) array
            NaN where no root was reached.
        place : (p,) array
            Where the search ended.
        sign : float
            Of the determinant of the Jacobian there.
        """
        each = weights[self.entities]
        stage = self.first_stage(each)
        products = innovation_products(self.rows(stage), self.degree, each[self.now])
        place, norm, jacobian = newton(products, start, self.degree)
        linear = stage.coefficients[: len(self.linear_names)]
        values = np.concatenate([place, linear])
        reached = norm <= ZERO_OF_PRODUCTS
        return (
            values if reached else np.full_like(values, np.nan),
            place,
            float(np.linalg.slogdet(jacobian)[0]),
        )
