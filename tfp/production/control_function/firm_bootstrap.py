r"""Standard errors from replications in which firms are drawn, and both stages done again.

.. math:: \hat V = \frac{1}{R - 1} \sum_r (\hat\beta_r - \bar\beta)(\hat\beta_r - \bar\beta)'

*R* counts the replications that remain: those without a root near the estimate's, and
those whose root belongs to another solution of the sample, are left out and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from tfp.numerics.cluster_weights import cluster_weights
from tfp.numerics.records import Record
from tfp.numerics.replications import replication_blocks, run_blocks
from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.replications import Block

# Part of the method: other blocks would be other random numbers.
BLOCK = 25
# From this share on, leaving replications out makes the errors look smaller than they are.
MANY = 0.05
# A normal distribution's quartiles are this many standard deviations apart.
QUARTILES_APART = 1.349
HEAVY = 2.0


class Again(Protocol):
    """A problem that can be solved with other weights of the firms."""

    @property
    def firms(self) -> int:
        """Number of firms."""

    def solve(self, weights: FloatArray) -> tuple[FloatArray, bool, bool]:
        """Return estimates, whether it failed, and whether it jumped to another root."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Replications(Record):
    """What the replications gave.

    Attributes
    ----------
    estimates : (r, k) array
        Of those that neither failed nor jumped.
    failed, jumped : int
    """

    estimates: FloatArray
    failed: int
    jumped: int

    @property
    def covariance(self) -> FloatArray:
        """Over the replications that remain; NaN with fewer than two."""
        count, k = self.estimates.shape
        if count < 2:
            return np.full((k, k), np.nan)
        deviations = self.estimates - self.estimates.mean(axis=0)
        covariance: FloatArray = deviations.T @ deviations / (count - 1)
        return covariance

    def diagnostics(self) -> dict[str, float]:
        """Return how many replications there were, and how many are left out."""
        return {
            "replications": float(len(self.estimates) + self.failed + self.jumped),
            "replications_failed": float(self.failed),
            "replications_jumped": float(self.jumped),
        }

    def findings(self) -> list[Finding]:
        """Return what makes these errors doubtful."""
        found = []
        lost = self.failed + self.jumped
        total = len(self.estimates) + lost
        if lost > MANY * total:
            found.append(
                Finding(
                    code="replications-lost",
                    severity="warn",
                    fields={"failed": self.failed, "jumped": self.jumped, "total": total},
                )
            )
        if len(self.estimates) > 1:
            low, high = np.quantile(self.estimates, [0.25, 0.75], axis=0)
            spread = self.estimates.std(axis=0, ddof=1)
            if bool((spread > HEAVY * (high - low) / QUARTILES_APART).any()):
                found.append(Finding(code="replications-heavy-tailed", severity="warn"))
        return found


def firm_replications(problem: Again, replications: int, rng: Any) -> Replications:
    """Return the replications of a problem.

    Parameters
    ----------
    problem
    replications
    rng
        Seed or generator; None is a fixed seed.
    """
    blocks = replication_blocks(replications, BLOCK, rng)
    answers = [row for block in run_blocks(_solve_block, blocks, problem) for row in block]
    kept = [values for values, failed, jumped in answers if not (failed or jumped)]
    width = len(answers[0][0])
    return Replications(
        estimates=np.array(kept).reshape(len(kept), width),
        failed=sum(failed for _, failed, _ in answers),
        jumped=sum(jumped and not failed for _, failed, jumped in answers),
    )


def _solve_block(block: Block, problem: Again) -> list[tuple[FloatArray, bool, bool]]:
    """Solve one replication after the other: each is a regression on all rows already."""
    weights = cluster_weights(block.generator(), block.replications, problem.firms)
    return [problem.solve(each) for each in weights]
