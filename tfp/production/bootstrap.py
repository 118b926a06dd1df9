r"""Errors of linear estimators from replications in which entities are drawn.

.. math:: \hat V = \frac{1}{R - 1} \sum_r (\hat\beta_r - \bar\beta)(\hat\beta_r - \bar\beta)'

over the *R* replications that identify the coefficients. Entities are drawn with all their
years; one that is drawn twice counts as two, each with its own constant.

References
----------
Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for
inference with clustered errors. *Review of Economics and Statistics* 90(3), 414-427.
https://doi.org/10.1162/rest.90.3.414
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.moment_bootstrap import moment_bootstrap
from tfp.numerics.two_stage_bootstrap import two_stage_bootstrap
from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.least_squares import LeastSquares
    from tfp.numerics.two_stage import TwoStage
    from tfp.production.covariance import Covariance
    from tfp.production.equation import Equation, Solved


@dataclass(frozen=True)
class Bootstrap:
    """Errors and intervals from drawing entities with replacement.

    Assumptions
    -----------
    Entities are independent of one another and many: some thirty at least. Within an
    entity errors may be correlated in any way.

    The replications run where ``joblib.parallel_config`` says, with the same bits
    anywhere, and from the seed that ``fit`` is given as `rng`.

    Parameters
    ----------
    replications : int
        999 make the 2.5 and 97.5 percentiles the 25th and 975th of them.

    Examples
    --------
    >>> import tfp
    >>> firms = {"firm": [1, 1, 2, 2, 3, 3, 4, 4], "year": [2001, 2002] * 4,
    ...          "output": [1.0, 2, 1, 3, 2, 5, 4, 9], "capital": [1.0, 2, 1, 4, 2, 4, 5, 9]}
    >>> panel = tfp.Panel(firms, entity="firm", time="year", output="output", capital="capital")
    >>> estimate = tfp.FixedEffects(covariance=Bootstrap(999)).fit(panel, rng=1)
    >>> low, high = estimate.percentile_intervals(0.9)
    >>> bool(low[0] < estimate.elasticities["capital"] < high[0])
    True
    """

    replications: int = 999
    name = "bootstrap by entity"

    def __post_init__(self) -> None:
        if self.replications < 2:
            raise MethodError("replications-too-few", replications=self.replications)

    def of(self, equation: Equation, solved: Solved) -> FloatArray:
        """Return the covariance of the replications, (k, k); NaN with fewer than two."""
        del equation
        values = sound_replicates(solved)
        count, k = values.shape
        if count < 2:
            return np.full((k, k), np.nan)
        deviations = values - values.mean(axis=0)
        covariance: FloatArray = deviations.T @ deviations / (count - 1)
        return covariance

    def replicates(self, equation: Equation, regression: LeastSquares, rng: Any) -> FloatArray:
        """Return the coefficients of each replication, (r, k); NaN where there are none.

        Raises
        ------
        MethodError
            ``one-cluster``.
        """
        starts = self._starts(equation)
        return moment_bootstrap(regression, equation.regressors, starts, self.replications, rng)

    def of_two_stages(
        self, equation: Equation, answer: TwoStage, instruments: FloatArray, rng: Any
    ) -> FloatArray:
        """Return the coefficients of each replication of both stages, (r, k).

        Raises
        ------
        MethodError
            ``one-cluster``.
        """
        return two_stage_bootstrap(
            answer.regression,
            equation.regressors,
            instruments,
            self._starts(equation),
            replications=self.replications,
            rng=rng,
        )

    def _starts(self, equation: Equation) -> IntArray:
        starts = np.flatnonzero(np.diff(equation.entities, prepend=-1))
        if len(starts) < 2:
            raise MethodError("one-cluster", by="entity")
        return starts

    def options(self) -> dict[str, object]:
        """Return the option as plain values."""
        return {"covariance": self.name, "replications": self.replications}


def sound_replicates(solved: Solved) -> FloatArray:
    """Return the replications that identify all coefficients, (r, k)."""
    values = solved.replicates
    if values is None:
        return np.empty((0, len(solved.regression.coefficients)))
    return values[~np.isnan(values).any(axis=1)]


def replication_counts(solved: Solved) -> dict[str, float]:
    """Return how many replications were asked for and how many of them failed."""
    if solved.replicates is None:
        return {}
    asked, sound = len(solved.replicates), len(sound_replicates(solved))
    return {"replications": float(asked), "replications_failed": float(asked - sound)}


def replication_findings(solved: Solved) -> Iterator[Finding]:
    """Yield a finding where replications failed."""
    counts = replication_counts(solved)
    if counts and counts["replications_failed"]:
        yield Finding(
            code="replications-unidentified",
            severity="warn",
            fields={
                "failed": int(counts["replications_failed"]),
                "total": int(counts["replications"]),
            },
        )


def check_one_step(covariance: Covariance, method: str) -> None:
    """Refuse a bootstrap that would repeat only the last step of an estimator.

    Raises
    ------
    MethodError
        ``bootstrap-two-steps``.
    """
    if isinstance(covariance, Bootstrap):
        raise MethodError("bootstrap-two-steps", method=method)
