r"""The moments of an innovation from cross-products alone.

Past productivity :math:`v = \phi_{-1} - X_{-1}\beta` is linear in :math:`\beta`, so that
its powers are linear in the products of powers of :math:`\phi_{-1}` and :math:`X_{-1}`.
Once these products' cross-products are taken, in one pass over the rows, moments and
Jacobian of :mod:`tfp.numerics.innovation_moments` cost the same at any number of rows: a
root can be looked for from as many places as one likes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from math import factorial, prod
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.innovation_moments import law_terms
from tfp.numerics.polynomial_basis import exponents, monomials
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.innovation_moments import InnovationRows

Term = tuple[int, ...]

CHUNK = 2_048  # rows
NO_LENGTH = float(np.finfo(np.float64).tiny)


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
        # What the law explains to rounding has no length, which can come out negative.
        lengths = np.sqrt(np.maximum(lengths[0] * lengths[1:], NO_LENGTH))
        return vector, jacobian, float(np.abs(vector / lengths).max())

    def persistence(self, elasticities: FloatArray) -> float:
        """Return the slope of productivity on its own past, shifters held."""
        weights = np.concatenate([[1.0], -elasticities])
        present, past = slice(0, len(weights)), slice(len(weights), 2 * len(weights))
        across = weights @ self.first_order[present, past] @ weights
        return float(across / (weights @ self.first_order[past, past] @ weights))

    @cached_property
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

    @cached_property
    def _lower(self) -> tuple[IntArray, IntArray]:
        """Return each term's power of past productivity, and the term with one power less."""
        place = {tuple(term): number for number, term in enumerate(self.law.tolist())}
        lower = [place.get((power - 1, *others), 0) for power, *others in self.law.tolist()]
        return self.law[:, 0], np.array(lower)

    def _law(self, elasticities: FloatArray, degree: int) -> tuple[FloatArray, FloatArray]:
        """Return the terms of the law, and their derivatives, as sums of powers."""
        weights = self.scales.copy()
        weights[1:] *= -elasticities
        size = np.sqrt(weights @ weights)  # dividing by it changes nothing but the condition
        sums = np.zeros((len(self.term), len(self.law)))
        values = self.counts * np.prod((weights / size) ** self.powers, axis=1)
        sums[np.arange(len(self.term)), self.term] = values
        power, lower = self._lower
        used = self.law.sum(axis=1) <= degree
        derivative = sums[:, lower] * (power / size)
        return sums[:, used], derivative[:, used]

    def laws(self, elasticities: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the terms of the law and their derivatives at several elasticities at once.

        Parameters
        ----------
        elasticities
            (g, p).

        Returns
        -------
        terms, derivatives : (g, w, k) arrays
        """
        weights = np.empty((len(elasticities), len(self.scales)))
        weights[:, 0] = self.scales[0]
        weights[:, 1:] = -elasticities * self.scales[1:]
        size = np.sqrt(np.einsum("gi,gi->g", weights, weights))[:, None]
        sums = np.zeros((len(elasticities), len(self.term), len(self.law)))
        values = np.prod((weights / size)[:, None, :] ** self.powers, axis=2)
        sums[:, np.arange(len(self.term)), self.term] = self.counts * values
        power, lower = self._lower
        return sums, sums[:, :, lower] * (power / size)[:, None, :]

    def times_past_input(self, sums: FloatArray) -> FloatArray:
        """Return sums of powers, (..., w), times the only past input."""
        raised = self.raised[0]
        there = raised >= 0
        result = np.zeros_like(sums)
        result[..., raised[there]] = sums[..., there] * self.scales[1]
        return result

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
    past = [rows.past_proxied[None, :], rows.past_inputs, rows.shifters]
    law = law_terms(rows.shifters, degree)
    shape = _shape(law, 1 + len(rows.past_inputs))
    present = [rows.proxied[None, :], rows.inputs, rows.instruments]
    centres, spreads = zip(*map(_centre_and_spread, (*past, *present)), strict=True)
    ones = [np.ones_like(spread) for spread in spreads[3:5]]
    scales = np.concatenate(spreads[:2])
    products = _cross_products(
        _Columns(past, np.concatenate(centres[:3]), np.concatenate(spreads[:3])),
        shape.terms,
        _Columns(present, np.concatenate(centres[3:]), np.concatenate([*ones, spreads[5]])),
        weights,
    )
    return InnovationProducts(
        products=products,
        law=shape.law,
        powers=shape.powers,
        term=shape.owner,
        counts=shape.counts,
        raised=shape.raised,
        scales=scales,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Shape(Record):
    """What depends on the degree and the number of variables alone."""

    terms: tuple[Term, ...]
    law: IntArray
    powers: IntArray
    owner: IntArray
    counts: FloatArray
    raised: IntArray


@cache
def _shape(law: tuple[Term, ...], variables: int) -> _Shape:
    terms, owner = _powers(law, variables)
    own = [term[:variables] for term in terms]
    return _Shape(
        terms=terms,
        law=np.array(law),
        powers=np.array(own),
        owner=np.array(owner),
        counts=np.array([_multinomial(term) for term in own]),
        raised=_raised(terms, variables),
    )


@dataclass(frozen=True, eq=False)
class _Columns:
    """Variables, and what they are centred and scaled by when they are read."""

    parts: list[FloatArray]
    centre: FloatArray
    spread: FloatArray

    def read(self, rows: slice, out: FloatArray) -> None:
        """Write some rows of the centred and scaled variables."""
        first = 0
        for part in self.parts:
            out[first : first + len(part)] = part[:, rows]
            first += len(part)
        out -= self.centre[:, None]
        out /= self.spread[:, None]


def _centre_and_spread(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return means and standard deviations of rows; 1 for a constant."""
    centre = values.mean(axis=1)
    square = np.einsum("vn,vn->v", values, values) / values.shape[1] - centre**2
    return centre, np.sqrt(np.where(square > 0.0, square, 1.0))


def _cross_products(
    variables: _Columns, terms: tuple[Term, ...], others: _Columns, weights: FloatArray | None
) -> FloatArray:
    """Return means of products of monomials and other columns, in chunks that stay in cache."""
    w, v, o = len(terms), len(variables.centre), len(others.centre)
    n = others.parts[0].shape[1]
    products = np.zeros((w + o, w + o))
    room, values = np.empty((w + o, CHUNK)), np.empty((v, CHUNK))
    for first in range(0, n, CHUNK):
        part = slice(first, min(first + CHUNK, n))
        columns, read = room[:, : part.stop - first], values[:, : part.stop - first]
        variables.read(part, read)
        monomials(read, terms, out=columns[:w])
        others.read(part, columns[w:])
        weighted = columns if weights is None else columns * weights[part]
        products += weighted @ columns.T
    return products / (n if weights is None else float(weights.sum()))


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
