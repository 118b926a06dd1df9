r"""The second stage of Ackerberg, Caves and Frazer as a problem that can be solved again.

What the estimate solves once, every replication of a bootstrap solves with other weights,
the first stage included: no row is copied, lags stay what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.innovation_minima import descend
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
    instruments : (z, n) array
        The first *p* are those of the exact system.
    past_output : bool
        Whether output free of the shock, of the period before, is one more.
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
    past_output: bool
    shifters: FloatArray
    now: IntArray
    entities: IntArray
    degree: int

    def first_stage(self, weights: FloatArray | None = None) -> FirstStage:
        """Return the first stage."""
        return first_stage(self.target, self.linear, self.linear_names, self.polynomial, weights)

    @property
    def parameters(self) -> int:
        """Number of terms of the production function."""
        return len(self.terms)

    @property
    def overidentified(self) -> bool:
        """Whether there are more instruments than terms."""
        return self.past_output or len(self.instruments) > self.parameters

    @property
    def firms(self) -> int:
        """Number of firms."""
        return int(self.entities[-1]) + 1

    def rows(self, stage: FirstStage, *, exact: bool = False) -> InnovationRows:
        """Return the rows of the second stage.

        Parameters
        ----------
        stage
        exact
            Whether only with as many instruments as terms.
        """
        proxied, past = stage.proxied, self.now - 1
        instruments = self.instruments[: self.parameters] if exact else self.instruments
        if self.past_output and not exact:
            instruments = np.vstack([instruments, proxied[past]])
        return InnovationRows(
            proxied=proxied[self.now],
            past_proxied=proxied[past],
            inputs=self.terms.take(self.now, axis=1),
            past_inputs=self.terms.take(past, axis=1),
            instruments=instruments,
            shifters=self.shifters,
        )

    def contributions(self, stage: FirstStage, moments: InnovationMoments) -> FloatArray:
        r"""Return what each firm contributes to the moments, (firms, z).

        .. math:: s_i = \tfrac1n \sum_t \tilde Z_{it} \xi_{it} + G \psi^1_i

        with :math:`\psi^1_i` the contributions to the first stage and :math:`G` the
        derivative of the moments by its coefficients.
        """
        first = stage.influence(self.entities)[:, len(stage.names) :]
        scores = np.zeros((len(moments.vector), len(self.target)))
        scores[:, self.now] = moments.cleaned * (moments.innovation / len(self.now))
        starts = np.flatnonzero(np.diff(self.entities, prepend=-1))
        through = moments.derivative_on(stage.polynomial, self.now)
        if self.past_output:  # an instrument that the first stage moves, too
            past = np.zeros(len(self.target))
            past[self.now - 1] = moments.innovation / len(self.now)
            through[-1] += stage.polynomial @ past
        sums: FloatArray = np.add.reduceat(scores, starts, axis=1).T
        return sums + first @ through.T

    def influence(
        self, stage: FirstStage, moments: InnovationMoments, root_weight: FloatArray | None = None
    ) -> FloatArray:
        r"""Return what each firm contributes to the error of the estimates, (firms, p + c).

        .. math:: \psi_i = -(J'WJ)^{-1} J'W s_i

        which is :math:`-J^{-1} s_i` with as many instruments as terms; then the first
        stage's own contributions for what is linear in it.

        Parameters
        ----------
        stage
        moments
        root_weight
            *R* with :math:`R'R = W`; None with as many instruments as terms.
        """
        sums = self.contributions(stage, moments)
        linear = stage.influence(self.entities)[:, : len(stage.names)]
        if root_weight is None:
            second = -np.linalg.solve(moments.jacobian, sums.T).T
        else:
            second = -(np.linalg.pinv(root_weight @ moments.jacobian) @ root_weight @ sums.T).T
        return np.column_stack([second, linear])

    def again(
        self, weights: FloatArray, start: FloatArray, root_weight: FloatArray | None = None
    ) -> tuple[FloatArray, FloatArray, float]:
        """Solve with other weights of the firms, from a solution of the sample.

        Parameters
        ----------
        weights
            (firms,).
        start
            (p,).
        root_weight
            Of the moments of the rows, kept as it is in the sample; None with as many
            instruments as terms.

        Returns
        -------
        estimates : (p + c,) array
            NaN where no solution was reached.
        place : (p,) array
            Where the search ended.
        sign : float
            Of the determinant of the Jacobian there; 1 where it is not square.
        """
        each = weights[self.entities]
        stage = self.first_stage(each)
        rows = self.rows(stage)
        products = innovation_products(rows, self.degree, each[self.now])
        if root_weight is None:
            place, norm, jacobian = newton(products, start, self.degree)
            reached, sign = norm <= ZERO_OF_PRODUCTS, float(np.linalg.slogdet(jacobian)[0])
        else:
            scaled = root_weight * rows.instruments.std(axis=1)
            found = descend(products, start, self.degree, scaled)
            place, reached, sign = found.elasticities, found.reached, 1.0
        linear = stage.coefficients[: len(self.linear_names)]
        values = np.concatenate([place, linear])
        return values if reached else np.full_like(values, np.nan), place, sign
