r"""Every root of the moments of an innovation, without a starting value.

With an autoregressive law all roots are those of one polynomial
(:mod:`tfp.numerics.autoregressive_roots`). With a law of a higher degree each of them is
followed by Newton's method with the exact Jacobian, by way of every degree between where
a direct step fails; :func:`refined` takes one of them to the last digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.autoregressive_roots import autoregressive_roots
from tfp.numerics.innovation_moments import innovation_moments
from tfp.numerics.innovation_products import innovation_products
from tfp.numerics.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.innovation_moments import InnovationMoments, InnovationRows
    from tfp.numerics.innovation_products import InnovationProducts

EXACT = 1e-15  # nothing to refine
# Largest correlation of innovation and instruments that still is zero: cross-products of
# cubes lose some digits, which the rows themselves give back.
ZERO_OF_PRODUCTS = 1e-9
STEPS, REFINEMENTS, HALVINGS = 60, 8, 30
SAME = 1e-7  # two roots nearer than this, relative to their size, are one


@dataclass(frozen=True, eq=False, kw_only=True)
class InnovationRoot(Record):
    """One solution.

    Attributes
    ----------
    elasticities : (p,) array
    persistence : float
        Slope of productivity on its own past.
    norm : float
        Largest correlation of the innovation with an instrument.
    jacobian : (p, p) array
        Of the moments, instruments divided by their standard deviations.
    """

    elasticities: FloatArray
    persistence: float
    norm: float
    jacobian: FloatArray


@dataclass(frozen=True, eq=False, kw_only=True)
class RootSearch(Record):
    """What was found.

    Attributes
    ----------
    roots : tuple of InnovationRoot
        By falling persistence.
    followed, lost : int
        Roots of the autoregressive law, and how many of them have no successor.
    smallest_norm : float
        Of all places where the search ended.
    """

    roots: tuple[InnovationRoot, ...]
    followed: int
    lost: int
    smallest_norm: float


def innovation_roots(rows: InnovationRows, degree: int) -> RootSearch:
    """Return all roots of the moments.

    Parameters
    ----------
    rows
        As many instruments as inputs.
    degree
        Of the law of motion.
    """
    products = innovation_products(rows, degree)
    starts = [b for _, b in autoregressive_roots(products.first_order, len(rows.inputs))]
    found: list[InnovationRoot] = []
    lost, smallest = 0, np.inf
    for start in starts:
        root, norm = _follow(products, start, (degree,))
        if root is None or _known(root, found):
            # A long step may end at a neighbour's root: go by way of every degree.
            root, norm = _follow(products, start, range(1, degree + 1))
        smallest = min(smallest, norm)
        if root is None:
            lost += 1
        elif not _known(root, found):
            found.append(root)
    found.sort(key=lambda root: -root.persistence)
    return RootSearch(
        roots=tuple(found), followed=len(starts), lost=lost, smallest_norm=float(smallest)
    )


def _follow(
    products: InnovationProducts, start: FloatArray, degrees: Iterable[int]
) -> tuple[InnovationRoot | None, float]:
    """Return the root that a root of the autoregressive law leads to, and the norm there."""
    place, norm, jacobian = start, np.inf, np.empty((0, 0))
    for degree in degrees:
        place, norm, jacobian = newton(products, place, degree)
    if norm > ZERO_OF_PRODUCTS:
        return None, norm
    root = InnovationRoot(
        elasticities=place,
        persistence=products.persistence(place),
        norm=norm,
        jacobian=jacobian,
    )
    return root, norm


def _known(root: InnovationRoot, found: list[InnovationRoot]) -> bool:
    return any(same_place(root, other) for other in found)


def newton(
    products: InnovationProducts, start: FloatArray, degree: int
) -> tuple[FloatArray, float, FloatArray]:
    """Return where damped Newton steps on cross-products end, norm and Jacobian there."""
    place = start
    vector, jacobian, norm = products.moments(place, degree)
    for _ in range(STEPS):
        if not norm > ZERO_OF_PRODUCTS / 1e3:
            break
        step = np.linalg.lstsq(jacobian, vector, rcond=None)[0]
        length = 1.0
        for _ in range(HALVINGS):
            tried = products.moments(place - length * step, degree)
            if np.linalg.norm(tried[0]) < np.linalg.norm(vector):
                break
            length /= 2.0
        else:
            break
        place = place - length * step
        vector, jacobian, norm = tried
    return place, norm, jacobian


def refined(
    rows: InnovationRows, place: FloatArray, degree: int
) -> tuple[FloatArray, InnovationMoments]:
    """Return the root near a place to the last digits that the rows give, and its moments."""
    moments = innovation_moments(rows, place, degree)
    for _ in range(REFINEMENTS):
        if moments.norm <= EXACT:
            break
        tried = place - np.linalg.lstsq(moments.jacobian, moments.vector, rcond=None)[0]
        there = innovation_moments(rows, tried, degree)
        if not there.norm < moments.norm:
            break
        place, moments = tried, there
    return place, moments


def same_place(one: InnovationRoot, other: InnovationRoot) -> bool:
    """Tell whether two solutions are one."""
    gap = np.abs(one.elasticities - other.elasticities).max()
    return bool(gap <= SAME * (1.0 + np.abs(one.elasticities).max()))
