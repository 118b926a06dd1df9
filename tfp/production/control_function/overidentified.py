r"""More instruments than elasticities: two-step GMM from each exact root, and Hansen's test.

.. math::

    s_i = \tfrac1n \sum_t \tilde Z_{it}\xi_{it} + G\psi^1_i, \qquad
    \hat V = \sum_i s_i s_i', \qquad
    J = m(\hat\beta)'\, \hat V^{-1} m(\hat\beta) \sim \chi^2(z - p)

:math:`\hat V` is clustered by firm and holds the error of the first stage. The first step
weighs moments by the cross-products of the instruments that the law of motion leaves; the
second by :math:`\hat V^{-1}` at the first step's answer. Both begin at a root of the system
of as many instruments as elasticities, and end in the local minimum that it leads to.

*J* compares the moments with one another and says nothing on which of several minima is
the technology: the labour condition read backwards may pass, and the technology fail where
the first stage is an approximation.

References
----------
Hansen, L. P. (1982). Large sample properties of generalized method of moments estimators.
*Econometrica* 50(4), 1029-1054. https://doi.org/10.2307/1912775
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.innovation_minima import descend, inverse_factor, settled
from tfp.numerics.innovation_moments import innovation_moments
from tfp.numerics.innovation_products import innovation_products
from tfp.numerics.innovation_roots import InnovationRoot, RootSearch, same_place
from tfp.numerics.records import Record
from tfp.panel.findings import Finding
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.innovation_moments import InnovationMoments
    from tfp.numerics.innovation_products import InnovationProducts
    from tfp.production.control_function.first_stage import FirstStage
    from tfp.production.control_function.innovation_problem import InnovationProblem

FurtherInstrument = Literal["flexible_lagged_twice", "state_lagged", "output_lagged"]
FURTHER_INSTRUMENTS: tuple[FurtherInstrument, ...] = get_args(FurtherInstrument)
# Smallest eigenvalue of the instruments' correlations below which one explains another.
DEPENDENT = 1e-11


@dataclass(frozen=True, eq=False, kw_only=True)
class Minimum(Record):
    """One local minimum, as the second step left it.

    Attributes
    ----------
    root : InnovationRoot
        Elasticities, persistence, and how large the moments are.
    moments : InnovationMoments
    root_weight : (z, z) array
        *R* with :math:`R'R = V^{-1}`.
    """

    root: InnovationRoot
    moments: InnovationMoments
    root_weight: FloatArray

    @property
    def hansen(self) -> float:
        """Hansen's statistic here."""
        weighted = self.root_weight @ self.moments.vector
        return float(weighted @ weighted)


def local_minima(
    problem: InnovationProblem, stage: FirstStage, search: RootSearch
) -> tuple[RootSearch, tuple[Minimum, ...]]:
    """Return the minima that exact roots lead to, also as a search, by falling persistence.

    Parameters
    ----------
    problem
    stage
    search
        Of the system of as many instruments as elasticities.

    Raises
    ------
    MethodError
        ``collinear-inputs`` where instruments explain one another.
    """
    products = innovation_products(problem.rows(stage), problem.degree)
    found: list[Minimum] = []
    lost = 0
    for root in search.roots:
        minimum = _two_steps(problem, stage, products, root.elasticities)
        if minimum is None:
            lost += 1
        elif not any(same_place(minimum.root, other.root) for other in found):
            found.append(minimum)
    found.sort(key=lambda minimum: -minimum.root.persistence)
    norms = [minimum.root.norm for minimum in found]
    again = RootSearch(
        roots=tuple(minimum.root for minimum in found),
        followed=len(search.roots),
        lost=lost,
        smallest_norm=min(norms, default=search.smallest_norm),
    )
    return again, tuple(found)


def _two_steps(
    problem: InnovationProblem, stage: FirstStage, products: InnovationProducts, start: FloatArray
) -> Minimum | None:
    rows, degree = problem.rows(stage), problem.degree
    scale = rows.instruments.std(axis=1)
    moments = innovation_moments(rows, start, degree)
    weight = _factor(moments.cleaned @ moments.cleaned.T)
    first = descend(products, start, degree, weight * scale)
    if not first.reached:
        return None
    each = problem.contributions(stage, innovation_moments(rows, first.elasticities, degree))
    weight = _factor(each.T @ each)
    found = descend(products, first.elasticities, degree, weight * scale)
    minimum = settled(rows, found.elasticities, degree, weight) if found.reached else None
    if minimum is None:
        return None
    place, moments = minimum
    root = InnovationRoot(
        elasticities=place,
        persistence=products.persistence(place),
        norm=moments.norm,
        jacobian=found.jacobian,
    )
    return Minimum(root=root, moments=moments, root_weight=weight)


def _factor(variance: FloatArray) -> FloatArray:
    scale = np.sqrt(np.diag(variance))
    # Past output is past inputs and past productivity: beside both it says nothing new.
    if np.linalg.eigvalsh(variance / np.outer(scale, scale)).min() < DEPENDENT:
        raise MethodError("collinear-inputs", names=list(FURTHER_INSTRUMENTS))
    return inverse_factor(variance)


def hansen_test(minimum: Minimum) -> TestOutcome:
    """Return the test that the moments agree with one another."""
    from scipy.special import chdtrc

    z, p = minimum.moments.jacobian.shape
    return TestOutcome(
        name="hansen",
        statistic=minimum.hansen,
        p_value=float(chdtrc(z - p, minimum.hansen)),
        distribution=f"chi2({z - p})",
    )


def minima_note(
    search: RootSearch, minima: Sequence[Minimum], names: Sequence[str]
) -> list[Finding]:
    """Return what was found, and from where: every minimum with its own statistic."""
    if not minima:
        return []
    inputs = len(names)
    return [
        Finding(
            code="minima-followed",
            severity="note",
            fields={
                "minima": len(minima),
                "followed": search.followed,
                "lost": search.lost,
                "terms": list(names),
                "values": [v for m in minima for v in m.root.elasticities[:inputs].tolist()],
                "statistics": [minimum.hansen for minimum in minima],
            },
        )
    ]
