r"""Two-stage least squares on a panel, with named instruments.

.. math:: \hat\beta = (\hat X'X)^{-1} \hat X'y, \qquad \hat X = Z(Z'Z)^{-1}Z'X

:math:`Z` holds what is exogenous in the equation and the instruments beside it. With effects
of entities everything is taken less its mean over the entity first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.numerics.group_means import within
from tfp.numerics.least_squares import dependent_columns, least_squares
from tfp.numerics.records import Record
from tfp.numerics.two_stage_least_squares import partial_f, two_stage_least_squares
from tfp.panel.findings import Finding
from tfp.production.covariance import Clustered, Conventional, DriscollKraay, Robust
from tfp.production.equation import CONSTANT, Equation, Solved, estimate_of
from tfp.production.pooled import default_covariance
from tfp.production.returns import constant_returns_test
from tfp.production.sample import check_several_entities, log_sample
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept

# Below this first-stage F an instrument is called weak (Staiger and Stock).
STRONG = 10.0
COVARIANCES = tuple(kind.__name__ for kind in (Conventional, Robust, Clustered, DriscollKraay))


@dataclass(frozen=True, eq=False, kw_only=True)
class InstrumentalVariables:
    """Least squares with instruments for inputs that know productivity.

    Assumptions
    -----------
    The instruments move the inputs and are unrelated to productivity: prices of inputs
    that firms do not set, or earlier inputs where productivity has no memory. With effects
    of entities, earlier inputs are no instruments in short panels: the mean that is taken
    off holds the shocks of all periods; :class:`ArellanoBond` is made for that.

    Parameters
    ----------
    endogenous : sequence of str
        Inputs that know productivity, by their names.
    instruments : sequence of str
        Controls of the panel that are left out of the equation.
    lags : sequence of int
        Lags of the endogenous inputs that are instruments too; calendar lags.
    entity_effects : bool
    covariance : Conventional, Robust, Clustered or DriscollKraay, optional
        Clustered by entity where the panel has several, conventional for a single area.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Wooldridge, J. M. (2010). *Econometric Analysis of Cross Section and Panel Data*, second
    edition, chapters 5 and 8.
    Staiger, D. and Stock, J. H. (1997). Instrumental variables regression with weak
    instruments. *Econometrica* 65(3), 557-586. https://doi.org/10.2307/2171753

    Examples
    --------
    >>> InstrumentalVariables(instruments=("wage",)).endogenous
    ('labour',)
    """

    endogenous: tuple[str, ...] = ("labour",)
    instruments: tuple[str, ...] = ()
    lags: tuple[int, ...] = (1,)
    entity_effects: bool = False
    covariance: Conventional | Robust | Clustered | DriscollKraay | None = None
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "instrumental variables"
    requires = ("output",)

    def __post_init__(self) -> None:
        if self.covariance is not None:
            # A bootstrap would draw rows of the second stage and hold the first fixed.
            check_choice("covariance", type(self.covariance).__name__, COVARIANCES)
        for lag in self.lags:
            if lag < 1:
                raise MethodError("lags-negative", lags=lag)

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Raises
        ------
        MethodError
            ``option-unknown`` for an input or control that is not there;
            ``instruments-too-few``; ``collinear-inputs``; ``too-few-rows``;
            ``no-complete-row`` where no row has all lags; ``one-entity`` with effects.
        """
        del rng
        sample = log_sample(panel)
        if self.entity_effects:
            check_several_entities(sample, self.name)
        for name in self.endogenous:
            check_choice("endogenous", name, sample.factor_names)
        for name in self.instruments:
            check_choice("instruments", name, sample.control_names)
        covariance = self.covariance or default_covariance(sample)
        staged = self._staged(sample)
        regression, projected = two_stage_least_squares(
            staged.target, staged.regressors, staged.instruments
        )
        equation = Equation(
            target=staged.target,
            regressors=projected,
            names=staged.names,
            entities=np.unique(sample.entities[staged.rows], return_inverse=True)[1],
            periods=np.unique(sample.periods[staged.rows], return_inverse=True)[1],
            absorbed=len(np.unique(sample.entities[staged.rows])) if self.entity_effects else 0,
        )
        solved = Solved(regression=regression)
        solved = replace(solved, covariance=covariance.of(equation, solved))
        residuals = np.full(len(sample), np.nan)
        residuals[staged.rows] = regression.residuals
        strength = {
            name: partial_f(
                staged.regressors[:, staged.names.index(name)], staged.exogenous, staged.outside
            )
            for name in self.endogenous
        }
        return estimate_of(
            self,
            sample,
            equation,
            solved,
            options={
                "endogenous": list(self.endogenous),
                "instruments": list(self.instruments),
                "lags": list(self.lags),
                "entity_effects": self.entity_effects,
                **covariance.options(),
            },
            output_concept=self.output_concept,
            degrees_of_freedom=None,
            tests=[
                constant_returns_test(solved, equation, sample.factor_names),
                *_sargan(regression.residuals, staged),
            ],
            diagnostics={f"first_stage_f_{name}": value for name, value in strength.items()},
            warnings=[
                Finding(
                    code="instruments-weak",
                    severity="warn",
                    fields={"name": name, "statistic": value},
                )
                for name, value in strength.items()
                if value < STRONG
            ],
            residuals=residuals,
        )

    def _staged(self, sample: LogSample) -> _Staged:
        """Return the equation and its instruments on the rows that have all lags."""
        rows, outside = self._outside(sample)
        kept = [i for i, name in enumerate(sample.control_names) if name not in self.instruments]
        names = (*sample.factor_names, *(sample.control_names[i] for i in kept))
        regressors = np.column_stack([sample.log_inputs, sample.controls[:, kept]])[rows]
        target = sample.log_output[rows]
        if self.entity_effects:
            starts = np.flatnonzero(np.diff(sample.entities[rows], prepend=-1))
            target, regressors = within(target, starts), within(regressors, starts)
            outside = within(outside, starts)
        else:
            names = (*names, CONSTANT)
            regressors = np.column_stack([regressors, np.ones(len(rows))])
        exogenous = regressors[:, [name not in self.endogenous for name in names]]
        instruments = np.column_stack([exogenous, outside])
        _check(regressors, names)
        _check(instruments, (*(n for n in names if n not in self.endogenous), *self._names()))
        return _Staged(
            rows=rows,
            target=target,
            regressors=regressors,
            names=names,
            exogenous=exogenous,
            outside=outside,
        )

    def _names(self) -> tuple[str, ...]:
        """Return the names of the instruments outside the equation."""
        lags = (f"{name}, lag {lag}" for lag in self.lags for name in self.endogenous)
        return (*self.instruments, *lags)

    def _outside(self, sample: LogSample) -> tuple[IntArray, FloatArray]:
        """Return the rows that have all lags, and the instruments outside the equation."""
        places = [sample.control_names.index(name) for name in self.instruments]
        columns = [sample.controls[:, place] for place in places]
        for lag in self.lags:
            before = _rows_before(sample, lag)
            for name in self.endogenous:
                values = sample.log_inputs[:, sample.factor_names.index(name)]
                columns.append(np.where(before >= 0, values[before], np.nan))
        if len(columns) < len(self.endogenous):
            raise MethodError(
                "instruments-too-few", instruments=len(columns), parameters=len(self.endogenous)
            )
        outside = np.column_stack(columns)
        rows = np.flatnonzero(~np.isnan(outside).any(axis=1))
        if not len(rows):
            raise MethodError("no-complete-row", columns=list(self._names()))
        return rows, outside[rows]


