r"""What every estimator of a production function returns.

Elasticities, their covariance, and productivity on the rows of the panel: with them the
growth accounts can take any estimate as weights, and say how far its error reaches.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.records import FrozenMapping, Record
from tfp.panel.keyed import keyed_frame
from tfp.panel.ledger import LedgerEntry, ledger_frame
from tfp.results.familiar_names import FamiliarNames
from tfp.results.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.findings import Finding
    from tfp.panel.rows import RowIndex
    from tfp.results.provenance import Provenance
    from tfp.results.roots import Root
    from tfp.results.weights import OutputConcept

LEVEL = 0.95


@dataclass(frozen=True, eq=False, kw_only=True)
class TestOutcome(Record):
    """One test of an estimate.

    Attributes
    ----------
    name : str
        What is tested: ``"constant_returns"``, ``"hausman"``, ``"pesaran_cd"``.
    statistic, p_value : float
    distribution : str
        Under the hypothesis: ``"chi2(4)"``, ``"normal"``.
    """

    __test__ = False  # no test case of ours, whatever its name suggests to pytest

    name: str
    statistic: float
    p_value: float
    distribution: str


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class ProductionEstimate(Result, FamiliarNames):
    r"""An estimated production function.

    Attributes
    ----------
    rows : RowIndex
        Rows of the panel that was estimated on.
    terms : tuple of str
        Names of the coefficients.
    estimates : (k,) array
    covariance : (k, k) array
        NaN where the method gives none.
    covariance_type : str
        How it was computed.
    factor_names : tuple of str
        The inputs, by the names that growth accounting gives them.
    elasticity_map : (f, k) array
        Mean elasticities are this matrix times the coefficients.
    row_elasticities : tuple of (n,) arrays
        Elasticity of each input row by row where it varies; empty where it does not.
    log_tfp : (n,) array
        :math:`y - \sum_i \theta_i x_i`, with the transitory shock; NaN outside the sample.
    log_productivity : (n,) array or None
        What the firm knew of it, without that shock, where the method tells them apart.
    residuals : (n,) array
        Of the estimated equation; NaN outside the sample.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}
    degrees_of_freedom : float or None
        Of Student's t for intervals; None for the normal distribution.
    converged, identified : bool
        Whether the numbers are a solution, and the only admissible one.
    diagnostics : dict of str to float
    tests : tuple of TestOutcome
    replicates : (r, k) array or None
        Coefficients of the replications of a bootstrap that were solved; how many failed
        is among the diagnostics.
    lost : tuple of LedgerEntry
        Rows of the panel that the estimate could not use, with the reason.
    posterior_draws : (d, k) array or None
        Independent draws of the coefficients from their posterior, where it has no closed
        form; intervals are their quantiles and no p-value is given.
    roots : tuple of Root
        All solutions of the estimating equation, where it may have several.
    warnings : tuple of Finding
    provenance : Provenance
    """

    kind: ClassVar[str] = "production_estimate"

    rows: RowIndex
    terms: tuple[str, ...]
    estimates: FloatArray
    covariance: FloatArray
    covariance_type: str
    factor_names: tuple[str, ...]
    elasticity_map: FloatArray
    log_tfp: FloatArray
    residuals: FloatArray
    output_concept: OutputConcept
    observed_units: Literal["firm", "aggregate"]
    provenance: Provenance
    row_elasticities: tuple[FloatArray, ...] = ()
    log_productivity: FloatArray | None = None
    degrees_of_freedom: float | None = None
    converged: bool = True
    identified: bool = True
    diagnostics: dict[str, float] = field(default_factory=dict)
    tests: tuple[TestOutcome, ...] = ()
    replicates: FloatArray | None = None
    lost: tuple[LedgerEntry, ...] = ()
    posterior_draws: FloatArray | None = None
    roots: tuple[Root, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def source(self) -> str:
        """What growth accounts that rest on it say about their weights."""
        return self.provenance.method

    @cached_property
    def elasticities(self) -> Mapping[str, float]:
        """Output elasticity of each input; the mean over the sample where it varies."""
        means = self.elasticity_map @ self.estimates
        return FrozenMapping(zip(self.factor_names, means.tolist(), strict=True))

    @cached_property
    def elasticity_covariance(self) -> FloatArray:
        """Covariance of the mean elasticities, (f, f)."""
        covariance: FloatArray = self.elasticity_map @ self.covariance @ self.elasticity_map.T
        return covariance

    @property
    def returns_to_scale(self) -> float:
        """Sum of the elasticities."""
        return float(sum(self.elasticities.values()))

    @property
    def std_errors(self) -> FloatArray:
        """Standard errors of the coefficients, (k,)."""
        errors: FloatArray = np.sqrt(np.diag(self.covariance))
        return errors

    @property
    def productivity(self) -> pd.DataFrame:
        """``log_tfp`` with the transitory shock; ``log_productivity`` without it, if known."""
        columns = {"log_tfp": self.log_tfp}
        if self.log_productivity is not None:
            columns["log_productivity"] = self.log_productivity
        return keyed_frame(self.rows, columns)

    @property
    def ledger(self) -> pd.DataFrame:
        """Rows that were lost, with the reason."""
        return ledger_frame(self.lost)

    def confidence_intervals(self, level: float = LEVEL) -> tuple[FloatArray, FloatArray]:
        """Return low and high ends of the intervals of the coefficients, (k,) each.

        Raises
        ------
        MethodError
            ``level-out-of-range`` unless 0 < level < 1.
        """
        if not 0.0 < level < 1.0:
            raise MethodError("level-out-of-range", level=float(level))
        if self.posterior_draws is not None:
            ends = np.quantile(self.posterior_draws, [(1.0 - level) / 2.0, (1.0 + level) / 2.0], 0)
            return ends[0], ends[1]
        reach = self._quantile((1.0 + level) / 2.0) * self.std_errors
        return self.estimates - reach, self.estimates + reach

    def percentile_intervals(self, level: float = LEVEL) -> tuple[FloatArray, FloatArray]:
        """Return low and high ends of the coefficients among the replications, (k,) each.

        The end at probability p is the p (R + 1)-th of R replications in order.

        Raises
        ------
        MethodError
            ``no-replicates`` unless errors are from a bootstrap; ``level-out-of-range``
            unless 0 < level < 1.
        """
        if self.replicates is None or not len(self.replicates):
            raise MethodError("no-replicates", covariance=self.covariance_type)
        if not 0.0 < level < 1.0:
            raise MethodError("level-out-of-range", level=float(level))
        ends = [(1.0 - level) / 2.0, (1.0 + level) / 2.0]
        low, high = np.quantile(self.replicates, ends, axis=0, method="weibull")
        return low, high

    def _quantile(self, probability: float) -> float:
        if self.degrees_of_freedom is None:
            return NormalDist().inv_cdf(probability)
        from scipy.special import stdtrit

        return float(stdtrit(self.degrees_of_freedom, probability))

    def _p_values(self, statistics: FloatArray) -> FloatArray:
        if self.posterior_draws is not None:
            return np.full(len(statistics), np.nan)
        from scipy.special import ndtr, stdtr

        below = -np.abs(statistics)
        degrees = self.degrees_of_freedom
        tails = ndtr(below) if degrees is None else stdtr(degrees, below)
        return 2.0 * np.asarray(tails, dtype=np.float64)

    @property
    def _origin(self) -> str:
        return self.rows.origin

    def __repr__(self) -> str:
        shown = ", ".join(f"{name} {value:.4f}" for name, value in self.elasticities.items())
        return f"ProductionEstimate by {self.provenance.method}: {shown}"

    def _tidy(self) -> pd.DataFrame:
        """Return one row for each coefficient, in the columns of broom."""
        import pandas as pd

        low, high = self.confidence_intervals()
        statistics = self._statistics()
        columns: dict[str, Any] = {
            "term": list(self.terms),
            "estimate": self.estimates,
            "std_error": self.std_errors,
            "statistic": statistics,
            "p_value": self._p_values(statistics),
            "conf_low": low,
            "conf_high": high,
        }
        return pd.DataFrame(columns)
