r"""Every root of the moments of an innovation, without a starting value.

With an autoregressive law all roots are those of one polynomial
(:mod:`tfp.numerics.autoregressive_roots`). With a law of a higher degree each of them is
followed from degree to degree by Newton's method with the exact Jacobian, and refined on
the rows themselves.
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
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.innovation_moments import InnovationMoments, InnovationRows
    from tfp.numerics.innovation_products import InnovationProducts

# Largest correlation of innovation and instruments that still is zero.
ZERO = 1e-10
EXACT = 1e-15  # no step improves on it
# Cross-products of cubes lose some digits; what they leave the rows themselves remove.
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
    moments : InnovationMoments
    """

    elasticities: FloatArray
    persistence: float
    moments: InnovationMoments


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
    starts = [b for _, b in autoregressive_roots(products.first_order(), len(rows.inputs))]
    found: list[InnovationRoot] = []
    lost, smallest = 0, np.inf
    for start in starts:
        place, norm = start, np.inf
        for step in range(1, degree + 1):
            place, norm = newton(products, place, step)
        smallest = min(smallest, norm)
        root = refined(rows, place, degree) if norm <= ZERO_OF_PRODUCTS else None
        if root is None:
            lost += 1
        elif not any(_same(root.elasticities, other.elasticities) for other in found):
            found.append(root)
            smallest = min(smallest, root.moments.norm)
    found.sort(key=lambda root: -root.persistence)
    return RootSearch(
        roots=tuple(found), followed=len(starts), lost=lost, smallest_norm=float(smallest)
    )


def newton(
    products: InnovationProducts, start: FloatArray, degree: int
) -> tuple[FloatArray, float]:
    """Return where damped Newton steps on cross-products end, and the norm there."""
    place = start
    vector, jacobian, norm = products.moments(place, degree)
    for _ in range(STEPS):
        if not norm > ZERO_OF_PRODUCTS / 100:
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
    return place, norm


def refined(rows: InnovationRows, place: FloatArray, degree: int) -> InnovationRoot | None:
    """Return the root near a place to the last digits that the rows give; None if none is."""
    moments = innovation_moments(rows, place, degree)
    for _ in range(REFINEMENTS):
        if moments.norm <= EXACT:
            break
        tried = place - np.linalg.lstsq(moments.jacobian, moments.vector, rcond=None)[0]
        there = innovation_moments(rows, tried, degree)
        if not there.norm < moments.norm:
            break
        place, moments = tried, there
    if not moments.norm <= ZERO:
        return None
    return InnovationRoot(
        elasticities=place, persistence=_persistence(rows, place), moments=moments
    )


def _persistence(rows: InnovationRows, elasticities: FloatArray) -> float:
    """Return the regression of productivity on its own past, shifters held."""
    past = rows.past_proxied - elasticities @ rows.past_inputs
    others = np.vstack([np.ones(len(past)), rows.shifters])
    cleaned = past - np.linalg.lstsq(others.T, past, rcond=None)[0] @ others
    present = rows.proxied - elasticities @ rows.inputs
    return float(cleaned @ present / (cleaned @ cleaned))


def _same(one: FloatArray, other: FloatArray) -> bool:
    return bool(np.abs(one - other).max() <= SAME * (1.0 + np.abs(one).max()))
