"""Both stages of two-stage least squares: what they need, and how good the first one is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.least_squares import dependent_columns, least_squares
from tfp.numerics.linear_gmm import moment_step, second_step
from tfp.numerics.records import Record
from tfp.numerics.two_stage import cragg_donald
from tfp.panel.findings import Finding
from tfp.production.equation import Equation, solve
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.numerics.two_stage import TwoStage
    from tfp.production.covariance import Covariance

# Staiger and Stock (1997): below it intervals and tests are far from what they say.
WEAK = 10.0


@dataclass(frozen=True, eq=False, kw_only=True)
class TwoStages(Record):
    """An equation and the instruments of its endogenous variables.

    Raises
    ------
    MethodError
        ``too-few-rows``; ``collinear-inputs`` where regressors or instruments explain one
        another.

    Attributes
    ----------
    equation : Equation
    endogenous : tuple of str
    excluded : (m, q) array
        Instruments that are no regressors.
    excluded_names : tuple of str
    """

    equation: Equation
    endogenous: tuple[str, ...]
    excluded: FloatArray
    excluded_names: tuple[str, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        names = self.equation.names
        self._check_columns(self.equation.regressors, names)
        own = [name for name in names if name not in self.endogenous]
        self._check_columns(self.instruments, (*own, *self.excluded_names))

    @property
    def included(self) -> FloatArray:
        """Regressors that are their own instruments, (m, c)."""
        return self.equation.regressors[:, ~np.isin(self.equation.names, self.endogenous)]

    @property
    def instruments(self) -> FloatArray:
        """All instruments, those that are no regressors last, (m, l)."""
        return np.column_stack([self.included, self.excluded])

    def strength(self, covariance: Covariance) -> dict[str, float]:
        """Return F and partial R squared of each first stage, and Cragg and Donald's F."""
        strength = {"instruments": float(self.instruments.shape[1])}
        for name in self.endogenous:
            statistic, share = self._first_stage(name, covariance)
            strength[f"first_stage_f_{name}"] = statistic
            strength[f"partial_r_squared_{name}"] = share
        chosen = np.isin(self.equation.names, self.endogenous)
        strength["cragg_donald_f"] = cragg_donald(
            self.equation.regressors[:, chosen],
            self.included,
            self.excluded,
            self.equation.absorbed,
        )
        return strength

    def weaknesses(self, strength: dict[str, float]) -> list[Finding]:
        """Return a finding for each endogenous variable whose F is low."""
        values = {name: strength[f"first_stage_f_{name}"] for name in self.endogenous}
        return [
            Finding(
                code="instruments-weak",
                severity="warn",
                fields={"name": name, "statistic": value},
            )
            for name, value in values.items()
            if value < WEAK
        ]

    def overidentification(self, answer: TwoStage, starts: IntArray) -> list[TestOutcome]:
        r"""Return Sargan's test and, with more entities than instruments, Hansen's J.

        .. math:: S = n\,\frac{\hat e'P_Z\hat e}{\hat e'\hat e} \sim \chi^2(l - k)

        J is the criterion of the second step of linear GMM, whose weight lets errors of an
        entity be correlated.
        """
        from scipy.special import chdtrc

        degrees = len(self.excluded_names) - len(self.endogenous)
        if degrees < 1:
            return []
        rows = len(self.equation.target)
        statistics = {"sargan": rows * answer.explained / answer.regression.residual_sum}
        if len(starts) > self.instruments.shape[1]:
            data = (self.equation.target, self.equation.regressors, self.instruments, starts)
            first = moment_step(*data, self.instruments.T @ self.instruments)
            statistics["hansen"] = second_step(first, *data).criterion
        return [
            TestOutcome(
                name=name,
                statistic=statistic,
                p_value=float(chdtrc(degrees, statistic)),
                distribution=f"chi2({degrees})",
            )
            for name, statistic in statistics.items()
        ]

    def _first_stage(self, name: str, covariance: Covariance) -> tuple[float, float]:
        """Return F of the excluded instruments, and the part of the variable they explain."""
        instruments, width = self.instruments, self.excluded.shape[1]
        target = self.equation.regressors[:, self.equation.names.index(name)]
        first = replace(
            self.equation,
            target=target,
            regressors=instruments,
            names=tuple(f"instrument {number}" for number in range(instruments.shape[1])),
        )
        solved = solve(first, covariance)
        loading = solved.regression.coefficients[-width:]
        spread = solved.covariance[-width:, -width:]
        statistic = float(loading @ np.linalg.solve(spread, loading)) / width
        without = least_squares(target, self.included).residual_sum
        return statistic, 1.0 - solved.regression.residual_sum / without

    def _check_columns(self, values: FloatArray, names: tuple[str, ...]) -> None:
        rows, width = values.shape
        if rows - width - self.equation.absorbed < 1:
            raise MethodError("too-few-rows", rows=rows, parameters=width + self.equation.absorbed)
        dependent = dependent_columns(values)
        if len(dependent):
            raise MethodError("collinear-inputs", names=[names[column] for column in dependent])