@dataclass(frozen=True, eq=False, kw_only=True)
class _Staged(Record):
    """The equation, its exogenous regressors and the instruments outside it, by row."""

    rows: IntArray
    target: FloatArray
    regressors: FloatArray
    names: tuple[str, ...]
    exogenous: FloatArray
    outside: FloatArray

    @property
    def instruments(self) -> FloatArray:
        return np.column_stack([self.exogenous, self.outside])


def _rows_before(sample: LogSample, lag: int) -> IntArray:
    """Return the row of the same entity `lag` periods earlier; -1 where there is none."""
    times = sample.panel.rows.times[sample.used]
    times = times - times.min()
    keys = sample.entities * (int(times.max()) + 1) + times
    wanted = keys - lag
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    there = (keys[places] == wanted) & (times >= lag)
    return np.where(there, places, -1)


def _check(columns: FloatArray, names: tuple[str, ...]) -> None:
    if len(columns) <= columns.shape[1]:
        raise MethodError("too-few-rows", rows=len(columns), parameters=columns.shape[1])
    dependent = dependent_columns(columns)
    if len(dependent):
        raise MethodError("collinear-inputs", names=[names[column] for column in dependent])


def _sargan(residuals: FloatArray, staged: _Staged) -> list[TestOutcome]:
    """Return the test that all instruments may be ones, where there are more than needed."""
    from scipy.special import chdtrc

    degrees = staged.instruments.shape[1] - staged.regressors.shape[1]
    if degrees < 1:
        return []
    explained = least_squares(residuals, staged.instruments).residual_sum
    statistic = len(residuals) * (1.0 - explained / float(residuals @ residuals))
    return [
        TestOutcome(
            name="sargan",
            statistic=statistic,
            p_value=float(chdtrc(degrees, statistic)),
            distribution=f"chi2({degrees})",
        )
    ]
