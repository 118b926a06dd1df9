r"""The estimator of Ackerberg, Caves and Frazer, with every root of its moments.

.. math::

    y_{it} &= f(x_{it}; \beta) + \omega_{it} + \varepsilon_{it}, \qquad
    y_{it} = \Phi(x_{it}, p_{it}) + \varepsilon_{it} \\
    \omega_{it}(\beta) &= \hat\Phi_{it} - f(x_{it}; \beta)
        = g(\omega_{i,t-1}, s_{i,t-1}) + \xi_{it}, \qquad E[\xi_{it} Z_{it}] = 0

The first stage removes the transitory shock :math:`\varepsilon`; the second finds the
elasticities at which the innovation :math:`\xi` is unrelated to inputs chosen before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tfp.errors import MethodError, check_choice
from tfp.numerics.innovation_roots import innovation_roots, refined
from tfp.production.control_function.acf_problem import acf_problem
from tfp.production.control_function.firm_sample import capital_names, firm_sample
from tfp.production.control_function.output_measure import check_output_is
from tfp.production.control_function.overidentified import (
    FURTHER_INSTRUMENTS,
    hansen_test,
    local_minima,
    minima_note,
)
from tfp.production.control_function.reporting import control_function_estimate
from tfp.production.control_function.root_bootstrap import root_replications
from tfp.production.control_function.root_choice import (
    ROOT_RULES,
    choose,
    findings,
    is_identified,
    root_diagnostics,
)
from tfp.production.control_function.technology import technology

if TYPE_CHECKING:
    from tfp.panel.panel import Panel
    from tfp.production.bootstrap import Bootstrap
    from tfp.production.control_function.firm_sample import FirmSample
    from tfp.production.control_function.innovation_problem import InnovationProblem
    from tfp.production.control_function.output_measure import OutputMeasure
    from tfp.production.control_function.overidentified import FurtherInstrument, Minimum
    from tfp.production.control_function.root_choice import RootRule
    from tfp.production.control_function.technology import Form, Technology
    from tfp.results.estimate import ProductionEstimate, TestOutcome
    from tfp.results.weights import OutputConcept

LabourTiming = Literal["chosen at t", "predetermined at t"]


@dataclass(frozen=True, eq=False, kw_only=True)
class AckerbergCavesFrazer:
    r"""Elasticities from the timing of inputs, productivity read off a proxy.

    Assumptions
    -----------
    The proxy rises with productivity, given the inputs, and depends on nothing else that is
    not observed. Productivity follows a first-order Markov process. State inputs are
    decided a period before; flexible ones too, or at *t* with their own past related to
    their present. With measurement error in the proxy, or where labour misses its plan
    while wages differ, the method is inconsistent: that is its authors' own finding.
    Where several solutions are admissible, choosing one is an assumption
    (:mod:`tfp.production.control_function.root_choice`).

    Parameters
    ----------
    proxy : str
        ``"investment"`` or the name of a further input.
    state : sequence of str, optional
        Inputs fixed before *t*, instruments for themselves; all capital unless stated.
    flexible : sequence of str
        Inputs whose instrument `labour_timing` names.
    labour_timing : {"chosen at t", "predetermined at t"}
        Whether a flexible input's past or its present is the instrument.
    form : {"cobb_douglas", "translog"}
    degree : int
        Total degree of the polynomial of the first stage.
    law_degree : int
        Of the law of motion: 1 is an autoregression, for which all roots are known; each
        of them is followed to higher degrees.
    shifters : sequence of str
        Controls that move productivity a period later (research, exporting): they enter
        the law of motion, dated *t* - 1, and not the first stage.
    year_effects : bool
        Whether each period has its own constant in the first stage.
    further_instruments : sequence of {"flexible_lagged_twice", "state_lagged", "output_lagged"}
        More instruments than elasticities: flexible inputs of *t* - 2, state inputs of
        *t* - 1, output free of the shock of *t* - 1. The estimate is then two-step GMM with
        a weight clustered by firm, and has Hansen's test. Each exact root without them is
        followed to a local minimum; ``roots`` holds these minima. With one state, and
        labour chosen at *t*, the last two of these are one instrument.
    price : str, optional
        A control: the logarithm of a price of the firm's own, relative to what deflates.
        It enters the polynomial of the first stage, as firms that face other prices want
        other amounts of the proxy at the same productivity.
    price_enters : {"proxy_demand", "function"}
        Whether it enters there alone, or the production function too, its own past being
        its instrument. The second is for inputs that are deflated expenditure: the price
        of output then stands for the price of inputs that nobody observed (De Loecker and
        others, 2016), and TFP is net of it. Cobb-Douglas only; an input whose expenditure
        answers today's price must not be a state input, and a price that lasts exactly as
        long as productivity does identifies nothing.
    root_rule : {"largest_persistence", "smallest_persistence"}, optional
        Declares which of several admissible roots is meant. Without it the first is used,
        and the estimate is marked as not identified where it matters.
    covariance : Bootstrap, optional
        Standard errors from replications; without it they are analytic, clustered by firm,
        first stage included.
    output_concept : {"value_added", "gross_output"}
    output_is : {"quantity", "deflated_revenue"}, optional
        What the panel's output is. Productivity is TFPQ or TFPR accordingly, and named so
        in the summary.
    observed_units : {"firm", "aggregate"}
    strict : bool
        Whether an estimate without an admissible root is an error rather than an answer.

    References
    ----------
    Ackerberg, D. A., Caves, K. and Frazer, G. (2015). Identification properties of recent
    production function estimators. *Econometrica* 83(6), 2411-2451.
    https://doi.org/10.3982/ECTA13408
    De Loecker, J., Goldberg, P. K., Khandelwal, A. K. and Pavcnik, N. (2016). Prices,
    markups, and trade reform. *Econometrica* 84(2), 445-510.
    https://doi.org/10.3982/ECTA11042
    De Loecker, J. (2013). Detecting learning by exporting. *American Economic Journal:
    Microeconomics* 5(3), 1-21. https://doi.org/10.1257/mic.5.3.1

    Examples
    --------
    >>> import tfp
    >>> firms = tfp.datasets.generate_firms("DGP1", 200, 6, rng=1)
    >>> panel = tfp.Panel(firms.frame, entity="firm", time="year", output="output",
    ...                   capital="capital", labour="labour",
    ...                   further_inputs={"materials": "materials"})
    >>> method = tfp.AckerbergCavesFrazer(root_rule="largest_persistence")
    >>> estimate = method.fit(panel)
    >>> len(estimate.roots), [root.admissible for root in estimate.roots].count(True)
    (3, 2)
    """

    proxy: str = "materials"
    state: tuple[str, ...] | None = None
    flexible: tuple[str, ...] = ("labour",)
    labour_timing: LabourTiming = "chosen at t"
    form: Form = "cobb_douglas"
    degree: int = 3
    law_degree: int = 1
    shifters: tuple[str, ...] = ()
    year_effects: bool = False
    further_instruments: tuple[FurtherInstrument, ...] = ()
    price: str | None = None
    price_enters: Literal["proxy_demand", "function"] = "proxy_demand"
    root_rule: RootRule | None = None
    covariance: Bootstrap | None = None
    output_concept: OutputConcept = "value_added"
    output_is: OutputMeasure | None = None
    observed_units: Literal["firm", "aggregate"] = "firm"
    strict: bool = False

    name = "Ackerberg-Caves-Frazer"
    requires = ("output",)

    def __post_init__(self) -> None:
        check_choice("labour_timing", self.labour_timing, ("chosen at t", "predetermined at t"))
        check_choice("form", self.form, ("cobb_douglas", "translog"))
        check_choice("output_concept", self.output_concept, ("value_added", "gross_output"))
        check_choice("price_enters", self.price_enters, ("proxy_demand", "function"))
        check_output_is(self.output_is)
        if self.price is not None and self.price_enters == "function":
            check_choice("form", self.form, ("cobb_douglas",))
        for name in self.further_instruments:
            check_choice("further_instruments", name, FURTHER_INSTRUMENTS)
        if self.root_rule is not None:
            check_choice("root_rule", self.root_rule, ROOT_RULES)
        for option, value in (("degree", self.degree), ("law_degree", self.law_degree)):
            if value < 1:
                raise MethodError("degree-not-positive", option=option, degree=value)

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Parameters
        ----------
        panel : Panel
        rng : int or numpy.random.Generator, optional
            Of the bootstrap.

        Raises
        ------
        MethodError
            ``input-unknown``, ``one-entity``, ``no-difference``, ``collinear-inputs``,
            ``too-few-rows``; with `strict` ``no-admissible-root``.
        """
        state = capital_names(panel) if self.state is None else tuple(self.state)
        inputs = (*state, *self.flexible)
        sample = firm_sample(panel, inputs=inputs, proxy=self.proxy, method=self.name)
        form = technology(self.form, inputs, sample.logs.log_inputs.T)
        problem = self._problem(sample, form, state)
        stage = problem.first_stage()
        rows = problem.rows(stage, exact=True)
        search = innovation_roots(rows, self.law_degree)
        minima: tuple[Minimum, ...] = ()
        if problem.overidentified:
            search, minima = local_minima(problem, stage, search)
        chosen, roots = choose(search, len(inputs), self.root_rule)
        if chosen is None and self.strict:
            raise MethodError("no-admissible-root", roots=len(roots))
        coefficients, moments, weight = None, None, None
        tests: tuple[TestOutcome, ...] = ()
        if chosen is not None and minima:
            minimum = next(each for each in minima if each.root is chosen)
            coefficients, moments = chosen.elasticities, minimum.moments
            weight, tests = minimum.root_weight, (hansen_test(minimum),)
        elif chosen is not None:
            coefficients, moments = refined(rows, chosen.elasticities, self.law_degree)
        replications = None
        if chosen is not None and self.covariance is not None:
            count = self.covariance.replications
            replications = root_replications(
                problem, chosen, search, count, rng, root_weight=weight
            )
        return control_function_estimate(
            self,
            sample,
            form=form,
            stage=stage,
            coefficients=coefficients,
            influence=None if moments is None else problem.influence(stage, moments, weight),
            terms=problem.terms,
            tests=tests,
            replications=replications,
            roots=roots,
            identified=is_identified(roots, self.root_rule),
            options=self._options(state),
            diagnostics={
                "rows_with_past": float(len(problem.now)),
                **root_diagnostics(search, roots, moments),
            },
            warnings=[
                *self._cautions(inputs),
                *findings(search, roots, inputs, self.root_rule, exact=not problem.overidentified),
                *minima_note(search, minima, inputs),
            ],
        )

    def _problem(
        self, sample: FirmSample, form: Technology, state: tuple[str, ...]
    ) -> InnovationProblem:
        return acf_problem(self, sample, form, state)

    def _cautions(self, inputs: tuple[str, ...]) -> list[Any]:
        from tfp.panel.findings import Finding

        if self.output_concept == "gross_output" and self.proxy in inputs:
            return [
                Finding(
                    code="flexible-input-unidentified",
                    severity="warn",
                    fields={"terms": [self.proxy]},
                )
            ]
        return []

    def _options(self, state: tuple[str, ...]) -> dict[str, object]:
        return {
            "proxy": self.proxy,
            "state": list(state),
            "flexible": list(self.flexible),
            "labour_timing": self.labour_timing,
            "form": self.form,
            "degree": self.degree,
            "law_degree": self.law_degree,
            "shifters": list(self.shifters),
            "year_effects": self.year_effects,
            "further_instruments": list(self.further_instruments),
            "price": self.price or "none",
            **({} if self.price is None else {"price_enters": self.price_enters}),
            "root_rule": self.root_rule or "undeclared",
        }
