r"""The moments of an innovation from cross-products alone.

Past productivity :math:`v = \phi_{-1} - X_{-1}\beta` is linear in :math:`\beta`, so that
its powers are linear in the products of powers of :math:`\phi_{-1}` and :math:`X_{-1}`.
Once these products' cross-products are taken, in one pass over the rows, moments and
Jacobian of :mod:`tfp.numerics.innovation_moments` cost the same at any number of rows: a
root can be looked for from as many places as one likes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial, prod
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.innovation_moments import law_terms
from tfp.numerics.polynomial_basis import exponents, monomials, standardised
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.innovation_moments import InnovationRows

Term = tuple[int, ...]


@dataclass(frozen=True, eq=False, kw_only=True)
class InnovationProducts(Record):
    r"""Cross-products of powers of what is past, and of what is present.

    Attributes
    ----------
    products : (w + 1 + p + z, w + 1 + p + z) array
        Means of products of the *w* powers, of :math:`\phi`, *X* and *Z*.
    law : (k, 1 + s) array of int
        Exponents of the law of motion.
    powers : (w, 1 + p) array of int
        Exponents of past output and past inputs in each power.
    term : (w,) array of int
        Which term of the law each power belongs to.
    counts : (w,) array
        How often the power occurs in that term (multinomial coefficients).
    raised : (p, w) array of int
        The power that times one more past input gives; -1 where it is no part of the law.
    scales : (1 + p,) array
        Standard deviations by which past output and inputs are divided.
    """

    products: FloatArray
    law: IntArray
    powers: IntArray
    term: IntArray
    counts: FloatArray
    raised: IntArray
    scales: FloatArray

    @property
    def inputs(self) -> int:
        """Number of inputs."""
        return len(self.raised)

    @property
    def degree(self) -> int:
        """Largest total degree of the law."""
        return int(self.law.sum(axis=1).max())

    def moments(
        self, elasticities: FloatArray, degree: int
    ) -> tuple[FloatArray, FloatArray, float]:
        """Return moments, exact Jacobian and the largest correlation with an instrument.

        Parameters
        ----------
        elasticities
            (p,).
        degree
            Of the law; at most the one that the products were taken for.

        Returns
        -------
        vector : (z,) array
        jacobian : (z, p) array
        norm : float
        """
        K, p, w = self.products, self.inputs, len(self.term)
        law, slopes = self._law(elasticities, degree)
        targets = np.zeros((len(K), len(K) - w - p))  # productivity, then the instruments
        targets[w, 0] = 1.0
        targets[w + 1 : w + 1 + p, 0] = -elasticities
        targets[w + 1 + p :, 1:] = np.eye(len(K) - w - 1 - p)
        carried = K[:, :w] @ law
        fitted = np.linalg.solve(law.T @ carried[:w], carried.T @ targets)
        targets[:w] -= law @ fitted
        spread = K @ targets
        vector = targets[:, 1:].T @ spread[:, 0]
        moved = self._times_past_inputs(slopes @ fitted)  # (p, w, 1 + z)
        jacobian = (
            np.einsum("wz,pw->zp", spread[:w, 1:], moved[:, :, 0])
            - spread[w + 1 : w + 1 + p, 1:].T
            + np.einsum("pwz,w->zp", moved[:, :, 1:], spread[:w, 0])
        )
        lengths = np.einsum("sz,sz->z", targets, spread)
        return vector, jacobian, float(np.abs(vector / np.sqrt(lengths[0] * lengths[1:])).max())

    def first_order(self) -> FloatArray:
        """Return cross-products of output, inputs, both of the past, and the instruments.

        What the constant and the shifters explain is taken out.
        """
        w, p = len(self.term), self.inputs
        level = self.powers.sum(axis=1)
        own = self.law[self.term][:, 1:].sum(axis=1)
        others = np.flatnonzero((level == 0) & (own <= 1))
        past = [int(np.flatnonzero((self.powers[:, i] == 1) & (level == 1) & (own == 0))[0])
                for i in range(1 + p)]  # fmt: skip
        kept = np.array([*range(w, w + 1 + p), *past, *range(w + 1 + p, len(self.products))])
        K = self.products
        across = K[np.ix_(others, kept)]
        cleaned = K[np.ix_(kept, kept)] - across.T @ np.linalg.solve(
            K[np.ix_(others, others)], across
        )
        scale = np.ones(len(kept))
        scale[1 + p : 2 + 2 * p] = self.scales
        scaled: FloatArray = cleaned * np.outer(scale, scale)
        return scaled

    def _law(self, elasticities: FloatArray, degree: int) -> tuple[FloatArray, FloatArray]:
        """Return the terms of the law, and their derivatives, as sums of powers."""
        weights = self.scales * np.concatenate([[1.0], -elasticities])
        weights = weights / np.sqrt(weights @ weights)  # of no effect but on the condition
        size = np.sqrt(np.sum((self.scales * np.concatenate([[1.0], -elasticities])) ** 2))
        used = np.flatnonzero(self.law.sum(axis=1) <= degree)
        sums = np.zeros((len(self.term), len(self.law)))
        values = self.counts * np.prod(weights**self.powers, axis=1)
        sums[np.arange(len(self.term)), self.term] = values
        derivative = np.zeros_like(sums)
        place = {tuple(term): number for number, term in enumerate(self.law.tolist())}
        for number in used:
            power, *others = self.law[number].tolist()
            if power:
                derivative[:, number] = sums[:, place[power - 1, *others]] * (power / size)
        return sums[:, used], derivative[:, used]

    def _times_past_inputs(self, sums: FloatArray) -> FloatArray:
        """Return sums of powers, (w, c), each times each past input, (p, w, c)."""
        result = np.zeros((self.inputs, *sums.shape))
        for number, raised in enumerate(self.raised):
            there = raised >= 0
            result[number, raised[there]] = sums[there] * self.scales[1 + number]
        return result


def innovation_products(
    rows: InnovationRows, degree: int, weights: FloatArray | None = None
) -> InnovationProducts:
    """Return the cross-products that moments of laws up to a degree are made of.

    Parameters
    ----------
    rows
    degree
        The highest degree of the law that will be asked for.
    weights
        Of the rows, (n,); None for one each.
    """
    past = np.vstack([rows.past_proxied, rows.past_inputs])
    centred = past - past.mean(axis=1, keepdims=True)
    scales = np.sqrt(np.mean(centred**2, axis=1))
    shifters = standardised(rows.shifters)
    law = law_terms(shifters, degree)
    terms, owner = _powers(law, len(past))
    powers = monomials(np.vstack([centred / scales[:, None], shifters]), terms)
    present = np.vstack([rows.proxied, rows.inputs])
    columns = np.vstack(
        [powers, present - present.mean(axis=1, keepdims=True), standardised(rows.instruments)]
    )
    weighted = columns if weights is None else columns * weights
    total = columns.shape[1] if weights is None else float(weights.sum())
    return InnovationProducts(
        products=weighted @ columns.T / total,
        law=np.array(law),
        powers=np.array([term[: len(past)] for term in terms]),
        term=np.array(owner),
        counts=np.array([_multinomial(term[: len(past)]) for term in terms]),
        raised=_raised(terms, len(past)),
        scales=scales,
    )


def _powers(law: tuple[Term, ...], variables: int) -> tuple[tuple[Term, ...], list[int]]:
    """Return the powers that the terms of a law consist of, and the term of each."""
    terms, owner = [], []
    for number, (power, *others) in enumerate(law):
        for own in exponents(variables, power):
            if sum(own) == power:
                terms.append((*own, *others))
                owner.append(number)
    return tuple(terms), owner


def _raised(terms: tuple[Term, ...], variables: int) -> IntArray:
    place = {term: number for number, term in enumerate(terms)}
    return np.array(
        [
            [place.get((*t[:i], t[i] + 1, *t[i + 1 :]), -1) for t in terms]
            for i in range(1, variables)
        ]
    )


def _multinomial(powers: Term) -> float:
    return factorial(sum(powers)) / prod(map(factorial, powers))
