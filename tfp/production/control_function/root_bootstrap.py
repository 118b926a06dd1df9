"""Replications that follow one root of the sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.records import Record
from tfp.production.control_function.firm_bootstrap import firm_replications

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.innovation_roots import InnovationRoot, RootSearch
    from tfp.production.control_function.firm_bootstrap import Replications


class FollowsRoots(Protocol):
    """A problem whose solution can be followed from weights to other weights."""

    @property
    def firms(self) -> int:
        """Number of firms."""

    @property
    def linear_names(self) -> tuple[str, ...]:
        """Names of the coefficients after those of the function."""

    def again(
        self, weights: FloatArray, start: FloatArray, root_weight: FloatArray | None = None
    ) -> tuple[FloatArray, FloatArray, float]:
        """Return estimates, where the search ended, and the sign of the Jacobian there."""


@dataclass(frozen=True, eq=False, kw_only=True)
class RootAgain(Record):
    """A problem and the root of the sample that its replications begin at.

    Attributes
    ----------
    problem : FollowsRoots
    start : (p,) array
    others : (o, p) array
        The other roots of the sample.
    sign : float
        Of the determinant of the Jacobian at `start`: neighbouring roots have opposite
        ones, so that a replication with the other sign has left the root's branch. 1 for a
        minimum.
    root_weight : (z, z) array or None
        Of the moments, for a minimum.
    """

    problem: FollowsRoots
    start: FloatArray
    others: FloatArray
    sign: float
    root_weight: FloatArray | None

    @property
    def firms(self) -> int:
        """Number of firms."""
        return self.problem.firms

    def solve(self, weights: FloatArray) -> tuple[FloatArray, bool, bool]:
        """Return estimates, whether it failed, and whether it jumped to another root."""
        try:
            values, place, sign = self.problem.again(weights, self.start, self.root_weight)
        except (MethodError, np.linalg.LinAlgError):  # drawn firms without enough variation
            width = len(self.start) + len(self.problem.linear_names)
            return np.full(width, np.nan), True, False
        own = float(np.sum((place - self.start) ** 2))
        nearer = bool((np.sum((self.others - place) ** 2, axis=1) < own).any())
        return values, bool(np.isnan(values).any()), nearer or sign != self.sign


def root_replications(
    problem: FollowsRoots,
    chosen: InnovationRoot,
    search: RootSearch,
    replications: int,
    rng: Any,
    *,
    root_weight: FloatArray | None = None,
) -> Replications:
    """Return replications of the chosen solution."""
    others = [root.elasticities for root in search.roots if root is not chosen]
    again = RootAgain(
        problem=problem,
        start=chosen.elasticities,
        others=np.array(others).reshape(len(others), len(chosen.elasticities)),
        sign=1.0 if root_weight is not None else float(np.linalg.slogdet(chosen.jacobian)[0]),
        root_weight=root_weight,
    )
    return firm_replications(again, replications, rng)
