r"""Wooldridge: both equations of a control function at once, or the second alone.

.. math::

    y_{it} &= a_1 + \beta_l l_{it} + \beta_k k_{it} + c(k_{it}, p_{it})'\lambda + e_{it} \\
    y_{it} &= a_2 + \beta_l l_{it} + \beta_k k_{it}
        + g(c(k_{i,t-1}, p_{i,t-1})'\lambda) + u_{it}

with instruments :math:`(1, l_t, c_t)` in the first and :math:`(1, k_t, l_{t-1}, c_{t-1})` in
the second. :math:`c` is a polynomial in state inputs and the proxy.

=============  ==========================  ==================================================
equations      law                         what it is
=============  ==========================  ==================================================
both           free                        g and c are one polynomial, with coefficients of
                                           their own in the second equation: right for any g
both           random_walk                 g(w) = w + constant: the coefficients of c are the
                                           same in both equations
second         free                        the second equation alone, by two-stage least
                                           squares: right also where labour is a function of
                                           state and proxy, so that the first says nothing
=============  ==========================  ==================================================
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.numerics.least_squares import LeastSquares
from tfp.numerics.linear_gmm import corrected_covariance, moment_step, second_step
from tfp.production.control_function.firm_sample import capital_names, firm_sample
from tfp.production.control_function.variation_left import fixed_inputs
from tfp.production.control_function.wooldridge_equations import stacked_equations
from tfp.production.covariance import Clustered
from tfp.production.equation import Equation, Solved, estimate_of
from tfp.production.returns import constant_returns_test, returns_findings
from tfp.production.two_stages import TwoStages as InstrumentStages
from tfp.results.estimate import TestOutcome

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.linear_gmm import MomentStep
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel
    from tfp.production.control_function.firm_sample import FirmSample
    from tfp.production.control_function.wooldridge_equations import StackedEquations
    from tfp.production.sample import LogSample
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept

COVARIANCES = {"robust": "clustered by firm", "windmeijer": "clustered by firm, Windmeijer"}


@dataclass(frozen=True, eq=False, kw_only=True)
class Wooldridge:
    """Linear moments of a control function, with errors that need no first step.

    Assumptions
    -----------
    Those of Levinsohn and Petrin: the proxy rises with productivity, given the state
    inputs, and depends on nothing else; productivity follows a first-order Markov process;
    state inputs are decided a period before. With both equations labour must in addition
    vary for reasons that neither the proxy nor the state inputs know: where it does not,
    the first equation identifies nothing (Ackerberg, Caves and Frazer), and only the second
    is to be used. With a free law a state input must vary for reasons that last year's state
    and proxy do not know: capital that follows from last year's capital and investment by a
    rule does not, if investment is the proxy. The estimate is then not identified and says
    so; methods whose law depends on productivity alone are (`OlleyPakes`).

    Parameters
    ----------
    proxy : str
        ``"investment"`` or the name of a further input that is not an input of the
        function.
    state : sequence of str, optional
        Inputs fixed before *t*; all capital unless stated.
    flexible : sequence of str
        Inputs whose past is their instrument in the second equation.
    equations : {"both", "second"}
    law : {"free", "random_walk"}
        How the second equation's polynomial goes with that of the first.
    degree : int
        Total degree of the polynomial.
    year_effects : bool
        Whether each period has its own constant.
    covariance : {"robust", "windmeijer"}
        Clustered by firm, across both equations; for both equations also with the
        correction for their estimated weight.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Wooldridge, J. M. (2009). On estimating firm-level production functions using proxy
    variables to control for unobservables. *Economics Letters* 104(3), 112-114.
    https://doi.org/10.1016/j.econlet.2009.04.026

    Examples
    --------
    >>> import tfp
    >>> firms = tfp.datasets.generate_firms("DGP2", 300, 6, rng=1)
    >>> panel = tfp.Panel(firms.frame, entity="firm", time="year", output="output",
    ...                   capital="capital", labour="labour",
    ...                   further_inputs={"materials": "materials"})
    >>> estimate = Wooldridge().fit(panel)
    >>> abs(estimate.elasticities["labour"] - 0.6) < 0.02
    True
    """

    proxy: str = "materials"
    state: tuple[str, ...] | None = None
    flexible: tuple[str, ...] = ("labour",)
    equations: Literal["both", "second"] = "both"
    law: Literal["free", "random_walk"] = "free"
    degree: int = 3
    year_effects: bool = False
    covariance: Literal["robust", "windmeijer"] = "robust"
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "firm"

    requires = ("output",)

    def __post_init__(self) -> None:
        check_choice("equations", self.equations, ("both", "second"))
        check_choice("law", self.law, ("free", "random_walk"))
        check_choice("covariance", self.covariance, COVARIANCES)
        if self.equations == "second":
            check_choice("law", self.law, ("free",))
        if self.degree < 1:
            raise MethodError("degree-not-positive", option="degree", degree=self.degree)

    @property
    def name(self) -> str:
        """What it is called in tables and reports."""
        return f"Wooldridge, {'both equations' if self.equations == 'both' else 'second equation'}"

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Raises
        ------
        MethodError
            ``input-unknown``; ``proxy-is-input``; ``one-entity``; ``no-difference``;
            ``collinear-inputs``; ``too-few-rows``.
        """
        del rng
        state = capital_names(panel) if self.state is None else tuple(self.state)
        inputs = (*state, *self.flexible)
        if self.proxy in inputs:
            raise MethodError("proxy-is-input", name=self.proxy)
        sample = firm_sample(panel, inputs=inputs, proxy=self.proxy, method=self.name)
        stacked = stacked_equations(
            sample,
            len(state),
            second_only=self.equations == "second",
            common=self.law == "random_walk",
            degree=self.degree,
            years=self.year_effects,
        )
        variance = stacked.instruments.T @ stacked.instruments
        rows = (stacked.target, stacked.regressors, stacked.instruments, stacked.starts)
        step, tests = moment_step(*rows, variance), []
        covariance = step.robust_covariance
        if self.equations == "both":
            first, step = step, second_step(step, *rows)
            covariance = step.bread
            if self.covariance == "windmeijer":
                covariance = corrected_covariance(first, step, *rows[1:])
            tests = [_hansen(step)]
        fixed = self._fixed(sample, len(state))
        unknown = [stacked.names.index(name) for each in fixed for name in each.fields["terms"]]
        covariance = covariance.copy()
        covariance[unknown] = covariance[:, unknown] = np.nan
        estimate = self._estimate(sample, stacked, step, covariance, tests)
        strength, weak = self._strength(sample.logs, stacked, len(state))
        return replace(
            estimate,
            identified=not fixed,
            diagnostics={**estimate.diagnostics, **strength},
            warnings=(
                *estimate.warnings,
                *fixed,
                *weak,
                *returns_findings(estimate.returns_to_scale),
            ),
        )

    def _fixed(self, sample: FirmSample, states: int) -> list[Finding]:
        """Find inputs of which the polynomial leaves nothing, in the equation they are from."""
        now = sample.logs.successors
        inputs = np.arange(len(sample.logs.factor_names))
        found = []
        if self.law == "free":
            found = fixed_inputs(sample, inputs[:states], now - 1, states, self.degree)
        if self.equations == "both":
            found += fixed_inputs(sample, inputs[states:], now, states, self.degree)
        return found

    def _strength(
        self, logs: LogSample, stacked: StackedEquations, states: int
    ) -> tuple[dict[str, float], list[Finding]]:
        """Return how the past of flexible inputs moves them, where it is their instrument."""
        if self.equations == "both":
            return {}, []
        names, width = stacked.names, stacked.regressors.shape[1]
        stages = InstrumentStages(
            equation=Equation(
                target=stacked.target,
                regressors=stacked.regressors,
                names=(*names, *(f"term {number}" for number in range(width - len(names)))),
                entities=stacked.entities,
                periods=stacked.periods,
            ),
            endogenous=self.flexible,
            excluded=stacked.instruments[:, states : len(logs.factor_names)],
            excluded_names=tuple(f"past {name}" for name in self.flexible),
        )
        strength = stages.strength(Clustered("entity"))
        return strength, stages.weaknesses(strength)

    def _estimate(
        self,
        sample: FirmSample,
        stacked: StackedEquations,
        step: MomentStep,
        covariance: FloatArray,
        tests: list[TestOutcome],
    ) -> ProductionEstimate:
        logs, shown = sample.logs, len(stacked.names)
        equation = Equation(
            target=stacked.target,
            regressors=stacked.regressors[:, :shown],
            names=stacked.names,
            entities=stacked.entities,
            periods=stacked.periods,
        )
        solved = Solved(
            regression=LeastSquares(step.coefficients[:shown], step.residuals, np.empty((0, 0))),
            covariance=covariance[:shown, :shown],
        )
        residuals = logs.log_output - stacked.everywhere @ step.coefficients
        estimate = estimate_of(
            self,
            logs,
            equation,
            solved,
            options=self._options(logs.factor_names),
            output_concept=self.output_concept,
            degrees_of_freedom=None,
            tests=[constant_returns_test(solved, equation, logs.factor_names), *tests],
            diagnostics={"instruments": float(stacked.instruments.shape[1])},
            warnings=sample.warnings,
            residuals=residuals,
        )
        if self.equations == "second":  # nothing in it tells the shock from productivity
            return estimate
        return replace(estimate, log_productivity=estimate.log_tfp - logs.spread(residuals))

    def _options(self, inputs: tuple[str, ...]) -> dict[str, object]:
        return {
            "proxy": self.proxy,
            "inputs": list(inputs),
            "flexible": list(self.flexible),
            "equations": self.equations,
            "law": self.law,
            "degree": self.degree,
            "year_effects": self.year_effects,
            "covariance": COVARIANCES[self.covariance],
        }


def _hansen(step: MomentStep) -> TestOutcome:
    from scipy.special import chdtrc

    degrees = step.rank - len(step.coefficients)
    return TestOutcome(
        name="hansen",
        statistic=step.criterion,
        p_value=float(chdtrc(degrees, step.criterion)),
        distribution=f"chi2({degrees})",
    )
