"""The estimate that both stages of a control-function method add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.panel.findings import Finding
from tfp.production.control_function.output_measure import output_note
from tfp.production.returns import returns_test
from tfp.results.estimate import ProductionEstimate
from tfp.results.provenance import Provenance
from tfp.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray
    from tfp.production.control_function.firm_bootstrap import Replications
    from tfp.production.control_function.firm_sample import FirmSample
    from tfp.production.control_function.first_stage import FirstStage
    from tfp.production.control_function.technology import Technology
    from tfp.results.estimate import TestOutcome
    from tfp.results.roots import Root

ANALYTIC, DRAWN = "two-step, clustered by firm", "bootstrap of firms"


def control_function_estimate(
    method: Any,
    sample: FirmSample,
    *,
    form: Technology,
    stage: FirstStage,
    coefficients: FloatArray | None,
    influence: FloatArray | None,
    replications: Replications | None,
    identified: bool,
    options: dict[str, object],
    diagnostics: dict[str, float],
    warnings: Sequence[Finding],
    extra_names: tuple[str, ...] | None = None,
    terms: FloatArray | None = None,
    tests: tuple[TestOutcome, ...] = (),
    roots: tuple[Root, ...] = (),
) -> ProductionEstimate:
    """Return the estimate.

    Parameters
    ----------
    method
        The estimator: its name, output concept and observed units are kept.
    sample
    form
    stage
    coefficients
        Of the terms of the form; None where there is no answer: then all are NaN.
    influence
        Contributions of the firms to the errors of terms and linear coefficients,
        (firms, p + c); None without an answer.
    replications
        Of a bootstrap, where one was asked for.
    identified
    options, diagnostics, warnings
    extra_names
        Linear coefficients of the first stage that are no inputs; all of them unless given.
    terms
        Of the production function, (p, m), where there are more of them than the form has:
        the last one is then the method's price.
    tests
        Beside that of constant returns.
    roots
    """
    logs, converged = sample.logs, coefficients is not None
    others = stage.names if extra_names is None else extra_names
    linear = [stage.names.index(name) for name in others]
    expanded = form.expand(logs.log_inputs.T) if terms is None else terms
    own = np.full(len(expanded), np.nan) if coefficients is None else coefficients
    priced = (method.price,) if len(expanded) > len(form.terms) else ()
    names = (*form.terms, *priced, *others)
    width = len(names)
    covariance, kind = _covariance(influence, replications, width)
    elasticity_map = np.eye(len(form.names), width)
    log_tfp = logs.log_output - own @ expanded
    by_row = form.elasticities(own, logs.log_inputs.T) if form.form == "translog" else ()
    estimates = np.concatenate([own, stage.coefficients[linear]])
    cautions = [*sample.warnings, *warnings, *negative_in_rows(form.names, list(by_row))]
    cautions += output_note(method.output_is)
    if replications is not None:
        cautions += replications.findings()
        diagnostics = {**diagnostics, **replications.diagnostics()}
    return ProductionEstimate(
        rows=logs.panel.rows,
        terms=names,
        estimates=estimates,
        covariance=covariance,
        covariance_type=kind,
        factor_names=form.names,
        elasticity_map=elasticity_map,
        row_elasticities=tuple(logs.spread(row) for row in by_row),
        log_tfp=logs.spread(log_tfp),
        log_productivity=logs.spread(log_tfp - stage.residuals),
        residuals=logs.spread(stage.residuals),
        output_concept=method.output_concept,
        observed_units=method.observed_units,
        converged=converged,
        identified=identified,
        diagnostics={
            "rows": float(len(logs)),
            "entities": float(len(logs.starts)),
            **diagnostics,
            "returns_to_scale": float(own[: len(form.names)].sum()),
        },
        tests=(_returns_test(estimates, covariance, elasticity_map), *tests) if converged else (),
        lost=logs.lost,
        roots=roots,
        replicates=None if replications is None else replications.estimates,
        warnings=tuple(cautions),
        provenance=_provenance(method, options, kind),
    )


def _covariance(
    influence: FloatArray | None, replications: Replications | None, width: int
) -> tuple[FloatArray, str]:
    """Return the covariance of all coefficients, NaN without an answer, and what it is."""
    if replications is not None:
        return replications.covariance, DRAWN
    if influence is None:
        return np.full((width, width), np.nan), ANALYTIC
    return influence.T @ influence, ANALYTIC


def _returns_test(
    estimates: FloatArray, covariance: FloatArray, elasticity_map: FloatArray
) -> TestOutcome:
    return returns_test(elasticity_map @ estimates, elasticity_map @ covariance @ elasticity_map.T)


def _provenance(method: Any, options: dict[str, object], kind: str) -> Provenance:
    stated = {} if method.output_is is None else {"output_is": method.output_is}
    shown = {**options, "covariance": kind, "output_concept": method.output_concept, **stated}
    return Provenance(version=VERSION, method=method.name, options=shown)


def negative_in_rows(names: Sequence[str], rows: Sequence[FloatArray]) -> list[Finding]:
    """Return a finding for each input whose elasticity is negative in some rows.

    Parameters
    ----------
    names
        Of the inputs.
    rows
        Their elasticities, (m,) each; none where all rows share one.
    """
    shares = {
        name: 100.0 * float(np.mean(row < 0.0)) for name, row in zip(names, rows, strict=False)
    }
    return [
        Finding(
            code="elasticity-negative-in-rows",
            severity="warn",
            fields={"terms": [name], "share": share},
        )
        for name, share in shares.items()
        if share > 0.0
    ]
