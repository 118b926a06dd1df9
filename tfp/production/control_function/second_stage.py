r"""Olley-Pakes and Levinsohn-Petrin: two stages that differ in the proxy alone.

The elasticities of flexible inputs come from the first stage, that of the state from the
second (:mod:`tfp.numerics.law_regression`). With :math:`h` the derivative of the residual
:math:`r` by the state's elasticity, cleaned of the law, the contribution of a firm is

.. math::

    \psi_i = -(h'h)^{-1} \Bigl[\sum_t h_{it} r_{it} + h' \frac{\partial r}{\partial \gamma'}
             \psi^1_i + h' \frac{\partial r}{\partial \pi'} \psi^P_i \Bigr]

with :math:`\psi^1` those to the first stage and :math:`\psi^P` those to survival.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.innovation_moments import law_basis
from tfp.numerics.law_regression import LawRows, law_fit, lowest_minimum
from tfp.numerics.polynomial_basis import polynomial_basis, standardised
from tfp.numerics.records import Record
from tfp.panel.findings import Finding
from tfp.production.control_function.firm_bootstrap import firm_replications
from tfp.production.control_function.firm_sample import capital_names, firm_sample
from tfp.production.control_function.first_stage import first_stage
from tfp.production.control_function.reporting import control_function_estimate
from tfp.production.control_function.survival import survival
from tfp.production.control_function.technology import technology
from tfp.production.returns import returns_findings

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.law_regression import FittedTo, LawFit
    from tfp.numerics.probit import Probit
    from tfp.panel.panel import Panel
    from tfp.production.control_function.firm_sample import FirmSample
    from tfp.production.control_function.first_stage import FirstStage
    from tfp.production.control_function.survival import Survival
    from tfp.results.estimate import ProductionEstimate

# Fewer exits than this leave the probability of survival to chance.
FEW_EXITS = 30


@dataclass(frozen=True, eq=False, kw_only=True)
class TwoStages(Record):
    """Both stages, ready to be solved, also with other weights of the firms.

    Attributes
    ----------
    target : (m,) array
        Log output.
    linear : (c, m) array
        Flexible inputs first, then controls and periods.
    linear_names : tuple of str
    polynomial : (q, m) array
        In state and proxy.
    state : (m,) array
    survival : Survival or None
    now : (n,) array of int
    entities : (m,) array of int
    degree : int
        Of the law of motion.
    fitted_to : {"output", "productivity"}
    """

    target: FloatArray
    linear: FloatArray
    linear_names: tuple[str, ...]
    polynomial: FloatArray
    state: FloatArray
    survival: Survival | None
    now: IntArray
    entities: IntArray
    degree: int
    fitted_to: FittedTo

    @property
    def firms(self) -> int:
        """Number of firms."""
        return int(self.entities[-1]) + 1

    def first_stage(self, weights: FloatArray | None = None) -> FirstStage:
        """Return the first stage."""
        return first_stage(self.target, self.linear, self.linear_names, self.polynomial, weights)

    def rows(
        self, stage: FirstStage, fitted: Probit | None, weights: FloatArray | None = None
    ) -> LawRows:
        """Return the rows of the second stage."""
        now, past = self.now, self.now - 1
        settled = stage.coefficients[: len(self.linear_names)] @ self.linear[:, now]
        proxied = stage.proxied
        nothing = np.empty((0, len(now)))
        return LawRows(
            net_output=self.target[now] - settled,
            proxied=proxied[now],
            past_proxied=proxied[past],
            state=self.state[now],
            past_state=self.state[past],
            shifters=nothing
            if self.survival is None or fitted is None
            else self.survival.probabilities(fitted, now),
            weights=np.ones(len(now)) if weights is None else weights[now],
            degree=self.degree,
            fitted_to=self.fitted_to,
        )

    def solve(self, weights: FloatArray) -> tuple[FloatArray, bool, bool]:
        """Return the estimates with weights of the firms, (firms,), and whether it failed."""
        each = weights[self.entities]
        try:
            stage = self.first_stage(each)
            fitted = None if self.survival is None else self.survival.fit(each)
            rows = self.rows(stage, fitted, each)
            elasticity, inside = lowest_minimum(rows, settle=False)
        except (MethodError, np.linalg.LinAlgError):  # drawn firms without enough variation
            return np.full(1 + len(self.linear_names), np.nan), True, False
        settled = stage.coefficients[: len(self.linear_names)]
        converged = inside and (fitted is None or fitted.converged)
        return np.concatenate([[elasticity], settled]), not converged, False

    def influence(
        self,
        stage: FirstStage,
        rows: LawRows,
        fit: LawFit,
        fitted: Probit | None,
        elasticity: float,
    ) -> FloatArray:
        """Return what each firm contributes to the error of the estimates, (firms, 1 + c)."""
        now, first = self.now, stage.influence(self.entities)
        scores = np.zeros(len(self.target))
        scores[now] = fit.cleaned * fit.residuals
        sums = np.add.reduceat(scores, np.flatnonzero(np.diff(self.entities, prepend=-1)))
        by_linear = -self.linear[:, now] @ fit.cleaned
        by_polynomial = -stage.polynomial[:, now - 1] @ (fit.slope * fit.cleaned)
        sums = sums + first @ np.concatenate([by_linear, by_polynomial])
        if self.survival is not None and fitted is not None:
            by_survival = -_law_by_shifter(rows, fit, elasticity) * self.survival.derivative(
                fitted, now
            )
            sums += self.survival.influence(fitted, self.entities) @ (by_survival @ fit.cleaned)
        second = -sums / (fit.cleaned @ fit.cleaned)
        return np.column_stack([second, first[:, : len(stage.names)]])


def _law_by_shifter(rows: LawRows, fit: LawFit, elasticity: float) -> FloatArray:
    """Return the derivative of the law by the only shifter, (n,)."""
    past = rows.past_proxied - elasticity * rows.past_state
    spread = float(rows.shifters.std())
    shifters = standardised(rows.shifters)
    step = 1e-6
    ends = [law_basis(past, shifters + sign * step, rows.degree)[0] for sign in (1.0, -1.0)]
    difference: FloatArray = fit.fitted @ (ends[0] - ends[1]) / (2.0 * step * spread)
    return difference


def two_stage_estimate(method: Any, panel: Panel, *, rng: Any) -> ProductionEstimate:
    """Return the estimate of a method with a proxy and one state."""
    state = capital_names(panel) if method.state is None else (method.state,)
    if len(state) != 1:
        raise MethodError("one-state", count=len(state), names=list(state))
    inputs = (*state, *method.flexible)
    sample = firm_sample(panel, inputs=inputs, proxy=method.proxy, method=method.name)
    stages = _stages(method, sample)
    stage = stages.first_stage()
    fitted = None if stages.survival is None else stages.survival.fit()
    rows = stages.rows(stage, fitted)
    elasticity, inside = lowest_minimum(rows)
    if not inside and method.strict:
        from tfp.numerics.law_regression import HIGH, LOW

        raise MethodError("no-minimum", name=state[0], low=LOW, high=HIGH)
    fit = law_fit(rows, elasticity)
    option = method.covariance
    flexible = stage.coefficients[: len(method.flexible)]
    coefficients = np.concatenate([[elasticity], flexible])
    return control_function_estimate(
        method,
        sample,
        form=technology("cobb_douglas", inputs, sample.logs.log_inputs.T),
        stage=stage,
        coefficients=coefficients if inside else None,
        influence=stages.influence(stage, rows, fit, fitted, elasticity) if inside else None,
        replications=firm_replications(stages, option.replications, rng)
        if inside and option
        else None,
        identified=inside,
        options=_options(method, state[0]),
        diagnostics={
            "rows_with_past": float(len(stages.now)),
            "criterion": fit.criterion,
            "criterion_derivative": fit.derivative,
            **({} if stages.survival is None else {"exits": float(stages.survival.exits)}),
        },
        warnings=[
            *_warnings(stages, state[0], elasticity, inside=inside),
            *(returns_findings(float(coefficients.sum())) if inside else ()),
        ],
        extra_names=stage.names[len(method.flexible) :],
    )


def _stages(method: Any, sample: FirmSample) -> TwoStages:
    logs = sample.logs
    if not len(logs.successors):
        raise MethodError("no-difference", rows=len(logs))
    years = sample.years if method.year_effects else np.empty((0, len(logs)))
    state = logs.log_inputs[:, 0]
    polynomial = polynomial_basis(np.vstack([state, sample.log_proxy]), method.degree)
    return TwoStages(
        target=logs.log_output,
        linear=np.vstack([logs.log_inputs[:, 1:].T, logs.controls.T, years]),
        linear_names=(
            *logs.factor_names[1:],
            *logs.control_names,
            *sample.year_names[: len(years)],
        ),
        polynomial=polynomial,
        state=state,
        survival=survival(logs, polynomial) if method.survival else None,
        now=logs.successors,
        entities=logs.entities,
        degree=method.law_degree,
        fitted_to=method.law_fitted_to,
    )


def _options(method: Any, state: str) -> dict[str, object]:
    return {
        "proxy": method.proxy,
        "state": [state],
        "flexible": list(method.flexible),
        "degree": method.degree,
        "law_degree": method.law_degree,
        "law_fitted_to": method.law_fitted_to,
        "survival": method.survival,
        "year_effects": method.year_effects,
    }


def _warnings(stages: TwoStages, state: str, elasticity: float, *, inside: bool) -> list[Finding]:
    found = []
    if not inside:
        found.append(
            Finding(
                code="minimum-at-border",
                severity="block",
                fields={"terms": [state], "value": elasticity},
            )
        )
    if stages.survival is not None and stages.survival.exits < FEW_EXITS:
        found.append(
            Finding(
                code="exits-few",
                severity="warn",
                fields={"exits": stages.survival.exits, "rows": len(stages.survival.rows)},
            )
        )
    return found
