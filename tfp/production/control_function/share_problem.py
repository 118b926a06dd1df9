r"""Both stages of Gandhi, Navarro and Rivers as a problem that can be solved again.

Weights of firms enter the share equation, the mean of its shocks and the moments of the
innovation. The terms are those of the sample in every replication: elasticities are means
over the sample's rows, whoever is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.innovation_moments import InnovationRows
from tfp.numerics.innovation_products import innovation_products
from tfp.numerics.innovation_roots import ZERO_OF_PRODUCTS, newton
from tfp.numerics.least_squares import dependent_columns
from tfp.numerics.polynomial_basis import exponents, monomials, standardised
from tfp.numerics.records import Record
from tfp.production.control_function.share_stage import expansion, share_stage, term_name

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.innovation_moments import InnovationMoments
    from tfp.production.control_function.share_stage import Expansion, ShareStage
    from tfp.production.sample import LogSample


@dataclass(frozen=True, eq=False, kw_only=True)
class ShareProblem(Record):
    """Both stages, ready to be solved.

    Attributes
    ----------
    log_output, log_share : (m,) arrays
    scaled : (f + 1, m) array
        Logs of the inputs, standardised, the flexible one last.
    names : tuple of str
        Of the inputs.
    terms : Expansion
    linear_names : tuple of str
        Of the terms of the share equation.
    now : (n,) array of int
        Rows whose previous period is the row before.
    entities : (m,) array of int
    degree, law_degree : int
    """

    log_output: FloatArray
    log_share: FloatArray
    scaled: FloatArray
    names: tuple[str, ...]
    terms: Expansion
    linear_names: tuple[str, ...]
    now: IntArray
    entities: IntArray
    degree: int
    law_degree: int

    @property
    def firms(self) -> int:
        """Number of firms."""
        return int(self.entities[-1]) + 1

    def stage(self, weights: FloatArray | None = None) -> ShareStage:
        """Return the share equation, with weights of the rows, (m,)."""
        return share_stage(self.log_share, self.scaled, self.names, self.degree, weights)

    def left(self, stage: ShareStage) -> FloatArray:
        """Return what is left of output without shock and integral, (m,)."""
        left: FloatArray = self.log_output - stage.equation.shock
        return left - stage.coefficients @ self.terms.integrals

    def rows(self, stage: ShareStage) -> InnovationRows:
        """Return the rows of the second stage."""
        now, left, own = self.now, self.left(stage), self.terms.other_terms
        return InnovationRows(
            proxied=left[now],
            past_proxied=left[now - 1],
            inputs=own.take(now, axis=1),
            past_inputs=own.take(now - 1, axis=1),
            instruments=own.take(now, axis=1),
            shifters=np.empty((0, len(now))),
        )

    def influence(self, stage: ShareStage, moments: InnovationMoments) -> FloatArray:
        r"""Return what each firm contributes to the errors of all coefficients, (firms, p + q).

        .. math:: \psi_i = -J^{-1} \Bigl[ \tfrac1n \sum_t \tilde Z_{it} \eta_{it}
            + G_\varepsilon \psi^\gamma_i + G_\theta \psi^\theta_i \Bigr]

        The shares move the second stage twice: through the shock that is taken off output,
        and through the elasticity that is integrated.
        """
        now = self.now
        of_share, of_elasticity = stage.influence(self.entities)
        scores = np.zeros((len(moments.vector), len(self.log_output)))
        scores[:, now] = moments.cleaned * (moments.innovation / len(now))
        starts = np.flatnonzero(np.diff(self.entities, prepend=-1))
        sums = np.add.reduceat(scores, starts, axis=1).T
        shock, whole = -stage.equation.gradient, -self.terms.integrals
        sums = sums + of_share @ moments.derivative_on(shock, now).T
        sums = sums + of_elasticity @ moments.derivative_on(whole, now).T
        second = -np.linalg.solve(moments.jacobian, sums.T).T
        return np.column_stack([second, of_elasticity])

    def again(
        self, weights: FloatArray, start: FloatArray, root_weight: FloatArray | None = None
    ) -> tuple[FloatArray, FloatArray, float]:
        """Solve with other weights of the firms, from a root of the sample.

        Parameters
        ----------
        weights
            (firms,).
        start
            (p,).
        root_weight
            None: there are as many instruments as terms.

        Returns
        -------
        estimates : (p + q,) array
            NaN where no root was reached, or the share equation not solved.
        place : (p,) array
            Where the search ended.
        sign : float
            Of the determinant of the Jacobian there.
        """
        del root_weight
        each = weights[self.entities]
        stage = self.stage(each)
        products = innovation_products(self.rows(stage), self.law_degree, each[self.now])
        place, norm, jacobian = newton(products, start, self.law_degree)
        values = np.concatenate([place, stage.coefficients])
        if norm > ZERO_OF_PRODUCTS or not stage.equation.converged:
            values = np.full_like(values, np.nan)
        return values, place, float(np.linalg.slogdet(jacobian)[0])


def share_problem(
    logs: LogSample, log_share: FloatArray, names: tuple[str, ...], degree: int, law_degree: int
) -> ShareProblem:
    """Return the problem of rows that have a share.

    Parameters
    ----------
    logs
    log_share
        (m,).
    names
        Of the inputs, the flexible one last.
    degree
        Total degree of both polynomials.
    law_degree

    Raises
    ------
    MethodError
        ``collinear-inputs``.
    """
    inputs = logs.log_inputs.T
    scaled = standardised(inputs)
    terms = exponents(len(scaled), degree)
    dependent = dependent_columns(monomials(scaled, terms).T)
    if len(dependent):
        collinear = [term_name(terms[number], names) for number in dependent]
        raise MethodError("collinear-inputs", names=collinear)
    return ShareProblem(
        log_output=logs.log_output,
        log_share=log_share,
        scaled=scaled,
        names=names,
        terms=expansion(inputs, scaled, names, degree),
        linear_names=tuple(f"share: {term_name(term, names)}" for term in terms),
        now=logs.successors,
        entities=logs.entities,
        degree=degree,
        law_degree=law_degree,
    )
