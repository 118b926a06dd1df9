r"""What difference and system estimators have in common: their options and their fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from tfp.errors import check_choice
from tfp.numerics.least_squares import LeastSquares
from tfp.numerics.linear_gmm import corrected_covariance, moment_step, second_step
from tfp.panel.findings import Finding
from tfp.production.dynamic_panel.common_factors import restricted
from tfp.production.dynamic_panel.instrument_lags import InstrumentLags, windows_of
from tfp.production.dynamic_panel.lagged_sample import lagged_sample, variable_of
from tfp.production.dynamic_panel.moments import (
    FirstWeight,
    MissingLags,
    Transformation,
    moment_equations,
)
from tfp.production.dynamic_panel.serial_correlation import serial_correlation_tests
from tfp.production.equation import Equation, Solved, estimate_of
from tfp.production.returns import constant_returns_test
from tfp.production.sample import check_several_entities, log_sample
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.linear_gmm import MomentStep
    from tfp.panel.panel import Panel
    from tfp.production.dynamic_panel.instrument_lags import Timing
    from tfp.production.dynamic_panel.lagged_sample import LaggedSample
    from tfp.production.dynamic_panel.moments import MomentEquations
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept

COVARIANCES = ("windmeijer", "robust", "conventional")


@dataclass(frozen=True, eq=False, kw_only=True)
class DynamicPanel:
    """Options that :class:`ArellanoBond` and :class:`BlundellBond` share."""

    output_lags: int = 1
    input_lags: int | Mapping[str, int] = 1
    output_instruments: InstrumentLags = field(default_factory=InstrumentLags)
    input_timing: Timing | InstrumentLags | Mapping[str, Timing | InstrumentLags] = "endogenous"
    period_effects: bool = True
    steps: Literal[1, 2] = 2
    collapse: bool = False
    missing_lags: MissingLags = "mean"
    transformation: Transformation = "differences"
    first_weight: FirstWeight = "full"
    covariance: Literal["windmeijer", "robust", "conventional"] = "windmeijer"
    common_factors: bool = True
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "firm"

    requires = ("output",)
    system = False

    def __post_init__(self) -> None:
        check_choice("steps", str(self.steps), ("1", "2"))
        check_choice("transformation", self.transformation, ("differences", "forward_deviations"))
        weights = ("full", "blocks", "identity") if self.system else ("full", "identity")
        check_choice("first_weight", self.first_weight, weights)
        check_choice("covariance", self.covariance, COVARIANCES)
        check_choice("missing_lags", self.missing_lags, get_args(MissingLags))

    @property
    def name(self) -> str:
        """What it is called in tables and reports."""
        steps = "one step" if self.steps == 1 else "two steps"
        family = "Blundell-Bond system GMM" if self.system else "Arellano-Bond difference GMM"
        return f"{family}, {steps}"

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Raises
        ------
        MethodError
            ``one-entity``; ``no-difference``; ``collinear-inputs``; ``too-few-rows``;
            ``instruments-too-few``; ``common-factors-lags``; ``option-unknown``.
        """
        del rng
        sample = log_sample(panel)
        check_several_entities(sample, self.name)
        lagged = lagged_sample(sample, self.output_lags, self.input_lags)
        equations = moment_equations(
            lagged,
            {
                "output": self.output_instruments,
                **windows_of(self.input_timing, sample.factor_names),
            },
            system=self.system,
            transformation=self.transformation,
            first_weight=self.first_weight,
            collapse=self.collapse,
            period_effects=self.period_effects,
            missing_lags=self.missing_lags,
        )
        rows = (equations.target, equations.regressors, equations.instruments, equations.starts)
        first = moment_step(*rows, equations.first_variance)
        second = second_step(first, *rows)
        step = first if self.steps == 1 else second
        covariance = self._covariance(first, second, equations)
        tests = [
            *serial_correlation_tests(equations, step, covariance, lagged.present.shape[1]),
            *self._overidentification(equations, first, second),
        ]
        return self._estimate(lagged, equations, step, covariance, tests)

    def _covariance(
        self, first: MomentStep, second: MomentStep, equations: MomentEquations
    ) -> FloatArray:
        if self.steps == 1 and self.covariance == "conventional":
            return first.bread * self._variance_of_shock(equations, first)
        if self.steps == 1:
            return first.robust_covariance
        if self.covariance == "windmeijer":
            return corrected_covariance(
                first, second, equations.regressors, equations.instruments, equations.starts
            )
        return second.bread

    def _variance_of_shock(self, equations: MomentEquations, first: MomentStep) -> float:
        """Return the variance of the errors in levels, from the rows without effects."""
        moved = first.residuals[~equations.in_levels]
        free = len(moved) - len(first.coefficients)
        half = 2.0 if self.transformation == "differences" else 1.0
        return float(moved @ moved) / (half * max(free, 1))

    def _overidentification(
        self, equations: MomentEquations, first: MomentStep, second: MomentStep
    ) -> list[TestOutcome]:
        from scipy.special import chdtrc

        outcomes = []
        sargan = first.criterion / self._variance_of_shock(equations, first)
        for name, statistic, rank in (
            ("sargan", sargan, first.rank),
            ("hansen", second.criterion, second.rank),
        ):
            degrees = rank - len(first.coefficients)
            if degrees > 0:
                outcomes.append(
                    TestOutcome(
                        name=name,
                        statistic=statistic,
                        p_value=float(chdtrc(degrees, statistic)),
                        distribution=f"chi2({degrees})",
                    )
                )
        return outcomes

    def _estimate(
        self,
        lagged: LaggedSample,
        equations: MomentEquations,
        step: MomentStep,
        covariance: FloatArray,
        tests: list[TestOutcome],
    ) -> ProductionEstimate:
        sample, coefficients, names = lagged.sample, step.coefficients, equations.names
        residuals = self._residuals(lagged, equations, step)
        diagnostics = {
            "instruments": float(equations.instruments.shape[1]),
            "entities_used": float(len(equations.starts)),
            **self._long_run(sample, names, coefficients),
        }
        if self.common_factors:
            coefficients, covariance, names, test = restricted(
                coefficients, covariance, names, sample.factor_names, sample.control_names
            )
            tests.append(test)
        equation = Equation(
            target=equations.target,
            regressors=equations.regressors,
            names=names,
            entities=equations.entities,
            periods=equations.cells % lagged.present.shape[1],
        )
        solved = Solved(
            regression=LeastSquares(coefficients, step.residuals, np.empty((0, 0))),
            covariance=covariance,
        )
        tests.insert(0, constant_returns_test(solved, equation, sample.factor_names))
        return estimate_of(
            self,
            sample,
            equation,
            solved,
            options=self._options(),
            output_concept=self.output_concept,
            degrees_of_freedom=None,
            tests=tests,
            diagnostics=diagnostics,
            warnings=_warnings(equations),
            residuals=residuals,
        )

    def _residuals(
        self, lagged: LaggedSample, equations: MomentEquations, step: MomentStep
    ) -> FloatArray:
        """Return errors in levels, effects in them, for the system; else first differences."""
        if self.system:
            rows = equations.in_levels
            return lagged.on_rows(step.residuals[rows], equations.cells[rows])
        errors = equations.change_target - equations.change_regressors @ step.coefficients
        return lagged.on_rows(errors, equations.change_cells)

    def _long_run(
        self, sample: LogSample, names: tuple[str, ...], coefficients: FloatArray
    ) -> dict[str, float]:
        """Return what a lasting change of each input comes to, from free coefficients."""
        values = dict(zip(names, coefficients.tolist(), strict=True))
        sums = {
            factor: sum(value for name, value in values.items() if variable_of(name) == factor)
            for factor in ("output", *sample.factor_names)
        }
        left = 1.0 - sums.pop("output")
        return {f"long_run_{factor}": total / left for factor, total in sums.items()}

    def _options(self) -> dict[str, object]:
        lags = self.input_lags
        timing = self.input_timing
        return {
            "output_lags": self.output_lags,
            "input_lags": lags if isinstance(lags, int) else dict(lags),
            "output_instruments": str(self.output_instruments),
            "input_timing": (
                str(timing)
                if isinstance(timing, (str, InstrumentLags))
                else {name: str(value) for name, value in timing.items()}
            ),
            "period_effects": self.period_effects,
            "steps": self.steps,
            "collapse": self.collapse,
            "missing_lags": self.missing_lags,
            "transformation": self.transformation,
            "first_weight": self.first_weight,
            "common_factors": self.common_factors,
            "covariance": self._covariance_name(),
        }

    def _covariance_name(self) -> str:
        if self.covariance == "conventional":
            return "conventional"
        if self.steps == 1 or self.covariance == "robust":
            return "clustered by entity"
        return "clustered by entity, Windmeijer"


def _warnings(equations: MomentEquations) -> list[Finding]:
    instruments, entities = equations.instruments.shape[1], len(equations.starts)
    if instruments <= entities:
        return []
    fields = {"instruments": instruments, "entities": entities}
    return [Finding(code="instruments-many", severity="warn", fields=fields)]
