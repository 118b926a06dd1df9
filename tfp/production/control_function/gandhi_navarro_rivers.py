r"""Gandhi, Navarro and Rivers: gross output with an input that is chosen freely.

.. math::

    y_{it} &= f(x_{it}, m_{it}) + \omega_{it} + \varepsilon_{it}, \qquad
    \omega_{it} = h(\omega_{i,t-1}) + \eta_{it} \\
    \ln s_{it} &= \ln D(x_{it}, m_{it}) - \varepsilon_{it}, \qquad
    \partial f / \partial m = D / E[e^{\varepsilon}] \\
    Y_{it} &= y_{it} - \varepsilon_{it} - \int \tfrac{\partial f}{\partial m}\, dm
        = C(x_{it}) + \omega_{it}, \qquad E[\eta_{it}\, \tau(z_{it})] = 0

The share of the flexible input in revenue, by the first-order condition, is its elasticity;
the rest of the function is found as Ackerberg, Caves and Frazer find theirs, by the same
exact roots: with :math:`Y` for the output free of shocks and the terms of :math:`C` for the
inputs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.numerics.innovation_roots import innovation_roots, refined
from tfp.panel.findings import Finding
from tfp.production.control_function.firm_sample import capital_names, firm_sample
from tfp.production.control_function.reporting import ANALYTIC, DRAWN, negative_in_rows
from tfp.production.control_function.revenue_share import with_shares
from tfp.production.control_function.root_bootstrap import root_replications
from tfp.production.control_function.root_choice import (
    ROOT_RULES,
    choose,
    findings,
    is_identified,
    root_diagnostics,
)
from tfp.production.control_function.share_problem import share_problem
from tfp.production.returns import returns_findings, returns_test
from tfp.results.estimate import ProductionEstimate
from tfp.results.provenance import Provenance
from tfp.version import VERSION

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.numerics.innovation_moments import InnovationMoments
    from tfp.panel.panel import Panel
    from tfp.production.bootstrap import Bootstrap
    from tfp.production.control_function.firm_bootstrap import Replications
    from tfp.production.control_function.root_choice import RootRule
    from tfp.production.control_function.share_problem import ShareProblem
    from tfp.production.control_function.share_stage import ShareStage
    from tfp.production.sample import LogSample
    from tfp.results.roots import Root
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class GandhiNavarroRivers:
    r"""A gross-output function with one flexible input, from its share of revenue.

    The form is not assumed: the elasticity of the flexible input and what is left of the
    function are polynomials. The elasticities of the estimate are means over the sample.

    Assumptions
    -----------
    The flexible input is chosen each period at prices that the firm takes as given, for
    output and for the input, and up to where its marginal product pays for it. The other
    inputs are decided a period before. Productivity follows a first-order Markov process.
    Market power over output turns the elasticities into revenue elasticities. Controls of the
    panel are not used, and the estimate says so.

    Parameters
    ----------
    flexible : str
        Name of a further input. The panel holds what it cost (``further_incomes``) and
        output at the prices of the time (``output_current``): their ratio is the share.
    others : sequence of str, optional
        Inputs decided a period before; all capital, and labour, unless stated.
    degree : int
        Total degree of both polynomials. It is one number: with a lower one for the second
        the answer would depend on the units of the inputs.
    law_degree : int
        Of the law of motion: 1 is an autoregression, for which all roots are known.
    root_rule : {"largest_persistence", "smallest_persistence"}, optional
        Declares which of several admissible roots is meant.
    covariance : Bootstrap, optional
        Standard errors from replications in which firms are drawn and both stages solved
        again; without it they are analytic, clustered by firm, first stage included.
    observed_units : {"firm", "aggregate"}
    strict : bool
        Whether an estimate without an admissible root is an error rather than an answer.

    References
    ----------
    Gandhi, A., Navarro, S. and Rivers, D. A. (2020). On the identification of gross output
    production functions. *Journal of Political Economy* 128(8), 2973-3016.
    https://doi.org/10.1086/707736

    Examples
    --------
    >>> GandhiNavarroRivers(degree=3).name
    'Gandhi-Navarro-Rivers'
    """

    flexible: str = "materials"
    others: tuple[str, ...] | None = None
    degree: int = 2
    law_degree: int = 1
    root_rule: RootRule | None = None
    covariance: Bootstrap | None = None
    observed_units: Literal["firm", "aggregate"] = "firm"
    strict: bool = False

    name = "Gandhi-Navarro-Rivers"
    requires = ("output", "output_current")
    output_concept: ClassVar[OutputConcept] = "gross_output"

    def __post_init__(self) -> None:
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
        PanelError
            ``role-missing`` without the cost of the flexible input or output at current
            prices.
        MethodError
            ``input-unknown``, ``one-entity``, ``no-difference``, ``not-positive``,
            ``too-few-rows``, ``collinear-inputs``; with `strict` ``no-admissible-root``.
        """
        others = (*capital_names(panel), "labour") if self.others is None else self.others
        names = (*others, self.flexible)
        sample = firm_sample(panel, inputs=names, proxy=self.flexible, method=self.name)
        logs, log_share = with_shares(sample.logs, self.flexible)
        _check_rows(logs, len(names), self.degree)
        problem = share_problem(logs, log_share, names, self.degree, self.law_degree)
        stage = problem.stage()
        rows = problem.rows(stage)
        search = innovation_roots(rows, self.law_degree)
        chosen, roots = choose(search, len(others), self.root_rule)
        if chosen is None and self.strict:
            raise MethodError("no-admissible-root", roots=len(roots))
        warnings = [
            *sample.warnings,
            # Returns to scale are judged below, with the flexible input among them.
            *(
                finding
                for finding in findings(search, roots, others, self.root_rule)
                if finding.code != "returns-not-credible"
            ),
            *_share_findings(stage),
            *_unused(logs),
        ]
        solution = None if chosen is None else refined(rows, chosen.elasticities, self.law_degree)
        replications = None
        if chosen is not None and self.covariance is not None:
            count = self.covariance.replications
            replications = root_replications(problem, chosen, search, count, rng)
            warnings += replications.findings()
        return self._estimate(
            logs,
            stage,
            problem,
            solution=solution,
            replications=replications,
            roots=roots,
            warnings=warnings,
            diagnostics={
                "rows": float(len(logs)),
                "entities": float(len(logs.starts)),
                "rows_with_past": float(len(logs.successors)),
                "share_residual_sum": float(stage.equation.shock @ stage.equation.shock),
                "mean_shock": stage.mean_shock,
                **root_diagnostics(search, roots, None if solution is None else solution[1]),
            },
        )

    def _estimate(
        self,
        logs: LogSample,
        stage: ShareStage,
        problem: ShareProblem,
        *,
        solution: tuple[FloatArray, InnovationMoments] | None,
        replications: Replications | None,
        roots: tuple[Root, ...],
        warnings: list[Finding],
        diagnostics: dict[str, float],
    ) -> ProductionEstimate:
        terms = problem.terms
        p, q = len(terms.other_names), len(stage.names)
        own = np.full(p, np.nan)
        covariance = np.full((p + q, p + q), np.nan)
        if solution is not None:
            own, moments = solution
            influence = problem.influence(stage, moments)
            covariance = influence.T @ influence
        if replications is not None:
            covariance = replications.covariance
            diagnostics = {**diagnostics, **replications.diagnostics()}
        estimates = np.concatenate([own, stage.coefficients])
        count = len(terms.other_slopes)
        elasticity_map = np.zeros((count + 1, p + q))
        elasticity_map[:count, :count] = np.eye(count)
        elasticity_map[count, p:] = stage.basis.mean(axis=1)
        productivity = problem.left(stage) - own @ terms.other_terms
        by_row = own @ terms.other_slopes + stage.coefficients @ terms.integral_slopes
        rows = [*by_row, stage.coefficients @ stage.basis]
        means, spread = elasticity_map @ estimates, elasticity_map @ covariance @ elasticity_map.T
        return ProductionEstimate(
            rows=logs.panel.rows,
            terms=(*terms.other_names, *stage.names),
            estimates=estimates,
            covariance=covariance,
            covariance_type=ANALYTIC if replications is None else DRAWN,
            replicates=None if replications is None else replications.estimates,
            factor_names=logs.factor_names,
            elasticity_map=elasticity_map,
            row_elasticities=tuple(logs.spread(row) for row in rows),
            log_tfp=logs.spread(productivity + stage.equation.shock),
            log_productivity=logs.spread(productivity),
            residuals=logs.spread(stage.equation.shock),
            output_concept=self.output_concept,
            observed_units=self.observed_units,
            converged=solution is not None and stage.equation.converged,
            identified=is_identified(roots, self.root_rule),
            diagnostics=diagnostics,
            tests=() if solution is None else (returns_test(means, spread),),
            lost=logs.lost,
            roots=roots,
            warnings=(
                *warnings,
                *returns_findings(float(means.sum())),
                *negative_in_rows(logs.factor_names, rows),
            ),
            provenance=Provenance(version=VERSION, method=self.name, options=self._options(logs)),
        )

    def _options(self, logs: LogSample) -> dict[str, object]:
        return {
            "flexible": self.flexible,
            "others": list(logs.factor_names[:-1]),
            "degree": self.degree,
            "law_degree": self.law_degree,
            "root_rule": self.root_rule or "undeclared",
            "covariance": ANALYTIC if self.covariance is None else DRAWN,
            "output_concept": self.output_concept,
        }


def _check_rows(logs: LogSample, inputs: int, degree: int) -> None:
    from math import comb

    parameters = comb(inputs + degree, degree) + comb(inputs - 1 + degree, degree)
    if not len(logs.successors):
        raise MethodError("no-difference", rows=len(logs))
    if len(logs.successors) <= parameters:
        raise MethodError("too-few-rows", rows=len(logs.successors), parameters=parameters)


def _share_findings(stage: ShareStage) -> list[Finding]:
    if stage.equation.converged:
        return []
    return [Finding(code="share-not-converged", severity="warn")]


def _unused(logs: LogSample) -> list[Finding]:
    if not logs.control_names:
        return []
    fields = {"terms": logs.control_names, "method": GandhiNavarroRivers.name}
    return [Finding(code="controls-unused", severity="warn", fields=fields)]
