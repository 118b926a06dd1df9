r"""The probability that a firm survives to *t*, from what was known at *t* - 1.

.. math:: P_{it} = \Pr(S_{it} = 1 \mid I_{i,t-1}) = \Phi\bigl(c(k, p)_{i,t-1}'\, \pi\bigr)

A firm that is seen at *t* - 1 and at *t* survived; one that is never seen again left at
*t*. One that is missing at *t* and seen later did neither, and the panel's last period
says nothing about who leaves after it: such rows are not used.

References
----------
Olley, G. S. and Pakes, A. (1996). The dynamics of productivity in the telecommunications
equipment industry. *Econometrica* 64(6), 1263-1297. https://doi.org/10.2307/2171831
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.probit import density, probability, probit
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.probit import Probit
    from tfp.production.sample import LogSample


@dataclass(frozen=True, eq=False, kw_only=True)
class Survival(Record):
    """Who survived, and on what it is regressed.

    Attributes
    ----------
    rows : (r,) array of int
        Rows of the sample of which it is known.
    survived : (r,) array
        Ones and zeros.
    basis : (q, m) array
        Polynomial in state and proxy, on all rows of the sample.
    """

    rows: IntArray
    survived: FloatArray
    basis: FloatArray

    @property
    def exits(self) -> int:
        """How many rows are followed by exit."""
        return int(len(self.survived) - self.survived.sum())

    def fit(self, weights: FloatArray | None = None) -> Probit:
        """Return the probit, with weights of the sample's rows, (m,)."""
        each = None if weights is None else weights[self.rows]
        return probit(self.survived, self.basis[:, self.rows], each)

    def probabilities(self, fitted: Probit, now: IntArray) -> FloatArray:
        """Return the probability of surviving to the rows `now`, (1, n)."""
        return probability(fitted.coefficients @ self.basis[:, now - 1])[None, :]

    def derivative(self, fitted: Probit, now: IntArray) -> FloatArray:
        """Return the derivatives of these probabilities by the coefficients, (q, n)."""
        past = self.basis[:, now - 1]
        return past * density(fitted.coefficients @ past)

    def influence(self, fitted: Probit, entities: IntArray) -> FloatArray:
        """Return what each firm contributes to the error of the coefficients, (firms, q)."""
        scores = np.zeros((len(entities), len(self.basis)))
        scores[self.rows] = fitted.scores.T
        sums: FloatArray = np.add.reduceat(scores, np.flatnonzero(np.diff(entities, prepend=-1)))
        return sums @ fitted.bread


def survival(sample: LogSample, basis: FloatArray) -> Survival:
    """Return who survived.

    Raises
    ------
    MethodError
        ``no-exit``.
    """
    rows = sample.panel.rows
    last_of_firm = np.append(np.diff(rows.codes) != 0, True)
    follows = np.append(~last_of_firm[:-1] & (np.diff(rows.times) == 1), False)
    known = (rows.times < rows.times.max()) & (follows | last_of_firm)
    of_sample = np.flatnonzero(known[sample.used])
    survived = follows[sample.used][of_sample].astype(np.float64)
    if survived.all() or not survived.any():
        raise MethodError("no-exit")
    return Survival(rows=of_sample, survived=survived, basis=basis)
