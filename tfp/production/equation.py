r"""One linear equation, ready to be solved: what the linear estimators have in common.

Each estimator turns a sample into an equation (levels, deviations, means, differences);
solving it, its covariance and the estimate that comes of it are the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.least_squares import LeastSquares, dependent_columns, least_squares
from tfp.numerics.records import Record
from tfp.production.bootstrap import (
    Bootstrap,
    replication_counts,
    replication_findings,
    sound_replicates,
)
from tfp.production.cautions import sample_cautions
from tfp.results.estimate import ProductionEstimate
from tfp.results.provenance import Provenance
from tfp.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.findings import Finding
    from tfp.production.covariance import Covariance
    from tfp.production.sample import LogSample
    from tfp.results.estimate import TestOutcome
    from tfp.results.weights import OutputConcept

CONSTANT = "constant"


@dataclass(frozen=True, eq=False, kw_only=True)
class Equation(Record):
    """Target and regressors of a regression.

    Attributes
    ----------
    target : (r,) array
    regressors : (r, k) array
    names : tuple of str
        Of the regressors.
    entities, periods : (r,) arrays of int
        Number of the entity and of the period of each row, from 0 without holes.
    absorbed : int
        Parameters that were taken out before (means of entities), which cost degrees of
        freedom too.
    """

    target: FloatArray
    regressors: FloatArray
    names: tuple[str, ...]
    entities: IntArray
    periods: IntArray
    absorbed: int = 0

    @property
    def residual_degrees(self) -> int:
        """Rows less all parameters."""
        rows, columns = self.regressors.shape
        return int(rows - columns - self.absorbed)


@dataclass(frozen=True, eq=False, kw_only=True)
class Solved(Record):
    """A solved equation, its coefficients and their covariance.

    Attributes
    ----------
    regression : LeastSquares
    replicates : (r, k) array or None
        Coefficients of the replications of a bootstrap.
    covariance : (k, k) array
    """

    regression: LeastSquares
    replicates: FloatArray | None = None
    covariance: FloatArray = field(default_factory=lambda: np.empty((0, 0)))


def solve(equation: Equation, covariance: Covariance, rng: Any = None) -> Solved:
    """Return the regression of an equation; `rng` is for a bootstrap.

    Raises
    ------
    MethodError
        ``too-few-rows`` without a degree of freedom; ``collinear-inputs``; ``one-cluster``.
    """
    if equation.residual_degrees < 1:
        rows, columns = equation.regressors.shape
        raise MethodError("too-few-rows", rows=rows, parameters=columns + equation.absorbed)
    dependent = dependent_columns(equation.regressors)
    if len(dependent):
        raise MethodError(
            "collinear-inputs", names=[equation.names[column] for column in dependent]
        )
    regression = least_squares(equation.target, equation.regressors)
    solved = Solved(
        regression=regression,
        replicates=(
            covariance.replicates(equation, regression, rng)
            if isinstance(covariance, Bootstrap)
            else None
        ),
    )
    return replace(solved, covariance=covariance.of(equation, solved))


@dataclass(frozen=True, eq=False, kw_only=True)
class Restriction(Record):
    r"""Coefficients as a linear function of fewer: :math:`\beta = c + R\theta`.

    Attributes
    ----------
    offset : (k,) array
    matrix : (k, p) array
    names : tuple of str
        Of the k coefficients.
    """

    offset: FloatArray
    matrix: FloatArray
    names: tuple[str, ...]


def estimate_of(
    method: Any,
    sample: LogSample,
    equation: Equation,
    solved: Solved,
    *,
    options: dict[str, object],
    output_concept: OutputConcept,
    restriction: Restriction | None = None,
    degrees_of_freedom: float | None,
    tests: Sequence[TestOutcome] = (),
    diagnostics: dict[str, float] | None = None,
    warnings: Sequence[Finding] = (),
    residuals: FloatArray | None = None,
) -> ProductionEstimate:
    """Return the estimate that a solved equation gives on the rows of the panel."""
    coefficients, covariance = solved.regression.coefficients, solved.covariance
    replicates, names = sound_replicates(solved), equation.names
    if restriction is not None:
        coefficients = restriction.offset + restriction.matrix @ coefficients
        covariance = restriction.matrix @ covariance @ restriction.matrix.T
        replicates = restriction.offset + replicates @ restriction.matrix.T
        names = restriction.names
    chosen = [names.index(name) for name in sample.factor_names]
    elasticity_map = np.zeros((len(chosen), len(names)))
    elasticity_map[np.arange(len(chosen)), chosen] = 1.0
    log_tfp = sample.log_output - sample.log_inputs @ coefficients[chosen]
    error = solved.regression.residuals if residuals is None else residuals
    spread = (
        sample.spread(error) if len(error) == len(sample) else np.full(len(sample.panel), np.nan)
    )
    return ProductionEstimate(
        rows=sample.panel.rows,
        terms=names,
        estimates=coefficients,
        covariance=covariance,
        covariance_type=str(options["covariance"]),
        factor_names=sample.factor_names,
        elasticity_map=elasticity_map,
        log_tfp=sample.spread(log_tfp),
        residuals=spread,
        output_concept=output_concept,
        observed_units=method.observed_units,
        degrees_of_freedom=degrees_of_freedom,
        diagnostics={
            "rows": float(len(equation.target)),
            "entities": float(len(sample.starts)),
            "residual_sum": solved.regression.residual_sum,
            **replication_counts(solved),
            **(diagnostics or {}),
        },
        tests=tuple(tests),
        lost=sample.lost,
        warnings=(
            *sample_cautions(sample, output_concept),
            *warnings,
            *replication_findings(solved),
        ),
        replicates=None if solved.replicates is None else replicates,
        provenance=Provenance(version=VERSION, method=method.name, options=options),
    )
