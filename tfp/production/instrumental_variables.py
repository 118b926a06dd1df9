r"""Instrumental variables: two-stage least squares in levels or on deviations.

.. math::

    y_{it} = a + \sum_j \theta_j x_{jit} + \gamma'z_{it} + e_{it}, \qquad E[e_{it} w_{it}] = 0

with *w* the instruments, and the regressors that are not endogenous among them. With
effects of entities all variables are deviations from each entity's mean.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.numerics.group_means import within
from tfp.numerics.two_stage import two_stage
from tfp.production.bootstrap import Bootstrap
from tfp.production.covariance import Clustered
from tfp.production.equation import CONSTANT, Equation, Solved, estimate_of
from tfp.production.instruments import Lagged, with_instruments
from tfp.production.pooled import default_covariance, year_dummies, year_names
from tfp.production.returns import constant_returns_test
from tfp.production.sample import check_several_entities, log_sample
from tfp.production.two_stages import TwoStages

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.production.covariance import Covariance
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class InstrumentalVariables:
    """Two-stage least squares with named instruments.

    Assumptions
    -----------
    Instruments move the endogenous inputs and have no other way to output: prices of
    inputs that firms do not set. Inputs of the past are instruments in levels only if
    productivity has no memory; with effects of entities not even then in short panels, as
    the mean that is taken off holds the shocks of all periods: :class:`ArellanoBond` is
    made for that.

    Parameters
    ----------
    endogenous : sequence of str
        Inputs or controls that know productivity.
    instruments : sequence of str or Lagged
        Controls of the panel, which then are instruments and no regressors, or inputs of
        the calendar's past: ``Lagged("labour", 1)``.
    entity_effects, period_effects : bool
        Whether each entity, and each period, has its own constant.
    covariance : Covariance, optional
        Clustered by entity where the panel has several, conventional for a single area.
        F of the first stage rests on it too. With a :class:`Bootstrap` both stages are done
        anew in each replication, and that F is clustered; where instruments are weak the
        replications have no variance, and no covariance is right.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Wooldridge, J. M. (2010). *Econometric Analysis of Cross Section and Panel Data*, second
    edition, chapters 5, 8 and 11.
    Staiger, D. and Stock, J. H. (1997). Instrumental variables regression with weak
    instruments. *Econometrica* 65(3), 557-586. https://doi.org/10.2307/2171753

    Examples
    --------
    >>> import tfp
    >>> firms = {"firm": [1] * 4 + [2] * 4, "year": [2001, 2002, 2003, 2004] * 2,
    ...          "y": [1.0, 2, 2, 3, 2, 5, 4, 9], "l": [1.0, 2, 3, 4, 2, 4, 5, 9]}
    >>> panel = tfp.Panel(firms, entity="firm", time="year", output="y", labour="l")
    >>> method = tfp.InstrumentalVariables(
    ...     endogenous=["labour"], instruments=[tfp.Lagged("labour", 1)])
    >>> estimate = method.fit(panel)
    >>> int(estimate.diagnostics["rows"]), len(estimate.ledger)
    (6, 2)
    """

    endogenous: tuple[str, ...] = ("labour",)
    instruments: tuple[str | Lagged, ...] = (Lagged("labour", 1),)
    entity_effects: bool = False
    period_effects: bool = False
    covariance: Covariance | None = None
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    requires = ("output",)

    def __post_init__(self) -> None:
        object.__setattr__(self, "endogenous", tuple(self.endogenous))
        object.__setattr__(self, "instruments", tuple(self.instruments))
        if len(self.instruments) < len(self.endogenous) or not self.endogenous:
            raise MethodError(
                "instruments-fewer", instruments=len(self.instruments), names=self.endogenous
            )

    @property
    def name(self) -> str:
        """What it is called in tables and reports."""
        return f"{'within ' if self.entity_effects else ''}two-stage least squares"

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Raises
        ------
        MethodError
            ``option-unknown`` for a name that is not there; ``one-entity`` with effects;
            ``no-complete-row``; ``collinear-inputs``; ``too-few-rows``.
        """
        sample, excluded = with_instruments(log_sample(panel), self.instruments)
        if self.entity_effects:
            check_several_entities(sample, self.name)
        covariance = self.covariance or default_covariance(sample)
        stages = self._stages(sample, excluded)
        equation = stages.equation
        answer = two_stage(equation.target, equation.regressors, stages.instruments)
        solved = Solved(regression=answer.regression)
        projected = replace(equation, regressors=answer.projected)
        rule = covariance
        if isinstance(covariance, Bootstrap):
            replicates = covariance.of_two_stages(equation, answer, stages.instruments, rng)
            solved, rule = replace(solved, replicates=replicates), Clustered("entity")
        solved = replace(solved, covariance=covariance.of(projected, solved))
        strength = stages.strength(rule)
        return estimate_of(
            self,
            sample,
            equation,
            solved,
            options={
                "endogenous": list(self.endogenous),
                "instruments": [str(each) for each in self.instruments],
                "entity_effects": self.entity_effects,
                "period_effects": self.period_effects,
                **covariance.options(),
            },
            output_concept=self.output_concept,
            degrees_of_freedom=float(equation.residual_degrees),
            tests=[
                constant_returns_test(solved, equation, sample.factor_names),
                *stages.overidentification(answer, sample.starts),
            ],
            diagnostics=strength,
            warnings=stages.weaknesses(strength),
        )

    def _stages(self, sample: LogSample, excluded: FloatArray) -> TwoStages:
        names = [*sample.factor_names, *sample.control_names]
        for name in self.endogenous:
            check_choice("endogenous", name, names)
        columns = [sample.log_inputs, sample.controls]
        if not self.entity_effects:
            names, columns = [*names, CONSTANT], [*columns, np.ones((len(sample), 1))]
        if self.period_effects:
            names = [*names, *year_names(sample)]
            columns = [*columns, year_dummies(sample)]
        regressors, target = np.column_stack(columns), sample.log_output
        if self.entity_effects:
            regressors, target, excluded = (
                within(each, sample.starts) for each in (regressors, target, excluded)
            )
        equation = Equation(
            target=target,
            regressors=regressors,
            names=tuple(names),
            entities=sample.entities,
            periods=sample.periods,
            absorbed=len(sample.starts) if self.entity_effects else 0,
        )
        return TwoStages(
            equation=equation,
            endogenous=self.endogenous,
            excluded=excluded,
            excluded_names=tuple(map(str, self.instruments)),
        )
